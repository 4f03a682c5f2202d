import Exact

/// Finds and ranks the partners of every claim.
///
/// Cost: linear in the claims, with a bounded number of candidates for each.
struct Tying {
  let items: [ClaimItem]
  let figures: [FigureItem]
  let rarity: Rarity
  let text: ReportText
  /// Claims by base unit and value.
  var equal: [Key: [Int]] = [:]
  /// Claims by sentence.
  var bySentence: [Int: [Int]] = [:]
  /// Claims by line.
  var byLine: [Int: [Int]] = [:]
  /// Figures by base unit, in the order of their values.
  var figuresByBase: [String: [Int]] = [:]
  private let profiles: [Profile]
  let years: YearIndex
  let units: UnitIndex
  /// Claims by base unit, in the order of their values.
  var claimsByBase: [String: [Int]] = [:]

  /// Counts the comparisons, for the tests that hold the cost linear; nil otherwise.
  var work: WorkMeter?

  struct Key: Hashable {
    let base: String
    let value: String
  }

  /// How many claims of the same value are looked at, on either side in the text.
  static let reach = 24

  init(
    _ claims: [Claim], _ reported: [ReportedFigure], _ text: ReportText, _ vocabulary: Vocabulary
  ) {
    items = claims.map { ClaimItem($0, vocabulary) }
    figures = reported.compactMap { FigureItem($0, vocabulary) }
    rarity = Rarity(text)
    let rarity = rarity
    profiles = claims.map { Profile($0.subject, rarity) }
    years = YearIndex(items)
    units = UnitIndex(items)
    self.text = text
    for (index, item) in items.enumerated() {
      if let key = key(item) { equal[key, default: []].append(index) }
      bySentence[item.claim.sentence, default: []].append(index)
      byLine[item.claim.token.place.line, default: []].append(index)
      if item.point != nil { claimsByBase[item.measure.base, default: []].append(index) }
    }
    for (index, item) in figures.enumerated() {
      figuresByBase[item.measure.base, default: []].append(index)
    }
    for base in figuresByBase.keys {
      figuresByBase[base]?.sort { figures[$0].point < figures[$1].point }
    }
    for base in claimsByBase.keys {
      claimsByBase[base]?.sort { (items[$0].point ?? .zero) < (items[$1].point ?? .zero) }
    }
  }

  func run() -> [TiedClaim] {
    var found = [[Tie]](repeating: [], count: items.count)
    for index in items.indices {
      found[index] = equalClaims(index) + reportedFigures(index) + boundedClaims(index)
    }
    impliedFigures(&found)
    let arithmetic = Arithmetic(tying: self)
    arithmetic.apply(to: &found)
    Conflicts(tying: self).apply(to: &found)
    Marks(tying: self).apply(to: &found)
    Enumerations(tying: self).apply(to: &found)
    for index in items.indices where found[index].isEmpty {
      found[index] = otherScope(index) + statedWith(index)
    }
    return items.indices.map { TiedClaim(claim: items[$0].claim, ties: ranked(found[$0])) }
  }

  /// One tie for each partner, the best first; at most eight.
  private func ranked(_ ties: [Tie]) -> [Tie] {
    var best: [Tie.Partner: Tie] = [:]
    for tie in ties where tie.score > (best[tie.partner]?.score ?? Int.min) {
      best[tie.partner] = tie
    }
    let top = best.values.map(\.score).max() ?? 0
    let strong = max(Self.strong, top - Self.band)
    let sorted = best.values.sorted { order($0, strong) < order($1, strong) }
    return Array(sorted.prefix(8))
  }

  /// Candidates about as good as the best rank by place: contradictions, reported figures, then the
  /// first mention, to which the later ones tie; the others rank by score.
  private func order(_ tie: Tie, _ strong: Int) -> (Int, Int, Int, String) {
    guard tie.score >= strong else { return (1, -tie.score, 0, tie.to) }
    if tie.status == .conflict { return (0, 0, -tie.score, tie.to) }
    return switch tie.partner {
    case .figure: (0, 1, -tie.score, tie.to)
    case .claim(_, let place), .items(let place): (0, 2, place.byte, tie.to)
    }
  }

  /// How far below the best a candidate may be and still count as equally good.
  private static let band = 240
  private static let strong = 650

  func key(_ item: ClaimItem) -> Key? {
    switch item.claim.token.value {
    case .date(let date, let high):
      return Key(base: "date", value: date.description + "/" + (high?.description ?? ""))
    case .code(let code):
      return Key(base: "code", value: String(code.prefix { $0.isNumber }))
    case .list(let values): return Key(base: "list", value: values.description)
    case .vague: return nil
    case .figure, .fraction:
      return item.point.map { Key(base: item.measure.base, value: $0.description) }
    }
  }

  /// The neighbours of an index in a list in rising order.
  func around(_ index: Int, _ list: [Int]) -> [Int] {
    work?.add(min(list.count, 2 * Self.reach))
    guard list.count > 2 * Self.reach else { return list.filter { $0 != index } }
    let place = list.partitioningIndex { $0 >= index }
    let low = max(0, place - Self.reach)
    let high = min(list.count, place + Self.reach + 1)
    return list[low..<high].filter { $0 != index }
  }

  /// How many thousandths of their words two claims share.
  func likeness(_ a: Int, _ b: Int) -> Int { profiles[a].likeness(profiles[b]) }

  // MARK: - reported figures

