import TieOut

/// A tied report for programs, one object; exact numbers are strings.
enum TieOutJSON {
  static func write(_ report: TiedReport) {
    var out = LineWriter()
    out.say(object(report).text())
    out.flush()
  }

  static func object(_ report: TiedReport) -> JSONValue {
    let applied = report.applied
    return .object([
      ("file", .string(report.file)), ("sha256", .string(report.digest)),
      ("form", .string(report.form)), ("remarks", .list(report.remarks.map { .string($0) })),
      ("counts", counts(report)),
      (
        "numbers",
        .list(zip(report.numbers, applied).enumerated().map { number($0, $1.0, $1.1) })
      ),
      ("lints", .list(report.lints.map(lint))), ("figures", .list(report.figures.map(figure))),
      ("edition", report.edition.map(edition) ?? .null),
    ])
  }

  private static func counts(_ report: TiedReport) -> JSONValue {
    var counts: [String: Int] = [:]
    for number in report.numbers { counts[number.status, default: 0] += 1 }
    let names = TieStatus.allCases.map(\.rawValue) + ["set aside"]
    return .object(
      [("numbers", .integer(report.numbers.count))]
        + names.map { ($0, .integer(counts[$0] ?? 0)) })
  }

  private static func number(
    _ index: Int, _ number: NumberRecord, _ applied: AppliedDecision?
  ) -> JSONValue {
    .object([
      ("number", .integer(index + 1)), ("page", .integer(number.page)),
      ("line", .integer(number.line)), ("column", .integer(number.column)),
      ("printed", .string(number.printed)), ("value", .string(number.value)),
      ("valueHigh", .string(number.valueHigh)), ("unit", .string(number.unit)),
      ("qualifier", .string(number.qualifier)), ("kind", .string(number.kind)),
      ("status", .string(number.status)), ("aside", .optional(number.aside)),
      ("excerpt", .string(number.excerpt)),
      (
        "ties",
        .list(
          number.ties.map {
            .object([
              ("to", .string($0.to)), ("status", .string($0.status)), ("why", .string($0.why)),
            ])
          })
      ),
      (
        "decision",
        applied.map { applied -> JSONValue in
          guard case .object(let members) = decision(applied.decision) else { return .null }
          return .object(members + [("standing", .string(applied.standing.rawValue))])
        } ?? .null
      ),
    ])
  }

  static func decision(_ decision: DecisionRecord) -> JSONValue {
    .object([
      ("verdict", .string(decision.verdict.rawValue)), ("printed", .string(decision.printed)),
      ("to", .string(decision.to)), ("reason", .string(decision.reason)),
      ("actor", .string(decision.actor)), ("at", .string(decision.at)),
      ("report", .string(decision.digest)),
    ])
  }

  private static func lint(_ lint: LintRecord) -> JSONValue {
    .object([
      ("kind", .string(lint.kind)), ("page", .integer(lint.page)), ("line", .integer(lint.line)),
      ("column", .integer(lint.column)), ("message", .string(lint.message)),
      ("related", .list(lint.related.map { .integer($0) })),
    ])
  }

  private static func figure(_ figure: FigureRecord) -> JSONValue {
    .object([
      ("id", .string(figure.id)), ("value", .string(figure.value)),
      ("unit", .string(figure.unit)), ("assured", .bool(figure.assured)),
      ("agreeing", .integer(figure.agreeing)), ("conflicting", .integer(figure.conflicting)),
    ])
  }

  private static func edition(_ edition: EditionRecord) -> JSONValue {
    .object([
      ("file", .string(edition.file)), ("sha256", .string(edition.digest)),
      ("same", .integer(edition.same)),
      (
        "differences",
        .list(
          edition.differences.map {
            .object([
              ("standing", .string($0.standing)), ("here", .string($0.here)),
              ("printedHere", .string($0.printedHere)), ("there", .string($0.there)),
              ("printedThere", .string($0.printedThere)),
            ])
          })
      ),
    ])
  }
}
