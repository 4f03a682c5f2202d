import Foundation
import Pack
import Trail

/// One change of a sealed pack, and the codes of which one at least must name it.
struct Mutation: Sendable {
  let path: String
  let way: String
  let expected: Set<String>
  let change: @Sendable (inout MemoryTree) -> Void

  var name: String { "\(way) \(path)" }
}

/// Numbers from a fixed seed (SplitMix64; Steele, Lea, Flood 2014).
struct FixedChance: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Every way to change a pack behind its back.
///
/// Two people do it: one leaves the lists as they are, the other makes every list under the pack's
/// digest fit again. The first meets the lists, the second the signatures over them.
struct Mutations {
  let tree: MemoryTree
  /// Bytes of small files to turn a bit in, at most; of larger files so many at random.
  let flips: Int
  var chance: FixedChance

  var paths: [String] { tree.files.keys.sorted() }

  /// Changes that leave the lists alone.
  mutating func open() -> [Mutation] {
    var all: [Mutation] = []
    for path in paths {
      guard let bytes = tree.files[path] else { continue }
      let codes = Self.codes(path)
      for index in places(in: bytes) {
        let bit = UInt8(1) << UInt8.random(in: 0...7, using: &chance)
        all.append(
          Mutation(path: path, way: "flip \(index)", expected: codes) {
            $0.files[path]?[index] ^= bit
          })
      }
      all += [
        Mutation(path: path, way: "cut", expected: codes) { $0.files[path]?.removeLast() },
        Mutation(path: path, way: "cut half", expected: codes) {
          $0.files[path]?.removeLast(bytes.count - bytes.count / 2)
        },
        Mutation(path: path, way: "extend", expected: codes) { $0.files[path]?.append(0x0A) },
        Mutation(path: path, way: "empty", expected: codes.union(["manifest-missing"])) {
          $0.files[path] = []
        },
        Mutation(path: path, way: "delete", expected: Self.codesOfLoss(path)) {
          $0.files[path] = nil
        },
        Mutation(path: path, way: "rename", expected: Self.codesOfLoss(path)) {
          $0.files[path + "x"] = $0.files.removeValue(forKey: path)
        },
        Mutation(path: path, way: "add beside", expected: Self.codesOfMore(path)) {
          $0.files[path + ".more"] = [0x41, 0x0A]
        },
      ]
      if let other = paths.randomElement(using: &chance), tree.files[other] != bytes {
        all.append(
          Mutation(
            path: path, way: "swap with \(other)", expected: codes.union(Self.codes(other))
          ) {
            ($0.files[path], $0.files[other]) = ($0.files[other], $0.files[path])
          })
      }
    }
    return all
  }

  private mutating func places(in bytes: [UInt8]) -> [Int] {
    guard bytes.count > flips else { return Array(bytes.indices) }
    return (0..<flips).map { _ in Int.random(in: bytes.indices, using: &chance) }
  }

  /// Each line of each statement, signature, note, proof and log: changed, dropped, doubled; then
  /// the lists are made to fit.
  mutating func hidden() -> [Mutation] {
    var all: [Mutation] = []
    for path in paths where Self.isLined(path) {
      guard let bytes = tree.files[path] else { continue }
      let codes = Self.hiddenCodes(path)
      let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
      for (index, line) in lines.enumerated() where index < lines.count - 1 {
        func mutated(_ way: String, _ change: @escaping @Sendable ([[UInt8]]) -> [[UInt8]]) {
          all.append(
            Mutation(path: path, way: "\(way) line \(index + 1)", expected: codes) { tree in
              tree.files[path] = Array(change(lines).joined(separator: [0x0A]))
              if !path.hasPrefix("seal/") { Self.redoLists(&tree) }
            })
        }
        if !line.isEmpty {
          let place = Int.random(in: line.indices, using: &chance)
          mutated("change") { lines in
            var lines = lines
            lines[index][place] ^= 1
            return lines
          }
        }
        mutated("drop") { lines in lines.enumerated().filter { $0.offset != index }.map(\.element) }
        mutated("double") { lines in Array(lines[...index] + lines[index...]) }
      }
    }
    return all
  }

  static func isLined(_ path: String) -> Bool {
    path.hasPrefix("data/signoffs/0") || path.hasPrefix("data/trail/") || path.hasPrefix("seal/")
      || path.hasPrefix("data/keys/")
  }

