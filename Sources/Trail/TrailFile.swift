/// A log as a text file: one leaf a line, every line ended by LF (`events.jsonl`).
///
/// Read in constant memory, whatever the length of the log.
package struct TrailFile: Sendable {
  /// Number of leaves, those of earlier files included.
  package let size: Int
  /// Root over all of them.
  package let root: Digest
  /// Roots at the sizes that were asked for, where the log reached them.
  package let roots: [Int: Digest]
  /// To go on with a further file, as after a seal.
  package let frontier: Frontier

  /// Bytes in a line, at most.
  package static let lineByteCountMax = 1 << 20

  /// Hashes a file's lines into the tree and hands out each: index in the log and bytes without LF.
  ///
  /// - Parameters:
  ///   - frontier: the log so far, for a file that continues another.
  ///   - sizes: sizes whose roots are wanted, such as those that statements quote.
  ///
  /// Throws `fileUnreadable`; `lineTooLong` and `lineUnfinished` with the line of this file; and
  /// whatever `each` throws. An empty line is a leaf of no bytes: `each` refuses it by parsing.
  package init(
    path: String, after frontier: Frontier = Frontier(), rootsAt sizes: Set<Int> = [],
    each: (Int, ArraySlice<UInt8>) throws -> Void = { _, _ in }
  ) throws {
    var fold = Fold(frontier: frontier, sizes: sizes)
    _ = try RegularFile.read(path: path) { try fold.take(Array($0), each) }
    self = try fold.finished()
  }

  /// The same over bytes in memory.
  package init(
    bytes: [UInt8], after frontier: Frontier = Frontier(), rootsAt sizes: Set<Int> = [],
    each: (Int, ArraySlice<UInt8>) throws -> Void = { _, _ in }
  ) throws {
    var fold = Fold(frontier: frontier, sizes: sizes)
    try fold.take(bytes, each)
    self = try fold.finished()
  }

  private init(_ fold: Fold) {
    (size, root) = (fold.frontier.size, fold.frontier.root)
    (roots, frontier) = (fold.roots, fold.frontier)
  }

  /// The state between two pieces of a file.
  private struct Fold {
    var frontier: Frontier
    let sizes: Set<Int>
    var roots: [Int: Digest] = [:]
    private var unfinished: [UInt8] = []
    private var line = 0

    init(frontier: Frontier, sizes: Set<Int>) {
      (self.frontier, self.sizes) = (frontier, sizes)
      note()
    }

    mutating func take(
      _ piece: [UInt8], _ each: (Int, ArraySlice<UInt8>) throws -> Void
    ) throws {
      var rest = piece[...]
      while let end = rest.firstIndex(of: 0x0A) {
        if unfinished.isEmpty {
          try leaf(rest[..<end], each)
        } else {
          let whole = unfinished + rest[..<end]
          unfinished = []
          try leaf(whole[...], each)
        }
        rest = rest[(end + 1)...]
      }
      unfinished += rest
      try checkLength(unfinished.count)
    }

    private mutating func leaf(
      _ bytes: ArraySlice<UInt8>, _ each: (Int, ArraySlice<UInt8>) throws -> Void
    ) throws {
      try checkLength(bytes.count)
      try each(frontier.size, bytes)
      frontier.append(leafHash: MerkleTree.leafHash(bytes))
      line += 1
      note()
    }

    private mutating func note() {
      if sizes.contains(frontier.size) { roots[frontier.size] = frontier.root }
    }

    private func checkLength(_ count: Int) throws {
      guard count <= TrailFile.lineByteCountMax else {
        throw TrailError(.lineTooLong, "line of more than a mebibyte", line: line + 1)
      }
    }

    func finished() throws -> TrailFile {
      guard unfinished.isEmpty else {
        throw TrailError(.lineUnfinished, "last line has no LF", line: line + 1)
      }
      return TrailFile(self)
    }
  }
}
