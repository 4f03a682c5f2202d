import Assurance
import Trail

/// Checks a bag of additions: whole, over a locked pack, added and reviewed by different people.
///
/// In no list of ``Checks``, which are about packs; ``PackVerifier`` runs it in their place.
enum AmendmentCheck {
  static let codes = [
    "amendment-digest", "amendment-file", "amendment-not-locked", "amendment-unreadable",
    "amendment-unreviewed", "amendment-unsigned",
  ]

  static func run(_ pack: PackUnderCheck, _ verdict: inout Verdict) {
    BagCheck.run(pack, &verdict)
    ManifestCheck.run(pack, &verdict)
    do {
      let amendment = try AmendmentReading(pack.folder, pack.bag.listing)
      contents(amendment, pack, &verdict)
      try signatures(amendment, pack, &verdict)
      verdict.leave(
        .coverage,
        "the pack that it amends: verify that folder too; its digest is \(amendment.amends)")
    } catch let error as AssureError {
      verdict.add("amendment-unreadable", .content, error.place, error.reason)
    } catch {
      verdict.add("amendment-unreadable", .content, Amendment.factsPath, "\(error)")
    }
  }

  private static func contents(
    _ amendment: AmendmentReading, _ pack: PackUnderCheck, _ verdict: inout Verdict
  ) {
    let before = verdict.findings.count
    let amended = pack.folder.read(Amendment.amendedPath).map { Digest(of: $0).hex }
    if amended != amendment.amends {
      verdict.add(
        "amendment-digest", .content, Amendment.amendedPath, "not the list of what is amended")
    }
    for (path, digest) in amendment.files {
      if pack.bag.digests[path]?[.sha256] != digest {
        verdict.add("amendment-file", .content, path, "not what was added")
      }
    }
    let listed = Set(amendment.files.map(\.path))
    for file in pack.bag.listing.files.map(\.path)
    where file.hasPrefix(Amendment.additions) && !listed.contains(file) {
      verdict.add("amendment-file", .content, file, "the amendment does not name it")
    }
    let locked = Workflow(events: amendment.events).locked
    if locked?.pack != amendment.amends {
      verdict.add(
        "amendment-not-locked", .policy, PackPaths.events,
        "the log does not say that what it amends was locked")
    }
    guard verdict.findings.count == before else { return }
    verdict.hold(
      .content, "\(listed.count) added, over the pack locked on \(locked?.at ?? "")")
  }

  private static func signatures(
    _ amendment: AmendmentReading, _ pack: PackUnderCheck, _ verdict: inout Verdict
  ) throws {
    let scope = SignoffScope.amendment(amendment.number)
    let paths = [PackPaths.tagManifests[0], Amendment.amendedPath]
    let covered = paths.compactMap { path in
      pack.folder.read(path).map { Statement.Covered(digest: Digest(of: $0), path: path) }
    }
    let board = SignoffBoard(
      amendment.sealed,
      try SignoffBasis.basis(
        engagement: amendment.engagement.id,
        origin: "assure/engagement/" + amendment.engagement.id, signoffs: amendment.sealed,
        signers: try SignoffCheck.signers(pack, amendment.signing), scopes: [scope: covered],
        events: amendment.events, roles: amendment.signing.terms?.roles ?? [],
        people: amendment.signing.people, terms: amendment.signing.terms))
    for entry in board.entries { SignoffCheck.judge(entry, PackPaths.seal, &verdict) }
    SignoffCheck.trust(pack, amendment.sealed, &verdict)
    let good = board.entries.filter { $0.state == .current && $0.signoff.scope == scope }
    let added = good.filter { $0.signoff.decision == .amended }
    let reviewed = good.filter { entry in
      entry.signoff.decision?.agrees == true && entry.signoff.decision != .amended
    }
    if added.isEmpty {
      verdict.warn("amendment-unsigned", .policy, PackPaths.seal, "nobody has signed it as amended")
    }
    if reviewed.isEmpty {
      verdict.warn("amendment-unreviewed", .policy, PackPaths.seal, "nobody has reviewed it")
    }
    guard let first = added.first, let second = reviewed.first else { return }
    verdict.hold(.signature, "added by \(first.person), reviewed by \(second.person)")
  }
}
