import Foundation
import Testing

/// "`kill -9` at 200 random moments of `ingest`, `sample`, `worksheet import` and `pack`: the next
/// command works, rows add up, the trail verifies, no half pack is taken for a pack."
///
/// The moments are drawn from a fixed seed over the time the command takes when left alone.
/// `ASSURE_KILLS` sets how many there are a verb; 50 if it is not set.
@Suite(.serialized) struct KillTests {
  static let moments =
    ProcessInfo.processInfo.environment["ASSURE_KILLS"].flatMap { Int($0) } ?? 50

  /// SplitMix64 (Steele, Lea, Flood 2014): the same moments in every run.
  struct Moments {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    /// A share of the command's time, from 0 to 1.1.
    mutating func next() -> Double {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      z ^= z >> 31
      return Double(z >> 11) / Double(1 << 53) * 1.1
    }
  }

  /// The trail as `log` shows it, its root recomputed from the events.
  struct Trail: Equatable {
    let events: [String]
    let root: String
  }

  func trail(_ engagement: WaterEngagement) throws -> Trail {
    let outcome = try engagement.run(["log", "--format", "json"])
    try #require(outcome.status == 0, "log after a kill: \(outcome.complaints)")
    let lines = outcome.output.split(separator: "\n").filter { $0.hasPrefix("    {") }
    let events = lines.map { line -> String in
      String(line.dropFirst(4).dropLast(line.hasSuffix(",") ? 1 : 0))
    }
    let log = try JSON(outcome.output)
    #expect(log["size"].int == events.count)
    let root = SHA256Reference.root(events.map { Array($0.utf8) }[...])
    #expect(Data(root).base64EncodedString() == log["root"].string, "the root does not recompute")
    return Trail(events: events, root: log["root"].string)
  }

  /// Runs a command and kills it at a share of `time`; true if it had ended by itself.
  func kill(
    _ arguments: [String], in engagement: WaterEngagement, after share: Double, of time: Double
  ) throws -> Bool {
    let running = try Program.start(Program.path, arguments, in: engagement.path)
    usleep(UInt32(max(0, share * time * 1_000_000)))
    let hadEnded = !running.process.isRunning
    Foundation.kill(running.process.processIdentifier, SIGKILL)
    _ = try running.wait()
    return hadEnded
  }

  /// How long a command takes when it is left alone, in seconds.
  func time(_ arguments: [String], in engagement: WaterEngagement) throws -> Double {
    let start = ContinuousClock.now
    let outcome = try engagement.run(arguments)
    try #require(outcome.status == 0, "\(outcome.complaints)")
    let taken = (ContinuousClock.now - start).components
    return Double(taken.seconds) + Double(taken.attoseconds) / 1e18
  }

