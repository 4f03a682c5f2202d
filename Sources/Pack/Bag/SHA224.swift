/// SHA-224 (FIPS 180-4, section 6.3), which the crypto library lacks and old bags use.
struct SHA224 {
  private var state: [UInt32] = [
    0xc105_9ed8, 0x367c_d507, 0x3070_dd17, 0xf70e_5939, 0xffc0_0b31, 0x6858_1511, 0x64f9_8fa7,
    0xbefa_4fa4,
  ]
  private var pending: [UInt8] = []
  private var count: UInt64 = 0

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    count += UInt64(bytes.count)
    pending.append(contentsOf: bytes)
    let blocks = pending.count / 64
    for block in 0..<blocks { compress(pending[(block * 64)..<(block * 64 + 64)]) }
    pending.removeFirst(blocks * 64)
  }

  /// The 28 bytes of the checksum.
  func finalize() -> [UInt8] {
    var last = self
    var padding: [UInt8] = [0x80]
    while (pending.count + padding.count) % 64 != 56 { padding.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      padding.append(UInt8(truncatingIfNeeded: (count * 8) >> UInt64(shift)))
    }
    padding.withUnsafeBytes { last.update($0) }
    return last.state.prefix(7).flatMap { word in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
    }
  }

  private mutating func compress(_ block: ArraySlice<UInt8>) {
    var w = [UInt32](repeating: 0, count: 64)
    let bytes = Array(block)
    for i in 0..<16 {
      w[i] = (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[i * 4 + $1]) }
    }
    for i in 16..<64 {
      let s0 = Self.turn(w[i - 15], 7) ^ Self.turn(w[i - 15], 18) ^ (w[i - 15] >> 3)
      let s1 = Self.turn(w[i - 2], 17) ^ Self.turn(w[i - 2], 19) ^ (w[i - 2] >> 10)
      w[i] = w[i - 16] &+ s0 &+ w[i - 7] &+ s1
    }
    var h = state
    for i in 0..<64 {
      let s1 = Self.turn(h[4], 6) ^ Self.turn(h[4], 11) ^ Self.turn(h[4], 25)
      let t1 = h[7] &+ s1 &+ ((h[4] & h[5]) ^ (~h[4] & h[6])) &+ Self.constants[i] &+ w[i]
      let s0 = Self.turn(h[0], 2) ^ Self.turn(h[0], 13) ^ Self.turn(h[0], 22)
      let t2 = s0 &+ ((h[0] & h[1]) ^ (h[0] & h[2]) ^ (h[1] & h[2]))
      h = [t1 &+ t2, h[0], h[1], h[2], h[3] &+ t1, h[4], h[5], h[6]]
    }
    for i in 0..<8 { state[i] = state[i] &+ h[i] }
  }

  private static func turn(_ x: UInt32, _ by: UInt32) -> UInt32 { x >> by | x << (32 - by) }

  /// First 32 bits of the fractional parts of the cube roots of the first 64 primes, in integers.
  private static let constants: [UInt32] = {
    var primes: [UInt64] = []
    var candidate: UInt64 = 2
    while primes.count < 64 {
      if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
      candidate += 1
    }
    return primes.map { UInt32(truncatingIfNeeded: cubeRoot($0)) }
  }()

  /// floor(cuberoot(prime) × 2^32), by bisection in 128 bits.
  private static func cubeRoot(_ prime: UInt64) -> UInt64 {
    var (low, high): (UInt64, UInt64) = (0, 8 << 32)
    while high - low > 1 {
      let middle = (low + high) / 2
      let square = middle.multipliedFullWidth(by: middle)
      let squared = UInt128(square.high) << 64 | UInt128(square.low)
      let (cube, over) = squared.multipliedReportingOverflow(by: UInt128(middle))
      if !over && cube <= UInt128(prime) << 96 { low = middle } else { high = middle }
    }
    return low
  }
}
