import Assurance
import Workbench

/// Exceptions in both formats.
enum ExceptionList {
  static func show(_ exceptions: [ExceptionFacts], quiet: Bool) {
    for facts in exceptions {
      let exception = facts.exception
      let effect: String =
        switch exception.effect {
        case .amount(let amount): "effect \(amount) \(exception.unit)"
        case .unquantified: "effect unquantified"
        case .none: "no effect on the figure"
        }
      Terminal.say("\(facts.id)  \(exception.severity.rawValue)  \(facts.state)  \(effect)")
      Terminal.say("  \(Terminal.printable(exception.message))")
      guard !quiet else { continue }
      for locator in exception.locators { Terminal.say("  at \(Terminal.printable(locator))") }
    }
    let open = exceptions.filter { $0.state == "open" }
    let counts = Severity.allCases.map { severity in
      "\(open.count { $0.exception.severity == severity }) \(severity.rawValue)"
    }
    guard !exceptions.isEmpty else {
      Terminal.say("no exceptions")
      return
    }
    let noun = exceptions.count == 1 ? "exception" : "exceptions"
    Terminal.say(
      "\(exceptions.count) \(noun), \(open.count) open: \(counts.joined(separator: ", "))")
  }

  static func json(_ exceptions: [ExceptionFacts]) -> JSONValue {
    .object([("exceptions", .list(exceptions.map(json)))])
  }

  static func json(_ outcome: CheckOutcome) -> JSONValue {
    .object([
      ("exceptions", .list(outcome.exceptions.map(json))),
      ("checked", .list(outcome.checked.map { .string($0) })),
      (
        "notChecked",
        .list(
          outcome.unchecked.map {
            .object([("kpi", .string($0.kpi)), ("reason", .string($0.reason))])
          })
      ),
    ])
  }

  private static func json(_ facts: ExceptionFacts) -> JSONValue {
    let exception = facts.exception
    return .object([
      ("id", .string(facts.id)), ("code", .string(exception.code)),
      ("severity", .string(exception.severity.rawValue)), ("kpi", .string(exception.kpi)),
      ("subject", .string(exception.subject)),
      ("locators", .list(exception.locators.map { .string($0) })),
      ("effect", .string(exception.effect.text)), ("unit", .string(exception.unit)),
      ("message", .string(exception.message)), ("state", .string(facts.state)),
      ("reason", .string(facts.dispositionReason)),
    ])
  }
}
