package import Assurance
package import Trail

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What lies in `seal/`: it grows after the pack and is in no list, so each part proves itself.
///
/// Statements over the pack's digest with their signatures, the log's events since the pack, a
/// signed checkpoint over all of them, the proof that it extends the pack's, and for each statement
/// the proof that its event is under a checkpoint.
struct SealFacts: Sendable {
  let signoffs: [Signoff]
  /// The log after the pack's own events.
  let events: [[UInt8]]
  /// Values of which they have only digests.
  let values: [SaltedValue]
  let checkpoint: [UInt8]?
  let consistency: [UInt8]?
  /// By the name of the sign-off.
  let proofs: [String: [UInt8]]
  let anchors: [AnchorFile]
  /// Files that are none of these.
  let strangers: [String]

  /// Reads `seal/`; nil if there is nothing in it.
  ///
  /// - Throws: `text-malformed` for a statement or log that can't be read.
  static func read(
    _ tree: any FileTree, _ listing: FolderListing
  ) throws(AssureError) -> SealFacts? {
    let files = listing.files.map(\.path).filter { $0.hasPrefix(PackPaths.seal) }
    guard !files.isEmpty else { return nil }
    let signoffs = try SignoffFiles.statements(in: PackPaths.seal, tree, listing)
    let anchors = AnchorFile.read(tree, listing, in: PackPaths.sealAnchors)
    var proofs: [String: [UInt8]] = [:]
    var known: Set<String> = [
      PackPaths.eventsAfter, PackPaths.valuesAfter, PackPaths.sealCheckpoint, PackPaths.consistency,
    ]
    known.formUnion(AnchorFile.write(anchors, in: PackPaths.sealAnchors).map(\.path))
    for signoff in signoffs {
      known.formUnion(
        [PackPaths.statement(signoff), PackPaths.signature(signoff), PackPaths.proof(signoff)]
          .map { PackPaths.seal + $0 })
      proofs[signoff.name] = tree.read(
        PackPaths.seal + PackPaths.proof(signoff), limit: SignedNote.byteCountMax)
    }
    return SealFacts(
      signoffs: signoffs, events: try eventsAfter(tree),
      values: try ValueLines.read(tree, PackPaths.valuesAfter),
      checkpoint: tree.read(PackPaths.sealCheckpoint, limit: SignedNote.byteCountMax),
      consistency: tree.read(PackPaths.consistency, limit: SignedNote.byteCountMax),
      proofs: proofs, anchors: anchors, strangers: files.filter { !known.contains($0) })
  }

  /// The events as they were meant.
  ///
  /// - Parameter count: how many lie in the pack.
  func told(after count: Int) -> [[UInt8]] { SaltedLeaf.told(events, values, from: count) }

  private static func eventsAfter(_ tree: any FileTree) throws(AssureError) -> [[UInt8]] {
    guard let bytes = tree.read(PackPaths.eventsAfter, limit: 1 << 28) else { return [] }
    return try EventLines.split(bytes, place: PackPaths.eventsAfter)
  }
}

/// The log as a file: one event a line, every line ended by LF.
enum EventLines {
  /// - Throws: `text-malformed` if the last line has no end.
  static func split(_ bytes: [UInt8], place: String) throws(AssureError) -> [[UInt8]] {
    guard bytes.isEmpty || bytes.last == 0x0A else {
      throw AssureError("text-malformed", place: place, "the last line is unfinished")
    }
    var lines: [[UInt8]] = []
    bytes.withUnsafeBufferPointer { all in
      var start = 0
      while start < all.count {
        let end = Self.end(all, from: start) ?? all.count
        lines.append(Array(all[start..<end]))
        start = end + 1
      }
    }
    return lines
  }

  /// Whether an event holds a line end.
  static func hasEnd(_ event: [UInt8]) -> Bool {
    event.withUnsafeBufferPointer { end($0, from: 0) != nil }
  }

  /// The next line end; a log of a million events is searched by the system's own loop.
  private static func end(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let base = bytes.baseAddress, start < bytes.count,
      let found = memchr(base + start, 0x0A, bytes.count - start)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  static func joined(_ events: some Sequence<[UInt8]>) -> [UInt8] {
    var bytes: [UInt8] = []
    for event in events {
      bytes.append(contentsOf: event)
      bytes.append(0x0A)
    }
    return bytes
  }
}

/// Salted values as a file: one a line, in the order of events and of places in them.
enum ValueLines {
  /// - Returns: nothing if there is no such file.
  /// - Throws: `text-malformed` for a line that is none, or stands out of its order.
  static func read(_ tree: any FileTree, _ path: String) throws(AssureError) -> [SaltedValue] {
    guard let bytes = tree.read(path, limit: 1 << 30) else { return [] }
    var values: [SaltedValue] = []
    for (index, line) in try EventLines.split(bytes, place: path).enumerated() {
      guard let one = SaltedValue(line: line) else {
        throw AssureError("text-malformed", place: path, "line \(index + 1) is no salted value")
      }
      values.append(one)
    }
    return values
  }
}

/// Writes `seal/`.
package enum PackSeal {
  /// The files to write or write anew when a statement about a pack was recorded, those last that
  /// make it count.
  ///
  /// - Parameters:
  ///   - events: the whole log, the statement's own event in it.
  ///   - values: those of which the events have only digests.
  ///   - packSize: how many of them lie in the pack.
  ///   - log: the log's key.
  /// - Throws: what hashing and signing throw; `statement-unrecorded` if no event has the
  ///   statement.
  package static func files(
    adding signoff: Signoff, events: [[UInt8]], values: [SaltedValue] = [], packSize: Int,
    log: NoteSigner
  ) throws -> [(path: String, bytes: [UInt8])] {
    var store = MemoryHashStore()
    var index = LogIndex(rootsAt: [])
    for event in events { try store.append(leafHash: MerkleTree.leafHash(event)) }
    index.append(events)
    guard let event = index.statements[signoff.statement.digest], packSize <= events.count else {
      throw AssureError(
        "statement-unrecorded", place: signoff.name, "no event of the log records the statement")
    }
    let note = try Checkpoint(origin: log.key.name, size: events.count, root: try store.root())
      .signed(by: log)
    let proof = LogProof(
      index: event,
      hashes: try MerkleTree.inclusionProof(index: event, size: events.count, reading: store),
      note: note)
    let consistency = LogConsistency(
      oldSize: packSize,
      hashes: try MerkleTree.consistencyProof(from: packSize, to: events.count, reading: store),
      note: note)
    let after = values.filter { $0.event >= packSize }
    let said = after.isEmpty ? [] : [(PackPaths.valuesAfter, EventLines.joined(after.map(\.line)))]
    return said + [
      (PackPaths.eventsAfter, EventLines.joined(events.dropFirst(packSize))),
      (PackPaths.sealCheckpoint, note.bytes), (PackPaths.consistency, consistency.bytes),
      (PackPaths.seal + PackPaths.proof(signoff), proof.bytes),
      (PackPaths.seal + PackPaths.signature(signoff), signoff.signature),
      (PackPaths.seal + PackPaths.statement(signoff), signoff.statement.bytes),
    ]
  }
}
