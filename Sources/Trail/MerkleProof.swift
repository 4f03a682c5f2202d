/// Proofs of RFC 6962 sections 2.1.1 and 2.1.2, made from stored nodes and checked without any.
extension MerkleTree {
  /// Shows that leaf `index` is in the tree of `size` leaves. At most 2·log2(size) nodes are read.
  package static func inclusionProof(
    index: Int, size: Int, reading store: some HashStore
  ) throws -> [Digest] {
    guard index >= 0, index < size else {
      throw TrailError(.rangeOutside, "leaf \(index) is not in a tree of \(size)")
    }
    return try path(level: 0, index: index, size: size, reading: store)
  }

  /// Shows that the tree of `newSize` leaves begins with the tree of `oldSize`. Empty where the old
  /// size is nought or the same.
  package static func consistencyProof(
    from oldSize: Int, to newSize: Int, reading store: some HashStore
  ) throws -> [Digest] {
    guard oldSize >= 0, oldSize <= newSize else {
      throw TrailError(.rangeOutside, "a tree of \(newSize) cannot extend one of \(oldSize)")
    }
    if oldSize == 0 || oldSize == newSize { return [] }
    let level = oldSize.trailingZeroBitCount
    let index = (oldSize - 1) >> level
    // The old tree's last complete subtree; where it is the whole old tree, its root is known.
    let first = index == 0 ? [] : [try store.hash(level: level, index: index)]
    return first + (try path(level: level, index: index, size: newSize, reading: store))
  }

  /// The siblings on the way from a node to the root.
  private static func path(
    level start: Int, index: Int, size: Int, reading store: some HashStore
  ) throws -> [Digest] {
    var (level, position) = (start, index)
    var proof: [Digest] = []
    // The last level is the first whose node 0 covers every leaf.
    while (size - 1) >> level > 0 {
      let sibling = position ^ 1
      let first = sibling << level
      if first < size {
        let end = min(size, first + (1 << level))
        proof.append(try rangeRoot(from: first, to: end, reading: store))
      }
      level += 1
      position >>= 1
    }
    return proof
  }

  /// Whether the proof leads from the leaf to the root (RFC 9162 section 2.1.3.2).
  package static func checkInclusion(
    of leafHash: Digest, index: Int, size: Int, proof: [Digest], root: Digest
  ) -> Bool {
    guard index >= 0, index < size else { return false }
    var (node, last, hash) = (index, size - 1, leafHash)
    for step in proof {
      if last == 0 { return false }
      if node & 1 == 1 || node == last {
        hash = nodeHash(step, hash)
        while node & 1 == 0 && node != 0 {
          node >>= 1
          last >>= 1
        }
      } else {
        hash = nodeHash(hash, step)
      }
      node >>= 1
      last >>= 1
    }
    return last == 0 && hash == root
  }

  /// Whether the new tree extends the old one (RFC 9162 section 2.1.4.2). Every tree extends the
  /// empty one; a smaller tree extends none.
  package static func checkConsistency(
    oldSize: Int, oldRoot: Digest, newSize: Int, newRoot: Digest, proof: [Digest]
  ) -> Bool {
    guard oldSize >= 0, oldSize <= newSize else { return false }
    if oldSize == newSize { return proof.isEmpty && oldRoot == newRoot }
    if oldSize == 0 { return proof.isEmpty && oldRoot == emptyRoot }
    let isPowerOfTwo = oldSize & (oldSize - 1) == 0
    let steps = isPowerOfTwo ? [oldRoot] + proof : proof
    guard let first = steps.first, !proof.isEmpty else { return false }
    var (node, last) = (oldSize - 1, newSize - 1)
    while node & 1 == 1 {
      node >>= 1
      last >>= 1
    }
    var (old, new) = (first, first)
    for step in steps.dropFirst() {
      if last == 0 { return false }
      if node & 1 == 1 || node == last {
        old = nodeHash(step, old)
        new = nodeHash(step, new)
        while node & 1 == 0 && node != 0 {
          node >>= 1
          last >>= 1
        }
      } else {
        new = nodeHash(new, step)
      }
      node >>= 1
      last >>= 1
    }
    return last == 0 && old == oldRoot && new == newRoot
  }
}
