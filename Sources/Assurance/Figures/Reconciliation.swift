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
  /// What was read, taken in and added up on the way from the files, for each dataset.
  package var controls: [ControlTotal] = []

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

/// A dataset from its files to the records that a figure is made of.
///
/// Rows read are accepted or rejected, accepted rows are the records that are there, and the sums
/// taken while reading are those of the records.
package struct ControlTotal: Sendable {
  package struct Table: Sendable {
    /// `file@digest12#table`.
    package let place: String
    package let rowsRead: Int
    package let accepted: Int
    package let rejected: Int
    /// The sum taken while the file was read; nil if no field is summed.
    package let total: ExactDecimal?

    package init(
      place: String, rowsRead: Int, accepted: Int, rejected: Int, total: ExactDecimal?
    ) {
      self.place = place
      self.rowsRead = rowsRead
      self.accepted = accepted
      self.rejected = rejected
      self.total = total
    }
  }

  package let title: String
  package let dataset: String
  /// What is summed; nil where records are counted.
  package let field: String?
  package let unit: String
  package let tables: [Table]
  /// Records that are there, and their exact sum.
  package let records: Int
  package let sum: ExactDecimal?

  package init(
    title: String, dataset: String, field: String?, unit: String, tables: [Table], records: Int,
    sum: ExactDecimal?
  ) {
    self.title = title
    self.dataset = dataset
    self.field = field
    self.unit = unit
    self.tables = tables
    self.records = records
    self.sum = sum
  }

  package var rowsRead: Int { tables.reduce(0) { $0 + $1.rowsRead } }
  package var rejected: Int { tables.reduce(0) { $0 + $1.rejected } }

  /// Whether nothing was lost between the files and the records.
  package var agrees: Bool {
    let total = tables.compactMap(\.total).map { Rational($0) }.reduce(.zero, +)
    return rowsRead == records + rejected && (sum.map { Rational($0) == total } ?? true)
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
