import ArgumentParser
import Assurance
import Exact
import Foundation
import Workbench

struct Sample: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw a sample and write its worksheet; plans first if there is no plan.",
    discussion: """
      The population is frozen before the plan, the plan before the seed, the seed before the draw. \
      A round that is drawn stays as it is: the command shows it again and writes its worksheet again.
      """)

  @Option(help: "The KPI.") var kpi: String
  @Option(help: "The seed text, fixed after the plan: 20 rolls of a die, said aloud, are good.")
  var seed: String?
  @Flag(help: "Make a seed from the system's randomness; the record says so.")
  var seedFromSystem = false
  @Option(help: "The round.") var round = 1
  @Option(help: "For a new plan: a size of your own.") var size: Int?
  @Option(help: "For a new plan: modified-sieve or consistent.") var method: String?
  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard seed == nil || !seedFromSystem else {
      throw ValidationError("give --seed or --seed-from-system, not both")
    }
  }

  func run() throws {
    let engagement = try engagement.open()
    let name = try engagement.kpi(abbreviated: kpi).name
    if let seed, !seed.isEmpty { try Engagement.requirePlain(seed: seed) }
    var plan = try engagement.plannedRound(kpi: name, round: round)
    if plan == nil {
      // A draw that cannot follow must not leave a plan behind.
      let hasSeed = seed.map { !$0.isEmpty } ?? (seedFromSystem || isTerminal)
      guard hasSeed else { throw Self.noSeed }
      plan = try engagement.plan(kpi: name, round: round, size: size, method: method)
      if let plan, common.format == .text { Plan.show(plan, quiet: common.quiet) }
    } else if size != nil || method != nil {
      throw AssureError(
        "already-planned", place: "\(name) round \(round)",
        "this round is planned and frozen; --size and --method would change it",
        remedy: "leave them out, or plan a further round with --round \(round + 1)")
    }
    let isDrawn = try engagement.isDrawn(kpi: name, round: round)
    let (seed, origin) = isDrawn ? (seed, "given") : try fixSeed()
    let draw = try engagement.draw(kpi: name, round: round, seed: seed, seedOrigin: origin)
    let worksheet = try engagement.writeWorksheet(kpi: name, round: round)
    switch common.format {
    case .json: Terminal.say(json(name, plan, draw, worksheet).text())
    case .text: show(name, draw, worksheet)
    }
  }

  private var isTerminal: Bool { isatty(0) == 1 && common.format == .text }

  private static let noSeed = AssureError(
    "no-seed", place: "--seed", "a draw needs a seed text",
    remedy:
      "give --seed \"20 dice rolls\", or --seed-from-system to have one made and recorded as such")

  /// The seed given, or made, or asked for on a terminal.
  private func fixSeed() throws(AssureError) -> (String, String) {
    if let seed, !seed.isEmpty { return (seed, "given") }
    if seedFromSystem { return (Self.made(), "system randomness") }
    guard isTerminal else { throw Self.noSeed }
    Terminal.complain("The plan is frozen. Roll a die 20 times and type the numbers;")
    Terminal.complain("or press return to have a seed made from the system's randomness.")
    let line = (readLine() ?? "").trimmingCharacters(in: .whitespaces)
    return line.isEmpty ? (Self.made(), "system randomness") : (line, "given")
  }

  /// 32 decimal digits from the system's generator.
  private static func made() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<32).map { _ in String(Int.random(in: 0...9, using: &generator)) }.joined()
  }

  private func show(_ kpi: String, _ draw: DrawFacts, _ worksheet: String) {
    let keys = draw.items.count { $0.basis == .key }
    Terminal.say(
      "\(kpi) round \(draw.round): \(draw.items.count) items drawn, \(keys) of them key items")
    Terminal.say("seed \"\(Terminal.printable(draw.seed))\" (\(draw.seedOrigin))")
    Terminal.say("population SHA-256 \(draw.populationDigest)")
    guard !common.quiet else { return }
    var table = TextTable([
      ("", .right), ("key", .left), ("value", .right), ("basis", .left), ("ticket", .left),
      ("at", .left),
    ])
    for (index, item) in draw.items.enumerated() {
      table.add([
        String(index + 1), item.key, item.value.description, item.basis.rawValue,
        String(item.ticket.prefix(14)) + "…", item.locator,
      ])
    }
    for line in table.lines { Terminal.say(line) }
    Terminal.say("worksheet for the tester: \(worksheet)")
    Terminal.say("how anyone draws it again:")
    for (index, sentence) in draw.rule.enumerated() {
      Terminal.say("  \(index + 1). \(Terminal.printable(sentence))")
    }
  }

  private func json(
    _ kpi: String, _ plan: PlanFacts?, _ draw: DrawFacts, _ worksheet: String
  ) -> JSONValue {
    .object([
      ("kpi", .string(kpi)), ("round", .integer(draw.round)),
      ("method", .optional(plan?.method)), ("size", .integer(draw.items.count)),
      ("seed", .string(draw.seed)), ("seedOrigin", .string(draw.seedOrigin)),
      ("populationDigest", .string(draw.populationDigest)),
      (
        "items",
        .list(
          draw.items.map {
            .object([
              ("key", .string($0.key)), ("ticket", .string($0.ticket)), ("value", .exact($0.value)),
              ("basis", .string($0.basis.rawValue)), ("locator", .string($0.locator)),
            ])
          })
      ),
      ("worksheet", .string(worksheet)), ("rule", .list(draw.rule.map { .string($0) })),
    ])
  }
}
