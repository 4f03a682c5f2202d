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
    let all = try engagement.status()
    let replaced = try engagement.versions().filter { $0.replacedBy != nil }
    switch common.format {
    case .json: Terminal.say(json(all, replaced).text())
    case .text:
      show(all, replaced)
      Terminal.say("log: \(try engagement.unanchoredTail().words)")
    }
    if all.contains(where: { !$0.blockers.isEmpty }) { throw ExitCode(1) }
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
    if all.allSatisfy(\.blockers.isEmpty) { Terminal.say("nothing is left to do before the pack") }
  }

  private func json(_ all: [KPIReadiness], _ replaced: [SourceVersion]) -> JSONValue {
    .object([
      (
        "kpis",
        .list(
          all.map { kpi in
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
