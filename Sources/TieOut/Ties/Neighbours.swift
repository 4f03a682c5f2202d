import Exact

/// What a claim without a partner stands beside: the same words with another value, or the quantity
/// it is stated with. Nothing here proves a figure; it tells a reader where to look.
extension Tying {
  /// The claim or figure with the same unit and the same words but another value.
  func otherScope(_ index: Int) -> [Tie] {
    let item = items[index]
    guard let point = item.point, item.claim.token.kind != .ordinal, !item.isDate else { return [] }
    let least = item.claim.token.kind == .count ? 600 : 450
    var ties: [Tie] = []
    for figure in figuresByBase[item.measure.base] ?? [] {
      let named = nameShare(figures[figure], item.claim)
      guard named >= least else { continue }
      ties.append(
        Tie(
          partner: .figure(figures[figure].figure.id), status: .differentScope,
          why: "the same words, another value: \(figures[figure].figure.value)", score: named - 300)
      )
    }
    let unit = item.claim.token.unit ?? "1"
    guard unit != "1", point != .zero else { return ties }
    let bucket = units.index[unit] ?? []
    let threshold = bucket.count <= 12 ? 230 : 420
    for other in around(index, bucket)
    where items[other].claim.sentence != item.claim.sentence && items[other].point != point {
      let likeness = self.likeness(index, other)
      guard likeness >= threshold else { continue }
      let b = items[other].claim.token
      ties.append(
        Tie(
          partner: .claim(b.id, b.place), status: .differentScope,
          why: "the same words, another value: \(b.printed)",
          score: likeness - 200 + nearness(item.claim.token, b)))
    }
    return ties
  }

  /// The quantity before it, in its sentence or in the short lines above, that it is a share,
  /// rate or equivalent of; the second figure of the comparison is not printed.
  func statedWith(_ index: Int) -> [Tie] {
    let item = items[index]
    guard item.point != nil, !item.isDate, item.claim.token.kind != .ordinal else { return [] }
    let a = item.claim
    let equivalent = a.qualifiers.contains("相當於")
    for other in stride(from: index - 1, through: max(0, index - 6), by: -1) {
      let partner = items[other]
      let b = partner.claim
      guard partner.point != nil, !partner.isDate, b.token.kind != .percent,
        b.token.kind == .count || b.token.kind == .amount,
        a.token.place.line - b.token.place.line <= 6
      else { continue }
      let likeness = self.likeness(index, other)
      let sentence = a.sentence == b.sentence
      guard equivalent || sentence && a.token.kind != .count || likeness >= 300 else { continue }
      return [
        Tie(
          partner: .claim(b.token.id, b.token.place), status: .unmatched,
          why: "stated with \(b.token.printed); no second figure to compare with",
          score: (sentence ? 300 : 100) + likeness / 4)
      ]
    }
    return []
  }
}
