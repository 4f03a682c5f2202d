import Trail

/// Where a piece of evidence comes from, the strongest first (ISA 500.A35, AS 1105.08: from outside
/// rather than from the entity, original rather than copy, written rather than spoken).
package enum EvidenceKind: String, CaseIterable, Comparable, Sendable {
  case externalOriginal = "external-original"
  case externalCopy = "external-copy"
  case internalWithControls = "internal-with-controls"
  case `internal`
  case oral

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  /// Weaker is less.
  package static func < (a: EvidenceKind, b: EvidenceKind) -> Bool { a.rank > b.rank }
}

/// A file that somebody attached to a workpaper or to items of it.
package struct Evidence: Sendable {
  package let number: Int
  /// As it was called.
  package let file: String
  /// SHA-256 in hex.
  package let digest: String
  package let size: Int
  package let kpi: String
  /// Keys of drawn items; empty for the whole workpaper.
  package let items: [String]
  package let kind: EvidenceKind
  /// Its own date, as `YYYY-MM-DD`.
  package let date: String
  /// The period that it covers, `YYYY-MM-DD..YYYY-MM-DD`; empty if none is given.
  package let period: String
  /// Where in it to look; empty for all of it.
  package let page: String
  package let region: String
  /// The request that it answers.
  package let request: Int?
  package let text: String
  package let by: String
  package let at: String

  init(_ event: Workflow.Entry) {
    number = event.number("evidence")
    file = event.text("file")
    digest = event.text("sha256")
    size = event.number("bytes")
    kpi = event.text("kpi")
    items = event.texts("items")
    kind = EvidenceKind(rawValue: event.text("kind")) ?? .oral
    date = event.text("date")
    period = event.text("period")
    page = event.text("page")
    region = event.text("region")
    request = event.facts["request"]?.integer.map { Int($0) }
    text = event.text("text")
    by = event.text("by")
    at = event.at
  }

  /// Page and region in words; empty for the whole file.
  package var place: String {
    [page.isEmpty ? "" : "page \(page)", region.isEmpty ? "" : "region \(region)"]
      .filter { !$0.isEmpty }.joined(separator: ", ")
  }
}

/// Something that the entity or a third party was asked for.
package struct EvidenceRequest: Sendable {
  package let number: Int
  package let kpi: String
  package let item: String
  /// Who was asked.
  package let from: String
  /// The day by which it was wanted.
  package let due: String
  package let text: String
  package let by: String
  package let at: String
  /// When and how it ended; nil while it is outstanding.
  package private(set) var closed: (at: String, by: String, text: String)?

  init(_ event: Workflow.Entry) {
    number = event.number("request")
    kpi = event.text("kpi")
    item = event.text("item")
    from = event.text("from")
    due = event.text("due")
    text = event.text("text")
    by = event.text("by")
    at = event.at
  }

  mutating func close(_ event: Workflow.Entry, _ text: String) {
    if closed == nil { closed = (event.at, event.text("by"), text) }
  }

  /// Days from asking until a day, or until it was closed.
  package func age(on day: Day) -> Int {
    let end = closed.flatMap { Day(String($0.at.prefix(10))) } ?? day
    return Day(String(at.prefix(10))).map { end.number - $0.number } ?? 0
  }

  /// Days past the day by which it was wanted; nil if it is not.
  package func overdue(on day: Day) -> Int? {
    guard closed == nil, let due = Day(due), day > due else { return nil }
    return day.number - due.number
  }
}
