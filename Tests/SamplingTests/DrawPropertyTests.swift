import BigInt
import Exact
import Testing

@testable import Sampling

/// "Order of input, platform and engine can't change a draw, and drawing from parts and merging
/// equals drawing from the whole."
@Suite struct DrawPropertyTests {
  let keys = (1...500).map { "METER-\($0)" }
  var items: [(key: String, value: ExactDecimal)] {
    keys.enumerated().map { index, key in
      (key: key, value: ExactDecimal((index * 7919) % 1000 - 20))
    }
  }

  @Test func orderIsFree() throws {
    let plain = try ConsistentSample.draw(seed: "s", keys: keys, take: 40)
    #expect(try ConsistentSample.draw(seed: "s", keys: keys.shuffled(), take: 40) == plain)
    let weighted = try ModifiedSieve.draw(seed: "s", items: items, size: 40)
    let shuffled = try ModifiedSieve.draw(seed: "s", items: items.shuffled(), size: 40)
    #expect(shuffled.drawn == weighted.drawn)
  }

  @Test func largerExtendsSmaller() throws {
    let large = try ConsistentSample.draw(seed: "s", keys: keys, take: 60)
    let small = try ConsistentSample.draw(seed: "s", keys: keys, take: 25)
    let rest = try ConsistentSample.draw(seed: "s", keys: keys, take: 35, drop: 25)
    #expect(small + rest == large)
    var last = Set<String>()
    for size in 1...60 {
      let drawn = Set(
        try ModifiedSieve.draw(seed: "s", items: items, size: size).drawn.map(\.key))
      #expect(drawn.isSuperset(of: last))
      last = drawn
    }
  }

  @Test func partsMergeToTheWhole() throws {
    var whole = ConsistentSampler(seed: "s", capacity: 30)
    var parts = (0..<3).map { _ in ConsistentSampler(seed: "s", capacity: 30) }
    for (index, key) in keys.enumerated() {
      whole.feed(key)
      parts[index % 3].feed(key)
    }
    var merged = parts[2]
    try merged.merge(parts[0])
    try merged.merge(parts[1])
    #expect(try merged.drawn() == whole.drawn())
    #expect(try merged.drawnWithReplacement() == whole.drawnWithReplacement())
    #expect(merged.count == keys.count)

    var sieves = try (0..<3).map { _ in try ModifiedSieve(seed: "s", size: 30) }
    for (index, item) in items.enumerated() {
      try sieves[index % 3].feed(key: item.key, value: item.value)
    }
    var sieve = sieves[1]
    try sieve.merge(sieves[2])
    try sieve.merge(sieves[0])
    let all = try ModifiedSieve.draw(seed: "s", items: items, size: 30)
    #expect(try sieve.result().drawn == all.drawn)
    #expect(try sieve.result().total == all.total)
    #expect(try sieve.result().negatives.total == all.negatives.total)
    var other = try ModifiedSieve(seed: "t", size: 30)
    #expect(throws: SamplingError.self) { try other.merge(sieve) }
  }

  /// Drawing again from fewer keys restricts the draw: S(J) = S(K) within J.
  @Test func subsetsAgree() throws {
    let part = keys.filter { $0.hasSuffix("7") }
    let full = try ConsistentSample.draw(seed: "s", keys: keys, take: nil).map(\.key)
    let alone = try ConsistentSample.draw(seed: "s", keys: part, take: nil).map(\.key)
    #expect(alone == full.filter { part.contains($0) })
  }

  @Test func sieveAgreesWithItsReference() throws {
    let items = items.prefix(120)
    for size in [1, 2, 5, 17, 60] {
      let population = try WeightedPopulation(
        items.map { WeightedItem(key: $0.key, value: $0.value) })
      let uniforms = population.items.map { Ticket(seed: "s", key: $0.key).fraction }
      let slow = try Sieve.modified(population, size: size, uniforms: uniforms)
      let fast = try ModifiedSieve.draw(seed: "s", items: items, size: size)
      #expect(fast.drawn.map(\.key) == slow.map(\.key))
      #expect(fast.negatives == population.negatives)
      #expect(fast.zeros == population.zeros)
    }
  }

  /// Values that differ in the 30th digit decide exactly.
  @Test func sieveDecidesCloseRatiosExactly() throws {
    let u = Ticket(seed: "s", key: "a").fraction
    let v = Ticket(seed: "s", key: "b").fraction
    // A value for b that makes its ratio just smaller, then just larger, than that of a.
    let even = try Rational(1) / u * v * Rational(1_000_000)
    for (step, first) in [(-1, "a"), (1, "b")] {
      let value = try (even + (try Rational(BigInt(step), over: BigInt(10).power(30)))).rounded(
        decimals: 31, step < 0 ? .down : .up)
      let draw = try ModifiedSieve.draw(
        seed: "s",
        items: [(key: "a", value: ExactDecimal(1_000_000)), (key: "b", value: value)], size: 1)
      #expect(draw.drawn.first { $0.rank == 1 }?.key == first)
    }
  }

  @Test func compactTicketsAreTheText() {
    for index in 0..<2_000 {
      let digest = TicketMaker(seed: "x").digest("k\(index)")
      let other = TicketMaker(seed: "x").digest("k\(index + 1)")
      let text = Ticket(digest)
      let leading = TicketMaker(seed: "x").leading("k\(index)")
      #expect(text.digits.dropFirst(2).prefix(4) == leading)
      #expect((digest < other) == (text.digits < Ticket(other).digits))
      #expect(digest.scaled == BigUInt(text.digits.dropFirst(2).padded(to: 78), radix: 10))
      #expect(text.fraction == Ticket(seed: "x", key: "k\(index)").fraction)
    }
    let zero = TicketDigest(0, 0, 0, 7)
    #expect(zero.text == "0.7" + String(repeating: "0", count: 63))
    let most = TicketDigest(.max, .max, .max, .max)
    let largest =
      "115792089237316195423570985008687907853269984665640564039457584007913129639935"
    #expect(most.text == "0." + String(largest.reversed()))
  }

  @Test func bytesAndTextAreOneKey() throws {
    var a = ConsistentSampler(seed: "s", capacity: 5)
    var b = ConsistentSampler(seed: "s", capacity: 5)
    for key in keys {
      a.feed(key)
      Array(key.utf8).withUnsafeBytes { b.feed(bytes: $0) }
    }
    #expect(try a.drawn() == b.drawn())
  }

  @Test(arguments: SelectionMethod.all.map(\.id))
  func recordsDrawAgain(method: String) throws {
    let positive = items.map { $0.value.isNegative ? -$0.value : $0.value }
    let request = try DrawRequest(seed: "2026", size: 12, keys: keys, values: positive)
    let record = try DrawRecord(method: try .named(method), request: request)
    let read = try DrawRecord(text: record.text)
    #expect(read == record)
    #expect(try read.again() == record)
    #expect(!record.selected.isEmpty)
    #expect(try read.comparison().differences.isEmpty)
    #expect(throws: SamplingError.self) { try DrawRecord(text: "assure draw 1\n") }
  }
}

extension TicketMaker {
  /// The four leading digits as the sampler's short cut computes them.
  fileprivate func leading(_ key: String) -> String {
    let found = Array(key.utf8).withUnsafeBytes { self.words(bytes: $0) }
    let text = String(found.leadingDigits)
    return String(repeating: "0", count: 4 - text.count) + text
  }
}

extension Substring {
  fileprivate func padded(to count: Int) -> String {
    self + String(repeating: "0", count: Swift.max(0, count - utf8.count))
  }
}
