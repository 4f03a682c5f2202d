package import Exact

/// A number whose meaning the report's own tags state: certain where the words are not.
package struct MarkedFigure: Sendable, Hashable {
  /// Place in the text: line and column from 1, length in scalars.
  package let line: Int
  package let column: Int
  package let length: Int
  /// What it is, such as `us-gaap:Revenues`.
  package let name: String
  /// Concept, period, parts and unit: two numbers of one key are one fact.
  package let key: String
  package let value: ExactDecimal
  /// Accurate digits behind the point, negative for tens and more; nil for exact.
  package let decimals: Int?
  /// Power of ten by which the printed digits are multiplied.
  package let scale: Int
  /// UCUM with annotations; nil where only the words tell.
  package let unit: String?
  package let kind: NumberKind?
  package let period: CalendarDate?

  package init(
    line: Int, column: Int, length: Int, name: String, key: String, value: ExactDecimal,
    decimals: Int?, scale: Int, unit: String?, kind: NumberKind?, period: CalendarDate?
  ) {
    self.line = line
    self.column = column
    self.length = length
    self.name = name
    self.key = key
    self.value = value
    self.decimals = decimals
    self.scale = scale
    self.unit = unit
    self.kind = kind
    self.period = period
  }
}

/// Puts what tags state in the place of what the words around a number let guess.
struct Marking {
  let text: ReportText

  /// The first number inside each tag takes its value; further ones inside it stay as they are.
  func apply(_ marked: [MarkedFigure], to drafts: inout [Draft]) {
    var byLine: [Int: [MarkedFigure]] = [:]
    for figure in marked { byLine[figure.line, default: []].append(figure) }
    for index in drafts.indices {
      let place = text.place(drafts[index].range)
      guard let here = byLine[place.line],
        let position = here.firstIndex(where: { figure in
          place.column < figure.column + figure.length
            && figure.column < place.column + place.length
        })
      else { continue }
      take(here[position], &drafts[index])
      byLine[place.line]?.remove(at: position)
    }
  }

  private func take(_ figure: MarkedFigure, _ draft: inout Draft) {
    let digits = text.folded[draft.range]
    let point = digits.lastIndex(of: 0x2E)
    let printed = point.map { digits[($0 + 1)...].prefix { Glyph.isDigit($0) }.count } ?? 0
    draft.value = .figure(figure.value, high: nil)
    draft.decimals = printed - figure.scale
    draft.unit = figure.unit ?? draft.unit ?? "1"
    draft.kind = figure.kind ?? (draft.kind == .date ? .count : draft.kind)
    draft.aside = nil
    draft.hasUnit = draft.hasUnit || figure.unit != nil
    draft.mark = figure
    draft.period = figure.period
  }
}
