import Assurance
import Foundation

@testable import Ingest

/// A table made by chance, with cells of all kinds, gaps and formulas; the same for the same seed.
struct RandomTable {
  enum Value: Hashable {
    case text(String)
    case number(String)
    /// Days since 1899-12-30, which is what spreadsheets count from after February 1900.
    case day(Int)
    case boolean(Bool)
    case error(String)
    /// A formula without a stored value.
    case unknown
  }

  struct Cell {
    let row: Int
    let column: Int
    let value: Value
    let isFormula: Bool
  }

  var cells: [Cell] = []

  init(seed: Int, onlyText: Bool = false) {
    var random = SplitMix(state: UInt64(seed) &* 0x51_7C_C1_B7)
    var row = 0
    for _ in 0..<Int.random(in: 2...14, using: &random) {
      row += Int.random(in: 1...4, using: &random) == 4 ? Int.random(in: 2...90, using: &random) : 1
      var column = 0
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        let isGap = Int.random(in: 1...5, using: &random) == 5
        column += isGap ? Int.random(in: 2...700, using: &random) : 1
        let value = onlyText ? .text(Self.text(&random)) : Self.value(&random)
        let isFormula =
          value == .unknown || (!onlyText && Int.random(in: 1...6, using: &random) == 6)
        cells.append(Cell(row: row, column: column, value: value, isFormula: isFormula))
      }
    }
  }

  private static func value(_ random: inout SplitMix) -> Value {
    switch Int.random(in: 0..<10, using: &random) {
    case 0...3: .text(text(&random))
    case 4...5: .number(number(&random))
    case 6: .day(Int.random(in: 61..<100_000, using: &random))
    case 7: .boolean(Bool.random(using: &random))
    case 8: .error(["#N/A", "#DIV/0!", "#REF!"].randomElement(using: &random) ?? "#N/A")
    default: .unknown
    }
  }

  private static func number(_ random: inout SplitMix) -> String {
    let whole = Int.random(in: -1_000_000...1_000_000, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return "\(whole)"
    case 1: return "\(whole).\(Int.random(in: 0..<100_000, using: &random))"
    case 2: return "\(whole)E-\(Int.random(in: 1...9, using: &random))"
    default: return "0.\(UInt64.random(in: 1...UInt64.max, using: &random))"
    }
  }

  private static let words = [
    "a", "0", "12.50", "a,b", "say \"so\"", "l1\nl2", "用水量", "&lt;", "<b>", "]]>", "=1+1", "'",
    "\u{1F6B0}", "x;y", "-3e5", "é", "e\u{301}", "|", "tab\there", "two  spaces", "_x0041_",
    "\u{A0}",
    "ﬀ", "\u{202E}rtl", "１２", "\u{FFFD}", "true", "#N/A", "2021-01-31", "a\u{2028}b",
  ]

  private static func text(_ random: inout SplitMix) -> String {
    let word = words.randomElement(using: &random) ?? "a"
    switch Int.random(in: 0..<12, using: &random) {
    // Longer than any buffer on the way.
    case 0: return String(repeating: word + "|", count: 9_000)
    case 1...3:
      let scalars = (0..<Int.random(in: 1...40, using: &random)).map { _ in scalar(&random) }
      return "x" + String(String.UnicodeScalarView(scalars)) + "x"
    default: return word
    }
  }

  private static func scalar(_ random: inout SplitMix) -> Unicode.Scalar {
    while true {
      let value = UInt32.random(in: 0x20...0x10_FFFD, using: &random)
      let narrow = Bool.random(using: &random) ? value : 0x20 + value % 0x2000
      // Not what XML forbids, nor its other line ends, nor non-characters.
      if let scalar = Unicode.Scalar(narrow), scalar.properties.generalCategory != .control,
        narrow & 0xFFFE != 0xFFFE, !(0xFDD0...0xFDEF).contains(narrow)
      {
        return scalar
      }
    }
  }

  static func iso(_ days: Int) -> String {
    let date = Date(timeIntervalSince1970: Double(days - 25_569) * 86_400)
    return String(date.ISO8601Format().prefix(10))
  }

  /// `!C2 number 1.5`, with `=` for formulas, as the cells should come back.
  var expected: [String] {
    cells.map { cell in
      let kind =
        switch cell.value {
        case .text(let text): "text " + text
        case .number(let text): "number " + text
        case .day(let days): "date " + Self.iso(days)
        case .boolean(let flag): "boolean \(flag)"
        case .error(let text): "error " + text
        case .unknown: "unknown "
        }
      return "!\(Locator.letters(column: cell.column))\(cell.row)" + (cell.isFormula ? "= " : " ")
        + kind
    }
  }

  /// The rows that have cells, in order.
  var rows: [(number: Int, cells: [Cell])] {
    Dictionary(grouping: cells, by: \.row).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

/// Collects the cells of each table in the form of ``RandomTable/expected``.
final class CellList: RowSink {
  var tables: [[String]] = []
  private var head = TableHead(name: "")

  override func begin(_ table: TableHead) throws -> Bool {
    head = table
    tables.append([])
    return true
  }

  override func row(_ row: RowBuffer) throws {
    for index in 0..<row.count {
      let cell = row[index]
      let place = head.place(row: row.number, column: Int(cell.column))
      let suffix = Locator(file: "", source: "", table: "t", place: place).suffix
      tables[tables.count - 1].append(
        "\(suffix)\(cell.isFormula ? "=" : "") \(cell.kind) \(row.string(cell))")
    }
  }

  static func of(
    _ name: String, _ bytes: [UInt8], options: ReadOptions = ReadOptions()
  ) throws -> [[String]] {
    let list = CellList()
    let file = try TemporaryFile(name, bytes)
    try SourceFormats.read(file.open(), options: options, into: list)
    return list.tables
  }
}
