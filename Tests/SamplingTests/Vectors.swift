import Exact
import Foundation
import Testing

/// One row of a reference table by column name; `Fixtures/README.md` says where each comes from.
struct Row: CustomTestStringConvertible, Sendable {
  let fields: [String: String]

  var id: String { self["id"] }
  /// The row and where its value is from.
  var testDescription: String {
    let source = self["source"]
    return source.isEmpty ? id : "\(id): \(source)"
  }

  subscript(_ column: String) -> String { fields[column] ?? "" }

  func rational(_ column: String) throws -> Rational {
    try #require(Rational(self[column]), "\(id) \(column)")
  }
  func integer(_ column: String) throws -> Int {
    try #require(Int(self[column]), "\(id) \(column)")
  }
  func double(_ column: String) throws -> Double {
    try #require(Double(self[column]), "\(id) \(column)")
  }
  func list(_ column: String, _ separator: Character = ";") -> [String] {
    self[column].split(separator: separator, omittingEmptySubsequences: true).map(String.init)
  }
}

enum Vectors {
  /// The rows of `Fixtures/<name>.csv`.
  static func rows(_ name: String) -> [Row] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let file = folder.appendingPathComponent("Fixtures/\(name).csv")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    let table = parse(text)
    guard let head = table.first else { return [] }
    return table.dropFirst().map {
      Row(fields: Dictionary(zip(head, $0), uniquingKeysWith: { first, _ in first }))
    }
  }

  private static func parse(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var field = ""
    var isQuoted = false
    for character in text {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == ",", !isQuoted {
        row.append(field)
        field = ""
      } else if character.isNewline, !isQuoted {
        row.append(field)
        rows.append(row)
        (row, field) = ([], "")
      } else {
        field.append(character)
      }
    }
    if !field.isEmpty || !row.isEmpty { rows.append(row + [field]) }
    return rows
  }
}

/// Whether two numbers agree within `relative`, or both are next to zero.
func agrees(_ a: Double, _ b: Double, _ relative: Double = 1e-9) -> Bool {
  abs(a - b) <= max(relative * max(abs(a), abs(b)), 1e-300)
}

/// A fraction in a test, where a malformed literal is a mistake of the test.
func fraction(_ text: String) -> Rational { Rational(text) ?? .zero }
