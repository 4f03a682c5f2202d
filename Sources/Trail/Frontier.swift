/// The right edge of a growing tree: enough to append and to name the root, nothing more.
///
/// One hash for each one bit of the size, so a log of any length is re-hashed in constant memory.
package struct Frontier: Sendable, Equatable {
  /// Number of leaves.
  package private(set) var size = 0
  /// Roots of the complete subtrees, largest first.
  private var parts: [Digest] = []

  package init() {}

  /// Appends a leaf hash; amortised one node hash.
  package mutating func append(leafHash: Digest) {
    var hash = leafHash
    for _ in 0..<size.trailingOneBitCount {
      guard let left = parts.popLast() else { break }
      hash = MerkleTree.nodeHash(left, hash)
    }
    parts.append(hash)
    size += 1
  }

  /// Root over all leaves so far.
  package var root: Digest {
    guard let last = parts.last else { return MerkleTree.emptyRoot }
    return parts.dropLast().reversed().reduce(last) { MerkleTree.nodeHash($1, $0) }
  }
}

extension Int {
  fileprivate var trailingOneBitCount: Int { (~self).trailingZeroBitCount }
}
