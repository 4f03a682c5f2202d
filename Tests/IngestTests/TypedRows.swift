import Assurance
import Exact
import Foundation
import Ingest

/// The rows of one table, column name to text, through a dataset of text fields: the way on which
/// `ingest` reads them.
struct TypedRows {
  var rows: [[String: String]] = []
  var lines: [Int] = []
  var locators: [String] = []
  var notices: [Notice] = []

  init(_ file: SourceFile, table: String, columns: [String], key: String) throws {
    var yaml = "dataset: rows\ntitle: Rows\nkey: [c0]\nrecord: \(table)\nfields:\n"
    for (index, column) in ([key] + columns).enumerated() {
      yaml += "  - {name: c\(index), type: text, required: \(index == 0 ? "yes" : "no"),"
      yaml += " aliases: [\"\(column)\"]}\n"
    }
    let dataset = try DatasetDefinition.read(PolicyNode.parse(yaml, file: "rows.yaml"))
    var kept = Kept()
    _ = try RecordReader.read(file, datasets: [dataset], table: table, into: &kept)
    for record in kept.records {
      var row: [String: String] = [:]
      for (column, value) in zip([key] + columns, record.values) { row[column] = value?.canonical }
      rows.append(row)
      lines.append(record.source.line)
      locators.append(record.source.locator.suffix)
    }
    notices = kept.notices
  }

  init(fixture: String, table: String, columns: [String], key: String) throws {
    let path = Corpus.fixtures.appending(path: "corpus/\(fixture)").path
    try self.init(SourceFile.open(path: path), table: table, columns: columns, key: key)
  }

  /// The exact sum of a column.
  func sum(_ column: String) throws -> String {
    var sum = ExactDecimal.zero
    for row in rows {
      guard let text = row[column] else { continue }
      sum = try sum + (ExactDecimal(text) ?? .zero)
    }
    return sum.description
  }

  func codes() -> [String: Int] {
    Dictionary(notices.map { ($0.code, 1) }, uniquingKeysWith: +)
  }
}
