import ArgumentParser
import Assurance
import Exact
import Sampling

/// How many items to test.
struct Size: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "How many items to test: a sample size with its formula and source.",
    discussion: """
      Attributes (a rate of errors): --distribution with --tolerable, and an expectation as a rate \
      or a count. Quantities (money, kWh, tCO2e): --method with --book-value, --tolerable-amount \
      and --expected-amount. All ceilings and comparisons are exact. The confidence has no default.

      Exit status: 0 done, 2 could not run, 64 misuse.
      """)

  enum Method: String, ExpressibleByArgument, CaseIterable {
    case aicpa, interpolated, poisson
  }

  @Option(help: "How errors vary: binomial, hypergeometric (exact, needs --population), poisson.")
  var distribution: ErrorDistribution?
  @Option(help: "For a quantity: aicpa (factor), interpolated (hypergeometric), poisson.")
  var method: Method?
  @Option(parsing: .unconditional, help: "Confidence, between 0 and 1, such as 0.95.")
  var confidence: ExactNumber?
  @Option(
    parsing: .unconditional, help: "The rate of errors that must not be exceeded, such as 0.05.")
  var tolerable: ExactNumber?
  @Option(parsing: .unconditional, help: "The rate of errors expected; 0 if nothing is said.")
  var expectedRate: ExactNumber?
  @Option(parsing: .unconditional, help: "The number of errors expected in the sample.")
  var expectedErrors: ExactNumber?
  @Option(
    parsing: .unconditional,
    help: "Stages of equal size by their largest acceptable counts, such as 1|0.")
  var stages: String?
  @Option(parsing: .unconditional, help: "Number of items in the population.")
  var population: Int?
  @Option(parsing: .unconditional, help: "How far the bound may lie above the expected rate.")
  var precision: ExactNumber?
  @Option(parsing: .unconditional, help: "Total of the population, for a quantity.")
  var bookValue: ExactNumber?
  @Option(
    parsing: .unconditional,
    help: "The misstatement that must not be exceeded, in the unit of the total.")
  var tolerableAmount: ExactNumber?
  @Option(
    parsing: .unconditional,
    help: "The misstatement expected, in the unit of the total; 0 if nothing is said.")
  var expectedAmount: ExactNumber?
  @Option(
    parsing: .unconditional,
    help: "The size of one unit, for the interpolated method; 1 if nothing is said.")
  var unit: ExactNumber?
  @Flag(help: "Print the table of sizes (or, with --method aicpa, of factors) instead.")
  var table = false
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if method == nil, distribution == nil {
      throw ValidationError("give --distribution (for a rate) or --method (for a quantity)")
    }
    if method != nil, distribution != nil {
      throw ValidationError("--distribution is for rates, --method for quantities; give one")
    }
    if table { return try require(confidence, "--confidence", unless: method != nil) }
    try require(confidence, "--confidence")
    if method != nil {
      try require(bookValue, "--book-value")
      try require(tolerableAmount, "--tolerable-amount")
    } else {
      try require(tolerable, "--tolerable")
      let given = [expectedRate != nil, expectedErrors != nil, stages != nil].filter { $0 }
      if given.count > 1 {
        throw ValidationError("give one of --expected-rate, --expected-errors and --stages")
      }
    }
  }

  private func require(_ option: ExactNumber?, _ name: String, unless isOptional: Bool = false)
    throws
  {
    if option == nil, !isOptional { throw ValidationError("Missing expected argument '\(name)'") }
  }

  func run() throws {
    if table { return Answer.print(try calculated(tabulated), common.format) }
    let answer = try calculated { () throws(SamplingError) in
      method == nil ? try attributes() : try quantity()
    }
    answer.print(common.format)
  }

  private func tabulated() throws(SamplingError) -> SamplingTable {
    guard let distribution, let confidence else { return try SamplingTable.factors() }
    return try SamplingTable.sizes(
      distribution: distribution, confidence: confidence.value, population: population)
  }

  private func attributes() throws(SamplingError) -> Answer {
    let plan = try AttributePlan.size(
      distribution: distribution ?? .binomial, confidence: confidence?.value ?? .zero,
      tolerable: tolerable?.value ?? .zero, expected: try expectation(), population: population,
      precision: precision?.value)
    var answer = Answer()
    answer.add("sampleSize", .integer(plan.sampleSize))
    answer.add("criticalErrors", .exact(plan.plannedErrors))
    if let stages { answer.add("stages", .text(stages)) }
    answer.add("distribution", .text(plan.distribution.rawValue))
    answer.add("confidence", .exact(plan.confidence))
    answer.add("tolerable", .exact(plan.tolerable))
    if let population { answer.add("population", .integer(population)) }
    answer.add("impliedConfidence", .number(plan.impliedConfidence))
    answer.add("formula", .text(plan.formula))
    answer.add("source", .text(plan.source))
    return answer
  }

  private func expectation() throws(SamplingError) -> ExpectedErrors {
    if let stages {
      let counts = stages.split(separator: "|", omittingEmptySubsequences: false).map {
        Int($0) ?? -1
      }
      return .stages(counts)
    }
    if let expectedErrors { return .count(expectedErrors.value) }
    return .rate(expectedRate?.value ?? .zero)
  }

  private func quantity() throws(SamplingError) -> Answer {
    let (c, b) = (confidence?.value ?? .zero, bookValue?.value ?? .zero)
    let (t, e) = (tolerableAmount?.value ?? .zero, expectedAmount?.value ?? .zero)
    let plan: QuantityPlan =
      switch method ?? .aicpa {
      case .interpolated:
        try .interpolated(
          confidence: c, bookValue: b, tolerable: t, expected: e, unit: unit?.value ?? .one)
      case .aicpa, .poisson:
        try .aicpa(
          confidence: c, bookValue: b, tolerable: t, expected: e, roundsFactor: method == .aicpa)
      }
    var answer = Answer()
    answer.add("sampleSize", .integer(plan.sampleSize))
    answer.add("interval", .rounded(plan.interval))
    if let factor = plan.factor { answer.add("factor", .exact(factor)) }
    if let critical = plan.criticalErrors { answer.add("criticalErrors", .integer(critical)) }
    answer.add("method", .text(plan.method.rawValue))
    answer.add("confidence", .exact(plan.confidence))
    answer.add("bookValue", .exact(plan.bookValue))
    answer.add("tolerableAmount", .exact(plan.tolerable))
    answer.add("expectedAmount", .exact(plan.expected))
    answer.add("formula", .text(plan.formula))
    answer.add("source", .text(plan.source))
    return answer
  }
}
