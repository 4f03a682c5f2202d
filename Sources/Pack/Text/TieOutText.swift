package import Assurance
package import TieOut
import Trail

/// A tied report as canonical JSON, written and read back.
package enum TieOutText {
  static let format = "assure.tie-out/1"

  /// One object and a line end.
  package static func bytes(_ report: TiedReport) -> [UInt8] {
    let object: CanonicalJSON = [
      "format": .string(format), "file": .string(report.file), "sha256": .string(report.digest),
      "form": .string(report.form), "text": .string(report.text),
      "remarks": .texts(report.remarks), "numbers": .array(report.numbers.map(json)),
      "lints": .array(report.lints.map(json)), "figures": .array(report.figures.map(json)),
      "edition": report.edition.map(json) ?? .null,
      "decisions": .array(report.decisions.map(json)),
    ]
    return object.bytes + [0x0A]
  }

  /// - Throws: `text-malformed` with the place.
  package static func read(_ bytes: [UInt8], place: String) throws(AssureError) -> TiedReport {
    let fields = try JSONFields(bytes: bytes, place: place)
    guard try fields.text("format") == format else { throw fields.error("format", format) }
    return TiedReport(
      file: try fields.text("file"), digest: try fields.text("sha256"),
      form: try fields.text("form"), text: try fields.text("text"),
      remarks: try fields.texts("remarks"), numbers: try fields.list("numbers", number),
      lints: try fields.list("lints", lint), figures: try fields.list("figures", figure),
      edition: try fields.optional("edition", edition),
      decisions: try fields.list("decisions", decision))
  }

  // MARK: - numbers

  private static func json(_ number: NumberRecord) -> CanonicalJSON {
    [
      "page": .count(number.page), "line": .count(number.line), "column": .count(number.column),
      "length": .count(number.length), "printed": .string(number.printed),
      "value": .string(number.value), "valueHigh": .string(number.valueHigh),
      "unit": .string(number.unit), "qualifier": .string(number.qualifier),
      "kind": .string(number.kind), "status": .string(number.status),
      "aside": .text(number.aside), "excerpt": .string(number.excerpt),
      "context": .string(number.context), "occurrence": .count(number.occurrence),
      "ties": .array(
        number.ties.map {
          ["to": .string($0.to), "status": .string($0.status), "why": .string($0.why)]
        }),
    ]
  }

  private static func number(_ fields: JSONFields) throws(AssureError) -> NumberRecord {
    NumberRecord(
      page: try fields.number("page"), line: try fields.number("line"),
      column: try fields.number("column"), length: try fields.number("length"),
      printed: try fields.text("printed"), value: try fields.text("value"),
      valueHigh: try fields.text("valueHigh"), unit: try fields.text("unit"),
      qualifier: try fields.text("qualifier"), kind: try fields.text("kind"),
      status: try fields.text("status"), aside: try fields.optionalText("aside"),
      excerpt: try fields.text("excerpt"), context: try fields.text("context"),
      occurrence: try fields.number("occurrence"),
      ties: try fields.list("ties") { (tie) throws(AssureError) in
        NumberRecord.TieRecord(
          to: try tie.text("to"), status: try tie.text("status"), why: try tie.text("why"))
      })
  }

  // MARK: - lints and figures

  private static func json(_ lint: LintRecord) -> CanonicalJSON {
    [
      "kind": .string(lint.kind), "page": .count(lint.page), "line": .count(lint.line),
      "column": .count(lint.column), "message": .string(lint.message),
      "related": .array(lint.related.map { .count($0) }),
    ]
  }

  private static func lint(_ fields: JSONFields) throws(AssureError) -> LintRecord {
    let related = (fields.value["related"]?.array ?? []).compactMap { $0.integer.map { Int($0) } }
    return LintRecord(
      kind: try fields.text("kind"), page: try fields.number("page"),
      line: try fields.number("line"), column: try fields.number("column"),
      message: try fields.text("message"), related: related)
  }

  private static func json(_ figure: FigureRecord) -> CanonicalJSON {
    [
      "id": .string(figure.id), "name": .string(figure.name), "value": .string(figure.value),
      "unit": .string(figure.unit), "assured": .bool(figure.assured),
      "agreeing": .count(figure.agreeing), "conflicting": .count(figure.conflicting),
    ]
  }

  private static func figure(_ fields: JSONFields) throws(AssureError) -> FigureRecord {
    FigureRecord(
      id: try fields.text("id"), name: try fields.text("name"), value: try fields.text("value"),
      unit: try fields.text("unit"), assured: try fields.flag("assured"),
      agreeing: try fields.number("agreeing"), conflicting: try fields.number("conflicting"))
  }

  // MARK: - editions and decisions

  private static func json(_ edition: EditionRecord) -> CanonicalJSON {
    [
      "file": .string(edition.file), "sha256": .string(edition.digest),
      "same": .count(edition.same),
      "differences": .array(
        edition.differences.map {
          [
            "standing": .string($0.standing), "here": .string($0.here),
            "printedHere": .string($0.printedHere), "there": .string($0.there),
            "printedThere": .string($0.printedThere),
          ]
        }),
    ]
  }

  private static func edition(_ fields: JSONFields) throws(AssureError) -> EditionRecord {
    EditionRecord(
      file: try fields.text("file"), digest: try fields.text("sha256"),
      same: try fields.number("same"),
      differences: try fields.list("differences") { (pair) throws(AssureError) in
        EditionRecord.Difference(
          standing: try pair.text("standing"), here: try pair.text("here"),
          printedHere: try pair.text("printedHere"), there: try pair.text("there"),
          printedThere: try pair.text("printedThere"))
      })
  }

  private static func json(_ decision: DecisionRecord) -> CanonicalJSON {
    [
      "context": .string(decision.context), "occurrence": .count(decision.occurrence),
      "printed": .string(decision.printed), "verdict": .string(decision.verdict.rawValue),
      "to": .string(decision.to), "reason": .string(decision.reason),
      "actor": .string(decision.actor), "at": .string(decision.at),
      "report": .string(decision.digest),
    ]
  }

  private static func decision(_ fields: JSONFields) throws(AssureError) -> DecisionRecord {
    DecisionRecord(
      context: try fields.text("context"), occurrence: try fields.number("occurrence"),
      printed: try fields.text("printed"),
      verdict: try fields.word("verdict", DecisionRecord.Verdict.self),
      to: try fields.text("to"), reason: try fields.text("reason"),
      actor: try fields.text("actor"), at: try fields.text("at"),
      digest: try fields.text("report"))
  }
}
