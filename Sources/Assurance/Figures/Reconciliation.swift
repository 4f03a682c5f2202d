package import Exact

/// How a computed figure stands to the printed one.
package enum ReconciliationStatus: String, Sendable, CaseIterable {
  /// The computed value is the printed one.
  case exact
  /// It differs, but prints so: it lies in the interval of values that round to the printed figure.
  case withinRounding = "within rounding"
  /// It lies outside that interval, by no more than the tolerance stated in the engagement.
  case withinTolerance = "within tolerance"
  /// It lies outside.
  case outside
  /// One of the two is missing, or their units measure different things.
  case notComparable = "not comparable"
}

/// The recalculated figure against the printed one, and the steps between them.
package struct Reconciliation: Sendable {
  package var kpi: String
  package var unit: String
  /// Exact; nil if it could not be computed.
  package var computed: Rational?
  /// ``computed`` as text: the exact decimal, or rounded to six decimals more than are printed and
  /// followed by `…`.
  package var computedText: String
  /// The figure as printed; nil if none is.
  package var printed: String?
  /// What the printed figure can have been before rounding.
  package var printedInterval: Interval?
  /// Where it is printed.
  package var printedPlace: String
  package var status: ReconciliationStatus
  /// Computed minus printed; nil if not comparable.
  package var difference: Rational?
  package var differenceText: String
  /// Named steps from the records to the printed figure. Never a plug: what is unexplained stands
  /// as `unexplained`.
  package var bridge: [BridgeItem]

  package init(
    kpi: String, unit: String, computed: Rational?, computedText: String, printed: String?,
    printedInterval: Interval?, printedPlace: String, status: ReconciliationStatus,
    difference: Rational?, differenceText: String, bridge: [BridgeItem]
  ) {
    self.kpi = kpi
    self.unit = unit
    self.computed = computed
    self.computedText = computedText
    self.printed = printed
    self.printedInterval = printedInterval
    self.printedPlace = printedPlace
    self.status = status
    self.difference = difference
    self.differenceText = differenceText
    self.bridge = bridge
  }
}

/// One line of a bridge.
package struct BridgeItem: Sendable, Hashable {
  package var label: String
  /// In the KPI's unit, as exact text; empty if the line only informs.
  package var amount: String
  /// How many records it stands for.
  package var count: Int
  /// Whether the amount is part of the computed figure, or shown beside it.
  package var counts: Bool
  package var note: String

  package init(label: String, amount: String, count: Int, counts: Bool, note: String) {
    self.label = label
    self.amount = amount
    self.count = count
    self.counts = counts
    self.note = note
  }
}