  /// Kills `arguments` once, and checks that the trail is as before or one event longer.
  ///
  /// - Parameter time: what the command takes; follows the machine, which others may use too.
  func strike(
    _ arguments: [String], _ engagement: WaterEngagement, _ before: inout Trail,
    _ moments: inout Moments, time: inout Double
  ) throws -> Bool {
    let share = moments.next()
    let hadEnded = try kill(arguments, in: engagement, after: share, of: time)
    time *= hadEnded ? 0.9 : 1.02
    let after = try trail(engagement)
    let isLonger = after.events.count == before.events.count + 1
    #expect(
      after == before || isLonger && Array(after.events.dropLast()) == before.events,
      "killed at \(share) of \(arguments): \(after.events.count - before.events.count) new events")
    before = after
    return isLonger
  }

  @Test func `ingest leaves all of a file or nothing`() throws {
    let engagement = try WaterEngagement()
    let register = WaterEngagement.sample + "/clean/sources/site-register.xml"
    #expect(try engagement.run(["ingest", register]).status == 0)
    let bills = try lines(WaterEngagement.sample + "/clean/sources/landlord-bills-hk-2021.csv")
    var number = 0
    func file() throws -> String {
      number += 1
      let path = "\(engagement.folder.path)/bills-\(number).csv"
      let text = bills.prefix(3) + bills.dropFirst(3).map { "K\(number)-" + $0 }
      try (text.joined(separator: "\n") + "\n")
        .write(toFile: path, atomically: true, encoding: .utf8)
      return path
    }
    var usual = try time(["ingest", file()], in: engagement)
    var moments = Moments(seed: 1)
    var before = try trail(engagement)
    var next = try file()
    for _ in 0..<Self.moments {
      if try strike(["ingest", next], engagement, &before, &moments, time: &usual) {
        next = try file()
      }
    }
    let receipt = try engagement.json(["ingest", next])["sources"].list
    #expect(receipt.first?["tables"].list.first?["accepted"].int == bills.count - 3)
    try checkRows(engagement, files: trail(engagement).events.count - 2, rows: bills.count - 3)
    try checkSources(engagement)
  }

  /// Rows read = accepted + rejected in every event, and as many records stored as accepted.
  private func checkRows(_ engagement: WaterEngagement, files: Int, rows: Int) throws {
    let events = try trail(engagement).events.map { try JSON($0) }
      .filter { $0["event"].string == "source.received" }
    let tables = events.flatMap { $0["facts"]["tables"].list }
      .filter { $0["dataset"].string == "water-bill" }
    #expect(tables.count == files)
    for table in tables {
      #expect(table["rowsRead"].int == table["accepted"].int + table["rejected"].int)
      #expect(table["accepted"].int == rows)
    }
    let kpis = try engagement.json(["reconcile", "--kpi", "water"], status: [0, 1])["kpis"].list
    let stored = kpis.first?["bridge"].list.filter { $0["label"].string.contains("bills") }
      .reduce(0) { $0 + $1["count"].int }
    #expect(stored == files * rows, "records stored")
  }

  /// Every source that has its name holds the bytes of that name.
  private func checkSources(_ engagement: WaterEngagement) throws {
    let folder = engagement.path + "/.assure/sources"
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where !name.contains(".partial-") {
      let data = try Data(contentsOf: URL(filePath: folder + "/" + name))
      #expect(SHA256Reference.hex(SHA256Reference.digest(Array(data))) == name)
    }
  }

  private func lines(_ path: String) throws -> [String] {
    try String(contentsOfFile: path, encoding: .utf8)
      .split(omittingEmptySubsequences: false) { $0.isNewline }.map(String.init).dropLast()
  }

  /// An engagement with few records, planned for a small sample.
  private func small() throws -> WaterEngagement {
    let engagement = try WaterEngagement()
    let sources = WaterEngagement.sample + "/clean/sources/"
    let taken = try engagement.run(
      ["ingest", sources + "site-register.xml", sources + "landlord-bills-hk-2021.csv"])
    try #require(taken.status == 0, "\(taken.complaints)")
    // Printed as these bills add up, or materiality would be more than all of them.
    try "kpi,printed,unit,place,note\nwater-consumption,\"25,533\",t,line 1,\n"
      .write(toFile: engagement.path + "/reported.csv", atomically: true, encoding: .utf8)
    return engagement
  }

  private func plan(_ engagement: WaterEngagement, round: Int) throws {
    let planned = try engagement.run(
      ["plan", "--kpi", "water", "--round", "\(round)", "--size", "8"])
    try #require(planned.status == 0, "\(planned.complaints)")
  }

  @Test func `sample leaves a draw or none`() throws {
    let engagement = try small()
    func draw(_ round: Int) -> [String] {
      ["sample", "--kpi", "water", "--round", "\(round)", "--seed", "round \(round)"]
    }
    try plan(engagement, round: 1)
    var usual = try time(draw(1), in: engagement)
    var round = 2
    try plan(engagement, round: round)
    var moments = Moments(seed: 2)
    var before = try trail(engagement)
    for _ in 0..<Self.moments {
      guard try strike(draw(round), engagement, &before, &moments, time: &usual) else { continue }
      // Drawn; the worksheet may be missing, and the same command brings it.
      let again = try engagement.json(draw(round))
      #expect(again["items"].list.count == 8)
      #expect(FileManager.default.fileExists(atPath: again["worksheet"].string))
      round += 1
      try plan(engagement, round: round)
      before = try trail(engagement)
    }
    #expect(try engagement.json(draw(round))["items"].list.count == 8)
  }

  @Test func `worksheet import leaves all results of a file or none`() throws {
    let engagement = try small()
    try plan(engagement, round: 1)
    let drawn = try engagement.json(["sample", "--kpi", "water", "--seed", "kill"])
    let out = drawn["worksheet"].string
    let count = drawn["items"].list.count
    var number = 0
    func file() throws -> String {
      var worksheet = try FilledWorksheet(path: out)
      for item in 1...(number % count + 1) { try worksheet.fill(item, .init(result: "agreed")) }
      number += 1
      let path = "\(engagement.folder.path)/results-\(number).xlsx"
      try worksheet.write(to: path)
      return path
    }
    var usual = try time(["worksheet", "import", file()], in: engagement)
    var moments = Moments(seed: 3)
    var before = try trail(engagement)
    var next = try file()
    for _ in 0..<Self.moments {
      if try strike(
        ["worksheet", "import", next], engagement, &before, &moments, time: &usual)
      {
        next = try file()
      }
    }
    number = count - 1
    let last = try engagement.json(["worksheet", "import", file()])
    #expect(last["open"].int == 0)
    #expect(last["conflicts"].list.isEmpty)
    #expect(last["taken"].int + last["same"].int == count)
    let evaluation = try engagement.json(["evaluate", "--kpi", "water"], status: [0, 1])
    #expect(evaluation["tested"].int == count)
  }

  @Test func `pack leaves a whole pack or none`() throws {
    let engagement = try small()
    try plan(engagement, round: 1)
    #expect(try engagement.run(["sample", "--kpi", "water", "--seed", "kill"]).status == 0)
    var number = 1
    func pack() -> [String] { ["pack", "--kpi", "water", "-o", "../pack-\(number)"] }
    var usual = try time(pack(), in: engagement)
    number += 1
    var moments = Moments(seed: 4)
    var before = try trail(engagement)
    for _ in 0..<Self.moments {
      let isRecorded = try strike(pack(), engagement, &before, &moments, time: &usual)
      let path = engagement.folder.path + "/pack-\(number)"
      let exists = FileManager.default.fileExists(atPath: path)
      #expect(exists || !isRecorded, "the trail names a pack that is not there")
      if exists {
        let verdict = try engagement.run(["verify", path])
        #expect(verdict.status == 0, "\(verdict.output)")
        number += 1
      }
    }
    #expect(try engagement.run(pack()).status == 0)
    #expect(try engagement.run(["verify", "../pack-\(number)"]).status == 0)
  }

  // FIPS 180-4 examples; RFC 6962 section 2.1 for the empty tree.
  @Test func `the reference is SHA-256`() {
    #expect(
      SHA256Reference.hex(SHA256Reference.digest(Array("abc".utf8)))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      SHA256Reference.hex(SHA256Reference.digest([]))
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }
}
