import ArgumentParser
import Assurance
import Exact
import Workbench

struct Reconcile: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Recalculate figures from their records and set them against the printed ones.",
    discussion: """
      exact: the number computed is the number printed. within rounding: it prints so. within \
      tolerance: the engagement accepts the difference. outside: it does not agree. Status 0 if all \
      agree, 1 if one is outside or cannot be compared.
      """)

  @Option(help: "One KPI and the ratios that rest on it; else all.") var kpi: String?
  @Option(
    help: ArgumentHelp(
      "Show what this factor set would make of the figures, and record nothing.",
      valueName: "factor-set"))
  var whatIf: String?
  @Flag(
    help:
      "Set figures against those of a year before, on the sites in both whole years."
  )
  var likeForLike = false
  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if likeForLike, whatIf != nil {
      throw ValidationError("--like-for-like and --what-if are two questions: ask one")
    }
  }

  func run() throws {
    let engagement = try engagement.open()
    if likeForLike {
      let result = try engagement.likeForLike(kpi: kpi)
      switch common.format {
      case .json: Terminal.say(LikeForLikeText.json(result).text())
      case .text: LikeForLikeText.show(result, quiet: common.quiet)
      }
      return
    }
    if let whatIf {
      let results = try engagement.whatIf(factors: whatIf, kpi: kpi)
      switch common.format {
      case .json: Terminal.say(WhatIfText.json(results, set: whatIf).text())
      case .text:
        for result in results { WhatIfText.show(result, set: whatIf) }
        if results.isEmpty { Terminal.say("no figure that it would change has records here") }
      }
      return
    }
    let scopes = Dictionary(
      uniqueKeysWithValues: engagement.policy.kpis.map { ($0.name, $0.status.rawValue) })
    let results = try engagement.reconcile(kpi: kpi)
    switch common.format {
    case .json: Terminal.say(json(results, scopes).text())
    case .text: for result in results { show(result, scope: scopes[result.kpi] ?? "") }
    }
    let stated = Set(
      engagement.policy.kpis.filter { Self.isStated($0) || $0.status == .supporting }.map(\.name))
    let disagrees = results.contains { result in
      result.status == .outside
        || (result.status == .notComparable && !stated.contains(result.kpi))
    }
    if disagrees { throw ExitCode(1) }
  }

  private static func isStated(_ kpi: KPIDefinition) -> Bool {
    if case .stated = kpi.measure { true } else { false }
  }

  private func show(_ result: Reconciliation, scope: String) {
    Terminal.say("\(result.kpi): \(result.status.rawValue) (\(scope))")
    let computed = "\(result.computedText) \(result.unit)"
    Terminal.say("  computed \(result.computed == nil ? "nothing, for want of records" : computed)")
    if let printed = result.printed {
      let interval =
        result.printedInterval.map { ", which stands for \($0.low) to \($0.high)" } ?? ""
      Terminal.say("  printed  \(printed)\(interval)  (\(Terminal.printable(result.printedPlace)))")
    } else {
      Terminal.say("  printed  no figure in reported.csv")
    }
    guard !common.quiet else { return }
    for item in result.bridge {
      let count = item.count > 0 ? "\(item.count) records" : ""
      let mark = item.counts ? "+" : " "
      let parts = [item.amount, count, item.note].filter { !$0.isEmpty }
      let rest = parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")
      Terminal.say("    \(mark) \(item.label)\(rest)")
    }
    for control in result.controls { Terminal.say("    = \(Self.words(control))") }
  }

  private static func words(_ control: ControlTotal) -> String {
    let tables = control.tables.count == 1 ? "1 table" : "\(control.tables.count) tables"
    let sum = control.sum.map { ", \(control.field ?? "") \($0) \(control.unit) as read" } ?? ""
    return "\(control.title): \(control.rowsRead) rows of \(tables) = \(control.records) records + "
      + "\(control.rejected) rejected\(sum)"
  }

  private func json(_ results: [Reconciliation], _ scopes: [String: String]) -> JSONValue {
    .object([
      (
        "kpis",
        .list(
          results.map { result in
            .object([
              ("id", .string(result.kpi)), ("scope", .optional(scopes[result.kpi])),
              ("computed", result.computed == nil ? .null : .string(result.computedText)),
              ("reported", .optional(result.printed)), ("unit", .string(result.unit)),
              ("status", .string(result.status.rawValue)),
              ("difference", result.difference == nil ? .null : .string(result.differenceText)),
              (
                "bridge",
                .list(
                  result.bridge.map {
                    .object([
                      ("label", .string($0.label)), ("amount", .string($0.amount)),
                      ("count", .integer($0.count)), ("counts", .bool($0.counts)),
                      ("note", .string($0.note)),
                    ])
                  })
              ), ("controls", .list(result.controls.map(Self.json))),
            ])
          })
      )
    ])
  }

  private static func json(_ control: ControlTotal) -> JSONValue {
    .object([
      ("dataset", .string(control.dataset)), ("field", .optional(control.field)),
      ("unit", .string(control.unit)), ("records", .integer(control.records)),
      ("sum", .optional(control.sum?.description)),
      (
        "tables",
        .list(
          control.tables.map {
            .object([
              ("place", .string($0.place)), ("rowsRead", .integer($0.rowsRead)),
              ("accepted", .integer($0.accepted)), ("rejected", .integer($0.rejected)),
              ("total", .optional($0.total?.description)),
            ])
          })
      ),
    ])
  }
}
