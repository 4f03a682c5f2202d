import ArgumentParser
import Pack
import Workbench

struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What is done for each KPI, and what stands in its way.",
    discussion: "Status 0 if nothing is left to do, else 1.")

  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let engagement = try engagement.open()
    let standing = try engagement.standing()
    let all = standing.kpis
    let replaced = try engagement.versions().filter { $0.replacedBy != nil }
    switch common.format {
    case .json: Terminal.say(json(standing, replaced).text())
    case .text:
      show(all, replaced)
      show(standing)
      Terminal.say("log: \(try engagement.unanchoredTail().words)")
    }
    if all.contains(where: { !$0.blockers.isEmpty }) || !standing.blockers.isEmpty {
      throw ExitCode(1)
    }
  }

  private func show(_ all: [KPIReadiness], _ replaced: [SourceVersion]) {
    var table = TextTable([
      ("KPI", .left), ("scope", .left), ("figure", .left), ("open exceptions", .right),
      ("sample", .left), ("conclusion", .left),
    ])
    for kpi in all {
      table.add([
        kpi.kpi, kpi.status, kpi.reconciliation, String(kpi.openExceptions), kpi.sample,
        kpi.conclusion,
      ])
    }
    for line in table.lines { Terminal.say(line) }
    for version in replaced {
      guard let successor = version.replacedBy else { continue }
      Terminal.say(
        Terminal.printable(
          "replaced: \(version.file) \(version.digest.prefix(12)) \(version.table) by "
            + "\(successor.file) \(successor.digest.prefix(12))"))
    }
    for kpi in all {
      for blocker in kpi.blockers { Terminal.say("next for \(kpi.kpi): \(blocker)") }
    }
  }

  /// What is left for the engagement as a whole, and whose turn it is.
  private func show(_ standing: EngagementStanding) {
    for blocker in standing.blockers { Terminal.say("next: \(Terminal.printable(blocker))") }
    if standing.kpis.allSatisfy(\.blockers.isEmpty), standing.blockers.isEmpty,
      standing.phase == "working"
    {
      Terminal.say("nothing is left to do before the pack")
    }
    for turn in standing.turns {
      Terminal.say("turn of \(Terminal.printable(turn.who)): \(Terminal.printable(turn.what))")
    }
    if let clock = standing.clock { Terminal.say(clock) }
    if let single = standing.single {
      Terminal.say("\(Terminal.printable(single)) is a single practitioner: nobody else reviews")
    }
  }

  private func json(
    _ standing: EngagementStanding, _ replaced: [SourceVersion]
  ) -> JSONValue {
    .object([
      ("phase", .string(standing.phase)),
      ("blockers", .list(standing.blockers.map { .string($0) })),
      (
        "turns",
        .list(
          standing.turns.map { .object([("who", .string($0.who)), ("what", .string($0.what))]) })
      ),
      ("clock", .optional(standing.clock)),
      ("singlePractitioner", .optional(standing.single)),
      (
        "kpis",
        .list(
          standing.kpis.map { kpi in
            .object([
              ("kpi", .string(kpi.kpi)), ("scope", .string(kpi.status)),
              ("figure", .string(kpi.reconciliation)),
              ("openExceptions", .integer(kpi.openExceptions)), ("sample", .string(kpi.sample)),
              ("conclusion", .string(kpi.conclusion)),
              ("blockers", .list(kpi.blockers.map { .string($0) })),
            ])
          })
      ),
      (
        "replaced",
        .list(
          replaced.map { version in
            .object([
              ("file", .string(version.file)), ("sha256", .string(version.digest)),
              ("table", .string(version.table)), ("dataset", .string(version.dataset)),
              ("replacedBy", .optional(version.replacedBy?.digest)),
            ])
          })
      ),
    ])
  }
}
