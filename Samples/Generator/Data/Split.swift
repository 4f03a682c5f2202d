/// A whole number shared out in whole numbers, so that the shares add up to it by construction.
enum Split {
  /// Shares in proportion to the weights; what rounding down leaves over goes, one unit each, to
  /// the first shares.
  ///
  /// - Parameter step: every share but the first is a multiple of it.
  static func shares(of total: Int, by weights: [Int], step: Int = 1) -> [Int] {
    let whole = weights.reduce(0, +)
    precondition(whole > 0 && total >= 0, "nothing to share out by")
    // The product of total and weight can leave the range of Int.
    var shares = weights.map { weight in
      let (high, low) = (total / step).multipliedFullWidth(by: weight)
      return whole.dividingFullWidth((high, low)).quotient * step
    }
    var rest = total - shares.reduce(0, +)
    var index = 0
    while rest >= step {
      shares[index % shares.count] += step
      rest -= step
      index += 1
    }
    shares[0] += rest
    return shares
  }

  /// So many shares of about the same size, each within `spread` per mille of the others.
  static func even(
    _ total: Int, into count: Int, spread: Int, step: Int = 1, _ chance: inout Chance
  ) -> [Int] {
    shares(
      of: total, by: (0..<count).map { _ in 1000 + chance.number(-spread...spread) }, step: step)
  }

  /// Labels so many times each, in an order that chance decides (Fisher and Yates).
  static func shuffled<Label>(_ counts: [(Label, Int)], _ chance: inout Chance) -> [Label] {
    var labels = counts.flatMap { Array(repeating: $0.0, count: $0.1) }
    guard labels.count > 1 else { return labels }
    for last in stride(from: labels.count - 1, to: 0, by: -1) {
      labels.swapAt(last, chance.number(0...last))
    }
    return labels
  }
}
