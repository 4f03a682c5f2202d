import Exact

/// What the sentences themselves compute: sums, shares, differences, rates.
struct Arithmetic {
  let tying: Tying
  private var items: [ClaimItem] { tying.items }

  private let periodPairs: [(old: Int, new: Int)]

  init(tying: Tying) {
    self.tying = tying
    periodPairs = tying.periodPairs
  }

  func apply(to found: inout [[Tie]]) {
    for (_, indexes) in tying.byLine {
      sums(indexes, &found)
      years(indexes, &found)
    }
    figureSums(&found)
    for index in items.indices {
      shares(index, &found)
      growth(index, &found)
    }
    pointDifferences(&found)
  }

  // MARK: - A + B = C

  /// Runs of figures in one line that add up to another figure of the line.
  private func sums(_ indexes: [Int], _ found: inout [[Tie]]) {
    let groups = Dictionary(grouping: indexes.filter { isQuantity(items[$0]) }) {
      items[$0].measure.base
    }
    for (_, members) in groups where members.count >= 3 {
      let members = Array(members.prefix(16))
      var parts: Set<Int> = []
      let falling = members.sorted { (items[$1].point ?? .zero) < (items[$0].point ?? .zero) }
      for total in falling where !parts.contains(total) {
        guard let target = items[total].interval, let point = items[total].point else { continue }
        if let run = run(of: members, adding: target, point, total) {
          tieSum(total, run, &found)
          parts.formUnion(run)
        }
      }
    }
  }

  private func isQuantity(_ item: ClaimItem) -> Bool {
    switch item.claim.token.kind {
    case .count, .amount: item.point != nil && item.point != .zero && !item.claim.relation.bounds
    default: false
    }
  }

  /// The longest run of neighbours that gives the total, the total itself passed over.
  private func run(
    of members: [Int], adding target: Interval, _ point: Rational, _ total: Int
  ) -> [Int]? {
    let others = members.filter { $0 != total }
    var best: [Int]?
    for start in others.indices {
      var sum = Interval(.zero)
      var exact = Rational.zero
      for end in start..<others.count {
        tying.work?.add(1)
        guard let next = items[others[end]].interval, let value = items[others[end]].point else {
          break
        }
        sum = sum + next
        exact = exact + value
        if sum.low > target.high { break }
        let run = Array(others[start...end])
        if end > start, exact == point || (sum.overlaps(target) && run.count > 2),
          run.count > (best?.count ?? 1), sameClass(total, run)
        {
          best = run
        }
      }
    }
    return best
  }

  /// Small counts add up by chance: they must count the same thing.
  private func sameClass(_ total: Int, _ parts: [Int]) -> Bool {
    let unit = items[total].claim.token.unit
    let equalUnits = parts.allSatisfy { items[$0].claim.token.unit == unit }
    let small = items[total].significant < 3
    return small ? equalUnits : true
  }

  private func tieSum(_ total: Int, _ parts: [Int], _ found: inout [[Tie]]) {
    let words = parts.map { items[$0].claim.token.printed }.joined(separator: " + ")
    let whole = items[total].claim.token
    let why = "\(words) = \(whole.printed)"
    for part in parts {
      let token = items[part].claim.token
      found[total].append(
        Tie(partner: .claim(token.id, token.place), status: .exact, why: why, score: 700))
      found[part].append(
        Tie(partner: .claim(whole.id, whole.place), status: .exact, why: why, score: 560))
    }
  }

  // MARK: - reported figures that add up

