import Assurance

/// Which column feeds which field of a dataset, found in one row of headers.
struct HeaderMatch {
  struct Column {
    /// From 1.
    let number: Int
    let header: String
    /// The unit in the header's bracket.
    let unit: Unit?
  }

  let dataset: DatasetDefinition
  /// The row of the headers; 0 for record paths.
  let row: Int
  /// A column for each field, in the order of the dataset; nil where no header matches.
  private(set) var columns: [Column?]
  /// Fields that a second column claims too: field, first and second column.
  private(set) var duplicates: [(field: String, first: Int, second: Int)] = []
  /// Columns with a header that feeds no field.
  private(set) var ignored: [(number: Int, header: String)] = []

  var matched: Int { columns.count { $0 != nil } }
  /// The required fields without a column.
  var missing: [String] {
    zip(dataset.fields, columns).filter { $0.isRequired && $1 == nil }.map(\.0.name)
  }

  init(_ dataset: DatasetDefinition, row: Int) {
    self.dataset = dataset
    self.row = row
    columns = dataset.fields.map { _ in nil }
  }

  mutating func set(_ field: Int, _ column: Column) {
    if let first = columns[field] {
      duplicates.append((dataset.fields[field].name, first.number, column.number))
    } else {
      columns[field] = column
    }
  }

  mutating func ignore(_ number: Int, _ header: String) { ignored.append((number, header)) }
}

/// A dataset's headers, folded once.
struct HeaderMatcher {
  let dataset: DatasetDefinition
  let units: UnitWords
  private var aliases: [String: Int] = [:]

  init(_ dataset: DatasetDefinition) {
    self.dataset = dataset
    units = UnitWords(dataset)
    for (index, field) in dataset.fields.enumerated() {
      for alias in field.aliases + [field.name] {
        let folded = Folding.fold(alias)
        if aliases[folded] == nil { aliases[folded] = index }
      }
    }
  }

  /// Whether policy lets a table of this name feed the dataset.
  func takes(_ table: String) -> Bool {
    dataset.sheets.isEmpty || dataset.sheets.contains(table)
  }

  /// Matches the cells of a row of headers.
  func match(_ row: RowBuffer) -> HeaderMatch {
    var match = HeaderMatch(dataset, row: row.number)
    for index in 0..<row.count {
      let cell = row[index]
      guard cell.kind == .text || cell.kind == .untyped else { continue }
      let header = row.string(cell)
      if let (field, unit) = field(header) {
        match.set(field, .init(number: Int(cell.column), header: header, unit: unit))
      } else {
        match.ignore(Int(cell.column), header)
      }
    }
    return match
  }

  /// Matches the columns of a record path by whole path, then by last name where that is unique.
  func match(_ head: TableHead) -> HeaderMatch {
    var match = HeaderMatch(dataset, row: 0)
    var lasts: [String: Int] = [:]
    let names = head.columnNames.map { name in
      CharacterEscapes.resolved(String(name.split(separator: "/").last ?? "").filter { $0 != "@" })
    }
    for name in names { lasts[name, default: 0] += 1 }
    for (index, path) in head.columnNames.enumerated() {
      let isNested = index < head.nestedColumns.count && head.nestedColumns[index]
      let whole =
        isNested ? nil : field(path) ?? field(CharacterEscapes.resolved(path.filter { $0 != "@" }))
      let last = isNested || lasts[names[index]] != 1 ? nil : field(names[index])
      if let (field, unit) = whole ?? last {
        match.set(field, .init(number: index + 1, header: path, unit: unit))
      } else {
        match.ignore(index + 1, path)
      }
    }
    return match
  }

  /// The field a header names, and the unit in its bracket.
  private func field(_ header: String) -> (Int, Unit?)? {
    let folded = Folding.fold(header)
    if let field = aliases[folded] {
      let unit = Folding.bracket(header).flatMap { units.unit($0.inside) }
      return (field, dataset.fields[field].type == .decimal ? unit : nil)
    }
    guard let (before, inside) = Folding.bracket(header), let field = aliases[before],
      dataset.fields[field].type == .decimal, let unit = units.unit(inside)
    else { return nil }
    return (field, unit)
  }
}
