import Trail

/// A time from outside over a head of the log.
struct TimedAnchor {
  /// Events under the head.
  let size: Int
  let time: UTCTime
  /// What gives the time, in words.
  let by: String
  /// The witness, if it is one.
  let witness: NoteKey?
  /// Index of the event that took the anchor in; nil if the log does not say.
  let recorded: Int?
}

/// Judges anchors against the log, by the keys that a reader relies on.
struct AnchorJudge {
  let log: LogIndex
  let origin: String
  let trust: ReaderTrust
  let policy: LogPolicy?

  /// What is wrong with it, as code and message.
  func wrong(_ anchor: AnchorFile) -> [(String, String)] {
    guard let root = log.roots[anchor.size], anchor.size <= log.size else {
      return [("anchor-differs", "it is about \(anchor.size) events, more than are here")]
    }
    if anchor.kind == .firm { return firm(anchor, root) }
    guard let note = anchor.note, let checkpoint = try? Checkpoint(parsing: note.text),
      anchor.kind == .token || note.bytes == anchor.body,
      anchor.kind == .cosigned || note.bytes == anchor.stamped
    else { return [("anchor-malformed", "it holds no checkpoint")] }
    guard checkpoint.origin == origin, checkpoint.size == anchor.size, checkpoint.root == root
    else {
      return [("anchor-differs", "it is about another log, or a head that this one never had")]
    }
    if anchor.kind == .cosigned, let keys = policy?.witnesses, !keys.isEmpty {
      do { _ = try note.verified(by: keys) } catch let error as TrailError
        where error.code == .noteUnsigned
      { return [] } catch { return [("anchor-wrong", "\(error)")] }
    }
    if anchor.kind == .token, case .wrong(let why) = trust.token?(anchor.stamped, anchor.body) {
      return [("anchor-wrong", why)]
    }
    return []
  }

  private func firm(_ anchor: AnchorFile, _ root: Digest) -> [(String, String)] {
    guard let proof = try? LogProof(parsing: anchor.body), proof.bytes == anchor.body else {
      return [("anchor-malformed", "it holds no proof")]
    }
    guard let key = firmKey(proof) else { return [] }
    let leaf = AnchorFile.leaf(origin: origin, size: anchor.size, root: root)
    do {
      _ = try proof.verified(leaf: leaf, log: key, origin: key.name)
      return []
    } catch { return [("anchor-wrong", "\(error)")] }
  }

  /// The key of a firm's log, by the policy.
  private func firmKey(_ proof: LogProof) -> NoteKey? {
    let names = proof.note.signatures.map(\.name)
    return policy?.logs.first { $0.name != origin && names.contains($0.name) }
  }

  /// The times that it gives, and what could not be checked about it.
  func times(_ anchor: AnchorFile) -> (times: [TimedAnchor], left: [String]) {
    guard wrong(anchor).isEmpty else { return ([], []) }
    let recorded = log.anchorings.first { $0.digest == Digest(of: anchor.body) }?.event
    func timed(_ time: UTCTime, _ by: String, _ witness: NoteKey? = nil) -> TimedAnchor {
      TimedAnchor(
        size: anchor.size, time: time, by: by, witness: witness, recorded: recorded)
    }
    switch anchor.kind {
    case .token:
      switch trust.token?(anchor.stamped, anchor.body) {
      case .good(let time): return ([timed(time, "time stamp")], [])
      case .notChecked(let why): return ([], ["the time stamp: \(why)"])
      case .wrong: return ([], [])
      case nil:
        return ([], ["the time stamp: name the authority’s certificate with --tsa-ca"])
      }
    case .cosigned:
      guard let note = anchor.note,
        let signers = try? note.verified(by: policy?.witnesses ?? []).signers
      else { return ([], ["the cosignature: its witness is in no policy"]) }
      let times = signers.compactMap { signer -> TimedAnchor? in
        guard let seconds = signer.time.flatMap(Int64.init(exactly:)),
          let time = UTCTime(unixSeconds: seconds)
        else { return nil }
        return timed(time, "witness \(signer.key.name)", signer.key)
      }
      guard trust.policy != nil else {
        // A key that comes with the pack vouches for nothing outside it.
        return ([], ["the cosignature: its witness is in the pack’s policy only (--policy)"])
      }
      return (times, [])
    case .firm:
      guard let proof = try? LogProof(parsing: anchor.body), firmKey(proof) != nil,
        trust.policy != nil
      else { return ([], ["the firm’s log: its key is not in your policy (--policy)"]) }
      return ([], ["the firm’s log holds this head; it says no time"])
    }
  }
}
