import BigInt
import Exact

/// One relation set against the figures.
struct RelationTrial {
  let relation: Relation
  let calculator: RelationCalculator

  func result() -> RelationResult {
    do {
      switch relation.form {
      case .words(let reason):
        return outcome(.cannotTell, nil, reason: "not of the language: " + reason)
      case .value(let expression):
        return outcome(
          .cannotTell, try calculator.value(expression), reason: "nothing printed to compare with")
      case .comparison(let left, let comparison, let right):
        return comparison == .equal
          ? try equal(left, right) : try ordered(left, comparison, right)
      case .intersection(let members): return try intersection(members)
      case .inside(let expression, let name): return try inside(expression, name)
      case .sharedCount(let shares): return try sharedCount(shares)
      case .wholeShare(let share, let base): return try wholeShare(share, of: base)
      case .solution(_, let from, let to, let left, let right):
        return try solution(from: from, to: to, left, right)
      }
    } catch {
      return outcome(.cannotTell, nil, reason: error.reason)
    }
  }

  private func outcome(
    _ verdict: RelationVerdict, _ computed: RelationValue?, rounds: Bool? = nil,
    reported: Rational? = nil, reason: String = ""
  ) -> RelationResult {
    RelationResult(
      relation: relation, verdict: verdict, roundsToReported: rounds, computed: computed,
      reported: reported,
      difference: reported.flatMap { value in computed.map { $0.face - value } },
      reason: reason)
  }

  /// Equal if what both sides can have been has something in common.
  private func equal(
    _ left: RelationExpression, _ right: RelationExpression
  ) throws(Unanswerable) -> RelationResult {
    let (a, b) = (try calculator.value(left), try calculator.value(right))
    let rounds = Self.rounds(a.face, to: b)
    let verdict: RelationVerdict
    var reason = ""
    if rounds {
      verdict = .atFaceValue
    } else if a.rounded.overlaps(b.rounded) {
      verdict = .withinRounding
    } else if a.claimed.overlaps(b.claimed) {
      verdict = a.isOpen ? .cannotTell : .withinRounding
      reason = "the words beside the figures, or parts that are not known, leave it open"
    } else {
      verdict = .impossible
    }
    return outcome(verdict, a, rounds: rounds, reported: b.face, reason: reason)
  }

  /// Whether a number printed with the other's digits is the other.
  static func rounds(_ number: Rational, to printed: RelationValue) -> Bool {
    if number == printed.face { return true }
    guard let half = printed.halfUnit, !half.isZero else {
      return printed.halfUnit == nil && printed.rounded.low != printed.rounded.high
        && printed.rounded.contains(number)
    }
    // Half away from zero: the tie nearer to zero prints as the neighbour, the other one so.
    let distance = (number - printed.face).magnitude
    guard distance == half else { return distance < half }
    return number.magnitude > printed.face.magnitude ? false : true
  }

  /// The right side of an inequality is a claim and stands as printed.
  private func ordered(
    _ left: RelationExpression, _ comparison: RelationOperator, _ right: RelationExpression
  ) throws(Unanswerable) -> RelationResult {
    let (a, b) = (try calculator.value(left), try calculator.value(right))
    let isDate = left.isDate(calculator.book) || right.isDate(calculator.book)
    let can = Self.can(a.rounded, comparison, b.rounded)
    let face = isDate ? can : Self.can(Reach(a.face), comparison, Reach(b.face))
    let verdict: RelationVerdict
    var reason = ""
    if face {
      verdict = .atFaceValue
    } else if can {
      verdict = .withinRounding
    } else if a.isOpen, Self.can(a.claimed, comparison, b.rounded) {
      verdict = .cannotTell
      reason = "the words beside the figures leave it open"
    } else {
      verdict = .impossible
    }
    return outcome(
      verdict, isDate ? nil : a, rounds: face, reported: isDate ? nil : b.face, reason: reason)
  }

  /// Whether some value of the left is so related to some value of the right.
  private static func can(_ a: Reach, _ comparison: RelationOperator, _ b: Reach) -> Bool {
    switch comparison {
    case .equal: return a.overlaps(b)
    case .atLeast, .above:
      guard let high = a.high, let low = b.low else { return true }
      return comparison == .above ? high > low : high >= low
    case .atMost, .below:
      guard let low = a.low, let high = b.high else { return true }
      return comparison == .below ? low < high : low <= high
    }
  }

