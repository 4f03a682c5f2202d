package import Exact

/// What a relation says, read from its text.
package indirect enum RelationExpression: Sendable {
  case number(Rational)
  /// A printed figure: `[water-consumption]`, `[work-injuries@2020]`.
  case figure(String)
  /// What another relation computes: `r055`.
  case relation(String)
  /// The unknown of a `solve`.
  case unknown(String)
  case negated(RelationExpression)
  case sum(RelationExpression, RelationExpression)
  case difference(RelationExpression, RelationExpression)
  case product(RelationExpression, RelationExpression)
  case quotient(RelationExpression, RelationExpression)
  /// Parts of a whole that are known: there may be more.
  case part(RelationExpression)
  /// The lines of the report from one to another that are not empty.
  case lines(Int, Int)
  /// The names listed on a line of the report.
  case names(Int)
  /// A date as written.
  case date(Period)
}

/// How the two sides of a relation are compared.
package enum RelationOperator: String, Sendable, CaseIterable {
  case equal = "="
  case atLeast = ">="
  case above = ">"
  case atMost = "<="
  case below = "<"
}

/// The forms a relation can have.
package enum RelationForm: Sendable {
  /// Words that are not of the language, with what was expected.
  case words(String)
  /// A number that nothing is compared with.
  case value(RelationExpression)
  case comparison(RelationExpression, RelationOperator, RelationExpression)
  /// All the values named can be one and the same.
  case intersection([RelationExpression])
  /// The left value can lie within what the right relation leaves possible.
  case inside(RelationExpression, String)
  /// One whole number of things gives all the shares.
  case sharedCount([String])
  /// There is a whole number, at most the one given, of which the share is a whole part.
  case wholeShare(String, of: RelationExpression?)
  /// The unknown for which the two sides are equal; between the bounds, if there are any.
  case solution(
    String, from: RelationExpression?, to: RelationExpression?, RelationExpression,
    RelationExpression)
}

extension RelationExpression {
  /// The names of figures, each as often as it stands.
  var figures: [String] {
    switch self {
    case .figure(let name): [name]
    case .number, .relation, .unknown, .lines, .names, .date: []
    case .negated(let a), .part(let a): a.figures
    case .sum(let a, let b), .difference(let a, let b), .product(let a, let b),
      .quotient(let a, let b):
      a.figures + b.figures
    }
  }

  /// The degree of numerator and denominator in a figure, as a bound.
  ///
  /// With both at most 1 the expression is a Möbius function of that figure and monotone between
  /// its poles, so that its extremes lie at the ends of the figure's interval.
  func degree(in name: String) -> (top: Int, bottom: Int) {
    switch self {
    case .figure(let figure): return (figure == name ? 1 : 0, 0)
    case .number, .relation, .unknown, .lines, .names, .date: return (0, 0)
    case .negated(let a), .part(let a): return a.degree(in: name)
    case .sum(let a, let b), .difference(let a, let b):
      let (a, b) = (a.degree(in: name), b.degree(in: name))
      return (max(a.top + b.bottom, b.top + a.bottom), a.bottom + b.bottom)
    case .product(let a, let b):
      let (a, b) = (a.degree(in: name), b.degree(in: name))
      return (a.top + b.top, a.bottom + b.bottom)
    case .quotient(let a, let b):
      let (a, b) = (a.degree(in: name), b.degree(in: name))
      return (a.top + b.bottom, a.bottom + b.top)
    }
  }
}
