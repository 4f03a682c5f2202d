import Foundation
import Testing

@testable import Trail

@Suite struct TrailFileTests {
  @Test func rootOfTheExamplePackIsThatOfItsCheckpoints() throws {
    let sealed = try Checkpoint(
      parsing: try SignedNote(parsing: try Fixtures.bytes("pack/data/trail/checkpoint")).text)
    let later = try Checkpoint(
      parsing: try SignedNote(parsing: try Fixtures.bytes("pack/seal/checkpoint")).text)
    let heads = try StatementTests.files.map {
      try Statement(parsing: try Fixtures.bytes("pack/\($0)")).fields.head
    }
    var seen: [Int64?] = []
    let trail = try TrailFile(
      path: Fixtures.folder.appending(path: "pack/data/trail/events.jsonl").path(),
      rootsAt: Set(heads.map(\.size))
    ) { index, line in
      seen.append(try CanonicalJSON(parsing: line)["seq"]?.integer)
      #expect(seen.count == index + 1)
    }
    #expect(seen == (0..<7).map { Int64($0) })
    #expect(trail.size == sealed.size)
    #expect(trail.root == sealed.root)
    let rest = try TrailFile(
      bytes: try Fixtures.bytes("pack/seal/events-after-seal.jsonl"), after: trail.frontier,
      rootsAt: Set(heads.map(\.size)))
    #expect(rest.size == later.size)
    #expect(rest.root == later.root)
    // Every head that a statement quotes is a head this log had.
    let roots = trail.roots.merging(rest.roots) { first, _ in first }
    for head in heads { #expect(roots[head.size] == head.root) }
  }

  /// Lines fall across the edges of pieces in every way.
  @Test func aLongFileInPieces() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "trail-\(UUID()).jsonl")
    defer { try? FileManager.default.removeItem(at: url) }
    var store = MemoryHashStore()
    var text: [UInt8] = []
    for number in 0..<3_000 {
      let line = [UInt8](repeating: UInt8(ascii: "x"), count: number % 700 + 1)
      text += line + [0x0A]
      try store.append(leafHash: MerkleTree.leafHash(line))
    }
    try Data(text).write(to: url)
    let trail = try TrailFile(path: url.path(), rootsAt: [0, 1, 1_000, 3_000, 4_000])
    #expect(trail.size == 3_000)
    #expect(trail.root == (try store.root()))
    #expect(trail.roots.keys.sorted() == [0, 1, 1_000, 3_000])
    #expect(trail.roots[1_000] == (try MerkleTree.root(size: 1_000, reading: store)))
    #expect(try TrailFile(bytes: text).root == trail.root)
  }

  @Test func unfinishedAndEndlessLinesAreRefused() throws {
    let unfinished = #expect(throws: TrailError.self) {
      try TrailFile(bytes: Array("{}\n{}".utf8))
    }
    #expect(unfinished?.code == .lineUnfinished)
    #expect(unfinished?.line == 2)
    let long = [UInt8](repeating: 0x20, count: TrailFile.lineByteCountMax + 1) + [0x0A]
    let endless = #expect(throws: TrailError.self) { try TrailFile(bytes: long) }
    #expect(endless?.code == .lineTooLong)
    #expect(try TrailFile(bytes: []).root == MerkleTree.emptyRoot)
    let missing = #expect(throws: TrailError.self) { try TrailFile(path: "/nonexistent/x") }
    #expect(missing?.code == .fileUnreadable)
  }

  /// Each attack on a stored trail that a head held outside finds.
  @Test func editedCutAndSwappedTrailsHaveAnotherRoot() throws {
    let bytes = try Fixtures.bytes("pack/data/trail/events.jsonl")
    let root = try TrailFile(bytes: bytes).root
    let lines = bytes.split(separator: 0x0A).map { Array($0) + [0x0A] }
    var others: [[[UInt8]]] = [lines.dropLast(), Array(lines.dropFirst()), lines + [lines[6]]]
    for index in lines.indices.dropFirst() {
      var other = lines
      other.swapAt(index, index - 1)
      others.append(other)
      other = lines
      other.remove(at: index)
      others.append(other)
      other = lines
      other[index][10] ^= 1
      others.append(other)
    }
    for other in others { #expect(try TrailFile(bytes: other.flatMap { $0 }).root != root) }
  }
}
