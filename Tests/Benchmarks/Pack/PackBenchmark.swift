import Assurance
import Crypto
import Dispatch
import Foundation
import Pack
import Trail

/// How long packing and verifying take beside the hashing that nobody can do without.
struct PackBenchmark {
  static let usage = "benchmarks pack [bytes=N] [events=N] [signoffs=N] [folder=DIR]"

  private var bytes = 512 << 20
  private var events = 1_000_000
  private var signoffs = 1000
  private var folder = FileManager.default.temporaryDirectory.path

  /// Nil for arguments that it does not know.
  init?(_ arguments: ArraySlice<String>) {
    for argument in arguments {
      let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { return nil }
      switch (parts[0], Int(parts[1])) {
      case ("bytes", let number?): bytes = number
      case ("events", let number?): events = number
      case ("signoffs", let number?): signoffs = number
      case ("folder", _): folder = parts[1]
      default: return nil
      }
    }
  }

  func run() throws {
    let home = folder + "/pack-benchmark-\(getpid())"
    try FileManager.default.createDirectory(
      atPath: home, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: home) }
    try files(home)
    try log(home)
    try signatures(home)
  }

  private static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try body()
    return (clock.now - start) / .seconds(1)
  }

  private func show(_ what: String, _ seconds: Double, _ note: String = "") {
    let text = String(Int((seconds * 1000).rounded()))
    print(String(repeating: " ", count: max(0, 9 - text.count)) + text + " ms  " + what + note)
  }

  private func percent(_ base: Double, of time: Double) -> String {
    ", \(Int((100 * base / time).rounded())) % of the speed of bare hashing"
  }

  // MARK: bytes

  private func files(_ home: String) throws {
    var originals: [PackFile] = []
    var sources: [SourceFacts] = []
    for number in 0..<4 {
      let path = "\(home)/source-\(number)"
      try made(bytes / 4, seed: UInt64(number)).write(to: URL(fileURLWithPath: path))
      let digest = try FileDigests(path: path).sha256.hex
      originals.append(
        PackFile(
          name: "source-\(number)", digest: digest, size: bytes / 4, bytes: Self.stream(path)))
      sources.append(
        SourceFacts(
          file: "source-\(number)", digest: digest, bytes: bytes / 4, format: "delimited",
          received: "2022-01-01T00:00:00Z", tables: []))
    }
    var content = try content(
      events: sources.map { Self.event(0, "source.received", $0.digest) })
    (content.originals, content.sources, content.originalsRule) = (originals, sources, .include)
    let paths = (0..<4).map { "\(home)/source-\($0)" }
    let one = Self.seconds { for path in paths { Self.hash(path, SHA256.self) } }
    let other = Self.seconds { for path in paths { Self.hash(path, SHA512.self) } }
    let both = Self.seconds {
      DispatchQueue.concurrentPerform(iterations: 2) { turn in
        for path in paths {
          turn == 0 ? Self.hash(path, SHA512.self) : Self.hash(path, SHA256.self)
        }
      }
    }
    print("\(bytes) bytes in 4 files")
    show("one pass of SHA-256 and one of SHA-512, one after the other", one + other)
    show("the same on two cores at once", both)
    let pack = home + "/pack"
    let written = try Self.seconds { _ = try EvidencePack.write(content, to: pack) }
    show("packing", written, percent(one + other, of: written) + percent(both, of: written))
    var line = ""
    let verified = try Self.seconds { line = try PackVerifier.verify(pack).line }
    show("verifying", verified, percent(one + other, of: verified) + percent(both, of: verified))
    print(line)
    try FileManager.default.removeItem(atPath: pack)
    for path in paths { try FileManager.default.removeItem(atPath: path) }
  }

  private func made(_ count: Int, seed: UInt64) -> Data {
    var state = seed &+ 88_172_645_463_325_252
    var words = [UInt64](repeating: 0, count: count / 8)
    for index in words.indices {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      words[index] = state
    }
    return words.withUnsafeBytes { Data($0) }
  }

  private static func stream(_ path: String) -> PackBytes {
    .stream { piece in
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? handle.close() }
      while let data = try handle.read(upToCount: 1 << 18), !data.isEmpty {
        try data.withUnsafeBytes(piece)
      }
    }
  }

  private static func hash<Hash: HashFunction>(_ path: String, _: Hash.Type) {
    var hash = Hash()
    try? stream(path).forEachPiece { hash.update(bufferPointer: $0) }
    _ = hash.finalize()
  }

  // MARK: events

  private static func event(_ seq: Int, _ kind: String, _ digest: String) -> [UInt8] {
    let json: CanonicalJSON = [
      "actor": "tester", "at": "2022-01-01T00:00:00Z", "event": .string(kind),
      "facts": [
        "sha256": .string(digest), "file": "facility-readings-2021-h1.xml", "round": 1,
        "text": "what an event of the middle size says, in words, in a line of this length or so",
      ],
      "seq": .integer(Int64(seq)),
    ]
    return json.bytes
  }

  private func content(events: [[UInt8]], signing: SigningFacts? = nil) throws -> PackContent {
    var frontier = Frontier()
    for event in events { frontier.append(leafHash: MerkleTree.leafHash(event)) }
    let log = try NoteSigner(name: "bench/log", seed: Array(repeating: 7, count: 32))
    let note = try Checkpoint(origin: "bench/log", size: events.count, root: frontier.root)
      .signed(by: log)
    return PackContent(
      engagement: EngagementFacts(
        id: "bench", entity: "Bench", period: Period(Month(year: 2021, month: 1)),
        standard: "none", level: "limited", policySet: "none", policyEdition: "1",
        policyDigest: Digest(of: []).hex, team: [("P", "preparer")], tool: "benchmarks"),
      asOf: "2022-01-01T00:00:00Z", sources: [], workpapers: [Self.paper],
      trail: TrailFacts(events: events, checkpoint: note.bytes, key: log.key.vkey),
      signing: signing)
  }

  private static let paper = Workpaper(
    kpi: KPIFacts(
      name: "water", titles: [("en", "Water")], unit: "t", decimals: 0, kind: "flow",
      status: "assured", measure: [], criteria: []))

  private func log(_ home: String) throws {
    let digest = Digest(of: []).hex
    let events = (0..<self.events).map { Self.event($0, "source.received", digest) }
    let pack = home + "/log"
    _ = try EvidencePack.write(try content(events: events), to: pack)
    let hashing = Self.seconds {
      var sum = 0
      for event in events { sum &+= Int(MerkleTree.leafHash(event).bytes[0]) }
      withExtendedLifetime(sum) {}
    }
    print("\(events.count) events of \(events[0].count) bytes")
    show("hashing the leaves", hashing)
    var line = ""
    let verified = try Self.seconds { line = try PackVerifier.verify(pack).line }
    show(
      "verifying the pack", verified, ", \(Int((10 * verified / hashing).rounded())) tenths of it")
    print(line)
    try FileManager.default.removeItem(atPath: pack)
  }

  // MARK: sign-offs

  private func signatures(_ home: String) throws {
    let key = try BenchKey()
    let covers = try EvidencePack.scope(of: try content(events: []))
    guard let time = UTCTime("2022-01-01T00:00:00Z") else { return }
    var events: [[UInt8]] = []
    var frontier = Frontier()
    var all: [Signoff] = []
    for number in 1...signoffs {
      let statement = try Statement(
        composing: Statement.Fields(
          engagement: "bench", number: number, scope: "workpaper water", role: "preparer",
          decision: "prepared", signer: "p@example.org",
          made: time,
          head: Statement.Head(
            origin: "bench/log", size: events.count, root: frontier.root)), covers: covers)
      all.append(
        Signoff(
          statement: statement, signature: try key.sign(statement.bytes, "preparer@assure")))
      let json: CanonicalJSON = [
        "event": "statement.signed", "facts": ["statement": .string(statement.digest.hex)],
        "seq": .integer(Int64(number)),
      ]
      events.append(json.bytes)
      frontier.append(leafHash: MerkleTree.leafHash(json.bytes))
    }
    let list = "p@example.org namespaces=\"preparer@assure\" \(key.line)\n"
    let signing = SigningFacts(
      signoffs: all, allowedSigners: Array(list.utf8), people: [("p@example.org", "P")])
    let pack = home + "/signed"
    let bare = try key.messages(signoffs)
    let checking = Self.seconds { for one in bare { key.check(one) } }
    print("\(signoffs) sign-offs")
    show("as many bare Ed25519 verifications", checking)
    // Other processes verify what this one wrote: nothing is remembered from the writing.
    _ = try EvidencePack.write(try content(events: events, signing: signing), to: pack)
    let program = CommandLine.arguments[0]
    let child = Process()
    child.executableURL = URL(fileURLWithPath: program)
    child.arguments = ["pack-verify", pack]
    try child.run()
    child.waitUntilExit()
  }

  /// Verifies a pack in a process of its own and says how long it took.
  static func verify(_ pack: String) {
    var line = ""
    let time = seconds { line = (try? PackVerifier.verify(pack).line) ?? "not read" }
    print("\(Int((time * 1000).rounded())) ms  verifying the pack: \(line)")
  }
}

