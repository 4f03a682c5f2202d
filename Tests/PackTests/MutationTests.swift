import Foundation
import Pack
import Synchronization
import Testing
import Trail

/// A sealed pack changed in every way, and the real check over each: all of it is found, by a code
/// that names it.
///
/// By default a sample of the changes is made. `ASSURE_TEST_MUTATIONS=all` makes every one, with a
/// bit turned in every byte of files up to 4 KiB and in 200 bytes of larger ones; a number makes so
/// many. `ASSURE_TEST_SEED` gives other places.
@Suite struct MutationTests {
  static let environment = ProcessInfo.processInfo.environment
  static let isLong = environment["ASSURE_TEST_MUTATIONS"] == "all"
  static let seed = environment["ASSURE_TEST_SEED"].flatMap(UInt64.init) ?? 20_261_122
  /// How many changes are made; nil for all.
  static let limit = isLong ? nil : environment["ASSURE_TEST_MUTATIONS"].flatMap(Int.init) ?? 160
  /// Bytes of each file, at most.
  static let flips = 200

  /// "100 % found with the right code."
  @Test func everyChangeIsFoundAndNamed() throws {
    let sealed = try SealedExample()
    let tree = try sealed.tree(try sealed.content(of: try Example.tiny()))
    let trust = try sealed.trust()
    #expect(PackVerifier.verify(tree, trust: trust).findings == [])
    var mutations = Mutations(tree: tree, flips: Self.flips, chance: FixedChance(Self.seed))
    var all = mutations.open() + mutations.hidden()
    all += everyByte(of: tree)
    let count = all.count
    if let limit = Self.limit {
      var chance = FixedChance(Self.seed)
      all = Array(all.shuffled(using: &chance).prefix(limit))
    }
    let clock = ContinuousClock.now
    let missed = Self.missed(all, tree, trust)
    let seconds = (ContinuousClock.now - clock) / .seconds(1)
    print(
      "mutations: \(all.count) of \(count) over \(tree.files.count) files, \(missed.count) missed, "
        + "seed \(Self.seed), \(Int(seconds)) s")
    #expect(missed == [])
  }

  /// A bit in every byte of every file up to 4 KiB.
  private func everyByte(of tree: MemoryTree) -> [Mutation] {
    tree.files.filter { $0.value.count <= 4096 && $0.value.count > Self.flips }
      .sorted { $0.key < $1.key }.flatMap { path, bytes in
        bytes.indices.map { index in
          Mutation(path: path, way: "flip \(index)", expected: Mutations.codes(path)) {
            $0.files[path]?[index] ^= 1 << UInt8(index % 8)
          }
        }
      }
  }

  /// What was not found, or not by a code of its own, on all cores.
  private static func missed(
    _ all: [Mutation], _ tree: MemoryTree, _ trust: ReaderTrust
  ) -> [String] {
    let missed = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: all.count) { index in
      let mutation = all[index]
      var changed = tree
      mutation.change(&changed)
      let verdict = PackVerifier.verify(changed, trust: trust)
      let codes = Set(verdict.findings.map(\.code))
      let isHidden = Mutations.isLined(mutation.path) && mutation.way.contains("line")
      let hides = isHidden && !mutation.path.hasPrefix("seal/")
      // Who makes the lists fit meets the partner's signature, whatever else.
      let isStale =
        !codes.isDisjoint(
          with: ["signoff-stale", "seal-unreadable", "text-malformed"])
      if verdict.word != .broken || codes.isDisjoint(with: mutation.expected)
        || (hides && !isStale && !codes.contains("signer-list"))
      {
        missed.withLock { $0.append("\(mutation.name): \(codes.sorted())") }
      }
    }
    return missed.withLock { $0.sorted() }
  }

  /// A link in place of each file, and a folder: what memory can't hold.
  @Test func linksAndFolders() throws {
    let folder = try TemporaryFolder()
    let original = try folder.pack("original")
    let manager = FileManager.default
    for file in try FolderReader(path: original).listing().files.map(\.path) {
      let path = original + "/" + file
      let aside = folder.path + "/aside"
      try manager.moveItem(atPath: path, toPath: aside)
      try manager.createSymbolicLink(atPath: path, withDestinationPath: aside)
      var codes = Set(try PackVerifier.verify(original).findings.map(\.code))
      #expect(codes.contains("link"), "\(file)")
      try manager.removeItem(atPath: path)
      try Tamper.makeFolder(path)
      codes = Set(try PackVerifier.verify(original).findings.map(\.code))
      #expect(codes.contains("empty-folder"), "\(file)")
      try manager.removeItem(atPath: path)
      try manager.moveItem(atPath: aside, toPath: path)
    }
    #expect(try PackVerifier.verify(original).findings == [])
  }
}
