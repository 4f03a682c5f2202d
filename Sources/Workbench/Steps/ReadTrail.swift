package import Assurance
import GRDB
import Trail

/// The trail for reading.
package struct TrailFacts: Sendable {
  package struct Event: Sendable {
    /// The exact bytes that are hashed, as text.
    package let line: String
    package let at: String
    package let actor: String
    package let kind: String
    /// What it is about, in a few words.
    package let subject: String
  }
  package let events: [Event]
  /// Base64 of the RFC 6962 root over all events.
  package let root: String
}

extension Engagement {
  /// All events in order.
  package func trail() throws(AssureError) -> TrailFacts {
    try store.read { db in
      let told = try TrailTables.told(db)
      let events = try zip(TrailTables.lines(db), told).map { line, meant in
        let json = try CanonicalJSON(parsing: meant)
        let facts = json["facts"]
        let words = ["file", "kpi", "exception", "pack"].compactMap { facts?[$0]?.string }
        let round = facts?["round"]?.integer.map { ["round \($0)"] } ?? []
        return TrailFacts.Event(
          line: line, at: json["at"]?.string ?? "", actor: json["actor"]?.string ?? "",
          kind: json["event"]?.string ?? "", subject: (words + round).joined(separator: " "))
      }
      return TrailFacts(events: events, root: try TrailTables.root(db).base64)
    }
  }
}
