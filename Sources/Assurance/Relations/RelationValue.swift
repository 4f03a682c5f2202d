package import Exact

/// A computed value: at face value, and what it can have been.
package struct RelationValue: Sendable {
  /// From the printed numbers as they stand.
  package let face: Rational
  /// From all numbers that round to what is printed.
  package let rounded: Reach
  /// The same with the words beside the figures ("more than") and unknown parts considered.
  package let claimed: Reach
  /// Half a unit of the last digit, if the value is one printed figure.
  let halfUnit: Rational?
  /// The figures whose words, or the parts whose rest, leave it open.
  var isOpen: Bool { rounded != claimed }
}

/// Why a value cannot be had.
struct Unanswerable: Error {
  let reason: String
}

/// Computes expressions over printed figures.
struct RelationCalculator {
  let book: FigureBook
  /// What other relations compute.
  let relations: [String: RelationValue]
  /// The value of the unknown while a `solve` is at work.
  var unknown: Rational?
  /// Whether words beside figures and unknown parts are considered.
  private var isClaimed = false
  /// Figures held at one end of their interval.
  private var held: [String: Rational] = [:]

  init(book: FigureBook, relations: [String: RelationValue]) {
    self.book = book
    self.relations = relations
  }

  /// The value of an expression.
  ///
  /// Interval arithmetic counts a figure that stands twice as two; where the expression is monotone
  /// in it, its two ends are tried one after the other and the result is exact (Moore, Kearfott and
  /// Cloud, Introduction to Interval Analysis, 2009, section 6.4).
  func value(_ expression: RelationExpression) throws(Unanswerable) -> RelationValue {
    if case .figure(let name) = expression {
      let figure = try figure(name)
      return RelationValue(
        face: figure.value, rounded: Reach(figure.rounded), claimed: figure.reach,
        halfUnit: figure.isDate ? nil : figure.halfUnit)
    }
    let face = try point(expression)
    let rounded = try corners(expression)
    var claiming = self
    claiming.isClaimed = true
    let claimed = try claiming.reach(expression) { $0.reach }
    return RelationValue(
      face: face, rounded: rounded, claimed: claimed.interval == nil ? claimed : rounded,
      halfUnit: nil)
  }

  private func figure(_ name: String) throws(Unanswerable) -> PrintedFigure {
    guard let figure = book[name] else {
      throw Unanswerable(reason: "no figure `\(name)` is printed or taken in")
    }
    return figure
  }

  /// At face value.
  func point(_ expression: RelationExpression) throws(Unanswerable) -> Rational {
    switch expression {
    case .number(let number): return number
    case .figure(let name):
      if let value = held[name] { return value }
      return try figure(name).value
    case .relation(let name): return try relation(name).face
    case .unknown(let name):
      guard let unknown else { throw Unanswerable(reason: "`\(name)` is not known") }
      return unknown
    case .negated(let a): return -(try point(a))
    case .part(let a): return try point(a)
    case .sum(let a, let b): return try point(a) + point(b)
    case .difference(let a, let b): return try point(a) - point(b)
    case .product(let a, let b): return try point(a) * point(b)
    case .quotient(let a, let b):
      let (top, bottom) = (try point(a), try point(b))
      guard let quotient = try? top / bottom else {
        throw Unanswerable(reason: "the divisor is zero")
      }
      return quotient
    case .lines(let first, let last): return Rational(try Enumeration(book).lines(first...last))
    case .names(let line): return Rational(try Enumeration(book).names(line))
    case .date(let days): return Rational(days.first.number)
    }
  }

  private func relation(_ name: String) throws(Unanswerable) -> RelationValue {
    guard let value = relations[name] else {
      throw Unanswerable(reason: "the relation `\(name)` has no value")
    }
    return value
  }

  /// By interval arithmetic over what each figure can have been.
  private func reach(
    _ expression: RelationExpression, of figures: (PrintedFigure) -> Reach
  ) throws(Unanswerable) -> Reach {
    switch expression {
    case .figure(let name):
      if let held = held[name] { return Reach(held) }
      return figures(try figure(name))
    case .relation(let name): return try relation(name).claimed
    case .date(let days): return Reach(PrintedFigure(name: "", days: days).rounded)
    case .negated(let a): return -(try reach(a, of: figures))
    case .part(let a):
      let known = try reach(a, of: figures)
      return isClaimed ? Reach(low: known.low, high: nil) : known
    case .sum(let a, let b): return try reach(a, of: figures) + reach(b, of: figures)
    case .difference(let a, let b): return try reach(a, of: figures) + -reach(b, of: figures)
    case .product(let a, let b): return try reach(a, of: figures) * reach(b, of: figures)
    case .quotient(let a, let b): return try reach(a, of: figures) / reach(b, of: figures)
    case .number, .unknown, .lines, .names: return Reach(try point(expression))
    }
  }

  /// Interval arithmetic with repeated figures held at their ends, where that is exact.
  private func corners(_ expression: RelationExpression) throws(Unanswerable) -> Reach {
    var counts: [String: Int] = [:]
    for name in expression.figures { counts[name, default: 0] += 1 }
    let repeated = counts.filter { $0.value > 1 }.keys.sorted().filter { name in
      let degree = expression.degree(in: name)
      return degree.top <= 1 && degree.bottom <= 1
    }
    guard !repeated.isEmpty, repeated.count <= 10 else {
      return try reach(expression) { Reach($0.rounded) }
    }
    var result: Reach?
    for corner in 0..<(1 << repeated.count) {
      var calculator = self
      for (bit, name) in repeated.enumerated() {
        let interval = try figure(name).rounded
        calculator.held[name] = corner >> bit & 1 == 0 ? interval.low : interval.high
      }
      let reach = try calculator.reach(expression) { Reach($0.rounded) }
      result = result.map { $0.hull(reach) } ?? reach
    }
    return result ?? .all
  }
}
