import Foundation
import Testing

@testable import Trail

/// Values of which a leaf has only the digest.
@Suite struct SaltedValueTests {
  private let salt = Array(UInt8(0)..<16)
  private func value(_ text: String = "陳大文", event: Int = 12) -> SaltedValue {
    SaltedValue(event: event, path: "facts/from", salt: salt, value: .string(text))
  }

  /// By Python: hashlib.sha256(bytes(range(16)) + '"陳大文"'.encode()).
  @Test func theDigestIsOfSaltAndCanonicalValue() {
    #expect(
      value().digest.hex == "67e2b1d01a4c72b7db5ed036665f9170f0a49a3d047f524d0336192d08b9119a")
  }

  /// By Python: hmac over each part with its length before it, `5:leaf2:12…`, first 16 bytes.
  @Test func saltsAreOfHMAC() throws {
    let source = try #require(SaltSource(key: Array(repeating: 0x0B, count: 32)))
    let one = source.salted(event: 12, path: "facts/from", "陳大文")
    #expect(Hex.text(one.salt) == "45c61207dbb0c71e9054ae6243fa755e")
    #expect(
      one.digest.hex == "5f11966dfda4a53f55e9b4422b30cf4010189bad19ac6146554e3f86ea87fd99")
    #expect(
      source.derived(["redaction", "7"]).hex
        == "658273fcfa9bcfaae4b4ce7daa5a9154e4e05c28135ff2bba86b08406769a5d1")
    // Another place, event or value has another salt.
    #expect(source.salted(event: 12, path: "facts/text", "陳大文").salt != one.salt)
    #expect(source.salted(event: 13, path: "facts/from", "陳大文").salt != one.salt)
    #expect(source.salted(event: 12, path: "facts/from", "陳大").salt != one.salt)
    #expect(SaltSource.random().hex != SaltSource.random().hex)
    #expect(SaltSource(hex: "5a5a") == nil && SaltSource(key: [1]) == nil)
    #expect(SaltSource(hex: String(repeating: "5A", count: 32)) == nil)
  }

  /// "With `sha256sum` alone": what VERIFY.txt says.
  @Test func stockToolsAgree() throws {
    guard let perl = Tool.find("perl"), let sum = Tool.sha256sum else {
      print("skipped: no perl or sha256sum")
      return
    }
    let folder = FileManager.default.temporaryDirectory.appending(path: "salt-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let status = try Tool.run(
      perl, ["-e", "print pack(\"H*\", shift), shift", Hex.text(salt), "\"陳大文\""], in: folder,
      output: "bytes")
    #expect(status == 0)
    #expect(try Tool.run(sum, ["bytes"], in: folder, output: "sum") == 0)
    let printed = try String(contentsOf: folder.appending(path: "sum"), encoding: .utf8)
    #expect(printed.hasPrefix(value().digest.hex))
  }

  private func leaf(_ digests: Digest...) -> [UInt8] {
    let holders = digests.map { SaltedLeaf.holder($0) }
    let json: CanonicalJSON = ["facts": ["list": .array(holders), "open": "x"], "seq": 12]
    return json.bytes
  }

  @Test func valuesAreToldInTheirPlaces() throws {
    let other = SaltedValue(
      event: 12, path: "facts/list/1", salt: salt, value: ["a", ["b": 1]])
    let leaf = leaf(value().digest, other.digest)
    let told = String(decoding: SaltedLeaf.told(leaf, [other, value()]), as: UTF8.self)
    #expect(told == #"{"facts":{"list":["陳大文",["a",{"b":1}]],"open":"x"},"seq":12}"#)
    let json = try CanonicalJSON(parsing: leaf)
    #expect(SaltedLeaf.places(json).map(\.path) == ["facts/list/0", "facts/list/1"])
    #expect(SaltedLeaf.places(json).map(\.digest) == [value().digest, other.digest])
    // One that is not here, or is another, is not told.
    let short = "withheld:" + value().digest.hex.prefix(32)
    for values in [[other], [other, value("王")]] {
      let told = String(decoding: SaltedLeaf.told(leaf, values), as: UTF8.self)
      #expect(told.contains(short) && !told.contains("陳") && !told.contains("王"))
    }
  }

  @Test func aLogIsToldByTheNumbersOfItsEvents() {
    let leaves = [leaf(value().digest), leaf(value(event: 1).digest)]
    let told = SaltedLeaf.told(leaves, [value(event: 8)], from: 7)
    #expect(String(decoding: told[0], as: UTF8.self).contains("withheld:"))
    #expect(String(decoding: told[1], as: UTF8.self).contains("陳大文"))
  }

  /// Leaves of a time before salts are told as they stand, canonical or not.
  @Test(arguments: [#"{"facts":{"from":"Chan"}}"#, "no json", #"{ "salted":"x" }"#, ""])
  func otherLeavesStay(_ text: String) {
    #expect(SaltedLeaf.told(Array(text.utf8), [value()]) == Array(text.utf8))
  }

  /// An object with more in it, or with what is no digest, stands for itself.
  @Test func onlyADigestAloneStandsForAValue() throws {
    for text in [#"{"salted":"ab"}"#, #"{"salted":5}"#, #"{"a":1,"salted":"x"}"#, "[]"] {
      let json = try CanonicalJSON(parsing: Array(text.utf8))
      #expect(SaltedLeaf.digest(json) == nil && SaltedLeaf.places(json).isEmpty)
    }
  }

  @Test func linesComeBackByteForByte() throws {
    let line = value().line
    #expect(
      String(decoding: line, as: UTF8.self)
        == #"{"event":12,"path":"facts/from","salt":"000102030405060708090a0b0c0d0e0f","#
        + #""value":"陳大文"}"#)
    #expect(SaltedValue(line: line) == value())
  }

  @Test(arguments: [
    #"{"event":12,"path":"p","salt":"000102030405060708090a0b0c0d0e","value":"x"}"#,
    #"{"event":12,"path":"p","salt":"000102030405060708090A0B0C0D0E0F","value":"x"}"#,
    #"{"event":-1,"path":"p","salt":"000102030405060708090a0b0c0d0e0f","value":"x"}"#,
    #"{"event":12,"path":"p","salt":"000102030405060708090a0b0c0d0e0f","value":"x","y":1}"#,
    #"{"event":12,"path":"p","salt":"000102030405060708090a0b0c0d0e0f"}"#,
    #"{"event": 12,"path":"p","salt":"000102030405060708090a0b0c0d0e0f","value":"x"}"#,
    "", "[]",
  ])
  func otherLinesAreRefused(_ line: String) {
    #expect(SaltedValue(line: Array(line.utf8)) == nil)
  }
}
