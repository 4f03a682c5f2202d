import Foundation
import Testing

@testable import Trail

/// The tree against the definition, over every size up to 100.
@Suite struct MerkleTests {
  /// MTH(D[n]) of RFC 6962 section 2.1 for every run of leaves, shortest first: obvious, and no
  /// stored node or bit trick in it.
  static let roots: [Range<Int>: Digest] = {
    var roots: [Range<Int>: Digest] = [:]
    for count in 1...100 {
      for start in 0...(100 - count) {
        let middle = start + split(count)
        let (left, right) = (roots[start..<middle], roots[middle..<(start + count)])
        if let left, let right, count > 1 {
          roots[start..<(start + count)] = MerkleTree.nodeHash(left, right)
        } else {
          roots[start..<(start + count)] = leaves[start]
        }
      }
    }
    return roots
  }()

  static func root(_ leaves: ArraySlice<Digest>) -> Digest {
    roots[leaves.startIndex..<leaves.endIndex] ?? Digest(of: [])
  }

  /// Largest power of two smaller than n.
  static func split(_ count: Int) -> Int {
    var power = 1
    while power * 2 < count { power *= 2 }
    return power
  }

  /// PATH(m, D[n]), section 2.1.1.
  static func path(_ index: Int, _ leaves: ArraySlice<Digest>) -> [Digest] {
    guard leaves.count > 1 else { return [] }
    let size = split(leaves.count)
    let middle = leaves.startIndex + size
    return index < size
      ? path(index, leaves[..<middle]) + [root(leaves[middle...])]
      : path(index - size, leaves[middle...]) + [root(leaves[..<middle])]
  }

  /// SUBPROOF(m, D[n], b), section 2.1.2.
  static func subproof(_ old: Int, _ leaves: ArraySlice<Digest>, _ whole: Bool) -> [Digest] {
    if old == leaves.count { return whole ? [] : [root(leaves)] }
    let size = split(leaves.count)
    let middle = leaves.startIndex + size
    return old <= size
      ? subproof(old, leaves[..<middle], whole) + [root(leaves[middle...])]
      : subproof(old - size, leaves[middle...], false) + [root(leaves[..<middle])]
  }

  static let leaves = (0..<100).map { MerkleTree.leafHash(Fixtures.leaf($0)) }

  static func store(_ size: Int) throws -> MemoryHashStore {
    var store = MemoryHashStore()
    for leaf in leaves.prefix(size) { try store.append(leafHash: leaf) }
    return store
  }

  @Test func rootsOfAllSizes() throws {
    let store = try MerkleTests.store(100)
    var frontier = Frontier()
    for size in 0...100 {
      let root = MerkleTests.root(MerkleTests.leaves.prefix(size))
      #expect(try MerkleTree.root(size: size, reading: store) == root)
      #expect(frontier.root == root)
      #expect(frontier.size == size)
      if size < 100 { frontier.append(leafHash: MerkleTests.leaves[size]) }
    }
  }

  /// The store that grows leaf by leaf holds every complete subtree and no other.
  @Test func storedNodesAreTheCompleteSubtrees() throws {
    let store = try MerkleTests.store(100)
    for level in 0...7 {
      for index in 0..<100 {
        let range = (index << level)..<((index + 1) << level)
        if range.upperBound <= 100 {
          let expected = MerkleTests.root(MerkleTests.leaves[range])
          #expect(try store.hash(level: level, index: index) == expected)
        } else {
          #expect(throws: TrailError.self) { try store.hash(level: level, index: index) }
        }
      }
    }
  }

