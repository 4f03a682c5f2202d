import Foundation
import Testing

@testable import Trail

/// Values: FIPS 180-2 appendix B and C (SHA-256 of "abc", of 448 bits, of a million "a").
@Suite struct DigestTests {
  static let published: [(String, String)] = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ]

  @Test func publishedValues() throws {
    for (text, hex) in DigestTests.published {
      let digest = Digest(of: Array(text.utf8))
      #expect(digest.hex == hex)
      #expect(Digest(hex: hex) == digest)
      #expect(Digest(bytes: digest.bytes) == digest)
      #expect(Digest(base64: digest.base64) == digest)
      #expect(Digest(ofText: text) == digest)
    }
  }

  @Test func streamInAnyPieces() {
    var stream = DigestStream()
    for length in stride(from: 1, to: 1_000_000, by: 1) {
      let sum = length * (length + 1) / 2
      if sum > 1_000_000 { break }
      stream.update([UInt8](repeating: UInt8(ascii: "a"), count: length))
    }
    // 1 + 2 + … + 1413 = 998,991
    stream.update([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000 - 998_991))
    #expect(
      stream.digest().hex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func otherSpellingsAreRefused() {
    let hex = DigestTests.published[1].1
    for text in [hex.uppercased(), String(hex.dropLast()), hex + "0", " " + hex, hex + "\n", "é"] {
      #expect(Digest(hex: text) == nil, "\(text)")
    }
    #expect(Digest(bytes: [UInt8](repeating: 0, count: 31)) == nil)
  }

  @Test func orderIsOrderOfBytes() {
    let digests = (0..<200).map { Digest(of: [UInt8($0)]) }
    #expect(digests.sorted().map(\.hex) == digests.map(\.hex).sorted())
  }

  @Test func codableIsHex() throws {
    let digest = Digest(of: Array("abc".utf8))
    let data = try JSONEncoder().encode([digest])
    #expect(String(decoding: data, as: UTF8.self) == "[\"\(DigestTests.published[1].1)\"]")
    #expect(try JSONDecoder().decode([Digest].self, from: data) == [digest])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([Digest].self, from: Data("[\"AB\"]".utf8))
    }
  }

  /// SHA-512 of a million "a": FIPS 180-2 appendix C.
  @Test func fileBothDigestsInOnePass() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "trail-\(UUID()).bin")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data(repeating: UInt8(ascii: "a"), count: 1_000_000).write(to: url)
    let digests = try FileDigests(path: url.path())
    #expect(digests.byteCount == 1_000_000)
    #expect(
      digests.sha256.hex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    #expect(
      digests.sha512
        == "e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973eb"
        + "de0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e4eadb217ad8cc09b")
  }

  @Test func linksPipesFoldersAndMissingFilesAreRefused() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "trail-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "file")
    try Data("x".utf8).write(to: file)
    let link = folder.appending(path: "link")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
    let pipe = folder.appending(path: "pipe")
    #expect(mkfifo(pipe.path(), 0o600) == 0)
    for url in [link, pipe, folder, folder.appending(path: "none")] {
      let error = #expect(throws: TrailError.self) { try FileDigests(path: url.path()) }
      #expect(error?.code == .fileUnreadable)
    }
  }

  @Test func base64AgreesWithFoundationAndIsStrict() {
    for count in 0..<200 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 89 &+ count) }
      let text = Data(bytes).base64EncodedString()
      #expect(Base64.text(bytes) == text)
      #expect(Base64.bytes(text.utf8) == bytes)
    }
    // RFC 4648 section 3.5: padding bits must be nought; section 3.3: no foreign characters.
    for text in ["Zg", "Zg=", "Zh==", "Zm9=", "Zg==\n", "Z===", "====", "Zm9-", "Zg==Zg=="] {
      #expect(Base64.bytes(text.utf8) == nil, "\(text)")
    }
  }
}
