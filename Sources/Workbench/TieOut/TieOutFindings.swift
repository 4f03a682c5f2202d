package import Assurance
package import TieOut

/// What a tie-out found, as exceptions for the register.
package enum TieOutFindings {
  /// The register's name for what concerns the report and not one KPI's records.
  package static let register = "tie-out"

  /// Conflicts, what people rejected, decisions that no longer rest, assured figures that no number
  /// prints, numbers of editions that differ, and lints.
  package static func exceptions(_ report: TiedReport) -> [Assurance.Exception] {
    let finder = Finder(report: report)
    return finder.numbers() + finder.figures() + finder.editions() + finder.lints()
  }

  /// `name@digest12#pageN!line:column`, as locators of sources are written.
  package static func locator(_ report: TiedReport, page: Int, place: String) -> String {
    let digest = report.digest.prefix(12)
    return "\(report.file)@\(digest)#page\(page)!\(place)"
  }
}

private struct Finder {
  let report: TiedReport

  private func exception(
    _ code: String, _ severity: Severity, _ subject: String, at locators: [String],
    _ message: String
  ) -> Assurance.Exception {
    Exception(
      code: code, severity: severity, kpi: TieOutFindings.register, subject: subject,
      locators: locators, effect: .unquantified, unit: "", message: message)
  }

  private func locator(_ number: NumberRecord) -> String {
    TieOutFindings.locator(report, page: number.page, place: "\(number.line):\(number.column)")
  }

  private func partner(_ to: String) -> String {
    guard let colon = to.firstIndex(of: ":"), !to.hasPrefix("kpi:"), Int(to[..<colon]) != nil else {
      return to
    }
    let page = report.numbers.first { "\($0.line):\($0.column)" == to }?.page ?? 1
    return TieOutFindings.locator(report, page: page, place: to)
  }

  func numbers() -> [Assurance.Exception] {
    let assured = Set(report.figures.filter(\.assured).map { "kpi:" + $0.id })
    return zip(report.numbers, report.applied).compactMap { number, applied in
      let best = number.ties.first
      if let applied {
        if applied.settles { return nil }
        let decision = applied.decision
        if applied.standing == .again {
          return exception(
            "tie-out-decide-again", .medium, number.excerpt, at: [locator(number)],
            "\(number.printed) was \(decision.verdict.rawValue) in an earlier edition, where it was "
              + "\(decision.printed): \(decision.reason)")
        }
        return exception(
          "tie-out-rejected", .high, number.excerpt, at: [locator(number)],
          "\(number.printed) was rejected by \(decision.actor): \(decision.reason)")
      }
      guard number.status == TieStatus.conflict.rawValue, let best else { return nil }
      let touches = number.ties.contains { tie in
        assured.contains { tie.to == $0 || tie.to == $0 + "@recalculated" }
      }
      return exception(
        "tie-out-conflict", touches ? .high : .medium, number.excerpt,
        at: [locator(number), partner(best.to)], "\(number.printed) contradicts: \(best.why)")
    }
  }

  func figures() -> [Assurance.Exception] {
    report.figures.filter { $0.assured && $0.agreeing == 0 && $0.conflicting == 0 }.map { figure in
      exception(
        "tie-out-not-printed", .medium, figure.id, at: ["kpi:" + figure.id],
        "no number of the report prints the assured figure \(figure.value) \(figure.unit), "
          + "\(figure.name)")
    }
  }

  func editions() -> [Assurance.Exception] {
    guard let edition = report.edition else { return [] }
    return edition.differences.filter { $0.standing == "differs" }.map { pair in
      exception(
        "tie-out-editions-differ", .medium, pair.printedHere,
        at: [
          partner(pair.here),
          "\(edition.file)@\(edition.digest.prefix(12))#text!\(pair.there)",
        ],
        "\(pair.printedHere) here is \(pair.printedThere) in \(edition.file)")
    }
  }

  func lints() -> [Assurance.Exception] {
    report.lints.map { lint in
      exception(
        "report-" + lint.kind, Self.grave.contains(lint.kind) ? .medium : .low,
        lint.message,
        at: ([lint.line] + lint.related).map { line in
          TieOutFindings.locator(
            report, page: lint.page, place: line == lint.line ? "\(line):\(lint.column)" : "\(line)"
          )
        }, lint.message)
    }
  }

  private static let grave: Set<String> = [
    "as-at-over-flow", "dates-contradict", "two-boundaries", "unassured-headline",
    "contradictory-index-entry",
  ]
}