  @Test func inclusionOfEveryLeafInEverySize() throws {
    let store = try MerkleTests.store(100)
    for size in 1...100 {
      let leaves = MerkleTests.leaves.prefix(size)
      let root = MerkleTests.root(leaves)
      for index in 0..<size {
        let proof = try MerkleTree.inclusionProof(index: index, size: size, reading: store)
        #expect(proof == MerkleTests.path(index, leaves))
        let leaf = MerkleTests.leaves[index]
        #expect(
          MerkleTree.checkInclusion(of: leaf, index: index, size: size, proof: proof, root: root))
        let other = (index + 1) % size
        #expect(
          other == index
            || !MerkleTree.checkInclusion(
              of: leaf, index: other, size: size, proof: proof, root: root)
        )
      }
    }
  }

  @Test func consistencyOfEveryPairOfSizes() throws {
    let store = try MerkleTests.store(100)
    let roots = (0...100).map { MerkleTests.root(MerkleTests.leaves.prefix($0)) }
    for new in 0...100 {
      for old in 0...new {
        let proof = try MerkleTree.consistencyProof(from: old, to: new, reading: store)
        if old > 0 {
          #expect(proof == MerkleTests.subproof(old, MerkleTests.leaves.prefix(new), true))
        }
        func holds(_ oldRoot: Digest, _ newRoot: Digest, _ steps: [Digest]) -> Bool {
          MerkleTree.checkConsistency(
            oldSize: old, oldRoot: oldRoot, newSize: new, newRoot: newRoot, proof: steps)
        }
        #expect(holds(roots[old], roots[new], proof))
        #expect(!holds(roots[old], roots[new], proof + [roots[1]]))
        #expect(proof.isEmpty || !holds(roots[old], roots[new], proof.dropLast()))
        let wrong = Digest(of: [1, 2, 3])
        #expect(!holds(wrong, roots[new], proof))
        #expect(old == 0 || !holds(roots[old], wrong, proof))
      }
    }
  }

  @Test func outsideRangesAreRefused() throws {
    let store = try MerkleTests.store(5)
    for (index, size) in [(5, 5), (-1, 5), (0, 0), (0, -1)] {
      let error = #expect(throws: TrailError.self) {
        try MerkleTree.inclusionProof(index: index, size: size, reading: store)
      }
      #expect(error?.code == .rangeOutside)
    }
    let error = #expect(throws: TrailError.self) {
      try MerkleTree.inclusionProof(index: 0, size: 6, reading: store)
    }
    #expect(error?.code == .hashMissing)
    #expect(throws: TrailError.self) { try MerkleTree.root(size: -1, reading: store) }
    #expect(throws: TrailError.self) {
      try MerkleTree.consistencyProof(from: 4, to: 3, reading: store)
    }
  }
}

/// Proofs that others made.
@Suite struct MerkleVectorTests {
  struct Inclusion: Decodable {
    let `case`: String
    let leafIdx: UInt64
    let treeSize: UInt64
    let root: String?
    let leafHash: String?
    let proof: [String]?
    let wantErr: Bool
  }

  struct Consistency: Decodable {
    let `case`: String
    let size1: UInt64
    let size2: UInt64
    let root1: String?
    let root2: String?
    let proof: [String]?
    let wantErr: Bool
  }

  /// Hashes that are not 32 bytes cannot be said in our types: refused.
  static func digests(_ texts: [String]?) -> [Digest]? {
    let digests = (texts ?? []).compactMap(Digest.init(base64:))
    return digests.count == (texts ?? []).count ? digests : nil
  }

  @Test func transparencyDevInclusion() throws {
    let cases = try Fixtures.jsonLines(
      Inclusion.self, "tlog/transparency-dev-inclusion.jsonl")
    #expect(cases.count == 98)
    for one in cases {
      var holds = false
      if let index = Int(exactly: one.leafIdx), let size = Int(exactly: one.treeSize),
        let root = Digest(base64: one.root ?? ""), let leaf = Digest(base64: one.leafHash ?? ""),
        let proof = MerkleVectorTests.digests(one.proof)
      {
        holds = MerkleTree.checkInclusion(
          of: leaf, index: index, size: size, proof: proof, root: root)
      }
      #expect(holds == !one.wantErr, "\(one.case)")
    }
    #expect(cases.filter { !$0.wantErr }.count == 6)
  }

