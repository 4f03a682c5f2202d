package import Trail

/// A log gone through once: roots, statements, anchorings and first mentions.
///
/// Every check asks this, so that a log of a million events is hashed and scanned one time.
package struct LogIndex: Sendable {
  /// An event that took an outside anchor in.
  struct Anchoring: Sendable {
    /// Index of the event: whatever quotes a longer log was made after the anchor.
    let event: Int
    /// Digest of the anchor's bytes.
    let digest: Digest
  }

  /// Number of events.
  package private(set) var size = 0
  /// Roots at the sizes asked for, as far as the log reaches.
  package private(set) var roots: [Int: Digest] = [:]
  /// Index of the event that recorded a statement, by the statement's digest.
  package private(set) var statements: [Digest: Int] = [:]
  /// The same in order, a statement recorded twice standing twice.
  private(set) var recorded: [(event: Int, statement: Digest)] = []
  private(set) var anchorings: [Anchoring] = []
  /// Index of the first event that has a text as a whole JSON string.
  private(set) var mentions: [[UInt8]: Int] = [:]
  /// Indexes of events that are no canonical JSON.
  private(set) var malformed: [Int] = []

  /// Hashes of the leaves, if they are kept.
  private(set) var leaves: [Digest] = []

  private let keepsLeaves: Bool
  private var frontier = Frontier()
  private let sizes: [Int]
  private var nextSize = 0
  private let wanted: Set<[UInt8]>
  private let lengths: Set<Int>

  /// - Parameters:
  ///   - sizes: whose roots are wanted.
  ///   - wanted: texts whose first mention is wanted.
  ///   - keepsLeaves: whether proofs will be made from it.
  package init(
    rootsAt sizes: Set<Int>, mentionsOf wanted: Set<[UInt8]> = [],
    keepingLeaves keepsLeaves: Bool = false
  ) {
    self.keepsLeaves = keepsLeaves
    self.sizes = sizes.filter { $0 >= 0 }.sorted()
    self.wanted = wanted
    lengths = Set(wanted.map(\.count))
    note()
  }

  /// Root over all events so far.
  package var root: Digest { frontier.root }

  /// Goes on with further events.
  package mutating func append(_ events: some Sequence<[UInt8]>) {
    for event in events {
      scan(event)
      let hash = MerkleTree.leafHash(event)
      if keepsLeaves { leaves.append(hash) }
      frontier.append(leafHash: hash)
      size += 1
      note()
    }
  }

  private mutating func note() {
    guard nextSize < sizes.count, sizes[nextSize] == size else { return }
    roots[size] = frontier.root
    nextSize += 1
  }

  private static let kinds = [Array("statement.signed".utf8), Array("trail.anchored".utf8)]

  private mutating func scan(_ event: [UInt8]) {
    var kind: Int?
    var found: [[UInt8]] = []
    let isCanonical = event.withUnsafeBufferPointer { line in
      CanonicalScan.check(line) { text in
        if lengths.contains(text.count) {
          let bytes = Array(text)
          if wanted.contains(bytes) { found.append(bytes) }
        }
        for (index, name) in Self.kinds.enumerated()
        where text.count == name.count && text.elementsEqual(name) {
          kind = index
        }
      }
    }
    guard isCanonical else {
      malformed.append(size)
      return
    }
    for text in found where mentions[text] == nil { mentions[text] = size }
    if kind != nil { take(event) }
  }

  /// An event that may record a statement or an anchor.
  private mutating func take(_ event: [UInt8]) {
    guard let json = try? CanonicalJSON(parsing: event) else { return }
    switch json["event"]?.string {
    case "statement.signed":
      guard let digest = json["facts"]?["statement"]?.string.flatMap(Digest.init(hex:)) else {
        return
      }
      if statements[digest] == nil { statements[digest] = size }
      recorded.append((size, digest))
    case "trail.anchored":
      guard let digest = json["facts"]?["sha256"]?.string.flatMap(Digest.init(hex:)) else { return }
      anchorings.append(Anchoring(event: size, digest: digest))
    default: break
    }
  }
}
