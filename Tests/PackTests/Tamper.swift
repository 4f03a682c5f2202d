import Foundation
import Pack
import Testing
import Trail

/// Ways to change a pack behind its back.
enum Tamper {
  static func read(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  static func write(_ path: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  static func flip(_ path: String, at index: Int) throws {
    var bytes = try read(path)
    bytes[index % bytes.count] ^= 1
    try write(path, bytes)
  }

  static func replace(_ path: String, _ old: String, _ new: String) throws {
    let text = String(decoding: try read(path), as: UTF8.self)
    try #require(text.contains(old), "\(path) has no \(old)")
    try write(path, Array(text.replacingOccurrences(of: old, with: new).utf8))
  }

  /// Makes all manifests and Payload-Oxum fit again, as someone would who wants to hide a change.
  static func redoManifests(_ pack: String) throws {
    let script = """
      set -e
      n=$(find data -type f | wc -l | tr -d ' ')
      b=$(find data -type f -print0 | xargs -0 cat | wc -c | tr -d ' ')
      sed -i "s/^Payload-Oxum: .*/Payload-Oxum: $b.$n/" bag-info.txt
      for a in 256 512; do
        find data -type f -print0 | LC_ALL=C sort -z | xargs -0 sha${a}sum > manifest-sha$a.txt
      done
      for a in 256 512; do
        sha${a}sum START-HERE.html VERIFY.txt bag-info.txt bagit.txt manifest-sha256.txt \
          manifest-sha512.txt verify.html > tagmanifest-sha$a.txt
      done
      """
    let result = try CommandResult.run(script, in: pack)
    try #require(result.status == 0, "\(result.output)")
  }
}

extension Tamper {
  static func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: path) }

  static func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }
}

extension TrailFacts {
  /// Turns the bare checkpoint into a signed note.
  mutating func sign(_ signer: NoteSigner, key: String?) throws {
    checkpoint = try Checkpoint(parsing: checkpoint).signed(by: signer).bytes
    self.key = key
  }
}

extension Example {
  /// A trail of these events with the checkpoint over them.
  static func trail(of events: [[UInt8]]) throws -> TrailFacts {
    var frontier = Frontier()
    for event in events { frontier.append(leafHash: MerkleTree.leafHash(event)) }
    let checkpoint = try Checkpoint(
      origin: "example.org/acme", size: events.count, root: frontier.root)
    return TrailFacts(events: events, checkpoint: Array(checkpoint.text.utf8))
  }
}
