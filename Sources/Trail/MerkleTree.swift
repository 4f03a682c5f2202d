/// The Merkle tree of RFC 6962 section 2.1 (unchanged in RFC 9162) over SHA-256.
///
/// A node is named by level and index: it is the root of the complete subtree over the leaves
/// `index << level ..< (index + 1) << level`; level 0 is the leaf hashes. Only complete subtrees
/// are stored, so a node never changes once it is there. Sizes and indexes count from 0.
package enum MerkleTree {
  /// The hash of one complete subtree.
  package struct Node: Hashable, Sendable {
    package let level: Int
    package let index: Int
    package let hash: Digest

    package init(level: Int, index: Int, hash: Digest) {
      self.level = level
      self.index = index
      self.hash = hash
    }
  }

  /// Root of the tree of no leaves: SHA-256 of nothing.
  package static let emptyRoot = Digest(of: [])

  /// SHA-256(00 ‖ leaf).
  package static func leafHash(_ leaf: some Collection<UInt8>) -> Digest {
    var stream = DigestStream()
    stream.update(CollectionOfOne<UInt8>(0))
    stream.update(leaf)
    return stream.digest()
  }

  /// SHA-256(01 ‖ left ‖ right).
  package static func nodeHash(_ left: Digest, _ right: Digest) -> Digest {
    var stream = DigestStream()
    stream.update(CollectionOfOne<UInt8>(1))
    stream.update(left)
    stream.update(right)
    return stream.digest()
  }

  /// The nodes that become complete with leaf `index`, the leaf itself first.
  ///
  /// Reads and returns one node for each trailing one bit of `index`: two on average, at most 63.
  package static func nodesToStore(
    appending leafHash: Digest, at index: Int, reading store: some HashStore
  ) throws -> [Node] {
    guard index >= 0 else { throw TrailError(.rangeOutside, "leaf index \(index) is negative") }
    var nodes = [Node(level: 0, index: index, hash: leafHash)]
    var hash = leafHash
    var (level, position) = (0, index)
    while position & 1 == 1 {
      hash = nodeHash(try store.hash(level: level, index: position - 1), hash)
      level += 1
      position >>= 1
      nodes.append(Node(level: level, index: position, hash: hash))
    }
    return nodes
  }

  /// Root over the first `size` leaves; reads one node for each one bit of `size`.
  package static func root(size: Int, reading store: some HashStore) throws -> Digest {
    guard size >= 0 else { throw TrailError(.rangeOutside, "tree size \(size) is negative") }
    return size == 0 ? emptyRoot : try rangeRoot(from: 0, to: size, reading: store)
  }

  /// Root of the subtree over `start ..< end`, where start is a multiple of a power of two that is
  /// at least the length. The complete subtrees are the one bits of the length, largest first.
  static func rangeRoot(from start: Int, to end: Int, reading store: some HashStore) throws
    -> Digest
  {
    var (position, rest) = (start, end - start)
    var parts: [Digest] = []
    while rest > 0 {
      let level = Int.bitWidth - 1 - rest.leadingZeroBitCount
      parts.append(try store.hash(level: level, index: position >> level))
      position += 1 << level
      rest -= 1 << level
    }
    guard let last = parts.popLast() else { return emptyRoot }
    return parts.reversed().reduce(last) { nodeHash($1, $0) }
  }
}
