import Assurance
import Trail

/// L5: what from outside fixes heads of the log, and the times between which sign-offs were made.
enum AnchorCheck: PackCheck {
  static let codes = [
    "anchor-differs", "anchor-malformed", "anchor-wrong", "head-differs", "head-other",
    "pack-differs", "quorum-missing", "time-order", "time-outside",
  ]

  static func run(_ pack: PackUnderCheck, _ verdict: inout Verdict) {
    guard let content = verdict.content(of: pack, .anchor, for: "anchors") else { return }
    guard let origin = content.trail.head?.origin else {
      verdict.leave(.anchor, "anchors: the log’s name can’t be read")
      return
    }
    let sealed = (try? pack.seal.get()) ?? nil
    let signoffs = (content.signing?.signoffs ?? []) + (sealed?.signoffs ?? [])
    var outside = heads(pack, origin, &verdict)
    let anchors = content.trail.anchors + (sealed?.anchors ?? [])
    let judge = AnchorJudge(
      log: pack.log, origin: origin, trust: pack.trust,
      policy: LogTrust.policy(content.trail, pack.trust))
    var times: [TimedAnchor] = []
    for anchor in anchors {
      let path = place(of: anchor, content)
      for (code, message) in judge.wrong(anchor) {
        verdict.add(code, .anchor, path, message)
      }
      let result = judge.times(anchor)
      for sentence in result.left { verdict.leave(.anchor, "\(path): \(sentence)") }
      times += result.times
    }
    if !times.isEmpty {
      verdict.hold(.anchor, "\(times.count) times from outside stand over heads of this log")
    }
    quorum(times, content, pack, &verdict)
    outside = max(outside, times.map(\.size).max() ?? 0)
    brackets(signoffs, times, pack.log, &verdict)
    tail(signoffs, outside, pack.log, &verdict)
  }

  private static func place(of anchor: AnchorFile, _ content: PackContent) -> String {
    (content.trail.anchors.contains(anchor) ? PackPaths.anchors : PackPaths.sealAnchors)
      + anchor.name
  }

  /// Heads that the reader kept: the longest one that this log has.
  private static func heads(
    _ pack: PackUnderCheck, _ origin: String, _ verdict: inout Verdict
  ) -> Int {
    var longest = 0
    for head in pack.trust.heads {
      packDigest(head, &verdict)
      if let other = head.origin, other != origin {
        verdict.add("head-other", .anchor, "", "the head told is of \(other), not \(origin)")
      } else if head.size > pack.log.size {
        verdict.leave(
          .anchor, "the head told has \(head.size) events, later than the \(pack.log.size) here")
      } else if pack.log.roots[head.size] != head.root {
        verdict.add(
          "head-differs", .anchor, PackPaths.events,
          "the log never had the head told: at \(head.size) events its root is "
            + (pack.log.roots[head.size]?.base64 ?? "unknown"))
      } else {
        verdict.hold(.anchor, "the log has the head told, at \(head.size) events")
        longest = max(longest, head.size)
      }
    }
    return longest
  }

  /// The pack that a slip was printed for.
  private static func packDigest(_ head: ToldHead, _ verdict: inout Verdict) {
    guard let told = head.pack else { return }
    if told.hex == verdict.digest {
      verdict.hold(.anchor, "the pack has the digest told")
    } else {
      verdict.add(
        "pack-differs", .anchor, PackPaths.tagManifests[0],
        "the digest told is \(told.hex), not that of this pack")
    }
  }

  /// Enough witnesses for the last head that any of them signed.
  private static func quorum(
    _ times: [TimedAnchor], _ content: PackContent, _ pack: PackUnderCheck,
    _ verdict: inout Verdict
  ) {
    guard let policy = pack.trust.policy, policy.quorum != nil else { return }
    let sizes = Set(times.filter { $0.witness != nil }.map(\.size))
    let met = sizes.filter { size in
      policy.isSatisfied(by: times.filter { $0.size == size }.compactMap(\.witness))
    }
    guard let size = met.max() else {
      verdict.add("quorum-missing", .anchor, PackPaths.anchors, "no head has your quorum")
      return
    }
    verdict.hold(.anchor, "your quorum of witnesses signed the head at \(size) events")
  }

  private static func brackets(
    _ signoffs: [Signoff], _ times: [TimedAnchor], _ log: LogIndex, _ verdict: inout Verdict
  ) {
    guard !signoffs.isEmpty else { return }
    let brackets = TimeBrackets(signoffs: signoffs, anchors: times, log: log).all
    verdict.brackets = brackets
    for bracket in brackets where !bracket.holds {
      let message =
        "statement \(bracket.number) says \(bracket.made), but was made \(bracket.words)"
      let code = bracket.isOutside ? "time-outside" : "time-order"
      verdict.add(code, .anchor, "", message, weight: bracket.isOutside ? .error : .warning)
    }
    let bound = brackets.filter(\.isOutside)
    let closed = bound.count { $0.notBefore != nil && $0.notAfter != nil && $0.holds }
    if !bound.isEmpty {
      verdict.hold(
        .anchor, "\(bound.count) sign-offs are bounded in time from outside, \(closed) at both ends"
      )
    }
    if closed < brackets.count {
      verdict.leave(
        .anchor,
        "when \(brackets.count - closed) of \(brackets.count) sign-offs were made: no anchor from "
          + "outside bounds them at both ends")
    }
  }

  private static func tail(
    _ signoffs: [Signoff], _ outside: Int, _ log: LogIndex, _ verdict: inout Verdict
  ) {
    let tail = TimeBrackets.tail(of: log.size, signoffs: signoffs, roots: log.roots, outside)
    verdict.tail = tail
    if tail.outside < tail.size { verdict.leave(.anchor, tail.words) }
  }
}
