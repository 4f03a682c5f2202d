/// SHA-256 (FIPS 180-4) and the RFC 6962 root, the slow and obvious way, so that the trail is
/// recomputed here by code that is not the program's.
enum SHA256Reference {
  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants = primes(64).map { root(UInt128($0) << 96) { $0 * $0 * $0 } }
  /// … and of the square roots of the first 8.
  private static let start = primes(8).map { root(UInt128($0) << 64) { $0 * $0 } }

  private static func primes(_ count: Int) -> [Int] {
    Array((2...).lazy.filter { n in !(2..<n).contains { n % $0 == 0 } }.prefix(count))
  }

  /// The low 32 bits of the largest number whose power is at most `value`, by halving.
  private static func root(_ value: UInt128, _ power: (UInt128) -> UInt128) -> UInt32 {
    var low: UInt128 = 0
    var high: UInt128 = 1 << 37
    while high - low > 1 {
      let middle = (low + high) / 2
      if power(middle) <= value { low = middle } else { high = middle }
    }
    return UInt32(truncatingIfNeeded: low)
  }

  static func digest(_ message: [UInt8]) -> [UInt8] {
    var bytes = message + [0x80]
    while bytes.count % 64 != 56 { bytes.append(0) }
    let bits = UInt64(message.count) * 8
    bytes += (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * UInt64($0))) }
    var state = start
    for block in stride(from: 0, to: bytes.count, by: 64) {
      compress(bytes[block..<(block + 64)], &state)
    }
    return state.flatMap { word in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
    }
  }

  private static func compress(_ block: ArraySlice<UInt8>, _ state: inout [UInt32]) {
    func turn(_ x: UInt32, _ n: UInt32) -> UInt32 { (x >> n) | (x << (32 - n)) }
    var w: [UInt32] = stride(from: block.startIndex, to: block.endIndex, by: 4).map { i in
      block[i..<(i + 4)].reduce(UInt32(0)) { ($0 << 8) | UInt32($1) }
    }
    for t in 16..<64 {
      let a = turn(w[t - 15], 7) ^ turn(w[t - 15], 18) ^ (w[t - 15] >> 3)
      let b = turn(w[t - 2], 17) ^ turn(w[t - 2], 19) ^ (w[t - 2] >> 10)
      w.append(w[t - 16] &+ a &+ w[t - 7] &+ b)
    }
    var v = state
    for t in 0..<64 {
      let e = v[4]
      let choice = (e & v[5]) ^ (~e & v[6])
      let sum = v[7] &+ (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) &+ choice &+ constants[t] &+ w[t]
      let a = v[0]
      let majority = (a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2])
      let other = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) &+ majority
      v = [sum &+ other, v[0], v[1], v[2], v[3] &+ sum, v[4], v[5], v[6]]
    }
    state = zip(state, v).map { $0 &+ $1 }
  }

  /// The Merkle tree hash of RFC 6962, section 2.1, by its definition.
  static func root(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
    guard leaves.count > 1 else { return digest(leaves.first.map { [0] + $0 } ?? []) }
    var split = 1
    while split * 2 < leaves.count { split *= 2 }
    let middle = leaves.startIndex + split
    return digest([1] + root(leaves[..<middle]) + root(leaves[middle...]))
  }

  static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
      let digits = Array("0123456789abcdef")
      return String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
    }.joined()
  }
}
