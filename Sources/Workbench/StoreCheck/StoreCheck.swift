package import Assurance
import Foundation
import GRDB
package import Pack
import Trail

extension Engagement {
  /// Sets the database against its own trail, and the trail against heads kept elsewhere.
  ///
  /// The tables are folded from the events: every row must be one whose digest an event holds, in
  /// its order. What an owner of the database can still do unseen is to change events that no head
  /// outside covers, together with their rows; how many those are is said.
  package func verifyStore(trust: ReaderTrust = ReaderTrust()) throws(AssureError) -> Verdict {
    var verdict = Verdict()
    let log = try store.read { db in
      try StoreSchemaCheck.run(db, &verdict)
      let log = try StoreLogCheck.read(db, heads: trust.heads, &verdict)
      try StoreFold(db: db, log: log).run(&verdict)
      try StoreRecordCheck(db: db, log: log).run(&verdict)
      return log
    }
    try checkFiles(log, &verdict)
    try checkHeads(log, trust, &verdict)
    try checkSignoffs(&verdict)
    verdict.leave(
      .content, "figures and pages: they are worked out anew whenever they are asked for")
    return verdict
  }

  /// Bytes kept under a digest have it: sources, worksheets, and what was attached.
  private func checkFiles(
    _ log: StoreLog, _ verdict: inout Verdict
  ) throws(AssureError) {
    let stored = try store.read { db in
      try String.fetchAll(db, sql: "SELECT digest FROM source UNION SELECT digest FROM worksheet")
    }
    let attached = log.events.filter { $0["event"]?.string == "evidence.attached" }
      .compactMap { $0["facts"]?["sha256"]?.string }
    let digests = Set(stored + attached).sorted()
    let before = verdict.findings.count
    for digest in digests {
      let path = sourcePath(digest: digest)
      guard let found = try? FileDigests(path: path).sha256.hex else {
        verdict.add("kept-file-lost", .fixity, ".assure/sources/\(digest)", "it can’t be read")
        continue
      }
      if found != digest {
        verdict.add(
          "kept-file-changed", .fixity, ".assure/sources/\(digest)", "it has SHA-256 \(found)")
      }
    }
    if verdict.findings.count == before {
      verdict.hold(
        .fixity, "\(digests.count) files kept have the bytes that they were taken in with")
    }
  }

  /// Heads signed by the log's key, quoted by sign-offs, and told from outside.
  private func checkHeads(
    _ log: StoreLog, _ trust: ReaderTrust, _ verdict: inout Verdict
  ) throws(AssureError) {
    let notes = try store.read { db in
      try Row.fetchAll(db, sql: "SELECT size, note FROM trail_checkpoint ORDER BY size")
        .map { (size: $0[0] as Int, note: Array(($0[1] as String).utf8)) }
    }
    let key: NoteKey? =
      if let policy = trust.policy { policy.logs.first { $0.name == logOrigin } } else {
        FileManager.default.fileExists(atPath: folder + "/.assure/log.key")
          ? try logSigner().key : nil
      }
    let before = verdict.findings.count
    for (size, bytes) in notes {
      guard let note = try? SignedNote(parsing: bytes),
        let head = try? Checkpoint(parsing: note.text), head.size == size,
        head.origin == logOrigin, log.index.roots[size] == head.root
      else {
        verdict.add(
          "store-checkpoint", .trail, "trail_checkpoint",
          "the log never had the head signed at \(size) events")
        continue
      }
      if let key,
        (try? VerifiedCheckpoint(note, log: key, origin: logOrigin)) == nil
      {
        verdict.add(
          "store-checkpoint", .trail, "trail_checkpoint",
          "the head at \(size) events is not signed by the log’s key")
      }
    }
    if verdict.findings.count == before, !notes.isEmpty {
      verdict.hold(.trail, "\(notes.count) signed heads are heads of this log")
    }
    let outside = told(log, trust, &verdict)
    let tail = TimeBrackets.tail(
      of: log.index.size, signoffs: log.signoffs, roots: log.index.roots, outside)
    verdict.tail = tail
    if tail.outside < tail.size { verdict.leave(.anchor, "unanchored: \(tail.words)") }
  }

  /// The longest head that was told and that this log has.
  private func told(_ log: StoreLog, _ trust: ReaderTrust, _ verdict: inout Verdict) -> Int {
    var longest = 0
    for head in trust.heads {
      if let other = head.origin, other != logOrigin {
        verdict.add("head-other", .anchor, "", "the head told is of \(other), not \(logOrigin)")
      } else if head.size > log.index.size {
        verdict.add(
          "head-ahead", .anchor, "trail_event",
          "the log has \(log.index.size) events, the head told \(head.size): it was cut or rolled "
            + "back")
      } else if log.index.roots[head.size] != head.root {
        verdict.add(
          "head-differs", .anchor, "trail_event",
          "the log never had the head told: the history of the first \(head.size) events is another"
        )
      } else {
        verdict.hold(.anchor, "the log has the head told, at \(head.size) events")
        longest = max(longest, head.size)
      }
    }
    return longest
  }

  /// Sign-offs are as they were signed.
  private func checkSignoffs(_ verdict: inout Verdict) throws(AssureError) {
    let board: SignoffBoard
    do { board = try signoffBoard() } catch {
      verdict.add("signoffs-unreadable", .signature, error.place, error.reason)
      return
    }
    guard !board.entries.isEmpty else { return }
    let before = verdict.findings.count
    for entry in board.entries {
      let place = "statement \(entry.signoff.statement.fields.number)"
      switch entry.state {
      case .broken(let why): verdict.add("signoff-broken", .signature, place, why)
      case .void(let why): verdict.add("signoff-void", .signature, place, why)
      default: break
      }
    }
    if verdict.findings.count == before {
      verdict.hold(.signature, "\(board.entries.count) sign-offs are as they were signed")
    }
  }
}
