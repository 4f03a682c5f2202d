package import Assurance
import Pack
import Trail

/// The gates before the report's date and before the lock.
extension Engagement {
  /// What stands in the way of dating the report on a pack, nil if nothing does.
  ///
  /// Everything that `status` lists must be done, the pack must show the engagement as it is, and
  /// the engagement quality reviewer, where the team has one, must have concurred with this very
  /// pack (ISQM 2.24, ISA 220.36, AS 1220.13: not before the review is complete).
  package func refuseRelease(pack folder: String) throws(AssureError) {
    let standing = try standing()
    guard standing.phase == "working" else {
      throw Phase.reported(try workflow().reported ?? "")
    }
    var reasons = standing.blockers
    for kpi in standing.kpis { reasons += kpi.blockers.map { "\(kpi.kpi): \($0)" } }
    let digest = try packDigest(folder)
    reasons += try behind(folder, digest)
    if !names(.eqr).isEmpty, try !isConcurred(with: digest) {
      reasons.append("\(names(.eqr)) has not concurred with this pack")
    }
    guard reasons.isEmpty else {
      throw AssureError(
        "release-unready", place: folder, reasons.joined(separator: "; "),
        remedy: "see `assure status`")
    }
  }

  /// What stands in the way of locking the file on a pack.
  package func refuseLock(pack folder: String) throws(AssureError) {
    let workflow = try workflow()
    if let locked = workflow.locked { throw Phase.locked(locked.at) }
    guard workflow.reported != nil else {
      throw AssureError(
        "lock-unready", place: folder, "the report has no date yet",
        remedy: "date it with `assure release --pack DIR`")
    }
    var reasons = workflow.notes.filter { $0.state != .cleared }.map {
      "note \($0.number) of \($0.by) was not cleared"
    }
    reasons += try behind(folder, packDigest(folder))
    guard reasons.isEmpty else {
      throw AssureError(
        "lock-unready", place: folder, reasons.joined(separator: "; "),
        remedy: "clear notes, and lock a pack that is as the engagement is")
    }
  }

  /// What a pack lacks of the engagement as it is; a pack is behind by what was done after it.
  private func behind(_ folder: String, _ digest: String) throws(AssureError) -> [String] {
    guard try isKnown(pack: digest) else { return ["this pack is not in the log"] }
    let count = try EvidencePack.eventCount(of: folder)
    let later = try store.read { try TrailTables.lines($0) }.dropFirst(count)
    let changes = later.filter { line in
      let leaf = Array(line.utf8)
      let kind = Workflow.kind(of: leaf) ?? ""
      guard kind == "statement.signed" else { return !Self.besides.contains(kind) }
      let facts = (try? CanonicalJSON(parsing: leaf))?["facts"]
      return SignoffScope(facts?["scope"]?.string ?? "")?.isOfPack != true
    }
    return changes.isEmpty ? [] : ["\(changes.count) events came after this pack was written"]
  }

  /// Events that leave what a pack shows as it is.
  private static let besides: Set<String> = [
    "pack.written", "trail.anchored", "figures.reconciled",
  ]

  /// The digest of the last pack that was written.
  func lastPack() throws(AssureError) -> String? {
    try store.read { db in
      for line in try TrailTables.lines(db).reversed() {
        let leaf = Array(line.utf8)
        guard Workflow.kind(of: leaf) == "pack.written" else { continue }
        return try CanonicalJSON(parsing: leaf)["facts"]?["digest"]?.string
      }
      return nil
    }
  }

  /// Whether the engagement quality reviewer properly concurred with a pack, and has not taken it
  /// back.
  func isConcurred(with digest: String) throws(AssureError) -> Bool {
    let board = try signoffBoard()
    let signed = try store.read { try StatementTable.all($0) }.filter { $0.pack == digest }
    return signed.contains { signoff, _ in
      signoff.role == .eqr && signoff.decision == .concurs
        && board.entries.contains {
          $0.signoff.statement.digest == signoff.statement.digest && $0.state.isProper
        }
    }
  }
}