  @Test func transparencyDevConsistency() throws {
    let cases = try Fixtures.jsonLines(
      Consistency.self, "tlog/transparency-dev-consistency.jsonl")
    #expect(cases.count == 98)
    for one in cases {
      // Its roots are not 32 bytes and it wants acceptance: it cannot be said in our types.
      if one.case.contains("sizes-are-equal-one-and-proof-is-empty") { continue }
      var holds = false
      if let old = Int(exactly: one.size1), let new = Int(exactly: one.size2),
        let oldRoot = Digest(base64: one.root1 ?? ""),
        let newRoot = Digest(base64: one.root2 ?? ""),
        let proof = MerkleVectorTests.digests(one.proof)
      {
        holds = MerkleTree.checkConsistency(
          oldSize: old, oldRoot: oldRoot, newSize: new, newRoot: newRoot, proof: proof)
      }
      #expect(holds == !one.wantErr, "\(one.case)")
    }
  }

  struct Own: Decodable {
    struct Inclusion: Decodable {
      let n: Int
      let i: Int
      let proof: [String]
    }
    struct Consistency: Decodable {
      let m: Int
      let n: Int
      let proof: [String]
    }
    struct Eight: Decodable {
      let inputsHex: [String]
      let rootsHex: [String]
    }
    struct Accumulated: Decodable { let sha256: String }
    let rootsB64: [String]
    let eight: Eight
    let inclusion: [Inclusion]
    let consistency: [Consistency]
    let accumulatedN1To64: Accumulated
  }

  @Test func madeRootsAndProofs() throws {
    let own = try Fixtures.json(Own.self, "tlog/own-proofs.json")
    let store = try MerkleTests.store(100)
    #expect(own.rootsB64.count == 101)
    for (size, root) in own.rootsB64.enumerated() {
      #expect(try MerkleTree.root(size: size, reading: store).base64 == root)
    }
    #expect(own.inclusion.count == 123)
    for one in own.inclusion {
      let proof = try MerkleTree.inclusionProof(index: one.i, size: one.n, reading: store)
      #expect(proof.map(\.base64) == one.proof, "leaf \(one.i) of \(one.n)")
    }
    #expect(own.consistency.count == 144)
    for one in own.consistency {
      let proof = try MerkleTree.consistencyProof(from: one.m, to: one.n, reading: store)
      #expect(proof.map(\.base64) == one.proof, "\(one.m) to \(one.n)")
    }
    var frontier = Frontier()
    for (size, root) in own.eight.rootsHex.enumerated() {
      #expect(frontier.root.hex == root)
      guard size < own.eight.inputsHex.count else { break }
      let leaf = try #require(Hex.bytes(own.eight.inputsHex[size].utf8))
      frontier.append(leafHash: MerkleTree.leafHash(leaf))
    }
  }

  /// One digest over all proofs of all sizes up to 64.
  @Test func accumulatedProofs() throws {
    let own = try Fixtures.json(Own.self, "tlog/own-proofs.json")
    let store = try MerkleTests.store(64)
    var stream = DigestStream()
    func line(_ head: String, _ proof: [Digest]) {
      let hashes = proof.map { " " + $0.hex }.joined()
      stream.update(Array("\(head)\(hashes)\n".utf8))
    }
    for size in 1...64 {
      for index in 0..<size {
        let proof = try MerkleTree.inclusionProof(index: index, size: size, reading: store)
        line("I \(index) \(size)", proof)
      }
      for old in 0...size {
        let proof = try MerkleTree.consistencyProof(from: old, to: size, reading: store)
        line("C \(old) \(size)", proof)
      }
    }
    #expect(stream.digest().hex == own.accumulatedN1To64.sha256)
  }

  struct Histories: Decodable {
    struct Case: Decodable {
      let name: String
      let oldSize: Int
      let oldRoot: String
      let newSize: Int
      let newRoot: String
      let proof: [String]
      let accept: Bool
    }
    let cases: [Case]
  }

  @Test func historiesAReturningReaderMeets() throws {
    let cases = try Fixtures.json(Histories.self, "tlog/history.json").cases
    #expect(cases.count == 8)
    for one in cases {
      let oldRoot = try #require(Digest(base64: one.oldRoot))
      let newRoot = try #require(Digest(base64: one.newRoot))
      let proof = try #require(MerkleVectorTests.digests(one.proof))
      let holds = MerkleTree.checkConsistency(
        oldSize: one.oldSize, oldRoot: oldRoot, newSize: one.newSize, newRoot: newRoot,
        proof: proof)
      #expect(holds == one.accept, "\(one.name)")
    }
  }
}
