import Assurance
import Trail

/// L2 to L4: sign-offs of the whole pack, which lie in `seal/` because a list can't hold its own
/// signature. They cover `tagmanifest-sha256.txt`; the log since then lies beside them.
enum SealCheck: PackCheck {
  static let codes = [
    "seal-checkpoint", "seal-consistency", "seal-file", "seal-part-missing", "seal-unreadable",
  ]

  static func run(_ pack: PackUnderCheck, _ verdict: inout Verdict) {
    do throws(AssureError) {
      guard let seal = try pack.seal.get() else { return }
      guard let content = verdict.content(of: pack, .signature, for: "seal/") else { return }
      let before = verdict.findings.count
      for file in seal.strangers {
        verdict.add("seal-file", .structure, file, "no statement of this pack’s, nor its signature")
      }
      try signoffs(seal, content, pack, &verdict)
      log(seal, content, pack, &verdict)
      guard verdict.findings.count == before else { return }
      let count = seal.signoffs.count
      verdict.hold(.signature, "\(count) sign-offs of the whole pack, over its digest")
      verdict.hold(.trail, "the log of seal/ goes on from the pack’s")
    } catch {
      verdict.add("seal-unreadable", .signature, error.place, error.reason)
    }
  }

  private static func signoffs(
    _ seal: SealFacts, _ content: PackContent, _ pack: PackUnderCheck, _ verdict: inout Verdict
  ) throws(AssureError) {
    let scopes = SignoffCheck.scopes(content, pack)
      .merging(
        [.pack: packScope(pack), .report: packScope(pack)], uniquingKeysWith: { _, new in new })
    let board = SignoffBoard(
      (content.signing?.signoffs ?? []) + seal.signoffs,
      SignoffBasis.basis(
        content, log: pack.log, signers: try SignoffCheck.signers(pack, content.signing),
        revoked: pack.trust.revoked, scopes: scopes,
        later: seal.told(after: content.trail.events.count)))
    let sealed = Set(seal.signoffs.map(\.statement.digest))
    for entry in board.entries where sealed.contains(entry.signoff.statement.digest) {
      SignoffCheck.judge(entry, PackPaths.seal, &verdict)
    }
    if content.signing == nil { SignoffCheck.trust(pack, seal.signoffs, &verdict) }
  }

  private static func packScope(_ pack: PackUnderCheck) -> [Statement.Covered] {
    let path = PackPaths.tagManifests[0]
    return pack.folder.read(path).map { [Statement.Covered(digest: Digest(of: $0), path: path)] }
      ?? []
  }

  /// The later events have the root that a checkpoint by the same key states, which extends the
  /// pack's.
  private static func log(
    _ seal: SealFacts, _ content: PackContent, _ pack: PackUnderCheck, _ verdict: inout Verdict
  ) {
    for (path, bytes) in [
      (PackPaths.sealCheckpoint, seal.checkpoint), (PackPaths.consistency, seal.consistency),
    ] where bytes == nil {
      verdict.add("seal-part-missing", .structure, path, "a seal has it")
    }
    if !pack.bag.listing.files.contains(where: { $0.path == PackPaths.eventsAfter }) {
      verdict.add("seal-part-missing", .structure, PackPaths.eventsAfter, "a seal has it")
    }
    guard let key = LogTrust.key(content.trail, pack.trust), let head = content.trail.head else {
      verdict.leave(.trail, "the seal’s checkpoint: there is no key to check it by")
      return
    }
    if let bytes = seal.checkpoint {
      do {
        let note = try SignedNote(parsing: bytes)
        let verified = try VerifiedCheckpoint(note, log: key, origin: head.origin).checkpoint
        guard verified.size == pack.log.size, verified.root == pack.log.root, note.bytes == bytes
        else { throw TrailError(.checkpointMalformed, "it is not over the events beside it") }
      } catch {
        verdict.add("seal-checkpoint", .trail, PackPaths.sealCheckpoint, "\(error)")
      }
    }
    guard let bytes = seal.consistency else { return }
    do {
      let proof = try LogConsistency(parsing: bytes)
      let later = try proof.verified(extending: head, log: key).checkpoint
      guard later.size == pack.log.size, later.root == pack.log.root, proof.bytes == bytes else {
        throw TrailError(.proofWrong, "it is not about the events beside it")
      }
    } catch {
      verdict.add("seal-consistency", .trail, PackPaths.consistency, "\(error)")
    }
  }
}
