import Exact

/// Everything that is tried on the printed figures and on what the report says of them, as
/// exceptions for the register.
///
/// Nothing here is about one figure: relations, targets, restatements, the index, the notes and the
/// rounding are tried as policy and report give them, and each recalculated figure as its measure
/// says.
package struct ReportCheck {
  /// What the register calls exceptions that belong to no KPI.
  package static let name = "report"

  /// Every code it can raise, in the order of the list.
  package static let kinds: [FindingKind] = [
    FindingKind("figure-outside", .high, "The printed figure is not what its records give."),
    FindingKind(
      "figure-mix-up", .high, "The printed figure is that of another measure or factor set."),
    FindingKind("factor-missing", .high, "Records need a factor that the set does not have."),
    FindingKind("factor-year", .high, "A factor is not for the period."),
    FindingKind("factor-unconfirmed", .low, "A factor is still to be confirmed in its source."),
    FindingKind("value-missing", .medium, "Records that count have no value to sum."),
    FindingKind("value-twice", .medium, "A thing that counts once stands with different values."),
    FindingKind(
      "display-precision", .low, "The figure is printed too coarsely for its materiality."),
    FindingKind(
      "relation-impossible", .medium, "No numbers that print so satisfy a relation of the report."),
    FindingKind(
      "relation-holds-unexpectedly", .medium, "Printed figures satisfy what they should not."),
    FindingKind("target-without-figure", .medium, "A target is called achieved without a figure."),
    FindingKind("target-no-interim-value", .low, "An interim target's value is not printed."),
    FindingKind("target-without-base", .medium, "A target counts from a figure not printed."),
    FindingKind(
      "target-other-population", .medium, "A target and its figure are about different things."),
    FindingKind("target-not-met", .high, "A target called achieved is not reached."),
    FindingKind("restatement-reason", .medium, "A figure is restated without its reason."),
    FindingKind("restatement-twice", .medium, "A figure of one year is restated twice."),
    FindingKind("index-missing", .medium, "The index does not answer a code."),
    FindingKind("index-contradiction", .medium, "The index both answers and declines a code."),
    FindingKind("index-two-definitions", .low, "One section answers two definitions at once."),
    FindingKind("index-duplicate", .low, "The index lists a code twice in one row."),
    FindingKind("footnote-orphan", .low, "A note has no mark in the table."),
    FindingKind("footnote-missing", .medium, "A mark in the table has no note."),
    FindingKind("footnote-twice", .low, "Two notes have one mark."),
    FindingKind("citation-unknown", .low, "A standard is cited by a number that is not known."),
  ]

  let policy: PolicySet
  let year: Int
  let reported: [ReportedValue]

  package init(policy: PolicySet, period: Period, reported: [ReportedValue]) {
    self.policy = policy
    year = period.last.civil.year
    self.reported = reported
  }

  func exception(
    _ code: String, kpi: String = name, severity: Severity? = nil, subject: String,
    places: [String], effect: Effect = .unquantified, unit: String = "", _ message: String
  ) -> Exception {
    let kind = Self.kinds.first { $0.code == code }
    return Exception(
      code: code, severity: severity ?? kind?.severity ?? .medium, kpi: kpi, subject: subject,
      locators: places.filter { !$0.isEmpty }, effect: effect, unit: unit, message: message)
  }

  // MARK: the report on itself

  /// - Parameter book: every printed figure.
  package func statements(
    _ statements: ReportStatements, book: FigureBook
  ) throws(AssureError) -> [Exception] {
    var findings = statements.findings
    for target in statements.targets {
      findings += target.result(figures: book, year: year).findings.map { finding in
        DisclosureFinding(
          code: finding.code, subject: finding.subject,
          message: "the target `\(finding.subject)` \(finding.message)", place: finding.place)
      }
    }
    if !statements.entries.isEmpty {
      findings += DisclosureIndex(
        requirements: policy.report.disclosures, entries: statements.entries,
        file: "report/index.csv"
      ).findings()
    }
    findings += Footnotes.findings(
      marks: statements.marks, notes: statements.notes, place: "report/footnotes.csv")
    for (index, line) in statements.lines.enumerated() {
      findings += Citations.findings(
        in: line, known: policy.report.standards,
        place: "\(ReportStatements.textFile):\(index + 1)")
    }
    return findings.map {
      exception($0.code, subject: $0.subject, places: [$0.place], $0.message)
    } + relations(book)
  }

  private func relations(_ book: FigureBook) -> [Exception] {
    RelationBook(policy.report.relations, figures: book).results().compactMap { result in
      let relation = result.relation
      // What names no figure says nothing of this engagement's.
      guard relation.expression.contains("[") else { return nil }
      let words = relation.note.isEmpty ? "" : "; \(relation.note)"
      if relation.isExpected, result.verdict == .impossible {
        let why = result.reason.isEmpty ? "" : ": \(result.reason)"
        return exception(
          "relation-impossible", subject: relation.id, places: places(of: relation),
          "\(relation.expression) cannot hold for any numbers that print so\(why); "
            + "\(gap(result))ask which of the figures is wrong\(words)")
      }
      if !relation.isExpected, result.verdict == .atFaceValue || result.verdict == .withinRounding {
        return exception(
          "relation-holds-unexpectedly", subject: relation.id, places: places(of: relation),
          "\(relation.expression) holds and should not\(words)")
      }
      return nil
    }
  }

  private func gap(_ result: RelationResult) -> String {
    guard let computed = result.computed?.face, let reported = result.reported else { return "" }
    return "it gives \(Reconciler.text(computed, decimals: 0)) where "
      + "\(Reconciler.text(reported, decimals: 0)) is printed; "
  }

  private func places(of relation: Relation) -> [String] {
    var places: [String] = []
    for value in reported {
      guard let kpi = policy.kpi(value.kpi) else { continue }
      let isNamed = ([kpi.name] + kpi.aliases).contains { relation.expression.contains("[\($0)]") }
      if isNamed, !places.contains(value.printedPlace) { places.append(value.printedPlace) }
    }
    return places.isEmpty ? [relation.place] : places
  }
}
