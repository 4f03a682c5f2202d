/// How a claim's figure stands to the quantity it speaks of.
package enum Relation: String, Sendable, Hashable, CaseIterable {
  case equal, over, least, near, about, most, below, plus, reach
  case since, until, end, start, each, note

  /// Whether it bounds a quantity (a date's words and mere notes do not).
  var bounds: Bool {
    switch self {
    case .over, .least, .near, .about, .most, .below, .plus: true
    case .equal, .reach, .since, .until, .end, .start, .each, .note: false
    }
  }
}
