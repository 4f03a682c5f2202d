import Assurance
import Trail

/// L4: each sign-off comes with the way from its event to a checkpoint, for a reader who has
/// nothing else of the log.
enum ProofCheck: PackCheck {
  static let codes = ["proof-missing", "proof-wrong"]

  static func run(_ pack: PackUnderCheck, _ verdict: inout Verdict) {
    guard case .success(let content) = pack.content else { return }
    let signoffs = pack.signoffs(content)
    guard !signoffs.isEmpty else { return }
    guard (try? SignedNote(parsing: content.trail.checkpoint)) != nil else {
      verdict.leave(.trail, "proofs of sign-offs: the checkpoint is not signed")
      return
    }
    guard let key = LogTrust.key(content.trail, pack.trust), let head = content.trail.head else {
      verdict.leave(.trail, "proofs of sign-offs: there is no key to check them by")
      return
    }
    let sealed = (try? pack.seal.get())?.events ?? []
    let size = content.trail.events.count
    let before = verdict.findings.count
    for (signoff, path, bytes) in signoffs {
      guard let bytes else {
        verdict.add("proof-missing", .trail, path, "a sign-off has one")
        continue
      }
      guard let event = pack.log.statements[signoff.statement.digest] else { continue }
      do {
        let proof = try LogProof(parsing: bytes)
        let leaf = event < size ? content.trail.events[event] : sealed[event - size]
        let checkpoint = try proof.verified(leaf: leaf, log: key, origin: head.origin).checkpoint
        guard proof.index == event, proof.extra == nil, proof.bytes == bytes,
          pack.log.roots[checkpoint.size] == checkpoint.root
        else { throw TrailError(.proofWrong, "it is not about this log") }
      } catch {
        verdict.add("proof-wrong", .trail, path, "\(error)")
      }
    }
    if verdict.findings.count == before {
      verdict.hold(.trail, "\(signoffs.count) sign-offs are proved to be in the log")
    }
  }
}
