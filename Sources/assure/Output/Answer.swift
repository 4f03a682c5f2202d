import Exact
import Foundation
import Sampling

/// What a calculator says: named figures in order, as text for people or JSON for programs.
///
/// Bounds are JSON numbers of 12 significant digits. Exact figures are JSON numbers where they are
/// finite decimals, else text such as `1/3`.
struct Answer {
  enum Figure {
    case number(Double)
    case integer(Int)
    case exact(Rational)
    /// A fraction that is shown, not reported: 12 significant digits.
    case rounded(Rational)
    case text(String)
    case list([String])
    case rows([[String]])
    case none
  }

  private var figures: [(name: String, figure: Figure)] = []

  mutating func add(_ name: String, _ figure: Figure) { figures.append((name, figure)) }

  func print(_ format: OutputFormat) {
    switch format {
    case .json: Terminal.say(json)
    case .text: for line in lines { Terminal.say(line) }
    }
  }

  private var json: String {
    let members = figures.map { "  \(Self.quoted($0.name)): \(Self.json($0.figure))" }
    return "{\n" + members.joined(separator: ",\n") + "\n}"
  }

  private static func json(_ figure: Figure) -> String {
    switch figure {
    case .number(let value): value.isFinite ? decimal(value) : "null"
    case .rounded(let value): decimal(value.approximate)
    case .integer(let value): String(value)
    case .exact(let value): value.decimal.map(\.description) ?? quoted(value.description)
    case .text(let text): quoted(text)
    case .list(let texts): "[" + texts.map(quoted).joined(separator: ", ") + "]"
    case .rows(let rows): "[" + rows.map { json(.list($0)) }.joined(separator: ",\n    ") + "]"
    case .none: "null"
    }
  }

  private static func quoted(_ text: String) -> String { JSONValue.string(text).text() }

  private var lines: [String] {
    let width = figures.map(\.name.count).max() ?? 0
    return figures.flatMap { name, figure -> [String] in
      let head = name + String(repeating: " ", count: width - name.count + 2)
      switch figure {
      case .number(let value): return [head + Self.decimal(value)]
      case .rounded(let value): return [head + Self.decimal(value.approximate)]
      case .integer(let value): return [head + String(value)]
      case .exact(let value): return [head + value.description]
      case .text(let text): return [head + Terminal.printable(text)]
      case .list(let texts): return [name + ":"] + texts.map { "  " + Terminal.printable($0) }
      case .rows, .none: return []
      }
    }
  }

  /// 12 significant digits: what differs between two mathematical libraries is not shown.
  static func decimal(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return "0" }
    let places = 11 - Int(log10(abs(value)).rounded(.down))
    guard places >= 0, places <= 300 else { return "\(value)" }
    let scale = pow(10, Double(places))
    let rounded = (value * scale).rounded() / scale
    let text = "\(rounded)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension Answer {
  /// A table: titles and cells in JSON, columns in text.
  static func print(_ table: SamplingTable, _ format: OutputFormat) {
    if format == .json {
      var answer = Answer()
      answer.add("title", .text(table.title))
      answer.add("rowName", .text(table.rowName))
      answer.add("columnName", .text(table.columnName))
      answer.add("rows", .list(table.rows))
      answer.add("columns", .list(table.columns))
      answer.add("cells", .rows(table.cells))
      answer.add("source", .text(table.source))
      answer.print(.json)
      return
    }
    Terminal.say("\(table.title) (\(table.rowName) down, \(table.columnName) across)")
    let columns = [(title: "", side: TextTable.Side.right)]
    var text = TextTable(columns + table.columns.map { (title: $0, side: .right) })
    for (row, cells) in zip(table.rows, table.cells) { text.add([row] + cells) }
    for line in text.lines { Terminal.say(line) }
    Terminal.say(table.source)
  }
}
