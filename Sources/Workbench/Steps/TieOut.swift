package import Assurance
import GRDB
import Ingest
package import TieOut
import Trail

extension Engagement {
  /// Ties a report against the printed figures and the recalculated ones, keeps the report under
  /// its digest and the answer in the store, and adds what was found to the register.
  ///
  /// - Parameters:
  ///   - path: the report.
  ///   - other: the edition in the other language.
  package func tieOut(path: String, with other: String?) throws(AssureError) -> TiedReport {
    let file = try ReportReader.open(path: path)
    let source = try ReportSource.source(ReportReader.read(file))
    let second = try other.map { (path) throws(AssureError) in try ReportSource.read(path: path) }
    var report = TieOut.report(
      source, other: second, reported: reportedFigures(), recalculated: try recalculatedFigures())
    report.decisions = try store.read { try TieOutTable.decisions($0) }
    try KeptCopy.keep(file, folder: folder + "/.assure/sources")
    let tied = report
    let at = try Moment.now()
    let actor = actor
    let salts = try store.salts()
    try store.commit(actor: actor, at: at) { db in
      let event = try TieOutTable.insert(tied, at: at, db)
      try TrailTables.append(event, actor: actor, at: at, salts: salts, to: db)
      return (try Self.register(tied, at: at, db), ())
    }
    return report
  }

  private static func register(
    _ report: TiedReport, at: String, _ db: Database
  ) throws -> Event {
    try ExceptionTable.record(
      TieOutFindings.exceptions(report), kpi: TieOutFindings.register, at: at, db)
  }

  /// The report that was tied last, with what was decided about it; nil if none was.
  package func lastTieOut() throws(AssureError) -> TiedReport? {
    try store.read { try TieOutTable.last($0) }
  }

  /// Decides about a number of the report that was tied last.
  ///
  /// - Parameters:
  ///   - name: its place in the list, from 1, or `line:column`.
  ///   - partner: `kpi:id` or `line:column`; nil for the best candidate.
  /// - Returns: the number and the decision.
  /// - Throws: `no-tie-out`, `unknown-number`, `no-partner`, `no-reason`.
  package func decide(
    number name: String, verdict: DecisionRecord.Verdict, partner: String?, reason: String
  ) throws(AssureError) -> (number: NumberRecord, decision: DecisionRecord) {
    guard !reason.isEmpty else {
      throw AssureError(
        "no-reason", place: name, "a decision needs a reason", remedy: "add --reason TEXT")
    }
    guard var report = try lastTieOut() else {
      throw AssureError(
        "no-tie-out", place: folder, "no report has been tied in this engagement",
        remedy: "`assure tie-out FILE` first")
    }
    let number = try Self.number(name, report)
    let at = try Moment.now()
    let decision = DecisionRecord(
      context: number.context, occurrence: number.occurrence, printed: number.printed,
      verdict: verdict, to: try Self.partner(partner, of: number, verdict, report), reason: reason,
      actor: actor, at: at, digest: report.digest)
    report.decisions.append(decision)
    let decided = report
    let actor = actor
    let salts = try store.salts()
    try store.commit(actor: actor, at: at) { db in
      let event = try TieOutTable.insert(decision, db)
      try TrailTables.append(event, actor: actor, at: at, salts: salts, to: db)
      return (try Self.register(decided, at: at, db), ())
    }
    return (number, decision)
  }

  private static func number(
    _ name: String, _ report: TiedReport
  ) throws(AssureError) -> NumberRecord {
    if let index = Int(name), report.numbers.indices.contains(index - 1) {
      return report.numbers[index - 1]
    }
    guard let number = report.numbers.first(where: { "\($0.line):\($0.column)" == name }) else {
      throw AssureError(
        "unknown-number", place: name, "the report tied last has no such number",
        remedy: "name it by its place in the list, 1 to \(report.numbers.count), or by LINE:COLUMN")
    }
    return number
  }

  private static func partner(
    _ name: String?, of number: NumberRecord, _ verdict: DecisionRecord.Verdict,
    _ report: TiedReport
  ) throws(AssureError) -> String {
    guard verdict == .accepted || verdict == .rejected else { return "" }
    if let name {
      let isKnown =
        number.ties.contains { $0.to == name }
        || report.figures.contains { "kpi:" + $0.id == name }
        || report.numbers.contains { "\($0.line):\($0.column)" == name }
      guard isKnown else {
        throw AssureError(
          "no-partner", place: name, "there is no such figure or number",
          remedy: "name it as `kpi:NAME` or LINE:COLUMN")
      }
      return report.partner(name)
    }
    let agrees = number.ties.first { $0.status != TieStatus.unmatched.rawValue }
    if let best = verdict == .accepted ? agrees : number.ties.first {
      return report.partner(best.to)
    }
    guard verdict == .rejected else {
      throw AssureError(
        "no-partner", place: "\(number.line):\(number.column)",
        "\(number.printed) has no candidate that could be accepted",
        remedy: "name the partner with --to, or set the number aside")
    }
    return ""
  }
}
