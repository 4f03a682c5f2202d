import Assurance
import Workbench

/// A re-delivery in both formats.
enum RedeliveryText {
  static func show(_ redelivery: Redelivery, quiet: Bool) {
    for part in redelivery.parts {
      Terminal.say(
        Terminal.printable("  takes the place of \(part.replaced.joined(separator: ", "))"))
      Terminal.say(
        """
          \(part.dataset), by business key: \(part.added) added, \(part.removed) removed, \
        \(part.changed) changed, \(part.unchanged) unchanged
        """)
      guard !quiet else { continue }
      for total in part.totals where total.old != total.new {
        let unit = total.unit.isEmpty ? "" : " " + total.unit
        Terminal.say("    sum of \(total.field) \(total.old)\(unit) → \(total.new)\(unit)")
      }
      for change in part.changes { for line in lines(change) { Terminal.say("    " + line) } }
      let more = part.added + part.removed + part.changed - part.changes.count
      if more > 0 { Terminal.say("    … and \(more) more: `assure sources --changes`") }
    }
    for table in redelivery.staying {
      Terminal.say(Terminal.printable("  stays as it was, nothing here takes its place: \(table)"))
    }
    if let effects = redelivery.effects { show(effects) }
    if !redelivery.problem.isEmpty {
      Terminal.say(
        Terminal.printable("  what it means for earlier work is not known: \(redelivery.problem)"))
    }
  }

  /// A change in one line, and a line for each field that differs.
  static func lines(_ change: RecordChange) -> [String] {
    let place =
      switch change.kind {
      case .added: "at \(change.newPlace ?? "")"
      case .removed: "was at \(change.oldPlace ?? "")"
      case .changed: ""
      }
    let head = "\(change.kind.rawValue) \(change.dataset)/\(change.key)  \(place)"
    let fields = change.fields.map { field in
      "  \(field.name) \(field.old ?? "nothing") → \(field.new ?? "nothing")  "
        + "(\(field.oldPlace) → \(field.newPlace))"
    }
    return ([head] + fields).map { line in
      var line = Terminal.printable(line)
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  private static func show(_ effects: DeliveryEffects) {
    Terminal.say("  figures that rest on it: \(effects.kpis.joined(separator: ", "))")
    for round in effects.rounds {
      let name = "\(round.kpi) round \(round.round)"
      guard !round.holds else {
        Terminal.say("  \(name) holds: its population has the same keys, values and labels")
        continue
      }
      Terminal.say(
        """
          \(name) is of the earlier version: \(round.countThen) items, \(round.sumThen) \
        \(round.unit) then; \(round.countNow) items, \(round.sumNow) \(round.unit) now
        """)
      for item in round.items {
        let now = item.now.map { $0 == item.then ? "same value, other facts" : "now \($0)" }
        let result = item.result.map { ", tested: \($0)" } ?? ""
        Terminal.say(
          Terminal.printable(
            "    drawn \(item.key): \(item.then), \(now ?? "no longer there")\(result)"))
      }
      if round.isDrawn, round.items.isEmpty {
        Terminal.say("    none of its drawn items is gone or differs")
      }
      if round.isEvaluated { Terminal.say("    its evaluation is stale") }
    }
    for pack in effects.packs {
      Terminal.say(
        Terminal.printable("  pack \(pack.name) (\(pack.digest.prefix(12))…) shows what was before")
      )
    }
    for id in effects.decisions {
      Terminal.say("  decided on what was before: \(id)")
    }
  }

  static func json(_ redelivery: Redelivery) -> JSONValue {
    .object([
      ("parts", .list(redelivery.parts.map(json))),
      ("staying", .list(redelivery.staying.map { .string($0) })),
      ("effects", redelivery.effects.map(json) ?? .null),
      ("problem", redelivery.problem.isEmpty ? .null : .string(redelivery.problem)),
    ])
  }

  private static func json(_ part: Redelivery.Part) -> JSONValue {
    .object([
      ("dataset", .string(part.dataset)),
      ("replaced", .list(part.replaced.map { .string($0) })),
      ("added", .integer(part.added)), ("removed", .integer(part.removed)),
      ("changed", .integer(part.changed)), ("unchanged", .integer(part.unchanged)),
      (
        "totals",
        .list(
          part.totals.map {
            .object([
              ("field", .string($0.field)), ("unit", .string($0.unit)), ("old", .exact($0.old)),
              ("new", .exact($0.new)),
            ])
          })
      ),
      ("changesDigest", .string(part.digest)),
      ("changes", .list(part.changes.map(json))),
    ])
  }

  static func json(_ change: RecordChange) -> JSONValue {
    .object([
      ("dataset", .string(change.dataset)), ("key", .string(change.key)),
      ("kind", .string(change.kind.rawValue)), ("oldLocator", .optional(change.oldPlace)),
      ("newLocator", .optional(change.newPlace)),
      (
        "fields",
        .list(
          change.fields.map {
            .object([
              ("field", .string($0.name)), ("old", .optional($0.old)), ("new", .optional($0.new)),
              ("oldLocator", .string($0.oldPlace)), ("newLocator", .string($0.newPlace)),
            ])
          })
      ),
    ])
  }

  private static func json(_ effects: DeliveryEffects) -> JSONValue {
    .object([
      ("kpis", .list(effects.kpis.map { .string($0) })),
      ("rounds", .list(effects.rounds.map(json))),
      (
        "packs",
        .list(
          effects.packs.map {
            .object([("pack", .string($0.name)), ("digest", .string($0.digest))])
          })
      ),
      ("decisions", .list(effects.decisions.map { .string($0) })),
    ])
  }

  private static func json(_ round: DeliveryEffects.Round) -> JSONValue {
    .object([
      ("kpi", .string(round.kpi)), ("round", .integer(round.round)), ("holds", .bool(round.holds)),
      ("countThen", .integer(round.countThen)), ("sumThen", .exact(round.sumThen)),
      ("countNow", .integer(round.countNow)), ("sumNow", .exact(round.sumNow)),
      ("unit", .string(round.unit)), ("drawn", .bool(round.isDrawn)),
      ("evaluated", .bool(round.isEvaluated)),
      (
        "items",
        .list(
          round.items.map {
            .object([
              ("key", .string($0.key)), ("then", .exact($0.then)),
              ("now", $0.now.map { .exact($0) } ?? .null), ("result", .optional($0.result)),
            ])
          })
      ),
    ])
  }
}
