import ArgumentParser
import Assurance
import Exact
import Sampling

/// What the results of a sample say about the whole.
struct Bound: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What a sample says about the whole: limits of an error rate or of a quantity.",
    discussion: """
      Attributes: --distribution with --sample and --errors; rates for binomial and poisson, \
      numbers of items for hypergeometric. Quantities: --method with --sample and --taints, the \
      non-zero taints (book - audited) / book separated by semicolons. The confidence has no \
      default.

      Exit status: 0 done, 2 could not run, 64 misuse.
      """)

  @Option(help: "How errors vary: binomial, hypergeometric (exact, needs --population), poisson.")
  var distribution: ErrorDistribution?
  @Option(
    parsing: .unconditional,
    help: "For a quantity: stringer.poisson, stringer.binomial, cell.poisson, pps, ….")
  var method: String?
  @Option(parsing: .unconditional, help: "Confidence, between 0 and 1, such as 0.95.")
  var confidence: ExactNumber?
  @Option(parsing: .unconditional, help: "Items (or hits) tested.")
  var sample: Int?
  @Option(
    parsing: .unconditional, help: "Errors found; a fraction is possible for poisson and binomial.")
  var errors: ExactNumber?
  @Option(
    parsing: .unconditional, help: "Number of items (or units of quantity) in the population.")
  var population: Int?
  @Option(
    parsing: .unconditional,
    help: "upper, lower or two-sided for rates; over, under or two-sided for quantities.")
  var side: String?
  @Option(parsing: .unconditional, help: "The non-zero taints, such as \"1.0;0.09887\".")
  var taints: String?
  @Option(parsing: .unconditional, help: "Total of the population, to show amounts.")
  var populationValue: ExactNumber?
  @Option(help: "A taint above 1: refuse, clip at 1, or scale by the largest.")
  var taintPolicy: TaintPolicy = .refuse
  @Flag(help: "Round limits up to whole units of the population first, as IDEA does.")
  var roundUnits = false
  @Option(
    parsing: .unconditional,
    help: "The amount that must not be exceeded: adds a conclusion in words.")
  var tolerableAmount: ExactNumber?
  @Flag(help: "Print the table of upper limits instead.")
  var table = false
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (method == nil) != (distribution == nil) else {
      throw ValidationError("give --distribution (for a rate) or --method (for a quantity)")
    }
    guard confidence != nil else {
      throw ValidationError("Missing expected argument '--confidence'")
    }
    if table {
      guard distribution != nil else { throw ValidationError("--table needs --distribution") }
      return
    }
    guard sample != nil else { throw ValidationError("Missing expected argument '--sample'") }
    if method == nil {
      guard errors != nil else { throw ValidationError("Missing expected argument '--errors'") }
      guard side.map({ AttributeBound.Side(rawValue: $0) != nil }) ?? true else {
        throw ValidationError("--side is upper, lower or two-sided for rates")
      }
    } else {
      guard side.map({ MisstatementSide(rawValue: $0) != nil }) ?? true else {
        throw ValidationError("--side is over, under or two-sided for quantities")
      }
      guard try parsedTaints() != nil else {
        throw ValidationError("--taints are decimals separated by semicolons")
      }
      if tolerableAmount != nil, populationValue == nil {
        throw ValidationError("--tolerable-amount needs --population-value")
      }
    }
  }

  private func parsedTaints() throws -> [Rational]? {
    let texts = (taints ?? "").split(separator: ";").map { text in
      String(text.drop { $0 == " " }.prefix { $0 != " " })
    }
    let values = texts.map { Rational($0) }
    return values.contains { $0 == nil } ? nil : values.compactMap { $0 }
  }

  func run() throws {
    if table {
      let table = try calculated { () throws(SamplingError) in
        try SamplingTable.limits(
          distribution: distribution ?? .binomial, confidence: confidence?.value ?? .zero,
          population: population)
      }
      return Answer.print(table, common.format)
    }
    let found = try parsedTaints() ?? []
    let answer = try calculated { () throws(SamplingError) in
      if let method { try quantity(method, found) } else { try attributes() }
    }
    answer.print(common.format)
  }

  private func attributes() throws(SamplingError) -> Answer {
    let side = self.side.flatMap(AttributeBound.Side.init) ?? .upper
    let bound = try AttributeBound.bound(
      distribution: distribution ?? .binomial, confidence: confidence?.value ?? .zero,
      sample: sample ?? 0, errors: errors?.value ?? .zero, population: population, side: side)
    var answer = Answer()
    if bound.distribution == .hypergeometric {
      answer.add("upper", bound.upperCount.map { .integer($0) } ?? .none)
      answer.add("lower", bound.lowerCount.map { .integer($0) } ?? .none)
      answer.add("unit", .text("items"))
      answer.add("upperRate", bound.upperRate.map { .number($0) } ?? .none)
      answer.add("lowerRate", bound.lowerRate.map { .number($0) } ?? .none)
    } else {
      answer.add("upper", bound.upperRate.map { .number($0) } ?? .none)
      answer.add("lower", bound.lowerRate.map { .number($0) } ?? .none)
      answer.add("unit", .text("rate"))
    }
    answer.add("mostLikelyRate", .rounded(bound.mostLikelyRate))
    answer.add("distribution", .text(bound.distribution.rawValue))
    answer.add("side", .text(side.rawValue))
    answer.add("source", .text(bound.source))
    return answer
  }

  private func quantity(_ name: String, _ taints: [Rational]) throws(SamplingError) -> Answer {
    let method = try QuantityMethod.named(name)
    let units = population ?? populationValue.flatMap { Int(exactly: $0.value.ceiling) }
    let results = try TaintSample(
      confidence: confidence?.value ?? .zero, size: sample ?? 0, taints: taints,
      side: side.flatMap(MisstatementSide.init) ?? .over, populationUnits: units,
      policy: taintPolicy, roundsToUnits: roundUnits)
    let bound = try method.bound(results)
    var answer = Answer()
    answer.add("upperRate", .number(bound.upperRate))
    if let lower = bound.lowerRate { answer.add("lowerRate", .number(lower)) }
    answer.add("mostLikelyRate", .rounded(bound.mostLikelyRate))
    answer.add("precision", .number(bound.precision))
    if let basic = bound.basicRate { answer.add("basicRate", .number(basic)) }
    if let populationValue {
      let total = populationValue.value
      answer.add("upperAmount", .number(bound.upperRate * total.approximate))
      answer.add("mostLikelyAmount", .rounded(bound.mostLikelyRate * total))
      if let tolerableAmount {
        let verdict = try QuantityVerdict(
          bound, method: method, sample: results, total: total,
          tolerable: tolerableAmount.value)
        answer.add("conclusion", .text(verdict.sentence))
        answer.add("isSupported", .text(verdict.isSupported ? "yes" : "no"))
      }
    }
    answer.add("method", .text(method.title))
    answer.add("side", .text(results.side.rawValue))
    answer.add("limits", .text(method.limits))
    answer.add("source", .text(method.source))
    return answer
  }
}