  private func intersection(_ members: [RelationExpression]) throws(Unanswerable) -> RelationResult
  {
    var common = Reach.all
    var absent: [String] = []
    for member in members {
      if case .relation(let name) = member, calculator.relations[name] == nil {
        absent.append(name)
        continue
      }
      let value = try calculator.value(member)
      guard let both = common.intersection(value.rounded) else {
        return outcome(.impossible, nil, reason: "they have no value in common")
      }
      common = both
    }
    guard let low = common.low, let high = common.high,
      let middle = try? (low + high) / Rational(2)
    else { return outcome(.cannotTell, nil, reason: "nothing bounds them") }
    let value = RelationValue(face: middle, rounded: common, claimed: common, halfUnit: nil)
    return outcome(
      .atFaceValue, value,
      reason: absent.isEmpty ? "" : "without \(absent.joined(separator: ", ")), not computed")
  }

  private func inside(
    _ expression: RelationExpression, _ name: String
  ) throws(Unanswerable) -> RelationResult {
    let (a, b) = (try calculator.value(expression), try calculator.value(.relation(name)))
    if b.rounded.contains(a.face) { return outcome(.atFaceValue, a) }
    return outcome(a.rounded.overlaps(b.rounded) ? .withinRounding : .impossible, a)
  }

  private func sharedCount(_ names: [String]) throws(Unanswerable) -> RelationResult {
    var splits: [String: [(share: Interval, base: Rational)]] = [:]
    var totals: [PrintedFigure] = []
    for name in names {
      let figure = try share(name)
      guard !figure.dimension.isEmpty else {
        totals.append(figure)
        continue
      }
      let base = try base(of: figure)
      splits[figure.dimension, default: []].append((Self.fraction(figure), base))
    }
    let whole = splits.values.first.map { $0.reduce(Rational.zero) { $0 + $1.base } }
    for (index, figure) in totals.enumerated() {
      var base = whole
      if base == nil { base = try self.base(of: figure) }
      splits["\(index)"] = [(Self.fraction(figure), base ?? .zero)]
    }
    guard let range = WholeNumbers.sharedTotal(splits.sorted { $0.key < $1.key }.map(\.value))
    else { return outcome(.impossible, nil, reason: "no whole number gives all the shares") }
    return outcome(.atFaceValue, Self.value(range.lowerBound, range.upperBound))
  }

  private func wholeShare(
    _ name: String, of base: RelationExpression?
  ) throws(Unanswerable) -> RelationResult {
    let figure = try share(name)
    if let base {
      let base = try calculator.point(base)
      guard let counts = WholeNumbers.counts(share: Self.fraction(figure), of: base) else {
        return outcome(
          .impossible, nil, reason: "no whole number out of \(base) prints as \(figure.value)")
      }
      return outcome(.atFaceValue, Self.value(counts.lowerBound, counts.upperBound))
    }
    let limit = try self.base(of: figure).floor
    guard let found = WholeNumbers.workableBase(share: Self.fraction(figure), atMost: limit) else {
      return outcome(.impossible, nil, reason: "no whole number of at most \(limit) serves")
    }
    return outcome(
      .atFaceValue, Self.value(found, found),
      reason: found == limit ? "" : "not out of the printed \(limit)")
  }

  private func share(_ name: String) throws(Unanswerable) -> PrintedFigure {
    guard let figure = calculator.book[name] else {
      throw Unanswerable(reason: "no figure `\(name)` is printed or taken in")
    }
    return figure
  }

  private func base(of figure: PrintedFigure) throws(Unanswerable) -> Rational {
    guard let base = calculator.book.base(of: figure) else {
      throw Unanswerable(reason: "what `\(figure.name)` is a share of is not declared")
    }
    return base.value
  }

  private static func fraction(_ figure: PrintedFigure) -> Interval {
    guard figure.isPercent, let hundredth = Rational("0.01") else { return figure.rounded }
    return Interval(figure.rounded.low * hundredth, figure.rounded.high * hundredth)
  }

  private static func value(_ low: BigInt, _ high: BigInt) -> RelationValue {
    let reach = Reach(low: Rational(whole: low), high: Rational(whole: high))
    return RelationValue(
      face: Rational(whole: low), rounded: reach, claimed: reach, halfUnit: nil)
  }
}

extension RelationExpression {
  fileprivate func isDate(_ book: FigureBook) -> Bool {
    switch self {
    case .date: true
    case .figure(let name): book[name]?.isDate ?? false
    default: false
    }
  }
}
