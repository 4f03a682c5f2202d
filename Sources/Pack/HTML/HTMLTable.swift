import Exact

/// A table with caption and header cells that name their scope.
struct HTMLTable {
  enum Column {
    case text(String)
    /// Right aligned, tabular digits.
    case number(String)
    /// Short, kept on one line.
    case word(String)
    /// Sentences: wide enough to read.
    case broad(String)
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
      .element(.th, [.columnScope] + column.styles, [.text(column.name)])
    }
    let body = rows.isEmpty ? [empty] : rows.map { .element(.tr, [], cells($0)) }
    return .element(
      .div, [.style(.scroll)],
      [
        .element(
          .table, [.style(style)],
          [
            caption.isEmpty ? .group([]) : .element(.caption, [], [.text(caption)]),
            .element(.thead, [], [.element(.tr, [], heads)]), .element(.tbody, [], body),
          ])
      ])
  }

  private var empty: HTML {
    .element(.tr, [], [.element(.td, [.columns(columns.count)], ["None."])])
  }

  private func cells(_ row: [HTML]) -> [HTML] {
    zip(columns, row).enumerated().map { index, pair in
      var attributes = pair.0.styles
      if index == 0 { attributes.append(.rowScope) }
      return .element(index == 0 ? .th : .td, attributes, [pair.1])
    }
  }
}

extension HTMLTable.Column {
  fileprivate var name: String {
    switch self {
    case .text(let name), .number(let name), .word(let name), .broad(let name), .path(let name):
      name
    }
  }

  fileprivate var styles: [HTML.Attribute] {
    switch self {
    case .text: []
    case .number: [.style(.number)]
    case .word: [.style(.word)]
    case .broad: [.style(.broad)]
    case .path: [.style(.path)]
    }
  }
}

/// Numbers of one column with as many decimals as its longest has, so that points align.
struct NumberColumn {
  private let decimals: Int

  init(_ values: some Sequence<ExactDecimal>) {
    decimals = values.reduce(0) { max($0, $1.scale) }
  }

  func text(_ value: ExactDecimal) -> String {
    Figures.signed(value.grouped(decimals: decimals))
  }
  func cell(_ value: ExactDecimal) -> HTML { .text(text(value)) }
  func cell(_ value: ExactDecimal?) -> HTML { value.map { cell($0) } ?? "" }
}

/// Figures for people.
enum Figures {
  /// Grouped if the text is a plain decimal; else as it is.
  static func grouped(_ text: String) -> String {
    guard let value = ExactDecimal(text) else { return signed(text) }
    let digits = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return signed(value.grouped(decimals: digits.count == 2 ? digits[1].count : 0))
  }

  static func grouped(_ number: Int) -> String { ExactDecimal(number).grouped() }

  /// With a minus sign instead of a hyphen.
  static func signed(_ text: String) -> String {
    text.hasPrefix("-") ? "−" + text.dropFirst() : text
  }
}
