/// Rows of a small comma-separated file by the names in its header.
///
/// A column that is not there reads as empty, so that files may leave out what they do not know.
package struct HeadedRows: Sendable {
  package struct Row: Sendable {
    fileprivate let columns: [String: Int]
    fileprivate let values: [String]
    /// The file and the row, from 1, the header being row 1.
    package let place: String

    /// The value, white space at its ends kept out; empty if there is none.
    package subscript(column: String) -> String {
      guard let index = columns[column] else { return "" }
      return values[index]
    }
  }

  package let rows: [Row]
  /// The names in the header, in their order.
  package let columnNames: [String]
  private let columns: [String: Int]
  private let file: String
  private let code: String

  /// - Parameters:
  ///   - code: the first word of error codes, such as `figures` for `figures-row`.
  /// - Throws: `<code>-header` if a name stands twice, `<code>-row` for a row of another width.
  package init(csv: String, file: String, code: String) throws(AssureError) {
    self.file = file
    self.code = code
    let all = try DelimitedText.rows(csv, file: file)
    var columns: [String: Int] = [:]
    for (index, name) in (all.first ?? []).enumerated() {
      guard columns.updateValue(index, forKey: name) == nil else {
        throw AssureError(
          code + "-header", place: file + ":1", "the column `\(name)` stands twice",
          remedy: "rename one")
      }
    }
    self.columns = columns
    columnNames = all.first ?? []
    var rows: [Row] = []
    for (number, values) in all.enumerated().dropFirst() {
      guard values.count == columns.count else {
        throw AssureError(
          code + "-row", place: "\(file), row \(number + 1)",
          "the row has \(values.count) values where the header has \(columns.count)",
          remedy: "put values that hold commas in double quotes")
      }
      rows.append(Row(columns: columns, values: values, place: "\(file), row \(number + 1)"))
    }
    self.rows = rows
  }

  /// Throws `<code>-header` if one of the columns is not there.
  package func require(_ names: [String]) throws(AssureError) {
    guard let missing = names.first(where: { columns[$0] == nil }) else { return }
    throw AssureError(
      code + "-header", place: file + ":1", "the column `\(missing)` is missing",
      remedy: "write \(names.joined(separator: ",")) in the first line")
  }
}
