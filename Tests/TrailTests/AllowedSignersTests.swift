import Foundation
import Testing

@testable import Trail

@Suite struct AllowedSignersTests {
  static let key =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBpyXMi2kqOR5DUxxfNDxP39D7l4xGP+67cGqxhzoy8f"

  static func parse(_ text: String) throws -> AllowedSigners {
    try AllowedSigners(parsing: Array(text.utf8))
  }

  static func allows(
    _ text: String, _ principal: String = "bob@example.org",
    namespace: String = "reviewer@assure", at time: String = "20260601Z"
  ) throws -> Bool {
    let key = try SSHPublicKey(line: AllowedSignersTests.key)
    let signers = try parse(text)
    let time = try #require(UTCTime(compact: time))
    do {
      _ = try signers.entry(for: key, principal: principal, namespace: namespace, at: time)
      return true
    } catch let error as TrailError where error.code == .signerUnknown {
      return false
    }
  }

  @Test func readsPrincipalsOptionsKeysAndComments() throws {
    let key = AllowedSignersTests.key
    let signers = try AllowedSignersTests.parse(
      """
      # people

      a@x,b@x \(key) a comment
      "c d" namespaces="n1,n2",valid-after="20260101Z",valid-before="202612311200Z"  \(key)
      \t*@firm cert-authority,namespaces="n"\t\(key)
      """)
    #expect(signers.entries.map(\.line) == [3, 4, 5])
    #expect(signers.entries.map(\.isCertificateAuthority) == [false, false, true])
    #expect(signers.entries[0].namespaces == nil)
    #expect(signers.entries[1].principals.text == "c d")
    #expect(signers.entries[1].namespaces?.matches("n2") == true)
    #expect(signers.entries[1].validAfter?.description == "2026-01-01T00:00:00Z")
    #expect(signers.entries[1].validBefore?.description == "2026-12-31T12:00:00Z")
  }

  /// ssh-keygen counts both ends in: refused is only what is less than one or more than the other.
  @Test func validityIsClosedAtBothEnds() throws {
    let line =
      "bob@example.org valid-after=\"20260101Z\",valid-before=\"20261231Z\" "
      + AllowedSignersTests.key
    for (time, allowed) in [
      ("20251231235959Z", false), ("20260101000000Z", true), ("20261231000000Z", true),
      ("20261231000001Z", false),
    ] {
      #expect(try AllowedSignersTests.allows(line, at: time) == allowed, "\(time)")
    }
  }

  @Test func patterns() throws {
    for (pattern, name, matches) in [
      ("bob", "bob", true), ("bob", "bobb", false), ("bob", "Bob", false), ("*", "", true),
      ("*@x", "a@x", true), ("*@x", "a@xx", false), ("a*b*c", "aXbXbYc", true),
      ("?b", "ab", true), ("?b", "b", false), ("a,b", "b", true), ("!b,*", "b", false),
      ("*,!b", "b", false), ("!b", "a", false), ("!b,*", "a", true), ("", "a", false),
      ("***a", "a", true), ("a?", "a", false), ("*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaa", false),
    ] {
      #expect(PatternList(pattern).matches(name) == matches, "\(pattern) on \(name)")
    }
    #expect(PatternList("bob@example.org").isExact)
    #expect(!PatternList("*@example.org").isExact)
    #expect(!PatternList("a,b").isExact)
  }

  /// What OpenSSH's list allows or not, one malformed line a file.
  @Test(arguments: [
    "bob@example.org octopus KEY", "bob@example.org namespaces=reviewer@assure KEY",
    "bob@example.org namespaces=\"a\",namespaces=\"b\" KEY", "bob@example.org namespaces=\"\" KEY",
    "bob@example.org valid-after=\"20260101\" KEY", "bob@example.org valid-after=\"20260230Z\" KEY",
    "bob@example.org valid-after=\"20270101Z\",valid-before=\"20260101Z\" KEY",
    "bob@example.org NAMESPACES=\"a\" KEY", "bob@example.org namespaces=\"a\"KEY",
    "bob@example.org namespaces=\"a KEY", "bob@example.org", "bob@example.org ssh-ed25519",
    "bob@example.org ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIBpyXMi2kqOR5DUxxfNDxP39D7l4xGP+67cGqxhzoy8f",
    "bob@example.org ssh-ed25519 AAAA", "\"bob@example.org KEY", "\"\" KEY",
    "bob@example.org KEY\r", "bob@example.org cert-authority, KEY", "b\"ob KEY",
    "bob@example.org namespaces=\"a\\\"b\" KEY", "bob@example.org verify-required KEY",
  ]) func malformedLineRefusesTheFile(_ line: String) {
    let text = "# first\n" + line.replacing("KEY", with: AllowedSignersTests.key) + "\n"
    let error = #expect(throws: TrailError.self) { try AllowedSignersTests.parse(text) }
    #expect(error?.code == .signersMalformed)
    #expect(error?.line == 2)
  }

  @Test func aKeyOfAnUnknownTypeDoesNotSpoilTheList() throws {
    let pub = try Fixtures.text("openssh/mldsa44-ed25519.pub")
    let list = "new@example.org \(pub)bob@example.org \(AllowedSignersTests.key)\n"
    #expect(try AllowedSignersTests.allows(list))
  }

  @Test func revokedKeysRefuseWhatTheyCannotRead() throws {
    for text in ["serial: 1\n", "sha256: abc\n", "ssh-ed25519 AAAA\n", "x\n"] {
      let error = #expect(throws: TrailError.self) { try RevokedKeys(parsing: Array(text.utf8)) }
      #expect(error?.code == .revocationMalformed)
    }
    let list = try RevokedKeys(parsing: Array("# none\n\n".utf8))
    #expect(list.keys.isEmpty)
  }
}
