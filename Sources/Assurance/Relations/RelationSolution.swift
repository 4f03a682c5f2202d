import Exact

extension RelationTrial {
  /// Solves an equation that is linear in its unknown: from its values at 0 and 1.
  ///
  /// With bounds, the equation holds if the unknown can lie between them; a third point tells
  /// whether it is linear at all.
  func solution(
    from: RelationExpression?, to: RelationExpression?, _ left: RelationExpression,
    _ right: RelationExpression
  ) throws(Unanswerable) -> RelationResult {
    func gap(_ unknown: Int) throws(Unanswerable) -> Rational {
      var calculator = calculator
      calculator.unknown = Rational(unknown)
      return try calculator.point(left) - calculator.point(right)
    }
    let (zero, one, two) = (try gap(0), try gap(1), try gap(2))
    let slope = one - zero
    guard two - one == slope, let root = try? -zero / slope else {
      throw Unanswerable(reason: "the equation is not linear in its unknown")
    }
    let value = RelationValue(
      face: root, rounded: Reach(root), claimed: Reach(root), halfUnit: nil)
    guard let from, let to else {
      return RelationResult(
        relation: relation, verdict: .cannotTell, roundsToReported: nil, computed: value,
        reported: nil, difference: nil, reason: "nothing printed to compare with")
    }
    let (least, most) = (try calculator.point(from), try calculator.point(to))
    let fits = least <= root && root <= most
    return RelationResult(
      relation: relation, verdict: fits ? .atFaceValue : .impossible, roundsToReported: nil,
      computed: value, reported: nil, difference: nil,
      reason: fits ? "" : "the solution lies outside its bounds")
  }
}
