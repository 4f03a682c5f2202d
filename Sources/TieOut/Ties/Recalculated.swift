import Exact

/// Follows a number that prints a reported value on to the value recalculated from records.
struct Recalculated {
  private let reported: [String: FigureItem]
  private let recalculated: [String: FigureItem]
  private let vocabulary: Vocabulary
  /// Behind the id of the reported value.
  static let mark = "@recalculated"

  init(_ reported: [ReportedFigure], _ recalculated: [ReportedFigure], _ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    self.reported = Self.items(reported, vocabulary)
    self.recalculated = Self.items(recalculated, vocabulary)
  }

  private static func items(
    _ figures: [ReportedFigure], _ vocabulary: Vocabulary
  ) -> [String: FigureItem] {
    var items: [String: FigureItem] = [:]
    for figure in figures where items[figure.id] == nil {
      items[figure.id] = FigureItem(figure, vocabulary)
    }
    return items
  }

  func apply(_ tied: [TiedClaim]) -> [TiedClaim] {
    guard !recalculated.isEmpty else { return tied }
    return tied.map { claim in
      let item = ClaimItem(claim.claim, vocabulary)
      let more = claim.ties.compactMap { tie(item, $0) }
      guard !more.isEmpty else { return claim }
      let conflicts = more.filter { $0.status == .conflict }
      return TiedClaim(
        claim: claim.claim,
        ties: conflicts + claim.ties + more.filter { $0.status != .conflict })
    }
  }

  /// Nil where the number is no print of the reported value, but a share or change of it.
  private func tie(_ item: ClaimItem, _ known: Tie) -> Tie? {
    guard known.status.agrees, case .figure(let id) = known.partner, let printed = reported[id],
      let computed = recalculated[id], printed.measure.base == item.measure.base,
      let point = item.point, let interval = item.interval, let bounds = item.bounds,
      item.claim.relation.bounds || interval.overlaps(printed.interval)
    else { return nil }
    let status: TieStatus
    if item.claim.relation.bounds {
      status = bounds.admits(Interval(computed.point)) ? .boundHolds : .conflict
    } else if computed.point == point {
      status = .exact
    } else {
      status = interval.contains(computed.point) ? .withinRounding : .conflict
    }
    let figure = computed.figure
    return Tie(
      partner: .figure(id + Self.mark), status: status,
      why: "\(item.claim.token.printed) against \(figure.value) \(figure.unit) from the records",
      score: 1)
  }
}
