import Assurance
import Exact
import Foundation
import Ingest
import Testing

/// What independent readers (openpyxl, python-calamine, LibreOffice, lxml, expat) say of files by
/// other hands, against what ``TableSummary`` says.
///
/// A row of facts agrees if every count, sum and sample does. Where the readers differ among
/// themselves any one of them may be followed; which one, and why, stands in ``FactExceptions``.
@Suite struct CorpusFactsTests {
  @Test func fixtures() throws {
    let result = try compare(Corpus.fixtures.appending(path: "corpus"))
    #expect(result.differences == [:])
    #expect(result.agreeing >= 45)
  }

  @Test func wholeCorpus() throws {
    guard let corpus = Corpus.shared else {
      print("skipped: no corpus beside the repository")
      return
    }
    let result = try compare(corpus)
    print("facts: \(result.agreeing) rows agree, \(result.excepted) follow another reader")
    #expect(result.differences == [:])
    #expect(result.agreeing >= 560)
  }

  private static let skippedFolders: Set<String> = ["malicious", "xbrl"]

  private struct Result {
    var agreeing = 0
    var excepted = 0
    var differences: [String: [String]] = [:]
  }

  private func compare(_ folder: URL) throws -> Result {
    let rows = try Corpus.rows(folder.appending(path: "facts.csv"))
    var result = Result()
    for (file, facts) in Dictionary(grouping: rows, by: { $0["file"] ?? "" }) {
      guard !Self.skippedFolders.contains(String(file.prefix { $0 != "/" })) else { continue }
      do {
        let source = try SourceFile.open(path: folder.appending(path: file).path)
        let tables = try TableSummary.read(source)
        for fact in facts { try compare(fact, file, source, tables, &result) }
      } catch let error as AssureError {
        if FactExceptions.refused[file] == error.code {
          result.excepted += facts.count
        } else {
          result.differences[file] = [error.code, error.description]
        }
      }
    }
    return result
  }

  private func compare(
    _ fact: [String: String], _ file: String, _ source: SourceFile, _ tables: [TableSummary],
    _ result: inout Result
  ) throws {
    guard let name = fact["sheet_or_path"], !FactExceptions.isAboutAnotherThing(name) else {
      return
    }
    var table = tables.first { $0.name == name }
    if table == nil, name.hasPrefix("/") {
      table = try TableSummary.read(source, options: ReadOptions(recordPath: name)).first
    }
    let key = "\(file) \(name)"
    guard let table else {
      result.differences[key] = ["no such table"]
      return
    }
    let differences = FactComparison(fact).differences(table)
    if differences.isEmpty {
      result.agreeing += 1
    } else if FactExceptions.differing[key] != nil {
      result.excepted += 1
    } else {
      result.differences[key] = differences
    }
  }
}

struct FactComparison {
  let fact: [String: String]
  init(_ fact: [String: String]) { self.fact = fact }

  func differences(_ table: TableSummary) -> [String] {
    var result: [String] = []
    func check(_ column: String, _ value: Int) {
      guard let text = fact[column], !text.isEmpty, let expected = Int(text) else { return }
      // Where the readers differ among themselves, any one of them may be followed.
      let others = fact["disagreements"] ?? ""
      let name = ["max_col": "cols", "max_row": "rows"][column] ?? column
      if expected != value, !others.contains("\(name) \(value)") {
        result.append("\(column) \(value) not \(expected)")
      }
    }
    check("max_row", table.rows)
    check("max_col", table.columns)
    check("nonempty", table.nonEmptyCells)
    if !table.isRecordPath {
      check("text", table.textCells)
      check("date", table.dateCells)
      check("bool", table.booleanCells)
      check("error", table.errorCells)
      // Only openpyxl and the lexical passes report merges.
      if fact["reader"] != "python-calamine" { check("merges_or_depth", table.merges) }
    }
    check("number", table.numberCells)
    if !Self.sameSum(table.numericSum, fact) {
      result.append("sum \(table.numericSum) not \(fact["sum_numbers_decimal_lexical"] ?? "")")
    }
    for (address, value, cell) in [
      (fact["first_addr"], fact["first_value"], table.firstCell),
      (fact["last_addr"], fact["last_value"], table.lastCell),
    ] {
      guard let address, !address.isEmpty else { continue }
      guard let cell else {
        result.append("no cell at \(address)")
        continue
      }
      let ours =
        table.isRecordPath
        ? "/" + cell.address.split(separator: "/").dropFirst().joined(separator: "/")
        : cell.address
      if ours != address { result.append("address \(ours) not \(address)") }
      if let value, !Self.same(cell.value, value) {
        result.append("value \(cell.value) not \(value)")
      }
    }
    return result
  }

  /// The sum of the numbers as written (to the 28 digits the reader carried), or, where that one
  /// counts the serial numbers of dates in, the sum of the numbers alone as binary.
  static func sameSum(_ ours: String, _ fact: [String: String]) -> Bool {
    guard let lexical = fact["sum_numbers_decimal_lexical"], !lexical.isEmpty else { return true }
    if DecimalText(lexical)?.text == ours { return true }
    let digits = lexical.filter(\.isNumber).count
    if digits >= 26, ours.filter(\.isNumber).count > digits {
      let a = Double(ours) ?? 0
      let b = Double(lexical) ?? 1
      return abs(a - b) <= 1e-15 * abs(b) && ours.hasPrefix(lexical.prefix(20))
    }
    guard let binary = fact["sum_numbers_binary64"].flatMap(Double.init), let value = Double(ours)
    else { return fact["sum_numbers_binary64"]?.isEmpty ?? true ? ours == "0" : false }
    return abs(binary - value) <= 1e-12 * max(abs(binary), abs(value))
  }

  static func same(_ ours: String, _ theirs: String) -> Bool {
    func plain(_ text: String) -> String {
      var text = text.replacingOccurrences(of: "_x000D_", with: "\r")
      text = text.replacingOccurrences(of: "\n", with: "\\n").replacingOccurrences(
        of: "\t", with: "\\t")
      if text.hasSuffix("...") { text = String(text.dropLast(3)) }
      text = text.replacingOccurrences(of: "T00:00:00.000", with: "").replacingOccurrences(
        of: " 00:00:00", with: ""
      ).replacingOccurrences(of: "T00:00:00", with: "")
      text = text.replacingOccurrences(of: ".000", with: "")
      if text == "true" || text == "True" { text = "1" }
      if text == "false" || text == "False" { text = "0" }
      return text.trimmingCharacters(in: .whitespaces)
    }
    let a = plain(ours)
    let b = plain(theirs)
    return a == b || (theirs.hasSuffix("...") && a.hasPrefix(b))
      || (Double(a) != nil && Double(a) == Double(b))
  }
}

/// A decimal text in the form ``TableSummary`` prints.
struct DecimalText {
  let text: String
  init?(_ source: String) {
    guard let value = ExactDecimal(source) else { return nil }
    text = value.description
  }
}
