import Exact

/// A claim made ready for comparison.
struct ClaimItem {
  let claim: Claim
  let measure: Measure
  /// In the base unit; nil for dates, lists, codes and vague numbers.
  let point: Rational?
  /// The values that print so, in the base unit.
  let interval: Interval?
  let bounds: Bounds?
  /// Digits that carry information: 2,009,210 has six, 13,000 two.
  let significant: Int

  init(_ claim: Claim, _ vocabulary: Vocabulary) {
    self.claim = claim
    measure = Measure(claim.token.unit ?? "1", vocabulary)
    let factor = measure.factor
    guard let printed = claim.token.printedInterval else {
      (point, interval, bounds) = (nil, nil, nil)
      significant = claim.token.printed.filter(\.isNumber).count
      return
    }
    let value: Rational
    var step = Rational.one
    switch claim.token.value {
    case .figure(let figure, _):
      value = Rational(figure)
      let digits = String(figure.coefficient.magnitude)
      let zeros = digits.reversed().prefix { $0 == "0" }.count
      significant = max(1, digits.count - zeros)
      step = ClaimItem.power(of: zeros - figure.scale)
    case .fraction(let fraction):
      value = fraction
      significant = 1
    default:
      value = printed.low
      significant = 1
    }
    let scaled = Interval(printed.low * factor, printed.high * factor)
    point = value * factor
    interval = scaled
    bounds = Bounds(
      scaled, point: value * factor, relation: claim.relation, roundStep: step * factor)
  }

  private static func power(of exponent: Int) -> Rational {
    let ten = (0..<abs(exponent)).reduce(Rational.one) { power, _ in power * Rational(10) }
    return exponent >= 0 ? ten : (try? .one / ten) ?? .one
  }

  var isDate: Bool { if case .date = claim.token.value { true } else { false } }
}

/// A reported figure made ready for comparison.
struct FigureItem {
  let figure: ReportedFigure
  let measure: Measure
  let point: Rational
  let interval: Interval
  /// One for each name.
  let subjects: [Subject]

  init?(_ figure: ReportedFigure, _ vocabulary: Vocabulary) {
    self.figure = figure
    let measure = Measure(figure.unit, vocabulary)
    self.measure = measure
    let value = Rational(figure.value)
    let whole = measure.base == "1" && figure.decimals == 0
    guard
      let printed = whole
        ? Interval(value) : try? Interval(printed: figure.value, decimals: figure.decimals)
    else { return nil }
    point = value * measure.factor
    interval = Interval(printed.low * measure.factor, printed.high * measure.factor)
    subjects = figure.names.map { name in
      var subject = Subject()
      for term in Terms.list(vocabulary.folding.fold(name)[...]) { subject.terms[term] = 4 }
      return subject
    }
  }
}
