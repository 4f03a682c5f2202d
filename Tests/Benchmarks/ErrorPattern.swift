/// A made-up population with a known error.
struct ErrorPattern {
  let name: String
  /// Units of quantity before each item, and behind the last: item i has `starts[i]..<starts[i+1]`.
  let starts: [Int]
  /// Overstatement of each item in thousandths of its value.
  let taints: [Int]

  static let items = 2000

  var total: Int { starts[starts.count - 1] }
  var erroneousItems: Int { taints.count { $0 > 0 } }

  /// The misstated share of the quantity.
  var trueShare: Double {
    let misstated = taints.indices.reduce(0) { $0 + (starts[$1 + 1] - starts[$1]) * taints[$1] }
    return Double(misstated) / 1000 / Double(total)
  }

  /// The item that owns a unit.
  func taint(ofUnit unit: Int) -> Int {
    var low = 0
    var high = taints.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= unit { low = middle } else { high = middle - 1 }
    }
    return taints[low]
  }

  /// How an item comes to its taint: its rank by value in `[0, 1)`, the largest first, and chance.
  private typealias Rule = (_ rank: Double, _ chance: inout Chance) -> Int

  /// Values are skewed as bills are: the largest tenth of the items holds half of the quantity.
  private init(_ name: String, seed: UInt64, stream: Int, rule: Rule) {
    var chance = Chance(seed: seed, stream: stream)
    let values = (0..<Self.items).map { _ in
      let unit = chance.unit()
      let cube: Double = unit * unit * unit
      return 1 + Int(20_000 * cube * cube)
    }.sorted(by: >)
    self.name = name
    starts = values.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
    taints = values.indices.map { rule(Double($0) / Double(Self.items), &chance) }
  }

  /// With probability `rate` a taint of `range` thousandths.
  private static func some(_ rate: Double, _ range: ClosedRange<Int>) -> Rule {
    { _, chance in
      chance.unit() < rate ? range.lowerBound + chance.below(range.count) : 0
    }
  }

  private static func largest(_ rank: Double, _ chance: inout Chance) -> Int {
    rank < 0.03 ? 300 : 0
  }

  private static func smallerHalf(_ rank: Double, _ chance: inout Chance) -> Int {
    guard rank >= 0.5 else { return 0 }
    return chance.unit() < 0.1 ? 800 : 0
  }

  private static func mixed(_ rank: Double, _ chance: inout Chance) -> Int {
    let unit = chance.unit()
    if unit < 0.005 { return 1000 }
    return unit < 0.105 ? 1 + chance.below(50) : 0
  }

  /// The twelve patterns, the same for the same seed.
  static func all(seed: UInt64) -> [ErrorPattern] {
    let rules: [(String, Rule)] = [
      ("1 % of items, wholly wrong", some(0.01, 1000...1000)),
      ("5 % of items, wholly wrong", some(0.05, 1000...1000)),
      ("20 % of items, wholly wrong", some(0.2, 1000...1000)),
      ("5 % of items, by half", some(0.05, 500...500)),
      ("2 % of items, by 0 to 100 %", some(0.02, 1...1000)),
      ("10 % of items, by 0 to 100 %", some(0.1, 1...1000)),
      ("5 % of items, by up to 10 %", some(0.05, 1...100)),
      ("30 % of items, by up to 10 %", some(0.3, 1...100)),
      ("every item by 2 %", some(1, 20...20)),
      ("largest 3 % of items by 30 %", largest),
      ("a tenth of the smaller half by 80 %", smallerHalf),
      ("10 % of items by up to 5 %, 0.5 % wholly", mixed),
    ]
    return rules.enumerated().map { index, rule in
      ErrorPattern(rule.0, seed: seed, stream: index, rule: rule.1)
    }
  }
}