  /// Two to four neighbouring reported figures that give a claim with words of all their names.
  private func figureSums(_ found: inout [[Tie]]) {
    let figures = tying.figures
    var sums: [Tying.Key: [[Int]]] = [:]
    for start in figures.indices {
      var sum = figures[start].point
      for length in 1...3 where start + length < figures.count {
        let next = figures[start + length]
        guard next.measure == figures[start].measure,
          next.figure.period == figures[start].figure.period
        else { break }
        sum = sum + next.point
        let key = Tying.Key(base: next.measure.base, value: sum.description)
        sums[key, default: []].append(Array(start...start + length))
      }
    }
    for index in items.indices {
      guard let point = items[index].point, items[index].significant >= 2 else { continue }
      let key = Tying.Key(base: items[index].measure.base, value: point.description)
      for run in (sums[key] ?? []).prefix(8) {
        let named = run.map { tying.nameShare(figures[$0], items[index].claim) }.max() ?? 0
        guard named >= 250 || items[index].significant >= 4 else { continue }
        let why =
          run.map { figures[$0].figure.value.description }.joined(separator: " + ")
          + " = \(items[index].claim.token.printed)"
        for part in run {
          found[index].append(
            Tie(
              partner: .figure(figures[part].figure.id), status: .exact, why: why,
              score: 600 + named / 4))
        }
      }
    }
  }

  // MARK: - shares

  /// A share or fraction of two quantities of its sentence, or of one and a total near by.
  private func shares(_ index: Int, _ found: inout [[Tie]]) {
    let item = items[index]
    let claim = item.claim
    let percent = claim.token.kind == .percent
    var isFraction = false
    if case .fraction = claim.token.value { isFraction = true }
    guard percent && claim.aspects.contains(.share) || isFraction, let bounds = item.bounds else {
      return
    }
    let scale = percent ? Rational(100) : .one
    let line = claim.token.place.line
    let near = (tying.byLine[line] ?? []).filter { isQuantity(items[$0]) }
    let before = near.filter { $0 < index }.suffix(6)
    let tops = isFraction ? Array(near.filter { $0 > index }.prefix(8)) : Array(before.reversed())
    var wholes = near
    for back in 1...12 {
      wholes += (tying.byLine[line - back] ?? []).filter { isQuantity(items[$0]) }
    }
    for top in tops {
      for whole in wholes where whole != top {
        tying.work?.add(1)
        guard items[top].measure.base == items[whole].measure.base, let a = items[top].interval,
          let b = items[whole].interval, let value = items[whole].point, value > a.high,
          let ratio = try? a / b
        else { continue }
        let share = Interval(ratio.low * scale, ratio.high * scale)
        guard bounds.admits(share) else { continue }
        tieShare(index, top, whole, &found)
        return
      }
    }
  }

  private func tieShare(_ index: Int, _ top: Int, _ whole: Int, _ found: inout [[Tie]]) {
    let claim = items[index].claim
    let (a, b) = (items[top].claim.token, items[whole].claim.token)
    let why = "\(a.printed) / \(b.printed) = \(claim.token.printed)"
    let status: TieStatus = claim.relation.bounds ? .boundHolds : .withinRounding
    // The reported figures behind the two quantities come first.
    for (token, score) in [(top, 960), (whole, 950)] {
      for tie in found[token] where tie.status == .exact {
        if case .figure = tie.partner {
          found[index].append(
            Tie(partner: tie.partner, status: status, why: why, score: score))
          break
        }
      }
    }
    found[index].append(
      Tie(partner: .claim(a.id, a.place), status: status, why: why, score: 900))
    found[index].append(
      Tie(partner: .claim(b.id, b.place), status: status, why: why, score: 890))
  }

  // MARK: - growth

  /// "Increase of 26 %": a reported figure of two periods that rose or fell so.
  private func growth(_ index: Int, _ found: inout [[Tie]]) {
    let item = items[index]
    guard item.claim.token.kind == .percent, item.claim.aspects.contains(.change),
      let bounds = item.bounds
    else { return }
    for pair in periodPairs {
      tying.work?.add(1)
      let (old, new) = (tying.figures[pair.old], tying.figures[pair.new])
      let named = tying.nameShare(new, item.claim)
      guard named >= 400, let ratio = try? new.interval / old.interval else { continue }
      let hundred = Rational(100)
      let low = (ratio.low - .one) * hundred
      let high = (ratio.high - .one) * hundred
      let change = Interval(min(low.magnitude, high.magnitude), max(low.magnitude, high.magnitude))
      guard bounds.admits(change) else { continue }
      found[index].append(
        Tie(
          partner: .figure(new.figure.id), status: .withinRounding,
          why: "\(new.figure.value) against \(old.figure.value) the period before",
          score: 500 + named / 2))
    }
  }

