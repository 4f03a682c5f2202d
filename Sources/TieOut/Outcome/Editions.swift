import Exact

/// Two language editions of a report, compared number by number.
package struct EditionComparison: Sendable, Hashable {
  /// How two numbers of the editions stand to one another.
  package enum Standing: String, Sendable, Hashable {
    case same
    case withinRounding = "within rounding"
    /// The same unit between the same neighbours, and another value.
    case differs
    case onlyHere = "only in the first"
    case onlyThere = "only in the second"
  }

  package struct Pair: Sendable, Hashable {
    package let standing: Standing
    /// Ids of tokens; nil on the side that lacks it.
    package let here: Int?
    package let there: Int?
  }

  /// In the order of the first edition, what only the second has at the end of its stretch.
  package let pairs: [Pair]

  package func count(_ standing: Standing) -> Int { pairs.count { $0.standing == standing } }
}

extension TieOut {
  /// Pairs the numbers of two editions: values that both have once are anchors in rising order
  /// (patience: Bram Cohen), what lies between two anchors is paired by value whatever its order,
  /// because languages order their sentences differently.
  ///
  /// Set-aside numbers, such as section and page numbers, are left out. Cost: linear but for the
  /// sorting of the anchors.
  package static func compare(
    _ here: [NumberToken], _ there: [NumberToken], _ vocabulary: Vocabulary = .standard
  ) -> EditionComparison {
    EditionMatch(
      here: here.filter { $0.aside == nil }.map { EditionItem($0, vocabulary) },
      there: there.filter { $0.aside == nil }.map { EditionItem($0, vocabulary) }
    ).run()
  }
}

/// A number made ready to be found in another language.
private struct EditionItem {
  let token: NumberToken
  let base: String
  /// Base unit and value: equal for the same quantity.
  let key: String
  let interval: Interval?

  init(_ token: NumberToken, _ vocabulary: Vocabulary) {
    self.token = token
    let measure = Measure(token.unit ?? "1", vocabulary)
    let isPlain = token.kind == .percent || token.kind == .date
    // Things counted are named differently by each language.
    base = token.kind == .date ? "date" : measure.base
    let printed = token.printedInterval
    interval = printed.map { Interval($0.low * measure.factor, $0.high * measure.factor) }
    switch token.value {
    case .figure(let value, let high):
      let point = (Rational(value) * measure.factor).description
      key = (isPlain ? token.kind.rawValue : base) + " " + point + " " + (high?.description ?? "")
    default: key = base + " " + token.value.texts.value + " " + token.value.texts.high
    }
  }
}

private struct EditionMatch {
  let here: [EditionItem]
  let there: [EditionItem]

  func run() -> EditionComparison {
    var pairs: [EditionComparison.Pair] = []
    var loose: (here: [Int], there: [Int]) = ([], [])
    var (low, other) = (0, 0)
    for (index, partner) in anchors() + [(here.count, there.count)] {
      gap(low..<index, other..<partner, &pairs, &loose)
      if index < here.count { pairs.append(pair(.same, index, partner)) }
      (low, other) = (index + 1, partner + 1)
    }
    far(&loose, &pairs)
    pairs += loose.here.map { pair(.onlyHere, $0, nil) }
    pairs += loose.there.map { pair(.onlyThere, nil, $0) }
    return EditionComparison(pairs: pairs.sorted(by: comesBefore))
  }

  private func pair(
    _ standing: EditionComparison.Standing, _ a: Int?, _ b: Int?
  ) -> EditionComparison.Pair {
    EditionComparison.Pair(
      standing: standing, here: a.map { here[$0].token.id }, there: b.map { there[$0].token.id })
  }

  private func comesBefore(_ a: EditionComparison.Pair, _ b: EditionComparison.Pair) -> Bool {
    (a.here ?? Int.max, a.there ?? 0) < (b.here ?? Int.max, b.there ?? 0)
  }

  /// Values that stand once in both, in the longest run that rises in both.
  private func anchors() -> [(Int, Int)] {
    let mine = once(here)
    let theirs = once(there)
    let shared = mine.compactMap { key, index in theirs[key].map { (index, $0) } }
      .sorted { $0.0 < $1.0 }
    var tails: [Int] = []
    var previous = [Int](repeating: -1, count: shared.count)
    for (place, item) in shared.enumerated() {
      let slot = tails.partitioningIndex { shared[$0].1 >= item.1 }
      previous[place] = slot > 0 ? tails[slot - 1] : -1
      if slot == tails.count { tails.append(place) } else { tails[slot] = place }
    }
    var run: [(Int, Int)] = []
    var place = tails.last ?? -1
    while place >= 0 {
      run.append(shared[place])
      place = previous[place]
    }
    return run.reversed()
  }

  private func once(_ items: [EditionItem]) -> [String: Int] {
    var found: [String: Int] = [:]
    var twice: Set<String> = []
    for (index, item) in items.enumerated() {
      if found.updateValue(index, forKey: item.key) != nil { twice.insert(item.key) }
    }
    return found.filter { !twice.contains($0.key) }
  }

  /// Pairs what lies between two anchors: equal values, then values of one unit in order.
  private func gap(
    _ mine: Range<Int>, _ theirs: Range<Int>, _ pairs: inout [EditionComparison.Pair],
    _ loose: inout (here: [Int], there: [Int])
  ) {
    var left = Array(mine)
    var right = Array(theirs)
    equal(&left, &right, &pairs)
    loose.here += left
    loose.there += right
  }

  private func equal(
    _ left: inout [Int], _ right: inout [Int], _ pairs: inout [EditionComparison.Pair]
  ) {
    var waiting: [String: [Int]] = [:]
    for index in right.reversed() { waiting[there[index].key, default: []].append(index) }
    var taken: Set<Int> = []
    left.removeAll { index in
      guard let partner = waiting[here[index].key]?.popLast() else { return false }
      pairs.append(pair(.same, index, partner))
      taken.insert(partner)
      return true
    }
    right.removeAll { taken.contains($0) }
  }

  /// What is left over, over the whole report: equal values first, then, where the neighbours on
  /// both sides are partners, one unit with another value.
  private func far(
    _ loose: inout (here: [Int], there: [Int]), _ pairs: inout [EditionComparison.Pair]
  ) {
    equal(&loose.here, &loose.there, &pairs)
    let partners = Dictionary(
      pairs.compactMap { pair in pair.here.flatMap { a in pair.there.map { (a, $0) } } },
      uniquingKeysWith: { first, _ in first })
    let byToken = Dictionary(
      there.enumerated().map { ($0.element.token.id, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    var free = Set(loose.there)
    loose.here.removeAll { index in
      // The nearest number before that has a partner says where to look.
      let known = stride(from: index - 1, through: max(0, index - 6), by: -1).lazy
        .compactMap { partners[here[$0].token.id] }.first
      guard let known, let start = byToken[known] else { return false }
      let reach = start + 1...max(start + 1, min(there.count - 1, start + 6))
      guard
        let partner = reach.first(where: {
          free.contains($0) && there[$0].base == here[index].base
            && there[$0].token.kind == here[index].token.kind
        })
      else { return false }
      free.remove(partner)
      let meets = here[index].interval.flatMap { one in
        there[partner].interval.map { one.overlaps($0) }
      }
      pairs.append(pair(meets ?? false ? .withinRounding : .differs, index, partner))
      return true
    }
    loose.there.removeAll { !free.contains($0) }
  }
}
