import Exact

/// A roster against the list of what happened to it: who left, and when.
///
/// The keys of both datasets name the same things. The head count at the period's end follows from
/// the events; whoever left by then cannot stand on the roster without a last day.
package struct RosterEvents: PopulationTest {
  package static let kind = "roster-events"
  static let still = FindingKind(
    "still-on-roster", .high, "Someone left by the period's end and the roster does not say so.")
  static let noRoster = FindingKind(
    "event-without-roster", .medium, "An event names someone whom the roster does not have.")
  static let noEvent = FindingKind(
    "roster-without-event", .medium,
    "The roster lets someone leave in the period and no event says so.")
  static let dates = FindingKind(
    "event-date-differs", .medium, "Roster and event give different last days.")
  package static let findings = [still, noRoster, noEvent, dates]

  package let roster: String
  package let events: String
  /// The field of the roster with the last day, and that of the events.
  package let until: String
  package let date: String

  package init(_ node: PolicyNode) throws(AssureError) {
    roster = try node.required("roster").text()
    events = try node.required("events").text()
    until = try node.optional("until")?.text() ?? "left"
    date = try node.optional("date")?.text() ?? "left"
  }

  package var datasets: [String] { [roster, events] }

  package func problem(in policy: PolicyView) -> String? {
    for (name, field) in [(roster, until), (events, date)] {
      guard let dataset = policy.dataset(name) else {
        return "the dataset `\(name)` is not declared"
      }
      guard dataset.field(field)?.type == .date else { return "`\(name)` has no date `\(field)`" }
      guard dataset.key.count == 1 else { return "`\(name)` needs a key of one field" }
    }
    return nil
  }

  package func run(_ context: TestContext) -> [Exception] {
    let people = Dictionary(
      context.readings(of: roster, .all).map { ($0.record.key, $0) },
      uniquingKeysWith: { a, _ in a }
    )
    let left = RecordFields(roster, context).reader(until)
    let went = RecordFields(events, context).reader(date)
    // A roster that nobody delivered contradicts nothing.
    guard !people.isEmpty else { return [] }
    var found: [Exception] = []
    var seen: Set<String> = []
    for event in context.readings(of: events, .all) {
      seen.insert(event.record.key)
      guard let day = went(event.record)?.day, day <= context.period.last else { continue }
      guard let person = people[event.record.key] else {
        found.append(exception(Self.noRoster, event, nil, "left on \(day)", context))
        continue
      }
      let last = left(person.record)?.day
      if last.map({ $0 > context.period.last }) ?? true, day < context.period.last {
        found.append(exception(Self.still, event, person, "left on \(day)", context))
      } else if let last, last != day {
        found.append(
          exception(Self.dates, event, person, "left on \(day), by the roster on \(last)", context))
      }
    }
    guard !seen.isEmpty else { return [] }
    for (key, person) in people where !seen.contains(key) {
      guard let last = left(person.record)?.day, context.period.contains(last) else { continue }
      found.append(exception(Self.noEvent, nil, person, "left on \(last)", context))
    }
    return found.inOrder(of: Self.findings)
  }

  private func exception(
    _ finding: FindingKind, _ event: Reading?, _ person: Reading?, _ words: String,
    _ context: TestContext
  ) -> Exception {
    let places = [(event, date), (person, until)].compactMap { reading, field in
      reading?.record.source.locator(field: field).description
    }
    let key = (event ?? person)?.record.key ?? ""
    var effect = Effect.unquantified
    if finding.code == Self.still.code, let person {
      effect = context.effect(removing: [person])
    } else if finding.code == Self.dates.code {
      effect = .none
    }
    let ask =
      switch finding.code {
      case Self.still.code: "and is on \(roster) without a last day by then"
      case Self.noRoster.code: "and is not on \(roster)"
      case Self.noEvent.code: "by \(roster), and \(events) has no event"
      default: "one day was expected"
      }
    return context.exception(
      finding, subject: key, locators: places, effect: effect,
      message: "\(key) \(words) \(ask); ask for the letter of termination")
  }
}