  private func reportedFigures(_ index: Int) -> [Tie] {
    let item = items[index]
    guard let point = item.point, let interval = item.interval, let bounds = item.bounds else {
      return []
    }
    let list = figuresByBase[item.measure.base] ?? []
    let reach = item.claim.relation.bounds ? point.magnitude * (Rational("1/4") ?? .one) : .zero
    let low = interval.low - reach
    let high = interval.high + reach
    var place = list.partitioningIndex { figures[$0].interval.high >= low }
    var ties: [Tie] = []
    while place < list.count, figures[list[place]].interval.low <= high {
      work?.add(1)
      if let tie = figureTie(item, figures[list[place]], point, interval, bounds) {
        ties.append(tie)
      }
      place += 1
    }
    return ties
  }

  private func figureTie(
    _ item: ClaimItem, _ figure: FigureItem, _ point: Rational, _ interval: Interval,
    _ bounds: Bounds
  ) -> Tie? {
    let claim = item.claim
    let equal = figure.point == point
    let status: TieStatus
    if claim.relation.bounds {
      guard bounds.admits(figure.interval) else { return nil }
      status = .boundHolds
    } else {
      guard interval.overlaps(figure.interval) else { return nil }
      status = equal ? .exact : .withinRounding
    }
    let named = nameShare(figure, claim)
    let atHome = figure.figure.line == claim.token.place.line
    var score = named + (equal ? digitsBonus(item.significant, claim.token.kind) : 60)
    if atHome { score += 400 }
    if let own = claim.token.period?.year, let year = figure.figure.period?.year {
      guard own == year else { return nil }
      score += 60
    } else if let year = figure.figure.period?.year, mentionsOtherYear(claim, year) {
      score -= 200
    }
    guard score >= 430, named >= 150 || atHome || item.significant >= 4 else { return nil }
    let known = named >= 350 || atHome || item.significant >= 4
    let why =
      "\(claim.token.printed) against \(figure.figure.value) \(figure.figure.unit)"
      + (known ? "" : ", under another name")
    return Tie(
      partner: .figure(figure.figure.id), status: known ? status : .differentScope, why: why,
      score: score + 50)
  }

  /// How many thousandths of the figure's best name the claim's words hold; rare words count more.
  func nameShare(_ figure: FigureItem, _ claim: Claim) -> Int { nameShare(figure.subjects, claim) }

  func nameShare(_ subjects: [Subject], _ claim: Claim) -> Int {
    subjects.map { subject in
      var shared = 0
      var total = 0
      for (term, _) in subject.terms {
        let weight = rarity.weight(term)
        total += weight
        if let match = claim.subject.terms[term] { shared += weight * (match + 4) / 8 }
      }
      return total > 0 ? shared * 1000 / total : 0
    }.max() ?? 0
  }

  /// Means and totals that the reported figures imply together.
  private func impliedFigures(_ found: inout [[Tie]]) {
    for implied in ImpliedFigure.all(figures) {
      let list = claimsByBase[implied.measure.base] ?? []
      let low = implied.interval.low * (Rational("3/4") ?? .one)
      let high = implied.interval.high * (Rational("5/4") ?? .one)
      var place = list.partitioningIndex { (items[$0].point ?? .zero) >= low }
      while place < list.count, let point = items[list[place]].point, point <= high {
        let index = list[place]
        place += 1
        work?.add(1)
        guard let bounds = items[index].bounds, bounds.admits(implied.interval),
          items[index].claim.token.kind != .ordinal
        else { continue }
        let named = nameShare(implied.subjects, items[index].claim)
        guard named >= 300 else { continue }
        let bounded = items[index].claim.relation.bounds
        for part in implied.parts {
          found[index].append(
            Tie(
              partner: .figure(figures[part].figure.id),
              status: bounded ? .boundHolds : .withinRounding,
              why: "\(implied.words) gives \(items[index].claim.token.printed)",
              score: 450 + named / 2))
        }
      }
    }
  }

  /// Whether the claim's own sentence is dated in another year only.
  private func mentionsOtherYear(_ claim: Claim, _ year: Int) -> Bool {
    let years = (bySentence[claim.sentence] ?? []).compactMap { index -> Int? in
      if case .date(let date, _) = items[index].claim.token.value { return date.year }
      return nil
    }
    return !years.isEmpty && !years.contains(year)
  }
}

/// Counts comparisons.
final class WorkMeter {
  private(set) var count = 0
  func add(_ number: Int) { count += number }
}

/// Claims with dates, by year.
struct YearIndex {
  let index: [Int: [Int]]
  init(_ items: [ClaimItem]) {
    var index: [Int: [Int]] = [:]
    for (place, item) in items.enumerated() {
      guard case .date(let date, let high) = item.claim.token.value, let year = date.year else {
        continue
      }
      index[year, default: []].append(place)
      if let other = high?.year, other != year { index[other, default: []].append(place) }
    }
    self.index = index
  }
}

/// Claims with figures, by unit.
struct UnitIndex {
  let index: [String: [Int]]
  init(_ items: [ClaimItem]) {
    var index: [String: [Int]] = [:]
    for (place, item) in items.enumerated() where item.point != nil {
      index[item.claim.token.unit ?? "1", default: []].append(place)
    }
    self.index = index
  }
}

extension Array where Element == Int {
  /// The first place from which on the condition holds; it must fail before and hold after.
  func partitioningIndex(_ holds: (Int) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
