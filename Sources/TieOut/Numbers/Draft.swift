import Exact

/// A number in the making.
struct Draft {
  var range: Range<Int>
  var extent: Range<Int>
  var value: NumberValue
  var decimals = 0
  var unit: String?
  var kind: NumberKind = .count
  var aside: AsideReason?
  var name: String?
  var inside: [Vocabulary.Qualifier] = []
  /// Whether a unit or classifier stands beside it.
  var hasUnit = false
  /// The period that a column's head, a sentence or a tag gives it.
  var period: CalendarDate?
  /// What the report's own tags say of it.
  var mark: MarkedFigure?

  init(_ range: Range<Int>, _ value: NumberValue) {
    self.range = range
    extent = range
    self.value = value
  }

  init(_ range: Range<Int>, aside: AsideReason, value: ExactDecimal = .zero) {
    self.init(range, .figure(value, high: nil))
    self.aside = aside
  }
}
