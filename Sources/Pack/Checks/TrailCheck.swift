import Assurance
import Trail

/// L4: the log has the root its checkpoint states, and fixed things in the order the method needs.
enum TrailCheck: PackCheck {
  static let codes = [
    "checkpoint-malformed", "checkpoint-signature", "trail-event", "trail-lacks", "trail-order",
    "trail-root", "trail-size",
  ]

  static func run(_ pack: PackUnderCheck, _ verdict: inout Verdict) {
    guard let content = verdict.content(of: pack, for: "the log") else { return }
    let before = verdict.findings.count
    checkRoot(content.trail, &verdict)
    checkMentions(content, &verdict)
    guard verdict.findings.count == before else { return }
    verdict.checked.append(
      "the log of \(content.trail.events.count) events has the root its checkpoint states; each "
        + "population was frozen before its seed was fixed")
  }

  private static func checkRoot(_ trail: TrailFacts, _ verdict: inout Verdict) {
    guard let checkpoint = checkpoint(trail, &verdict) else { return }
    var frontier = Frontier()
    for event in trail.events { frontier.append(leafHash: MerkleTree.leafHash(event)) }
    if checkpoint.size != frontier.size {
      verdict.add(
        "trail-size", .trail, PackPaths.events,
        "\(frontier.size) events, the checkpoint says \(checkpoint.size)")
    }
    if checkpoint.root != frontier.root {
      verdict.add(
        "trail-root", .trail, PackPaths.events,
        "the events have root \(frontier.root.base64), the checkpoint \(checkpoint.root.base64)")
    }
  }

  /// A bare checkpoint, or a note whose signature is checked with the key in the pack.
  private static func checkpoint(_ trail: TrailFacts, _ verdict: inout Verdict) -> Checkpoint? {
    do {
      guard let note = try? SignedNote(parsing: trail.checkpoint) else {
        let checkpoint = try Checkpoint(parsing: trail.checkpoint)
        verdict.notChecked.append("who made the checkpoint: it is not signed")
        return checkpoint
      }
      let checkpoint = try Checkpoint(parsing: note.text)
      guard let text = trail.key else {
        verdict.notChecked.append("the checkpoint’s signature: its key is not in the pack")
        return checkpoint
      }
      do {
        let key = try NoteKey(vkey: text)
        _ = try VerifiedCheckpoint(note, log: key, origin: checkpoint.origin)
        verdict.notChecked.append(
          "whose the log’s key is: the copy in the pack signs the checkpoint, compare it with yours"
        )
      } catch {
        verdict.add("checkpoint-signature", .trail, PackPaths.checkpoint, "\(error)")
      }
      return checkpoint
    } catch {
      verdict.add("checkpoint-malformed", .trail, PackPaths.checkpoint, "\(error)")
      return nil
    }
  }

  /// Population and plan digests and seeds stand in events, the seed after the other two.
  private static func checkMentions(_ content: PackContent, _ verdict: inout Verdict) {
    var wanted: Set<[UInt8]> = []
    for source in content.sources { wanted.insert(Array(source.digest.utf8)) }
    for paper in content.workpapers {
      let texts = [paper.population?.digest, paper.plan?.digest, paper.draw?.seed]
      for text in texts.compactMap({ $0 }) { wanted.insert(Array(text.utf8)) }
    }
    let first = firstMentions(of: wanted, in: content.trail.events, &verdict)
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

  /// From a text to the first event that has it as a whole JSON string.
  private static func firstMentions(
    of wanted: Set<[UInt8]>, in events: [[UInt8]], _ verdict: inout Verdict
  ) -> [[UInt8]: Int] {
    var first: [[UInt8]: Int] = [:]
    for (index, event) in events.enumerated() {
      guard let json = try? CanonicalJSON(parsing: event) else {
        verdict.add("trail-event", .trail, PackPaths.events, "event \(index) is no canonical JSON")
        continue
      }
      visit(json) { text in
        let bytes = Array(text.utf8)
        if wanted.contains(bytes), first[bytes] == nil { first[bytes] = index }
      }
    }
    return first
  }

  /// Depth is bounded by the parser.
  private static func visit(_ json: CanonicalJSON, _ body: (String) -> Void) {
    switch json {
    case .string(let text): body(text)
    case .array(let items): for item in items { visit(item, body) }
    case .object(let object): for member in object.members { visit(member.value, body) }
    case .null, .bool, .integer: break
    }
  }
}
