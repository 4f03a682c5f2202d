import Exact

/// The product of a term's factors for one group of records.
///
/// A key column that the measure does not look up is summed over: emissions by gas times the gas's
/// warming potential add up over the gases.
struct FactorChain {
  let sets: [FactorSet]
  let period: Period
  var substitute: FactorSet?
  /// The group's values by field.
  let keys: [String: String?]

  /// The product, and its unit; zero with an issue where a factor is missing.
  func product(
    of uses: [FactorUse], into issues: inout [FigureIssue], group count: Int
  ) -> (Rational, Unit) {
    var unit = Unit.one
    var lists: [[Factor]] = []
    for use in uses {
      let factors = candidates(use)
      guard let first = factors.all.first else { return (.zero, unit) }
      unit = unit * first.unit
      if factors.fitting.isEmpty {
        issues.append(
          FigureIssue(
            code: "factor-missing",
            message: "`\(factors.set)` has no `\(use.quantity)` for \(wanted(use))", count: count))
        return (.zero, unit)
      }
      for factor in factors.fitting {
        if !factor.isValid(in: period) {
          issues.append(
            FigureIssue(
              code: "factor-year",
              message: "the `\(use.quantity)` of \(factor.place) is not for the period \(period)",
              count: count))
        }
        if factor.isUnconfirmed {
          issues.append(
            FigureIssue(
              code: "factor-unconfirmed",
              message: "the `\(use.quantity)` of \(factor.place) is still to be confirmed",
              count: count))
        }
      }
      lists.append(scaled(factors.fitting, to: first.unit))
    }
    return (combined(lists[...], bound: [:]), unit)
  }

  /// A quantity's factors, and those of them that fit the group; the name of their set.
  func candidates(_ use: FactorUse) -> (all: [Factor], fitting: [Factor], set: String) {
    let set =
      substitute.flatMap { $0.quantities.contains(use.quantity) ? $0 : nil }
      ?? sets.first { $0.name == use.set }
    let all = set?.factors(of: use.quantity) ?? []
    let fitting = all.filter { factor in
      use.keys.allSatisfy { column, key in
        // A factor without the key is for all of them, such as a national one.
        guard let value = factor.keys[column] else { return true }
        switch key {
        case .literal(let literal): return value == literal
        case .field(let field): return keys[field].flatMap { $0 } == value
        }
      }
    }
    return (all, fitting, set?.name ?? use.set)
  }

  private func wanted(_ use: FactorUse) -> String {
    use.keys.sorted { $0.key < $1.key }.map { column, key in
      switch key {
      case .literal(let literal): "\(column) `\(literal)`"
      case .field(let field): "\(column) `\(keys[field].flatMap { $0 } ?? "")`"
      }
    }.joined(separator: ", ")
  }

  private func scaled(_ factors: [Factor], to unit: Unit) -> [Factor] {
    factors.map { factor in
      guard let scale = factor.unit.factor(to: unit), scale != .one else { return factor }
      return factor.scaled(by: scale, to: unit)
    }
  }

  /// Sums over the keys that are left free, each bound to one value throughout.
  private func combined(_ lists: ArraySlice<[Factor]>, bound: [String: String]) -> Rational {
    guard let first = lists.first else { return .one }
    var total = Rational.zero
    for factor in first {
      let agrees = factor.keys.allSatisfy { bound[$0.key] == nil || bound[$0.key] == $0.value }
      guard agrees else { continue }
      let rest = combined(
        lists.dropFirst(), bound: bound.merging(factor.keys, uniquingKeysWith: { a, _ in a }))
      total = total + factor.value * rest
    }
    return total
  }
}

extension Factor {
  fileprivate func scaled(by scale: Rational, to unit: Unit) -> Factor {
    Factor(
      quantity: quantity, keys: keys, value: value * scale, unit: unit, basis: basis,
      edition: edition, validFrom: validFrom, validTo: validTo, isUnconfirmed: isUnconfirmed,
      source: source, place: place)
  }
}
