import Assurance
import Trail

/// Which values beside the events of a log may stay in a redacted pack.
///
/// Events are never changed: their hashes are the log. A value stays if its event is about a KPI,
/// a dataset or an exception that the policy knows to tell of no person. What somebody wrote to or
/// of outsiders (requests, declarations) never stays, nor digests of rows, which nobody but the
/// store can check.
struct TrailRedaction {
  let policy: PersonalPolicy
  private var kpiOfNote: [Int64: String] = [:]
  private var kpiOfException: [String: String] = [:]
  private var events: [CanonicalJSON] = []

  init(_ trail: TrailFacts, policy: PersonalPolicy) {
    self.policy = policy
    events = trail.told.map { (try? CanonicalJSON(parsing: $0)) ?? .null }
    for event in events {
      let facts = event["facts"]
      let kpi = facts?["kpi"]?.string ?? ""
      switch event["event"]?.string {
      case "note.raised": kpiOfNote[facts?["note"]?.integer ?? 0] = kpi
      case "population.checked":
        for id in facts?["found"]?.array?.compactMap(\.string) ?? [] { kpiOfException[id] = kpi }
      default: break
      }
    }
  }

  /// The log with those values only that may stay.
  func redacted(_ trail: TrailFacts) -> TrailFacts {
    var trail = trail
    trail.values = trail.values.filter { stays($0) }
    trail.redactionKey = nil
    return trail
  }

  /// Whether an event holds something open that it would hold salted today: one of a time before
  /// salts. It can't be changed, so such a log can't be redacted.
  func firstOpen(_ trail: TrailFacts) -> Int? {
    trail.events.indices.first { index in
      let kind = events[index]["event"]?.string ?? ""
      let names = PersonalEvents.facts[kind] ?? []
      guard !names.isEmpty, let leaf = try? CanonicalJSON(parsing: trail.events[index]) else {
        return false
      }
      return names.contains { name in
        guard let value = leaf["facts"]?[name] else { return false }
        return SaltedLeaf.digest(value) == nil && !stays(index, "facts/" + name)
      }
    }
  }

  private func stays(_ value: SaltedValue) -> Bool {
    events.indices.contains(value.event) && stays(value.event, value.path)
  }

  private func stays(_ index: Int, _ path: String) -> Bool {
    let event = events[index]
    let facts = event["facts"]
    guard path.hasPrefix("facts/") else { return false }
    switch event["event"]?.string {
    case "population.checked", "sample.drawn", "worksheet.imported", "note.raised",
      "evidence.attached":
      return isOpen(facts?["kpi"]?.string)
    case "note.answered", "note.returned", "note.cleared":
      return isOpen(kpiOfNote[facts?["note"]?.integer ?? 0])
    case "exception.decided":
      return isOpen(facts?["exception"]?.string.flatMap { kpiOfException[$0] })
    case "source.received": return isOpen(part: path, of: facts?["tables"])
    case "source.replaced": return isOpen(part: path, of: facts?["parts"])
    default: return false
    }
  }

  private func isOpen(_ kpi: String?) -> Bool { kpi.map { !policy.isPersonal(kpi: $0) } ?? false }

  /// `facts/tables/0/records`: the table says of which dataset it is.
  private func isOpen(part path: String, of list: CanonicalJSON?) -> Bool {
    let names = path.split(separator: "/")
    guard names.count == 4, let index = Int(names[2]), let parts = list?.array,
      parts.indices.contains(index), let dataset = parts[index]["dataset"]?.string
    else { return false }
    return !policy.isPersonal(dataset: dataset)
  }
}

/// Facts of events that people write or that name records: salted since version 0.9 of the log.
enum PersonalEvents {
  static let facts: [String: [String]] = [
    "population.checked": ["found"], "exception.decided": ["exception", "reason"],
    "sample.drawn": ["keys"], "worksheet.imported": ["results"], "note.raised": ["item", "text"],
    "note.answered": ["text"], "note.returned": ["text"], "note.cleared": ["text"],
    "independence.declared": ["text"], "request.made": ["from", "item", "text"],
    "request.closed": ["text"], "evidence.attached": ["file", "items", "text"],
  ]
}
