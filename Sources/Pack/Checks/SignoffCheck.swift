import Assurance
import Trail

/// L2, L3 and L7: the sign-offs in the pack: whose they are, what they cover, in which order.
enum SignoffCheck: PackCheck {
  static let codes = [
    "signer-list", "signoff-broken", "signoff-missing", "signoff-not-independent",
    "signoff-out-of-order", "signoff-scope-grew", "signoff-stale", "signoff-void",
  ]

  static func run(_ pack: PackUnderCheck, _ verdict: inout Verdict) {
    guard let content = verdict.content(of: pack, for: "sign-offs") else { return }
    let before = verdict.findings.count
    missing(content, &verdict)
    guard let signing = content.signing else {
      verdict.notChecked.append("signatures: the pack holds none")
      return
    }
    do {
      let signers = try signers(pack, signing)
      let board = SignoffBoard(
        signing.signoffs,
        try SignoffBasis.basis(
          content, signers: signers, scopes: scopes(content, pack.folder)))
      for entry in board.entries { judge(entry, PackPaths.signoffs, &verdict) }
      trust(pack, signing.signoffs, &verdict)
      guard verdict.findings.count == before else { return }
      verdict.checked.append(
        "\(board.entries.count) sign-offs: signed by who may, over what is here, in order")
    } catch let error as AssureError {
      verdict.add("signer-list", .signature, error.place, error.reason)
    } catch {
      verdict.add("signer-list", .signature, PackPaths.allowedSigners, "\(error)")
    }
  }

  /// The reader's list, or the one in the pack.
  static func signers(
    _ pack: PackUnderCheck, _ signing: SigningFacts?
  ) throws(AssureError) -> AllowedSigners {
    if let signers = pack.signers { return signers }
    return try SignoffBasis.signers(signing?.allowedSigners ?? [], PackPaths.allowedSigners)
  }

  /// Says what keys out of the pack itself are worth, and names those that were used.
  static func trust(_ pack: PackUnderCheck, _ signoffs: [Signoff], _ verdict: inout Verdict) {
    guard pack.signers == nil, !signoffs.isEmpty else { return }
    let keys = Set(
      signoffs.compactMap { signoff -> String? in
        guard let key = try? SSHSignature(armored: signoff.signature).publicKey else { return nil }
        return "\(signoff.statement.fields.signer) \(key.fingerprint)"
      })
    verdict.notChecked.append(
      "whose keys signed: the list of signers is the pack’s own, name yours with --signers ("
        + keys.sorted().joined(separator: ", ") + ")")
  }

  static func judge(
    _ entry: SignoffBoard.Entry, _ folder: String, _ verdict: inout Verdict
  ) {
    let path = folder + PackPaths.statement(entry.signoff)
    let message = "\(entry.state.word): \(entry.state.detail)"
    switch entry.state {
    case .current, .withdrawn, .superseded: break
    case .elsewhere:
      verdict.notChecked.append("\(path): \(entry.state.detail)")
    case .stale: verdict.add("signoff-stale", .coverage, path, message)
    case .scopeGrew: verdict.add("signoff-scope-grew", .coverage, path, message)
    case .void: verdict.add("signoff-void", .signature, path, message)
    case .broken: verdict.add("signoff-broken", .signature, path, message)
    case .outOfOrder: verdict.add("signoff-out-of-order", .policy, path, message)
    case .notIndependent: verdict.add("signoff-not-independent", .policy, path, message)
    }
  }

  /// Every statement that the log recorded is in the pack.
  private static func missing(_ content: PackContent, _ verdict: inout Verdict) {
    let there = Set(content.signing?.signoffs.map(\.statement.digest) ?? [])
    for (index, event) in content.trail.events.enumerated() {
      guard let digest = SignoffBasis.statement(recordedBy: event), !there.contains(digest) else {
        continue
      }
      verdict.add(
        "signoff-missing", .coverage, PackPaths.events,
        "event \(index) records the statement \(digest.hex), which is not in the pack")
    }
  }

  /// The files of each scope as they lie in the folder.
  static func scopes(
    _ content: PackContent, _ folder: FolderReader
  ) -> [SignoffScope: [Statement.Covered]] {
    SignoffBasis.scopes(content) { path in
      folder.read(path, limit: 1 << 30).map { Digest(of: $0) }
    }
  }
}
