/// Relations over a book of figures, each tried.
package struct RelationBook: Sendable {
  package let relations: [Relation]
  private let figures: FigureBook

  package init(_ relations: [Relation], figures: FigureBook) {
    self.relations = relations
    self.figures = figures
  }

  /// Tries every relation, in the order given.
  ///
  /// Relations may name relations that stand before or after them; one that rests on itself has no
  /// value. A value that nothing printed is compared with can still be told where an intersection
  /// names it: its members can all be true or not together.
  package func results() -> [RelationResult] {
    var values: [String: RelationValue] = [:]
    var results: [String: RelationResult] = [:]
    var open = relations
    while !open.isEmpty {
      var left: [Relation] = []
      for relation in open {
        let calculator = RelationCalculator(book: figures, relations: values)
        let waits = relation.form.relations.contains { name in
          values[name] == nil && open.contains { $0.id == name && $0.id != relation.id }
        }
        if waits {
          left.append(relation)
          continue
        }
        let result = RelationTrial(relation: relation, calculator: calculator).result()
        results[relation.id] = result
        values[relation.id] = result.computed
      }
      guard left.count < open.count else { break }
      open = left
    }
    for relation in open {
      let calculator = RelationCalculator(book: figures, relations: values)
      results[relation.id] = RelationTrial(relation: relation, calculator: calculator).result()
    }
    return relations.compactMap { settled($0, results) }
  }

  /// Members of an intersection take its verdict where they have none of their own.
  private func settled(
    _ relation: Relation, _ results: [String: RelationResult]
  ) -> RelationResult? {
    guard let own = results[relation.id], own.verdict == .cannotTell, own.computed != nil,
      case .value = relation.form
    else { return results[relation.id] }
    let joint = relations.first { other in
      guard case .intersection = other.form else { return false }
      return other.form.relations.contains(relation.id)
    }
    guard let joint, let verdict = results[joint.id]?.verdict, verdict != .cannotTell else {
      return own
    }
    return RelationResult(
      relation: relation, verdict: verdict, roundsToReported: nil, computed: own.computed,
      reported: nil, difference: nil, reason: "together with \(joint.id)")
  }
}

extension RelationForm {
  /// Names of the relations it rests on.
  var relations: [String] {
    switch self {
    case .words: []
    case .value(let a): a.relations
    case .comparison(let a, _, let b): a.relations + b.relations
    case .intersection(let members): members.flatMap(\.relations)
    case .inside(let a, let name): a.relations + [name]
    case .sharedCount, .wholeShare: []
    case .solution(_, let from, let to, let a, let b):
      (from?.relations ?? []) + (to?.relations ?? []) + a.relations + b.relations
    }
  }
}

extension RelationExpression {
  var relations: [String] {
    switch self {
    case .relation(let name): [name]
    case .number, .figure, .unknown, .lines, .names, .date: []
    case .negated(let a), .part(let a): a.relations
    case .sum(let a, let b), .difference(let a, let b), .product(let a, let b),
      .quotient(let a, let b):
      a.relations + b.relations
    }
  }
}