/// A key for the benchmark, which nothing may trust.
private struct BenchKey {
  private let secret: Curve25519.Signing.PrivateKey

  init() throws {
    secret = try Curve25519.Signing.PrivateKey(
      rawRepresentation: [UInt8](repeating: 3, count: 32))
  }

  private static func string(_ bytes: some Collection<UInt8>) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (24 - 8 * $0)) } + bytes
  }

  private var blob: [UInt8] {
    Self.string(Array("ssh-ed25519".utf8))
      + Self.string(Array(secret.publicKey.rawRepresentation))
  }

  var line: String { "ssh-ed25519 " + Base64.text(blob) }

  func sign(_ message: [UInt8], _ namespace: String) throws -> [UInt8] {
    let head = Self.string(Array(namespace.utf8)) + Self.string([])
    let hash = Self.string(Array("sha512".utf8))
    let data =
      Array("SSHSIG".utf8) + head + hash + Self.string(Array(SHA512.hash(data: message)))
    let signature =
      Self.string(Array("ssh-ed25519".utf8)) + Self.string(Array(try secret.signature(for: data)))
    let all =
      Array("SSHSIG".utf8) + [0, 0, 0, 1] + Self.string(blob) + head + hash
      + Self.string(signature)
    return Array(
      ("-----BEGIN SSH SIGNATURE-----\n" + Base64.text(all)
        + "\n-----END SSH SIGNATURE-----\n").utf8)
  }

  func messages(_ count: Int) throws -> [(message: [UInt8], signature: Data)] {
    try (0..<count).map { number in
      let message = Array("message number \(number) of about the length that is signed".utf8)
      return (message, try secret.signature(for: message))
    }
  }

  func check(_ one: (message: [UInt8], signature: Data)) {
    precondition(secret.publicKey.isValidSignature(one.signature, for: one.message))
  }
}
