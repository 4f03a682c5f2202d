import Exact

/// The words by which numbers, units, qualifiers and names are known: data, not code.
///
/// The lists that come with the program lie in `Vocabulary/*.tsv`, each with its source. A caller
/// may bring its own files under the same names.
package struct Vocabulary: Sendable {
  /// A unit as printed.
  struct Unit: Sendable {
    let code: String
    let factor: Rational
    let base: String
    let kind: NumberKind
  }

  /// A qualifier of a number.
  struct Qualifier: Hashable, Sendable {
    enum Place: String { case before, after, inside }
    let place: Place
    let relation: Relation
    let label: String
  }

  /// A day, year or span that goes by a name with a numeral in it.
  struct Occasion: Sendable {
    let value: String
    let high: String
    let followers: [[UInt32]]
  }

  var folding: ScriptFolding
  var units = WordTable<Unit>()
  var nouns = WordTable<String>()
  var words = WordTable<String>()
  var before = WordTable<Qualifier>()
  var after = WordTable<Qualifier>()
  var inside = WordTable<Qualifier>()
  var occasions = WordTable<Occasion>()
  /// Factor and base unit by code, for values that come with a code.
  var codes: [String: Unit] = [:]
  var standards: [StandardNumber] = []
  var indexCodes: [IndexCode] = []

  /// The lists that come with the program.
  package static let standard: Vocabulary = {
    let own: [(String, [UInt8])] = [
      ("scripts", PackageResources.scripts_tsv), ("units", PackageResources.units_tsv),
      ("nouns", PackageResources.nouns_tsv), ("words", PackageResources.words_tsv),
      ("qualifiers", PackageResources.qualifiers_tsv),
      ("occasions", PackageResources.occasions_tsv),
      ("standards", PackageResources.standards_tsv), ("indexes", PackageResources.indexes_tsv),
    ]
    let files = own.map { ($0.0, String(decoding: $0.1, as: UTF8.self)) }
    return (try? Vocabulary(files: Dictionary(files) { first, _ in first })) ?? Vocabulary()
  }()

  /// Knows nothing.
  package init() { folding = ScriptFolding() }

  /// Reads lists by name: `scripts`, `units`, `nouns`, `words`, `qualifiers`, `occasions`,
  /// `standards`, `indexes`; tab-separated, `#` begins a comment line.
  ///
  /// - Throws: ``VocabularyError`` with file and line of the first row that cannot be read.
  package init(files: [String: String]) throws(VocabularyError) {
    folding = ScriptFolding(try VocabularyRows(files, "scripts").rows)
    try readUnits(VocabularyRows(files, "units"))
    for row in try VocabularyRows(files, "nouns").rows {
      nouns.add(folding.fold(row[0]), try row.cell(1))
    }
    for row in try VocabularyRows(files, "words").rows {
      words.add(folding.fold(row[0]), try row.cell(1))
    }
    try readQualifiers(VocabularyRows(files, "qualifiers"))
    for row in try VocabularyRows(files, "occasions").rows {
      let followers = (row.optional(3) ?? "").split(separator: "|")
      let entry = Occasion(
        value: try row.cell(1), high: row.optional(2) ?? "",
        followers: followers.map { folding.fold(String($0)) })
      occasions.add(folding.fold(row[0]), entry)
    }
    for row in try VocabularyRows(files, "standards").rows {
      standards.append(
        StandardNumber(
          body: row[0], number: try row.cell(1), edition: row.optional(2),
          subject: row.optional(3) ?? "", confirmed: row.optional(4) == "seen"))
    }
    for row in try VocabularyRows(files, "indexes").rows {
      indexCodes += IndexCode.expand(
        framework: row[0], first: try row.cell(1), last: row.optional(2) ?? "")
    }
  }

  private mutating func readUnits(_ file: VocabularyRows) throws(VocabularyError) {
    for row in file.rows {
      guard let factor = Rational(try row.cell(2)), let kind = NumberKind(rawValue: try row.cell(4))
      else { throw row.unreadable }
      let unit = Unit(code: try row.cell(1), factor: factor, base: try row.cell(3), kind: kind)
      units.add(folding.fold(row[0]), unit)
      if codes[unit.code] == nil { codes[unit.code] = unit }
    }
  }

  private mutating func readQualifiers(_ file: VocabularyRows) throws(VocabularyError) {
    for row in file.rows {
      guard let place = Qualifier.Place(rawValue: try row.cell(1)),
        let relation = Relation(rawValue: try row.cell(2))
      else { throw row.unreadable }
      let entry = Qualifier(place: place, relation: relation, label: try row.cell(3))
      switch place {
      case .before: before.add(folding.fold(row[0]), entry)
      case .after: after.add(folding.fold(row[0]), entry)
      case .inside: inside.add(folding.fold(row[0]), entry)
      }
    }
  }
}

/// A list of words that cannot be read.
package struct VocabularyError: Error, Hashable, Sendable, CustomStringConvertible {
  package let file: String
  package let line: Int
  package var description: String { "\(file).tsv, line \(line): the row cannot be read" }
}

/// The rows of one list, comments left out.
struct VocabularyRows {
  struct Row {
    let file: String
    let line: Int
    let cells: [String]

    subscript(index: Int) -> String { cells[index] }
    func cell(_ index: Int) throws(VocabularyError) -> String {
      guard index < cells.count, !cells[index].isEmpty else { throw unreadable }
      return cells[index]
    }
    func optional(_ index: Int) -> String? {
      index < cells.count && !cells[index].isEmpty ? cells[index] : nil
    }
    var unreadable: VocabularyError { VocabularyError(file: file, line: line) }
  }

  let rows: [Row]

  init(_ files: [String: String], _ name: String) throws(VocabularyError) {
    var rows: [Row] = []
    let lines = (files[name] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let row = Row(file: name, line: index + 1, cells: cells)
      guard !cells[0].isEmpty else { throw row.unreadable }
      rows.append(row)
    }
    self.rows = rows
  }
}
