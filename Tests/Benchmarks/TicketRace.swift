import Crypto
import Sampling

/// The same keys hashed plainly, and given tickets and drawn, turn by turn in one process.
struct TicketRace {
  let keys: Int
  let seed = "19631984201820102026"
  let take = 100
  let turns = 5

  func run() {
    let names = (0..<keys).map { Array("meter-\($0)/2026-01".utf8) }
    var hashing = Duration.seconds(1_000_000)
    var drawing = Duration.seconds(1_000_000)
    let clock = ContinuousClock()
    var proof: UInt8 = 0
    var last = ""
    for _ in 0..<turns {
      hashing = min(hashing, clock.measure { proof ^= hashed(names) })
      drawing = min(drawing, clock.measure { last = drawn(names) })
    }
    let ratio = drawing / hashing
    print("keys \(keys), drawn \(take), best of \(turns) turns")
    print("hashed alone         \(hashing) (\(proof))")
    print("ticketed and drawn   \(drawing) (\(last))")
    print("ratio                \(Fixed.text(ratio, 3))")
  }

  /// SHA-256 of the seed's hash and each key, nothing else.
  private func hashed(_ names: [[UInt8]]) -> UInt8 {
    let prefix = Array(SHA256.hash(data: Array(seed.utf8)).flatMap(Self.hex))
    var proof: UInt8 = 0
    for name in names {
      withUnsafeTemporaryAllocation(byteCount: prefix.count + name.count, alignment: 8) { buffer in
        buffer.copyBytes(from: prefix)
        UnsafeMutableRawBufferPointer(rebasing: buffer[prefix.count...]).copyBytes(from: name)
        var hasher = SHA256()
        hasher.update(bufferPointer: UnsafeRawBufferPointer(buffer))
        proof ^= hasher.finalize().withUnsafeBytes { $0[0] }
      }
    }
    return proof
  }

  private static func hex(_ byte: UInt8) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }

  /// The last key drawn.
  private func drawn(_ names: [[UInt8]]) -> String {
    var sampler = ConsistentSampler(seed: seed, capacity: take)
    for name in names { name.withUnsafeBytes { sampler.feed(bytes: $0) } }
    return (try? sampler.drawn().last?.key) ?? "none"
  }
}
