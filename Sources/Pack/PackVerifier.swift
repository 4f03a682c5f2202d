package import Assurance
package import Trail

/// Checks evidence packs, from the folder alone.
package enum PackVerifier {
  /// Runs every check on a folder, or on a zip that is not unpacked.
  ///
  /// - Parameter trust: what the reader brings; the pack's own copies stand in for the rest, and
  ///   that they prove nothing about who made them is said.
  /// - Throws: `folder-unreadable` if there is no such folder or zip, `not-a-pack` if it is one of
  ///   something else; what is wrong inside is a finding.
  package static func verify(
    _ path: String, trust: ReaderTrust = ReaderTrust()
  ) throws(AssureError) -> Verdict {
    verify(try PackOpening.tree(at: path), trust: trust)
  }

  /// The same with a list of signers alone.
  package static func verify(
    _ path: String, signers: AllowedSigners?
  ) throws(AssureError) -> Verdict {
    try verify(path, trust: ReaderTrust(signers: signers))
  }

  /// The same over files from anywhere.
  package static func verify(_ tree: any FileTree, trust: ReaderTrust = ReaderTrust()) -> Verdict {
    var verdict = Verdict()
    guard !PackOpening.isUnreadable(tree) else {
      // Everything would be missing; the one thing that is wrong is that nothing can be read.
      verdict.findings = Bag.verify(tree).findings.filter { ZipReading.codes.contains($0.code) }
      verdict.leave(.structure, "anything at all: the zip can’t be read")
      return verdict
    }
    if let bytes = tree.read(PackPaths.tagManifests[0]) { verdict.digest = Digest(of: bytes).hex }
    let pack = PackUnderCheck(folder: tree, bag: Bag.verify(tree), trust: trust)
    if AmendmentReading.isAmendment(tree) {
      AmendmentCheck.run(pack, &verdict)
    } else {
      for check in Checks.all { check.run(pack, &verdict) }
    }
    verdict.findings.sort { a, b in
      if a.level != b.level { return a.level < b.level }
      return a.path.utf8.lexicographicallyPrecedes(b.path.utf8)
    }
    verdict.leave(
      .policy, "whether the evidence is true, sufficient and complete: that is for people")
    return verdict
  }
}

/// What the checks share: each looks at the files, none changes them.
struct PackUnderCheck {
  let folder: any FileTree
  let bag: Bag.Report
  /// What the reader brings.
  let trust: ReaderTrust
  /// The content read back, or why it can't be.
  let content: Result<PackContent, AssureError>
  /// `seal/`, nil if there is none, or why it can't be read.
  let seal: Result<SealFacts?, AssureError>
  /// The log of pack and seal, gone through once; empty if the content can't be read.
  let log: LogIndex

  init(folder: any FileTree, bag: Bag.Report, trust: ReaderTrust = ReaderTrust()) {
    self.folder = folder
    self.bag = bag
    self.trust = trust
    content = Self.caught { () throws(AssureError) in
      try PackReading.content(
        folder, bag.listing, found: bag.digests.compactMapValues { $0[.sha256] })
    }
    seal = Self.caught { () throws(AssureError) in try SealFacts.read(folder, bag.listing) }
    log = Self.index(try? content.get(), (try? seal.get()) ?? nil, trust)
  }

  private static func caught<Value>(
    _ body: () throws(AssureError) -> Value
  ) -> Result<Value, AssureError> {
    do throws(AssureError) { return .success(try body()) } catch { return .failure(error) }
  }

  /// Everything that anybody quotes of the log, looked up in one go.
  private static func index(
    _ content: PackContent?, _ seal: SealFacts?, _ trust: ReaderTrust
  ) -> LogIndex {
    guard let content else { return LogIndex(rootsAt: []) }
    let events = content.trail.events
    var sizes: Set<Int> = [events.count, events.count + (seal?.events.count ?? 0)]
    let signoffs = (content.signing?.signoffs ?? []) + (seal?.signoffs ?? [])
    sizes.formUnion(signoffs.map(\.statement.fields.head.size))
    sizes.formUnion(trust.heads.map(\.size))
    sizes.formUnion((content.trail.anchors + (seal?.anchors ?? [])).map(\.size))
    for bytes in seal?.proofs.values.map({ $0 }) ?? [] {
      if let note = try? LogProof(parsing: bytes).note,
        let checkpoint = try? Checkpoint(parsing: note.text)
      {
        sizes.insert(checkpoint.size)
      }
    }
    var index = LogIndex(
      rootsAt: sizes, mentionsOf: TrailCheck.wanted(content),
      keepingLeaves: content.signing != nil)
    index.append(events)
    if let seal { index.append(seal.events) }
    return index
  }

  /// Every sign-off with the place of its files, and its proof if one is there.
  func signoffs(_ content: PackContent) -> [(signoff: Signoff, path: String, proof: [UInt8]?)] {
    let own = (content.signing?.signoffs ?? []).map { signoff in
      let path = PackPaths.proofs + PackPaths.proof(signoff)
      return (signoff, path, folder.read(path, limit: SignedNote.byteCountMax))
    }
    let sealed = (try? seal.get()) ?? nil
    return own
      + (sealed?.signoffs ?? []).map {
        ($0, PackPaths.seal + PackPaths.proof($0), sealed?.proofs[$0.name])
      }
  }
}
