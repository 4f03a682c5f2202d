package import Exact

/// Sets a computed figure against the printed one.
package enum Reconciler {
  /// A computed figure: one number, or an interval if it rests on printed ones.
  package struct Computed: Sendable {
    package let point: Rational
    package let interval: Interval

    package init(point: Rational, interval: Interval? = nil) {
      self.point = point
      self.interval = interval ?? Interval(point)
    }
  }

  /// Compares, by the order exact, within rounding, within tolerance, outside.
  ///
  /// *Exact* means that the number computed is the number printed. *Within rounding* means that the
  /// values it can be and the values that print so have one in common.
  ///
  /// - Parameters:
  ///   - tolerance: the largest difference accepted, in the KPI's unit; nil for none.
  ///   - bridge: the named steps, already in order.
  package static func compare(
    _ kpi: KPIDefinition, computed: Computed?, reported: ReportedValue?, tolerance: ExactDecimal?,
    bridge: [BridgeItem]
  ) throws(AssureError) -> Reconciliation {
    let factor = reported.flatMap { $0.unit.factor(to: kpi.unit) }
    var result = Reconciliation(
      kpi: kpi.name, unit: kpi.unit.code, computed: computed?.point,
      computedText: computed.map { text($0.point, decimals: kpi.decimals) } ?? "",
      printed: reported?.printed, printedInterval: nil, printedPlace: reported?.printedPlace ?? "",
      status: .notComparable, difference: nil, differenceText: "", bridge: bridge)
    guard let reported, let factor else { return result }
    let printed = Rational(reported.number) * factor
    let own: Interval
    do { own = try reported.interval } catch {
      throw AssureError(
        "overflow", place: reported.place, error.description, remedy: "check the figure")
    }
    let interval = Interval(own.low * factor, own.high * factor)
    result.printedInterval = interval
    guard let computed else { return result }
    let difference = computed.point - printed
    result.difference = difference
    result.differenceText = text(difference, decimals: kpi.decimals)
    if difference.isZero, computed.interval.low == computed.interval.high {
      result.status = .exact
    } else if interval.overlaps(computed.interval) {
      result.status = .withinRounding
    } else if let tolerance, difference.magnitude <= Rational(tolerance) {
      result.status = .withinTolerance
    } else {
      result.status = .outside
    }
    return result
  }

  /// The exact decimal if it has one of at most six decimals more than are printed; else rounded to
  /// that many, half away from zero, and marked with `…`.
  package static func text(_ value: Rational, decimals: Int) -> String {
    let shown = max(0, decimals) + 6
    if let exact = value.decimal, exact.scale <= shown { return exact.description }
    guard let rounded = try? value.rounded(decimals: shown) else { return value.description }
    return rounded.text(decimals: shown) + "…"
  }
}
