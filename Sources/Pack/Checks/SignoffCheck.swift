import Assurance
import Trail

/// L2, L3 and L7: the sign-offs in the pack: whose they are, what they cover, in which order.
enum SignoffCheck: PackCheck {
  static let codes = [
    "signer-list", "signoff-broken", "signoff-missing", "signoff-not-independent",
    "signoff-out-of-order", "signoff-scope-grew", "signoff-stale", "signoff-void",
  ]

  static func run(_ pack: PackUnderCheck, _ verdict: inout Verdict) {
    guard let content = verdict.content(of: pack, .signature, for: "sign-offs") else { return }
    let before = verdict.findings.count
    missing(pack, content, &verdict)
    guard let signing = content.signing else {
      verdict.leave(.signature, "signatures: the pack holds none")
      return
    }
    do throws(AssureError) {
      let signers = try signers(pack, signing)
      let board = SignoffBoard(
        signing.signoffs,
        SignoffBasis.basis(
          content, log: pack.log, signers: signers, revoked: pack.trust.revoked,
          scopes: scopes(content, pack)))
      for entry in board.entries {
        judge(entry, PackPaths.signoffs, &verdict, isRedacted: content.redaction != nil)
      }
      trust(pack, signing.signoffs, &verdict)
      guard verdict.findings.count == before else { return }
      let count = board.entries.count
      verdict.hold(.signature, "\(count) sign-offs: signed by who may")
      let hidden = content.redaction == nil ? 0 : board.entries.count { $0.state == .elsewhere }
      let covering = count - hidden
      if covering > 0 { verdict.hold(.coverage, "\(covering) sign-offs cover what is here") }
      verdict.hold(.policy, "\(count) sign-offs: in order, by different people")
    } catch {
      verdict.add("signer-list", .signature, error.place, error.reason)
    }
  }

  /// The reader's list, or the one in the pack.
  static func signers(
    _ pack: PackUnderCheck, _ signing: SigningFacts?
  ) throws(AssureError) -> AllowedSigners {
    if let signers = pack.trust.signers { return signers }
    return try SignoffBasis.signers(signing?.allowedSigners ?? [], PackPaths.allowedSigners)
  }

  /// Says what keys out of the pack itself are worth, and names those that were used.
  static func trust(_ pack: PackUnderCheck, _ signoffs: [Signoff], _ verdict: inout Verdict) {
    guard pack.trust.signers == nil, !signoffs.isEmpty else { return }
    let keys = Set(
      signoffs.compactMap { signoff -> String? in
        guard let key = try? SSHSignature(armored: signoff.signature).publicKey else { return nil }
        return "\(signoff.statement.fields.signer) \(key.fingerprint)"
      })
    verdict.leave(
      .signature,
      "whose keys signed: the list of signers is the pack’s own, name yours with --signers ("
        + keys.sorted().joined(separator: ", ") + ")")
  }

  static func judge(
    _ entry: SignoffBoard.Entry, _ folder: String, _ verdict: inout Verdict,
    isRedacted: Bool = false
  ) {
    let path = folder + PackPaths.statement(entry.signoff)
    let message = "\(entry.state.word): \(entry.state.detail)"
    switch entry.state {
    case .current, .withdrawn, .superseded: break
    case .elsewhere where isRedacted:
      verdict.redact(.coverage, "\(path): what it covers is redacted")
    case .elsewhere:
      verdict.leave(.coverage, "\(path): \(entry.state.detail)")
    case .stale: verdict.add("signoff-stale", .coverage, path, message)
    case .scopeGrew: verdict.add("signoff-scope-grew", .coverage, path, message)
    case .void: verdict.add("signoff-void", .signature, path, message)
    case .broken: verdict.add("signoff-broken", .signature, path, message)
    case .outOfOrder: verdict.add("signoff-out-of-order", .policy, path, message)
    case .notIndependent: verdict.add("signoff-not-independent", .policy, path, message)
    }
  }

  /// Every statement that the log recorded is in the pack, or in its seal.
  private static func missing(
    _ pack: PackUnderCheck, _ content: PackContent, _ verdict: inout Verdict
  ) {
    let sealed = (try? pack.seal.get()) ?? nil
    let all = (content.signing?.signoffs ?? []) + (sealed?.signoffs ?? [])
    let there = Set(all.map(\.statement.digest))
    let size = content.trail.events.count
    for (index, digest) in pack.log.recorded where !there.contains(digest) {
      // What was signed later about something else is nothing of this pack's.
      if index >= size, let later = sealed?.events[index - size],
        isAboutAnother(later, verdict.digest)
      {
        continue
      }
      verdict.add(
        "signoff-missing", .coverage, index < size ? PackPaths.events : PackPaths.eventsAfter,
        "event \(index) records the statement \(digest.hex), which is not in the pack")
    }
  }

  private static func isAboutAnother(_ event: [UInt8], _ digest: String) -> Bool {
    let facts = (try? CanonicalJSON(parsing: event))?["facts"]
    return facts?["pack"]?.string != digest
  }

  /// The files of each scope as they lie there; digests are those that the bag was checked by.
  static func scopes(
    _ content: PackContent, _ pack: PackUnderCheck
  ) -> [SignoffScope: [Statement.Covered]] {
    SignoffBasis.scopes(content) { path in
      pack.bag.digests[path]?[.sha256].flatMap { Digest(hex: $0) }
    }
  }
}
