package import Assurance
package import Exact

/// A figure as it is, and as it would be with another factor set.
package struct WhatIf: Sendable {
  package let kpi: KPIDefinition
  package let own: Rational
  package let other: Rational
  /// How the other figure would stand to the printed one.
  package let reconciliation: Reconciliation
  /// What the other set lacks for the period.
  package let issues: [FigureIssue]

  /// In percent of the figure as it is; nil for a figure of zero.
  package var change: Rational? {
    (try? (other - own) / own.magnitude).map { $0 * Rational(100) }
  }
}

extension Engagement {
  /// What another factor set would make of figures; writes nothing.
  ///
  /// - Parameters:
  ///   - set: stands in for every set of its quantities.
  ///   - name: one KPI; nil for all that the set moves.
  /// - Throws: `unknown-factors`; `factors-unused` if no figure rests on its quantities.
  package func whatIf(factors set: String, kpi name: String?) throws(AssureError) -> [WhatIf] {
    let kpis = try name.map { (name) throws(AssureError) in [try kpi(abbreviated: name)] }
    let quantities = policy.factorSet(set)?.quantities ?? []
    let all = policy.kpis.filter { uses(quantities, $0) }
    let asked = (kpis ?? all).filter { uses(quantities, $0) }
    let other = try figures(of: asked, factorSet: set)
    guard !asked.isEmpty else {
      throw AssureError(
        "factors-unused", place: "--what-if \(set)", "no figure asked for rests on its quantities",
        remedy: all.isEmpty
          ? "name another set" : "one of: " + all.map(\.name).joined(separator: ", "))
    }
    let own = try figures(of: asked)
    var results: [WhatIf] = []
    for kpi in asked {
      guard let a = own[kpi.name], let b = other[kpi.name] else { continue }
      let printed = reported.first { $0.kpi == kpi.name }
      let tolerance = settings.materiality.first { $0.kpi == kpi.name }?.tolerance
      results.append(
        WhatIf(
          kpi: kpi, own: a.point, other: b.point,
          reconciliation: try Reconciler.compare(
            kpi, computed: Reconciler.Computed(point: b.point, interval: b.interval),
            reported: printed, tolerance: tolerance, bridge: []),
          issues: b.issues))
    }
    return results
  }

  /// Whether a KPI, or one that it is computed of, is multiplied by one of the quantities.
  private func uses(_ quantities: Set<String>, _ kpi: KPIDefinition) -> Bool {
    var pending = [kpi]
    var seen: Set<String> = []
    while let next = pending.popLast() {
      if next.measure.terms.contains(where: { term in
        term.factors.contains { quantities.contains($0.quantity) }
      }) {
        return true
      }
      pending += next.measure.kpis.filter { seen.insert($0).inserted }.compactMap { policy.kpi($0) }
    }
    return false
  }
}
