import Assurance
import Workbench

/// What a cell is part of, in both formats.
enum CellTraceText {
  static func show(_ trace: CellTrace) {
    say(trace.locator)
    if let rejected = trace.rejected {
      say("  the row was not taken in: \(rejected)")
      return
    }
    guard !trace.isOutside else {
      say("  no record stands there: a header, a blank or a note, or beyond the table")
      return
    }
    let value = trace.field.map { "\($0) \(trace.value ?? "without a value") of " } ?? ""
    say("  \(value)\(trace.dataset)/\(trace.key)")
    if let successor = trace.replacedBy {
      say("  counts no more: \(successor) took its place")
    }
    for figure in trace.figures {
      let part = figure.part.isEmpty ? "" : "; \(figure.part)"
      say("  \(figure.kpi): \(words(figure))\(part)")
    }
    if trace.figures.isEmpty, trace.replacedBy == nil { say("  in no figure of the policy") }
    for draw in trace.draws {
      say(
        "  drawn: \(draw.kpi) round \(draw.round) item \(draw.item), "
          + (draw.result.map { "tested: \($0)" } ?? "not tested"))
    }
    for id in trace.exceptions { say("  exception \(id)") }
    for version in trace.versions where version.locator != trace.locator {
      let value = version.value.map { "\($0) " } ?? ""
      say(
        "  the same key: \(value)at \(version.locator)"
          + (version.counts ? ", counts as well" : ", of a version that counts no more"))
    }
  }

  private static func say(_ line: String) { Terminal.say(Terminal.printable(line)) }

  private static func words(_ figure: CellTrace.Figure) -> String {
    switch figure.role {
    case .counted(let value): "counted with \(value) \(figure.unit)"
    case .outsidePeriod: "not counted, outside the period"
    case .outsideFilter: "not counted, outside the filter"
    case .register(let count):
      "named by \(count) \(count == 1 ? "record" : "records") that count"
    case .byWayOf(let kpi): "by way of \(kpi)"
    }
  }

  static func json(_ trace: CellTrace) -> JSONValue {
    .object([
      ("locator", .string(trace.locator)), ("dataset", .string(trace.dataset)),
      ("key", .string(trace.key)), ("field", .optional(trace.field)),
      ("value", .optional(trace.value)), ("counts", .bool(trace.replacedBy == nil)),
      ("replacedBy", .optional(trace.replacedBy)), ("rejected", .optional(trace.rejected)),
      ("figures", .list(trace.figures.map(json))),
      (
        "draws",
        .list(
          trace.draws.map {
            .object([
              ("kpi", .string($0.kpi)), ("round", .integer($0.round)),
              ("item", .integer($0.item)), ("key", .string($0.key)),
              ("result", .optional($0.result)),
            ])
          })
      ),
      ("exceptions", .list(trace.exceptions.map { .string($0) })),
      (
        "versions",
        .list(
          trace.versions.map {
            .object([
              ("locator", .string($0.locator)), ("value", .optional($0.value)),
              ("counts", .bool($0.counts)),
            ])
          })
      ),
    ])
  }

  private static func json(_ figure: CellTrace.Figure) -> JSONValue {
    let (role, value): (String, JSONValue) =
      switch figure.role {
      case .counted(let value): ("counted", .string(value))
      case .outsidePeriod: ("outside-period", .null)
      case .outsideFilter: ("outside-filter", .null)
      case .register(let count): ("register", .integer(count))
      case .byWayOf(let kpi): ("by-way-of", .string(kpi))
      }
    return .object([
      ("kpi", .string(figure.kpi)), ("role", .string(role)), ("value", value),
      ("unit", .string(figure.unit)), ("part", .string(figure.part)),
    ])
  }
}