  // MARK: - differences

  /// 2011 to the year of the report is ten years.
  private func years(_ indexes: [Int], _ found: inout [[Tie]]) {
    for index in indexes {
      let claim = items[index].claim
      guard claim.token.kind == .duration, claim.token.unit == "a", !claim.relation.bounds,
        case .figure(let value, nil) = claim.token.value, value.scale == 0,
        let span = Int(exactly: value.coefficient), span >= 2
      else { continue }
      let dates = indexes.compactMap { other -> (Int, Int)? in
        guard case .date(let date, nil) = items[other].claim.token.value, let year = date.year
        else { return nil }
        return (other, year)
      }
      for (other, year) in dates where other < index {
        guard dates.contains(where: { $0.1 == year + span }) else { continue }
        let token = items[other].claim.token
        found[index].append(
          Tie(
            partner: .claim(token.id, token.place), status: .exact,
            why: "\(year + span) - \(year) = \(span)", score: 560))
        break
      }
    }
  }

  /// 18.70 % - 13.26 % = 5.44 percentage points.
  private func pointDifferences(_ found: inout [[Tie]]) {
    let percents = items.indices.filter {
      items[$0].claim.token.kind == .percent && items[$0].significant >= 2
    }
    for (place, index) in percents.enumerated() {
      guard isPoints(items[index].claim.token), let points = items[index].interval else { continue }
      let near = percents[max(0, place - 6)..<min(percents.count, place + 7)].filter {
        $0 != index && !isPoints(items[$0].claim.token)
          && abs(items[$0].claim.token.place.line - items[index].claim.token.place.line) <= 6
      }
      for a in near {
        for b in near where a != b {
          tying.work?.add(1)
          guard let high = items[a].point, let low = items[b].point, high > low,
            points.contains(high - low)
          else { continue }
          tieDifference(index, a, b, &found)
        }
      }
    }
  }

  private func isPoints(_ token: NumberToken) -> Bool {
    let words = tying.text.folded[token.range.upperBound..<token.extent.upperBound]
    return words.contains(0x70B9) || words.contains(0x70)
  }

  private func tieDifference(_ index: Int, _ a: Int, _ b: Int, _ found: inout [[Tie]]) {
    let tokens = [index, a, b].map { items[$0].claim.token }
    let why = "\(tokens[1].printed) - \(tokens[2].printed) = \(tokens[0].printed)"
    for (from, to, score) in [
      (index, a, 760), (index, b, 750), (a, b, 760), (a, index, 750), (b, a, 620), (b, index, 610),
    ] {
      let token = items[to].claim.token
      found[from].append(
        Tie(partner: .claim(token.id, token.place), status: .exact, why: why, score: score))
    }
  }
}

extension Tying {
  /// Reported figures of one id and two periods that follow one another.
  var periodPairs: [(old: Int, new: Int)] {
    var byID: [String: [Int]] = [:]
    for (index, item) in figures.enumerated() {
      byID[item.figure.id.split(separator: "@").first.map(String.init) ?? "", default: []]
        .append(index)
    }
    var pairs: [(old: Int, new: Int)] = []
    for (_, list) in byID.sorted(by: { $0.key < $1.key }) {
      for new in list {
        for old in list
        where (figures[old].figure.period?.year ?? 0) + 1 == figures[new].figure.period?.year {
          pairs.append((old, new))
        }
      }
    }
    return pairs
  }
}
