import Assurance
import Trail

/// L7: the rules of the work that a log tells: open review notes, evidence weaker than a risk lets
/// pass, the gates before the report's date, the days to the lock, and whether one person did all.
enum WorkflowCheck: PackCheck {
  static let codes = ["evidence-weak", "lock-late", "note-open", "release-unready"]

  static func run(_ pack: PackUnderCheck, _ verdict: inout Verdict) {
    guard let content = verdict.content(of: pack, .policy, for: "review notes and gates") else {
      return
    }
    let seal = (try? pack.seal.get()) ?? nil
    let later = seal?.told(after: content.trail.events.count) ?? []
    let workflow = content.trail.workflow(with: later)
    notes(content, workflow, &verdict)
    guard let terms = content.signing?.terms else { return }
    evidence(content, workflow, terms, &verdict)
    gates(workflow, terms, &verdict)
    clock(content, workflow, terms, later, &verdict)
    if let person = terms.onlyPerson {
      verdict.leave(
        .policy, "segregation: \(person) is a single practitioner, nobody else prepared or reviewed"
      )
    }
  }

  private static func notes(
    _ content: PackContent, _ workflow: Workflow, _ verdict: inout Verdict
  ) {
    guard !workflow.notes.isEmpty else { return }
    let papers = Set(content.workpapers.map(\.kpi.name))
    let open = workflow.notes.filter { papers.contains($0.kpi) && $0.state != .cleared }
    for note in open {
      verdict.warn(
        "note-open", .policy, PackPaths.notes,
        "note \(note.number) of \(note.by) about \(note.kpi) was not cleared")
    }
    if open.isEmpty { verdict.hold(.policy, "\(workflow.notes.count) review notes, all cleared") }
  }

  private static func evidence(
    _ content: PackContent, _ workflow: Workflow, _ terms: Terms, _ verdict: inout Verdict
  ) {
    for rule in terms.minimum {
      guard let minimum = EvidenceKind(rawValue: rule.value),
        let paper = content.workpapers.first(where: { $0.kpi.name == rule.name })
      else { continue }
      guard content.redaction?.hides(paper) != true else {
        verdict.redact(.policy, "\(rule.name): whether tested items have evidence that is due")
        continue
      }
      let good = workflow.evidence(of: rule.name).filter { $0.kind >= minimum }
      let backed = Set(good.flatMap(\.items))
      let bare = paper.results.filter { result in
        [.agreed, .misstated].contains(result.outcome) && !backed.contains(result.key)
      }
      guard !good.contains(where: { $0.items.isEmpty }), !bare.isEmpty else { continue }
      verdict.warn(
        "evidence-weak", .policy, PackPaths.json(rule.name),
        "\(bare.count) tested items have no evidence of kind \(minimum.rawValue) or better")
    }
  }

  /// What had to be there before the report was dated, by the log alone.
  private static func gates(_ workflow: Workflow, _ terms: Terms, _ verdict: inout Verdict) {
    guard let reported = workflow.reportEvent else { return }
    let before = verdict.findings.count
    func miss(_ what: String) {
      verdict.add("release-unready", .policy, PackPaths.events, "the report was dated, but \(what)")
    }
    for note in workflow.notes where note.stood(at: reported) {
      miss("note \(note.number) of \(note.by) was not cleared")
    }
    let people = Dictionary(
      terms.signers.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    for member in terms.members {
      let isReviewer = member.value == SignoffRole.eqr.rawValue
      let declared = workflow.declarations.contains {
        $0.event < reported && (people[$0.person] ?? $0.person) == member.name
          && ($0.hasCooledOff || !isReviewer)
      }
      if !declared { miss("\(member.name) had not declared independence") }
    }
    let concurred = workflow.concurrences.contains { $0 < reported }
    if terms.roles.contains(.eqr), !concurred {
      miss("no engagement quality reviewer had concurred")
    }
    guard verdict.findings.count == before else { return }
    verdict.hold(.policy, "the report was dated after its gates, on \(workflow.reported ?? "")")
  }

  private static func clock(
    _ content: PackContent, _ workflow: Workflow, _ terms: Terms, _ later: [[UInt8]],
    _ verdict: inout Verdict
  ) {
    guard let clock = AssemblyClock(workflow, days: terms.assemblyDays) else { return }
    let last = (later.last ?? content.trail.events.last).flatMap { try? CanonicalJSON(parsing: $0) }
    let today = Day(String((last?["at"]?.string ?? "").prefix(10))) ?? clock.reported
    if clock.isLate(on: today) {
      verdict.add("lock-late", .policy, PackPaths.seal, clock.words(on: today))
    } else if clock.locked == nil {
      verdict.leave(.policy, "the lock: \(clock.words(on: today)), by this pack's log")
    } else {
      verdict.hold(.policy, clock.words(on: today))
    }
  }
}
