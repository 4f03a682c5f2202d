import Assurance
import Trail

/// L4: the log has the root its checkpoint states, and fixed things in the order the method needs.
enum TrailCheck: PackCheck {
  static let codes = [
    "checkpoint-malformed", "checkpoint-signature", "log-key", "log-policy", "trail-event",
    "trail-lacks", "trail-order",
    "trail-root", "trail-size",
  ]

  static func run(_ pack: PackUnderCheck, _ verdict: inout Verdict) {
    guard let content = verdict.content(of: pack, .trail, for: "the log") else { return }
    let before = verdict.findings.count
    checkRoot(content.trail, pack, &verdict)
    for index in pack.log.malformed {
      let place = index < content.trail.events.count ? PackPaths.events : PackPaths.eventsAfter
      verdict.add("trail-event", .trail, place, "event \(index) is no canonical JSON")
    }
    checkMentions(content, pack.log, &verdict)
    guard verdict.findings.count == before else { return }
    verdict.hold(
      .trail,
      "the log of \(content.trail.events.count) events has the root its checkpoint states; each "
        + "population was frozen before its seed was fixed")
  }

  private static func checkRoot(
    _ trail: TrailFacts, _ pack: PackUnderCheck, _ verdict: inout Verdict
  ) {
    guard let checkpoint = checkpoint(trail, pack, &verdict) else { return }
    let size = trail.events.count
    if checkpoint.size != size {
      verdict.add(
        "trail-size", .trail, PackPaths.events,
        "\(size) events, the checkpoint says \(checkpoint.size)")
    }
    guard let root = pack.log.roots[size], checkpoint.root != root else { return }
    verdict.add(
      "trail-root", .trail, PackPaths.events,
      "the events have root \(root.base64), the checkpoint \(checkpoint.root.base64)")
  }

  /// A bare checkpoint, or a note whose signature is checked with the reader's key or the pack's.
  private static func checkpoint(
    _ trail: TrailFacts, _ pack: PackUnderCheck, _ verdict: inout Verdict
  ) -> Checkpoint? {
    do {
      guard let note = try? SignedNote(parsing: trail.checkpoint) else {
        let checkpoint = try Checkpoint(parsing: trail.checkpoint)
        verdict.leave(.trail, "who made the checkpoint: it is not signed")
        return checkpoint
      }
      let checkpoint = try Checkpoint(parsing: note.text)
      guard note.bytes == trail.checkpoint, checkpoint.extensions.isEmpty else {
        throw TrailError(.checkpointMalformed, "checkpoint is not in its one spelling")
      }
      signature(note, checkpoint, trail, pack, &verdict)
      return checkpoint
    } catch {
      verdict.add("checkpoint-malformed", .trail, PackPaths.checkpoint, "\(error)")
      return nil
    }
  }

  private static func signature(
    _ note: SignedNote, _ checkpoint: Checkpoint, _ trail: TrailFacts, _ pack: PackUnderCheck,
    _ verdict: inout Verdict
  ) {
    if let text = trail.key, (try? NoteKey(vkey: text)) == nil {
      verdict.add("log-key", .trail, PackPaths.logKey, "no key of a log")
      return
    }
    if let text = trail.policy, (try? LogPolicy(parsing: text)) == nil {
      verdict.add("log-policy", .trail, PackPaths.logPolicy, "no policy of a log")
    }
    guard let key = LogTrust.key(trail, pack.trust) else {
      verdict.leave(
        .trail,
        pack.trust.policy == nil
          ? "the checkpoint’s signature: its key is not in the pack"
          : "the checkpoint’s signature: your policy has no key of \(checkpoint.origin)")
      return
    }
    do {
      _ = try VerifiedCheckpoint(note, log: key, origin: checkpoint.origin)
      verdict.hold(.trail, "the checkpoint is signed by \(key.vkey)")
      guard pack.trust.policy == nil else { return }
      verdict.leave(
        .trail,
        "whose the log’s key is: the copy in the pack signs the checkpoint, compare it with yours "
          + "(--policy)")
    } catch {
      verdict.add("checkpoint-signature", .trail, PackPaths.checkpoint, "\(error)")
    }
  }

  /// What must be mentioned: source, population and plan digests, and seeds.
  static func wanted(_ content: PackContent) -> Set<[UInt8]> {
    var wanted: Set<[UInt8]> = []
    for source in content.sources { wanted.insert(Array(source.digest.utf8)) }
    for paper in content.workpapers {
      let texts = [paper.population?.digest, paper.plan?.digest, paper.draw?.seed]
      for text in texts.compactMap({ $0 }) { wanted.insert(Array(text.utf8)) }
    }
    return wanted
  }

  /// The seed stands in a later event than the other two.
  private static func checkMentions(
    _ content: PackContent, _ log: LogIndex, _ verdict: inout Verdict
  ) {
    let first = log.mentions.filter { $0.value < content.trail.events.count }
    for source in content.sources where first[Array(source.digest.utf8)] == nil {
      verdict.add(
        "trail-lacks", .trail, PackPaths.events, "no event names the source \(source.file)")
    }
    for paper in content.workpapers { check(paper, first, &verdict) }
  }

  private static func check(
    _ paper: Workpaper, _ first: [[UInt8]: Int], _ verdict: inout Verdict
  ) {
    let things: [(String, String?)] = [
      ("population", paper.population?.digest), ("plan", paper.plan?.digest),
      ("seed", paper.draw?.seed),
    ]
    var last = -1
    for (name, text) in things {
      guard let text else { continue }
      guard let index = first[Array(text.utf8)] else {
        verdict.add(
          "trail-lacks", .trail, PackPaths.events, "no event names the \(name) of \(paper.kpi.name)"
        )
        continue
      }
      // Population and plan may be fixed by one event; the seed comes in a later one.
      if index < last || (name == "seed" && index == last) {
        verdict.add(
          "trail-order", .trail, PackPaths.events,
          "\(paper.kpi.name): the \(name) was fixed in event \(index), too early")
      }
      last = max(last, index)
    }
  }
}