  /// Makes every list fit the files again, as someone would who wants to hide a change.
  static func redoLists(_ tree: inout MemoryTree) {
    let payload = tree.files.filter { $0.key.hasPrefix("data/") }
    let size = payload.values.reduce(0) { $0 + $1.count }
    let info = String(decoding: tree.files["bag-info.txt"] ?? [], as: UTF8.self)
    let redone = info.split(separator: "\n").map {
      $0.hasPrefix("Payload-Oxum") ? "Payload-Oxum: \(size).\(payload.count)" : $0
    }
    tree.files["bag-info.txt"] = Array((redone.joined(separator: "\n") + "\n").utf8)
    for (name, paths) in [
      ("manifest", payload.keys.sorted()),
      (
        "tagmanifest",
        [
          "START-HERE.html", "VERIFY.txt", "bag-info.txt", "bagit.txt", "manifest-sha256.txt",
          "manifest-sha512.txt", "verify.html",
        ].filter { tree.files[$0] != nil }
      ),
    ] {
      for (index, algorithm) in ["sha256", "sha512"].enumerated() {
        let lines = paths.map { path -> String in
          let digest = PackDigests.both(of: tree.files[path] ?? [])[index]
          return hex(digest) + "  \(path)\n"
        }
        tree.files["\(name)-\(algorithm).txt"] = Array(lines.joined().utf8)
      }
    }
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

/// Which codes name a change of a file.
extension Mutations {
  static func codes(_ path: String) -> Set<String> {
    switch path {
    case "bagit.txt":
      [
        "digest-differs", "declaration-malformed", "declaration-mark", "declaration-version",
        "declaration-missing", "encoding-unknown",
      ]
    // The partner signed this very file.
    case "tagmanifest-sha256.txt": ["signoff-stale"]
    case "tagmanifest-sha512.txt":
      [
        "digest-differs", "manifest-line", "manifest-spelling", "file-missing",
        "tag-file-unreadable", "path-outside", "tag-file-not-listed", "path-twice",
      ]
    case "seal/checkpoint": ["seal-checkpoint"]
    case "seal/consistency": ["seal-consistency"]
    case "seal/events-after-pack.jsonl": ["seal-checkpoint", "seal-unreadable"]
    case _ where path.hasPrefix("seal/") && path.hasSuffix(".tlog-proof"): ["proof-wrong"]
    case _ where path.hasPrefix("seal/") && path.hasSuffix(".sig"):
      ["signoff-broken", "signoff-void", "seal-unreadable"]
    case _ where path.hasPrefix("seal/"): ["signoff-broken", "signoff-missing", "seal-unreadable"]
    default: ["digest-differs"]
    }
  }

  static func codesOfLoss(_ path: String) -> Set<String> {
    switch path {
    case "bagit.txt": ["declaration-missing"]
    case "seal/checkpoint", "seal/consistency", "seal/events-after-pack.jsonl":
      ["seal-part-missing"]
    case _ where path.hasPrefix("seal/") && path.hasSuffix(".tlog-proof"): ["proof-missing"]
    case _ where path.hasPrefix("seal/"): ["signoff-missing", "seal-unreadable"]
    case _ where path.hasPrefix("tagmanifest-"): ["part-missing"]
    default: ["file-missing"]
    }
  }

  static func codesOfMore(_ path: String) -> Set<String> {
    if path.hasPrefix("seal/") { return ["seal-file"] }
    return path.hasPrefix("data/") ? ["file-not-listed"] : ["tag-file-not-listed"]
  }

  /// Where the lists fit: the partner's signature is stale, and what was changed is named.
  static func hiddenCodes(_ path: String) -> Set<String> {
    switch path {
    case _ where path.hasPrefix("seal/"): codes(path)
    case "data/trail/checkpoint":
      ["checkpoint-malformed", "checkpoint-signature", "trail-root", "trail-size"]
    case "data/trail/events.jsonl": ["trail-root", "trail-size", "text-malformed", "trail-event"]
    // What the pack claims of its keys: only the signature over the whole tells.
    case "data/trail/policy", "data/keys/allowed_signers", "data/keys/log.vkey":
      ["signoff-stale", "seal-unreadable", "signer-list", "text-malformed"]
    case _ where path.hasPrefix("data/trail/proofs/"): ["proof-wrong"]
    case _ where path.hasPrefix("data/trail/anchors/"): ["derived-extra"]
    case _ where path.hasSuffix(".sig"): ["signoff-broken", "signoff-void", "text-malformed"]
    default: ["signoff-broken", "signoff-missing", "text-malformed"]
    }
  }
}
