import Testing
import Trail

/// C2SP tlog-policy: which log and which witnesses a reader relies on.
@Suite struct LogPolicyTests {
  private static func witness(_ number: UInt8) throws -> NoteSigner {
    try NoteSigner(
      name: "w\(number).example.org/w", kind: .cosignature,
      seed: Array(repeating: number, count: 32))
  }

  private static func keys() throws -> [NoteKey] { try (1...3).map { try witness($0).key } }

  private static func policy(_ rest: String) throws -> LogPolicy {
    let log = try NoteSigner(name: "example.org/log", seed: Array(repeating: 9, count: 32))
    let lines = try keys().enumerated().map { "witness w\($0.offset + 1) \($0.element.vkey)\n" }
    return try LogPolicy(
      parsing: Array("# ours\nlog \(log.key.vkey)\n\n\(lines.joined())\(rest)".utf8))
  }

  @Test func quorums() throws {
    let keys = try Self.keys()
    let two = try Self.policy("group g 2 w1 w2 w3\nquorum g\n")
    #expect(!two.isSatisfied(by: [keys[0]]) && two.isSatisfied(by: [keys[0], keys[2]]))
    let nested = try Self.policy("group a any w1 w2\ngroup b all a w3\nquorum b\n")
    #expect(!nested.isSatisfied(by: [keys[0], keys[1]]))
    #expect(nested.isSatisfied(by: [keys[1], keys[2]]))
    #expect(try Self.policy("quorum w2\n").isSatisfied(by: [keys[1]]))
    #expect(try Self.policy("quorum none\n").isSatisfied(by: []))
  }

  @Test(arguments: [
    "", "quorum g\n", "quorum none\nquorum none\n", "group g 4 w1 w2 w3\nquorum g\n",
    "group g 0 w1\nquorum g\n", "group g 1 w9\nquorum g\n", "group g any w1 w1\nquorum g\n",
    "group g any g\nquorum g\n", "group w1 any w2\nquorum w1\n", "group none any w1\nquorum none\n",
    "quorum none", "quorum\n", "witness w1 x\nquorum none\n", "lag x\nquorum none\n",
  ]) func refusals(_ rest: String) {
    #expect(throws: TrailError.self) { try Self.policy(rest) }
  }

  /// The key of a log can't stand for a witness.
  @Test func aLogIsNoWitness() throws {
    let log = try NoteSigner(name: "example.org/log", seed: Array(repeating: 9, count: 32))
    #expect(throws: TrailError.self) { try Self.policy("witness w4 \(log.key.vkey)\nquorum w4\n") }
  }

  @Test func headsAsPeopleKeepThem() throws {
    let root = Digest(ofText: "x")
    let log = try NoteSigner(name: "example.org/log", seed: Array(repeating: 9, count: 32))
    let checkpoint = try Checkpoint(origin: "example.org/log", size: 7, root: root)
    for text in [
      checkpoint.text, "example.org/log 7 \(root.base64)", "7 \(root.base64)\n",
      String(decoding: try checkpoint.signed(by: log).bytes, as: UTF8.self),
    ] {
      let head = try ToldHead(parsing: Array(text.utf8))
      #expect(head.size == 7 && head.root == root)
    }
    for text in ["", "7", "07 \(root.base64)", "7 \(root.hex)", "a b 7 \(root.base64)"] {
      #expect(throws: TrailError.self) { try ToldHead(parsing: Array(text.utf8)) }
    }
  }
}
