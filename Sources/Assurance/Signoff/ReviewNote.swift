/// A question or objection of a reviewer, and what became of it.
package struct ReviewNote: Sendable {
  package enum State: String, Sendable {
    /// Waits for an answer.
    case open
    /// Waits for who raised it to clear or return it.
    case answered
    case cleared
  }

  /// Something that was said, in the order of the log.
  package struct Turn: Sendable {
    /// `raised`, `answered`, `returned` or `cleared`.
    package let what: String
    package let by: String
    package let at: String
    package let text: String
  }

  package let number: Int
  package let kpi: String
  /// The key of a drawn item or the identifier of an exception; empty for the whole workpaper.
  package let item: String
  /// The role in which it was raised; that role and those above it can't sign while it is not
  /// cleared.
  package let role: SignoffRole
  /// Index of the event that raised it.
  package let raised: Int
  /// Index of the event that cleared it; nil as long as it is not.
  package private(set) var cleared: Int?
  package private(set) var state: State = .open
  package private(set) var turns: [Turn]

  package var by: String { turns.first?.by ?? "" }
  package var text: String { turns.first?.text ?? "" }

  init(_ event: Workflow.Entry) {
    number = event.number("note")
    kpi = event.text("kpi")
    item = event.text("item")
    role = max(.reviewer, SignoffRole(rawValue: event.text("role")) ?? .reviewer)
    raised = event.index
    turns = []
    turns.append(Self.turn(event))
  }

  private static func turn(_ event: Workflow.Entry) -> Turn {
    Turn(
      what: String(event.kind.dropFirst("note.".count)), by: event.text("by"), at: event.at,
      text: event.text("text"))
  }

  mutating func take(_ event: Workflow.Entry) {
    guard state != .cleared else { return }
    turns.append(Self.turn(event))
    switch event.kind {
    case "note.answered": state = .answered
    case "note.returned": state = .open
    default: (state, cleared) = (.cleared, event.index)
    }
  }

  /// Whether it stood in the way of a signature that the log took in as this event.
  package func stood(at event: Int) -> Bool {
    raised < event && (cleared.map { $0 > event } ?? true)
  }
}
