/// Where the hashes of complete subtrees can be read: in memory here, in a table elsewhere.
package protocol HashStore {
  /// The hash of the complete subtree over `index << level ..< (index + 1) << level`.
  ///
  /// Throws `TrailError(.hashMissing)` where it is not stored.
  func hash(level: Int, index: Int) throws -> Digest
}

/// A whole tree in memory: 64 bytes a leaf.
package struct MemoryHashStore: HashStore, Sendable {
  private var levels: [[Digest]] = []

  package init() {}

  /// Number of leaves.
  package var size: Int { levels.first?.count ?? 0 }

  package func hash(level: Int, index: Int) throws -> Digest {
    guard levels.indices.contains(level), levels[level].indices.contains(index) else {
      throw TrailError(.hashMissing, "no hash at level \(level), index \(index)")
    }
    return levels[level][index]
  }

  /// Appends a leaf hash and every subtree that it completes; returns the index of the leaf.
  @discardableResult
  package mutating func append(leafHash: Digest) throws -> Int {
    let index = size
    for node in try MerkleTree.nodesToStore(appending: leafHash, at: index, reading: self) {
      if node.level == levels.count { levels.append([]) }
      levels[node.level].append(node.hash)
    }
    return index
  }

  /// Root over all leaves.
  package func root() throws -> Digest {
    try MerkleTree.root(size: size, reading: self)
  }
}
