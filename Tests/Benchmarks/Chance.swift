/// A seeded stream of numbers: SplitMix64, Steele, Lea and Flood (2014).
///
/// For simulation only; draws for an audit come from tickets.
struct Chance {
  private var state: UInt64

  /// A stream of its own for each number of a case.
  init(seed: UInt64, stream: Int) {
    state = seed
    state = next() ^ UInt64(stream)
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// Uniform in `0..<bound`, to within `bound / 2⁶⁴`.
  mutating func below(_ bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// Uniform in `[0, 1)`.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
