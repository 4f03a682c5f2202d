import Exact

/// A table with caption and header cells that name their scope.
struct HTMLTable {
  enum Column {
    case text(String)
    /// Right aligned, tabular digits.
    case number(String)
    /// Monospaced, may break anywhere.
    case path(String)
  }
  var caption: String
  var columns: [Column]
  /// The first cell of each row is its header.
  var rows: [[HTML]]
  var style: StyleName = .plain

  var html: HTML {
    let heads = columns.map { column -> HTML in
      switch column {
      case .text(let name), .path(let name): .element(.th, [.columnScope], [.text(name)])
      case .number(let name):
        .element(.th, [.columnScope, .style(.number)], [.text(name)])
      }
    }
    let body = rows.isEmpty ? [empty] : rows.map { .element(.tr, [], cells($0)) }
    return .element(
      .div, [.style(.scroll)],
      [
        .element(
          .table, [.style(style)],
          [
            .element(.caption, [], [.text(caption)]),
            .element(.thead, [], [.element(.tr, [], heads)]), .element(.tbody, [], body),
          ])
      ])
  }

  private var empty: HTML {
    .element(.tr, [], [.element(.td, [.columns(columns.count)], ["None."])])
  }

  private func cells(_ row: [HTML]) -> [HTML] {
    zip(columns, row).enumerated().map { index, pair in
      var attributes: [HTML.Attribute] = []
      switch pair.0 {
      case .text: break
      case .number: attributes.append(.style(.number))
      case .path: attributes.append(.style(.path))
      }
      if index == 0 { attributes.append(.rowScope) }
      return .element(index == 0 ? .th : .td, attributes, [pair.1])
    }
  }
}

/// Numbers of one column with as many decimals as its longest has, so that points align.
struct NumberColumn {
  private let decimals: Int

  init(_ values: some Sequence<ExactDecimal>) {
    decimals = values.reduce(0) { max($0, $1.scale) }
  }

  func cell(_ value: ExactDecimal) -> HTML {
    .text(Figures.signed(value.grouped(decimals: decimals)))
  }
  func cell(_ value: ExactDecimal?) -> HTML { value.map { cell($0) } ?? "" }
}

/// Figures for people.
enum Figures {
  /// Grouped if the text is a plain decimal; else as it is.
  static func grouped(_ text: String) -> String {
    guard let value = ExactDecimal(text) else { return text }
    let digits = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return signed(value.grouped(decimals: digits.count == 2 ? digits[1].count : 0))
  }

  static func grouped(_ number: Int) -> String { ExactDecimal(number).grouped() }

  /// With a minus sign instead of a hyphen.
  static func signed(_ text: String) -> String {
    text.hasPrefix("-") ? "−" + text.dropFirst() : text
  }
}
