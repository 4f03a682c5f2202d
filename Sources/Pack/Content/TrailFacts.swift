package import Assurance
package import Trail

/// The log as it is printed: leaves in order and the head over them.
package struct TrailFacts: Sendable {
  /// The exact bytes of each leaf: one JSON line without its LF.
  package var events: [[UInt8]] { didSet { tell() } }
  /// Values of which the leaves have only digests: all of them, or those that are not withheld.
  package var values: [SaltedValue] { didSet { tell() } }
  /// The events as they were meant: what is read of the log, where ``events`` is what is hashed.
  package private(set) var told: [[UInt8]]
  /// What the events tell of the work, folded once for all who ask.
  package private(set) var workflow: Workflow
  /// A C2SP checkpoint: three lines, or the same as a signed note.
  package var checkpoint: [UInt8]
  /// The log's verifier key, `name+id+base64`; nil if the checkpoint is not signed.
  package var key: String?
  /// Which log and witnesses the engagement relies on (C2SP tlog-policy); nil if it says nothing.
  package var policy: [UInt8]?
  /// What from outside fixes heads of the log.
  package var anchors: [AnchorFile]
  /// From what a redaction of this pack makes its salts; nil in one, and in packs of before.
  package var redactionKey: SaltSource?

  package init(
    events: [[UInt8]], checkpoint: [UInt8], key: String? = nil, policy: [UInt8]? = nil,
    anchors: [AnchorFile] = [], values: [SaltedValue] = [], redactionKey: SaltSource? = nil
  ) {
    self.events = events
    self.values = values
    told = SaltedLeaf.told(events, values)
    workflow = Workflow(events: told)
    self.redactionKey = redactionKey
    self.checkpoint = checkpoint
    self.key = key
    self.policy = policy
    self.anchors = anchors
  }

  private mutating func tell() {
    told = SaltedLeaf.told(events, values)
    workflow = Workflow(events: told)
  }

  /// The same with events that came after the pack's, as they were meant.
  func workflow(with later: [[UInt8]]) -> Workflow { workflow.adding(later, from: events.count) }

  /// The head that the pack states, signed or not; nil if it can't be read.
  var head: Checkpoint? {
    let text = (try? SignedNote(parsing: checkpoint))?.text ?? checkpoint
    return try? Checkpoint(parsing: text)
  }
}
