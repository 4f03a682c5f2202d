import Crypto
import Glibc
import Sampling

/// The same keys hashed plainly, and ticketed and drawn from SQLite, turn by turn in one process.
///
/// Both run on two threads. Reading the keys counts for the draw and not for the hashing, which
/// finds them in memory, block by block.
struct TicketRace {
  let keys: Int
  let seed = "19631984201820102026"
  let take = 100
  let turns = 7

  func run() async throws {
    let path = "/tmp/assure-tickets-\(getpid()).sqlite"
    let table = try KeyTable(path: path, keys: keys)
    defer { table.remove() }
    var drawing: [Spent] = []
    var hashing: [Spent] = []
    var keysAlone: [Spent] = []
    var drawn: [Drawn] = []
    for _ in 0..<turns {
      let (found, spent) = try await draw(table)
      drawn = found
      drawing.append(spent)
      hashing.append(try await hash(table, HashedBlock(seed: seed)))
      keysAlone.append(try await hash(table, HashedBlock(seed: nil)))
    }
    let merged = try isWhole(drawn, table) ? "equal" : "NOT equal"
    print(
      """
      \(keys) keys from SQLite, \(take) drawn, two threads; best of \(turns) turns
                                      s wall  ratio    s CPU  ratio
      ticketed and drawn              \(shown(drawing, drawing))
      SHA-256 of seed digest and key  \(shown(hashing, drawing))
      SHA-256 of the key alone        \(shown(keysAlone, drawing))
      peak memory                     \(Self.peakMemory())
      two parts, merged               \(merged) to the whole
      """)
  }

  /// Each half by a thread of its own, then merged.
  private func draw(_ table: KeyTable) async throws -> ([Drawn], Spent) {
    let start = Moment()
    async let other = part(table, half: 1)
    var (sampler, cpu) = try part(table, half: 0)
    let (second, cpuOfOther) = try await other
    try sampler.merge(second)
    return (try sampler.drawn(), Spent(wall: start.spent.wall, cpu: max(cpu, cpuOfOther)))
  }

  /// A half of the keys, and the processor time it took.
  private func part(_ table: KeyTable, half: Int) throws -> (ConsistentSampler, Double) {
    let start = Moment()
    var sampler = ConsistentSampler(seed: seed, capacity: take)
    try table.read(half: half) { sampler.feed(bytes: $0) }
    return (sampler, start.spent.cpu)
  }

  /// One pass over all keys, for comparison.
  private func isWhole(_ drawn: [Drawn], _ table: KeyTable) throws -> Bool {
    var sampler = ConsistentSampler(seed: seed, capacity: take)
    for half in 0...1 { try table.read(half: half) { sampler.feed(bytes: $0) } }
    return try sampler.drawn() == drawn
  }

  /// The longer of the two threads' times, reading not counted.
  private func hash(_ table: KeyTable, _ block: HashedBlock) async throws -> Spent {
    async let other = hash(table, block, half: 1)
    let (one, two) = (try hash(table, block, half: 0), try await other)
    return Spent(wall: max(one.wall, two.wall), cpu: max(one.cpu, two.cpu))
  }

  private func hash(_ table: KeyTable, _ block: HashedBlock, half: Int) throws -> Spent {
    var block = block
    try table.read(half: half) { block.add($0) }
    block.finish()
    return block.spent
  }

  /// The best turns, and how many times as long the draw took.
  private func shown(_ times: [Spent], _ drawing: [Spent]) -> String {
    // The least disturbed turn: what others do on the machine only adds.
    func best(_ times: [Double]) -> Double { times.min() ?? .nan }
    func padded(_ value: Double) -> String {
      let text = Fixed.text(value, 2)
      return String(repeating: " ", count: max(0, 6 - text.count)) + text
    }
    let (wall, cpu) = (best(times.map(\.wall)), best(times.map(\.cpu)))
    let ratios = (best(drawing.map(\.wall)) / wall, best(drawing.map(\.cpu)) / cpu)
    return "\(padded(wall)) \(padded(ratios.0))   \(padded(cpu)) \(padded(ratios.1))"
  }

  /// The most memory that the process ever held, as the kernel says.
  private static func peakMemory() -> String {
    guard let file = fopen("/proc/self/status", "r") else { return "unknown" }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
      let bytes = line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
      let text = String(decoding: bytes, as: UTF8.self)
      if text.hasPrefix("VmHWM:") {
        return text.dropFirst(6).split { $0.isWhitespace }.joined(separator: " ")
      }
    }
    return "unknown"
  }
}

/// Keys gathered in memory and hashed a block at a time; only the hashing is timed.
struct HashedBlock {
  private(set) var spent = Spent(wall: 0, cpu: 0)
  private let prefix: [UInt8]
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var proof: UInt8 = 0

  /// - Parameter seed: its digest goes before each key, as for a ticket; nil hashes the key alone.
  init(seed: String?) {
    prefix = seed.map { Array(SHA256.hash(data: Array($0.utf8)).flatMap(Self.hex)) } ?? []
  }

  mutating func add(_ key: UnsafeRawBufferPointer) {
    bytes.append(contentsOf: prefix)
    bytes.append(contentsOf: key)
    ends.append(bytes.count)
    if ends.count == 50_000 { finish() }
  }

  mutating func finish() {
    let start = Moment()
    bytes.withUnsafeBytes { all in
      var first = 0
      for end in ends {
        var hasher = SHA256()
        hasher.update(bufferPointer: UnsafeRawBufferPointer(rebasing: all[first..<end]))
        proof ^= hasher.finalize().withUnsafeBytes { $0[0] }
        first = end
      }
    }
    let more = start.spent
    spent = Spent(wall: spent.wall + more.wall, cpu: spent.cpu + more.cpu)
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  private static func hex(_ byte: UInt8) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }
}

/// Seconds on the clock, and seconds that the thread had a processor: the second holds on a machine
/// that others use too.
struct Spent {
  let wall: Double
  let cpu: Double
}

/// A point in time of one thread.
struct Moment {
  private let wall = Self.seconds(CLOCK_MONOTONIC)
  private let cpu = Self.seconds(CLOCK_THREAD_CPUTIME_ID)

  /// Since then; ask on the same thread.
  var spent: Spent {
    Spent(
      wall: Self.seconds(CLOCK_MONOTONIC) - wall, cpu: Self.seconds(CLOCK_THREAD_CPUTIME_ID) - cpu)
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
