import Foundation
import Testing

/// A short run of what `Tests/Fuzz` does at length: fixed seeds, the same inputs every time.
///
/// An input may be refused with a code or read; a crash, an error of another kind or more work than
/// the input can ask for is a fault. Work is counted in rows and cells, not by the clock.
@Suite struct MutationTests {
  @Test(.timeLimit(.minutes(10)), arguments: ForeignParser.all.map(\.name))
  func mutatedInputs(_ name: String) throws {
    let parser = try #require(ForeignParser.named(name))
    let seeds = try Seeds.of(name)
    #expect(!seeds.isEmpty, "no seed for \(name): put one into Tests/Fuzz/Seeds/\(name)")
    for seed in seeds { try parser.run(seed) }
    var mutator = Mutator(state: name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    for _ in 0..<250 {
      let input = mutator.mutated(seeds)
      do { try parser.run(input) } catch {
        Issue.record("\(error); input in base64: \(Data(input).base64EncodedString().prefix(4000))")
      }
    }
  }

  /// Prefixes of every seed: a parser that stops in the middle must say so, not fall.
  @Test(.timeLimit(.minutes(10)), arguments: ForeignParser.all.map(\.name))
  func truncatedInputs(_ name: String) throws {
    let parser = try #require(ForeignParser.named(name))
    for seed in try Seeds.of(name).prefix(8) {
      for length in stride(from: 0, to: seed.count, by: max(1, seed.count / 40)) {
        try parser.run(Array(seed[..<length]))
      }
    }
  }

  /// Inputs that once did harm, by target: `TARGET-what.bin`.
  @Test func findingsStayFixed() throws {
    let folder = Seeds.root.appending(path: "Tests/Fuzz/Findings")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names.sorted() {
      let parser = ForeignParser.all.filter { name.hasPrefix($0.name + "-") }
        .max { $0.name.count < $1.name.count }
      guard let parser else { continue }
      try parser.run([UInt8](Data(contentsOf: folder.appending(path: name))))
    }
  }
}

/// What a target's inputs begin with.
enum Seeds {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardized

  static func of(_ name: String) throws -> [[UInt8]] {
    let list = try String(
      contentsOf: root.appending(path: "Tests/Fuzz/seeds.txt"), encoding: .utf8)
    var paths: [String] = []
    for line in list.split(separator: "\n") {
      let words = line.split(separator: " ").map { String($0) }
      if words.count == 2, words[0] == name { paths.append(words[1]) }
    }
    paths.append("Tests/Fuzz/Seeds/\(name)")
    var seeds: [[UInt8]] = []
    for path in try paths.flatMap({ try files($0) }).sorted() {
      let bytes = [UInt8](try Data(contentsOf: root.appending(path: path)))
      if bytes.count < 200_000 { seeds.append(bytes) }
    }
    return seeds
  }

  private static func files(_ path: String) throws -> [String] {
    var isFolder: ObjCBool = false
    let full = root.appending(path: path).path
    guard FileManager.default.fileExists(atPath: full, isDirectory: &isFolder) else { return [] }
    guard isFolder.boolValue else { return [path] }
    let found = FileManager.default.enumerator(atPath: full)?.compactMap { $0 as? String } ?? []
    return found.map { "\(path)/\($0)" }.filter {
      var isFolder: ObjCBool = false
      let there = FileManager.default.fileExists(
        atPath: root.appending(path: $0).path, isDirectory: &isFolder)
      return there && !isFolder.boolValue
    }
  }
}

/// Changes inputs a little. SplitMix64 (Steele, Lea, Flood 2014).
struct Mutator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  private static let words: [String] = [
    "<", ">", "/>", "&#x0;", "&#7;", "&amp;", "]]>", "<!--", "<![CDATA[", "<!DOCTYPE a>", "\"", "'",
    "\0", "\u{FEFF}", "\n", "\r", "\r\n", "\t", ",", ";", "-1", "0", "999999999", "99999999999",
    "1e999999999", "9223372036854775807", "9223372036854775808", "0.1", "NaN", "_x0000_", "_xD800_",
    " table:number-columns-repeated=\"65536\"", " table:number-rows-repeated=\"999999999\"",
    " ss:Index=\"2\"", " r=\"XFD1048576\"", " t=\"s\"", "%00", "%2e%2e/", "../", "=", "==", "# ",
    "-----BEGIN SSH SIGNATURE-----", "PK\u{5}\u{6}", "用水量", "１２", "\u{202E}", "[", "{", "&a ", "*a",
  ]

  mutating func mutated(_ seeds: [[UInt8]]) -> [UInt8] {
    guard var bytes = seeds.randomElement(using: &self) else { return [] }
    for _ in 0..<Int.random(in: 1...6, using: &self) { change(&bytes, seeds) }
    return bytes
  }

  private mutating func change(_ bytes: inout [UInt8], _ seeds: [[UInt8]]) {
    let at = Int.random(in: 0...bytes.count, using: &self)
    let end = min(bytes.count, at + Int.random(in: 1...64, using: &self))
    switch Int.random(in: 0..<8, using: &self) {
    case 0 where at < bytes.count: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &self)
    case 1 where at < bytes.count: bytes[at] = UInt8.random(in: 0...255, using: &self)
    case 2: bytes.removeSubrange(at..<end)
    case 3: bytes.insert(contentsOf: bytes[at..<end], at: at)
    case 4: bytes.removeSubrange(at...)
    case 5:
      let other = seeds.randomElement(using: &self) ?? []
      let from = Int.random(in: 0...other.count, using: &self)
      bytes.replaceSubrange(at..<end, with: other[from...].prefix(200))
    default:
      bytes.insert(contentsOf: (Self.words.randomElement(using: &self) ?? "").utf8, at: at)
    }
  }
}
