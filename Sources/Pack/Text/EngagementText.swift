import Assurance
import Trail

/// The engagement and its sources as canonical JSON, and back.
enum EngagementText {
  static func json(_ facts: EngagementFacts) -> CanonicalJSON {
    [
      "id": .string(facts.id), "entity": .string(facts.entity),
      "period": .string(facts.period.description), "standard": .string(facts.standard),
      "level": .string(facts.level), "policySet": .string(facts.policySet),
      "policyEdition": .string(facts.policyEdition), "policyDigest": .string(facts.policyDigest),
      "team": .pairs(facts.team.map { ($0.name, $0.role) }), "tool": .string(facts.tool),
    ]
  }

  static func read(_ fields: JSONFields) throws(AssureError) -> EngagementFacts {
    let days = try fields.text("period").split(separator: ".", omittingEmptySubsequences: true)
      .map { Day(String($0)) }
    guard days.count == 2, let first = days[0], let last = days[1], let period = Period(first, last)
    else { throw fields.error("period", "two days") }
    return EngagementFacts(
      id: try fields.text("id"), entity: try fields.text("entity"), period: period,
      standard: try fields.text("standard"), level: try fields.text("level"),
      policySet: try fields.text("policySet"), policyEdition: try fields.text("policyEdition"),
      policyDigest: try fields.text("policyDigest"),
      team: try fields.pairs("team").map { (name: $0.0, role: $0.1) },
      tool: try fields.text("tool"))
  }

  static func json(_ source: SourceFacts) -> CanonicalJSON {
    [
      "file": .string(source.file), "digest": .string(source.digest),
      "bytes": .count(source.bytes), "format": .string(source.format),
      "received": .string(source.received), "tables": .array(source.tables.map(json)),
    ]
  }

  static func readSource(_ fields: JSONFields) throws(AssureError) -> SourceFacts {
    SourceFacts(
      file: try fields.text("file"), digest: try fields.text("digest"),
      bytes: try fields.number("bytes"), format: try fields.text("format"),
      received: try fields.text("received"),
      tables: try fields.list("tables") { (table) throws(AssureError) in try readTable(table) })
  }

  private static func json(_ table: TableFacts) -> CanonicalJSON {
    var object: CanonicalJSON.Object = [
      "name": .string(table.name), "dataset": .string(table.dataset),
      "rowsRead": .count(table.rowsRead), "accepted": .count(table.accepted),
      "rejected": .count(table.rejected), "blankRows": .count(table.blankRows),
      "preambleRows": .count(table.preambleRows),
      "controlTotals": .array(
        table.controlTotals.map { .texts([$0.field, $0.total, $0.unit]) }),
      "assumptions": .array(
        table.assumptions.map { ["text": .string($0.text), "count": .count($0.count)] }),
      "rejects": .array(table.rejects.map { .texts([$0.locator, $0.code, $0.reason]) }),
    ]
    // Only where there is something to say.
    if !table.replacedBy.isEmpty { object["replacedBy"] = .string(table.replacedBy) }
    return .object(object)
  }

  private static func readTable(_ fields: JSONFields) throws(AssureError) -> TableFacts {
    TableFacts(
      name: try fields.text("name"), dataset: try fields.text("dataset"),
      rowsRead: try fields.number("rowsRead"), accepted: try fields.number("accepted"),
      rejected: try fields.number("rejected"), blankRows: try fields.number("blankRows"),
      preambleRows: try fields.number("preambleRows"),
      controlTotals: try triples(fields, "controlTotals").map {
        (field: $0[0], total: $0[1], unit: $0[2])
      },
      assumptions: try fields.list("assumptions") { (item) throws(AssureError) in
        (text: try item.text("text"), count: try item.number("count"))
      },
      rejects: try triples(fields, "rejects").map {
        (locator: $0[0], code: $0[1], reason: $0[2])
      }, replacedBy: fields.value["replacedBy"]?.string ?? "")
  }

  static func triples(_ fields: JSONFields, _ key: String) throws(AssureError) -> [[String]] {
    try fields.list(key) { (item) throws(AssureError) in
      let texts = item.value.array?.compactMap(\.string) ?? []
      guard texts.count == 3 else { throw item.error("", "a list of three texts") }
      return texts
    }
  }
}
