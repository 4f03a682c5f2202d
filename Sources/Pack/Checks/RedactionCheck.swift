import Assurance

/// L6: a redacted pack withholds what it says, and has nothing from which it could be undone.
enum RedactionCheck: PackCheck {
  static let codes = ["redaction-incomplete", "redaction-key"]

  static func run(_ pack: PackUnderCheck, _ verdict: inout Verdict) {
    guard let content = verdict.content(of: pack, for: "redaction"),
      let redaction = content.redaction
    else { return }
    let before = verdict.findings.count
    let paths = Set(pack.bag.listing.files.map(\.path))
    if content.trail.redactionKey != nil {
      verdict.add(
        "redaction-key", .content, PackPaths.redactionKey,
        "with it every withheld value can be found by trying")
    }
    for row in redaction.leftOut where paths.contains(row.path) {
      guard row.path != PackPaths.redactionKey else { continue }
      verdict.add("redaction-incomplete", .content, row.path, "it is said to be left out")
    }
    checkPapers(content, redaction, &verdict)
    if verdict.findings.count == before {
      verdict.hold(
        .content,
        "what \(PackPaths.redaction) says is withheld is not here: "
          + "\(redaction.leftOut.count) files, values of \(redaction.workpapers.count) workpapers")
    }
    verdict.redact(
      .content,
      "that this is the redaction of the pack \(redaction.full): who holds that one can tell "
        + "(--full)")
  }

  /// Tickets and locators of a redacted workpaper are withheld: keys could be found from them.
  private static func checkPapers(
    _ content: PackContent, _ redaction: RedactionFacts, _ verdict: inout Verdict
  ) {
    for paper in content.workpapers where redaction.hides(paper) {
      let tickets = (paper.draw?.items ?? []).allSatisfy { $0.ticket.hasPrefix(Withholder.mark) }
      let places = (paper.population?.items ?? []).allSatisfy {
        $0.locator.contains(Withholder.mark)
      }
      if !tickets || !places {
        verdict.add(
          "redaction-incomplete", .content, PackPaths.json(paper.kpi.name),
          "it has tickets or rows of records whose keys are withheld")
      }
    }
  }
}
