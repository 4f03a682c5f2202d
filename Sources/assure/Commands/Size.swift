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
      and --expected-amount. Estimates: --method mean or total with --precision, --deviation and \
      --population. All ceilings and comparisons are exact. The confidence has no default; it may \
      follow from the risk model of PCAOB AS 2315, with --audit-risk and the other risks. --rule \
      shows what a statute or scheme prescribes, which is no statement of confidence.

      Exit status: 0 done, 2 could not run, 64 misuse.
      """)

  enum Method: String, ExpressibleByArgument, CaseIterable {
    case aicpa, interpolated, poisson, mean, total

    var isEstimate: Bool { self == .mean || self == .total }
  }

  @Option(help: "How errors vary: binomial, hypergeometric (exact, needs --population), poisson.")
  var distribution: ErrorDistribution?
  @Option(
    help: "aicpa (factor), interpolated (hypergeometric), poisson; or mean, total (estimates).")
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
  @Option(
    parsing: .unconditional,
    help: "How far the bound may lie above the expected rate; for estimates the half width.")
  var precision: ExactNumber?
  @Option(parsing: .unconditional, help: "Standard deviation of the items, for an estimate.")
  var deviation: ExactNumber?
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
  @Option(help: "\(SizeRule.all.map(\.id).joined(separator: ", ")).")
  var rule: String?
  @Option(help: "Why this confidence: shown with the size, for the file.")
  var reason: String?
  @OptionGroup var risks: RiskOptions
  @Flag(help: "Print the table of sizes (or, with --method aicpa, of factors) instead.")
  var table = false
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if rule != nil {
      guard method == nil, distribution == nil, confidence == nil, !table else {
        throw ValidationError("--rule needs --population alone: it has no confidence")
      }
      return try require(population, "--population")
    }
    if method == nil, distribution == nil {
      throw ValidationError("give --distribution (for a rate) or --method (for a quantity)")
    }
    if method != nil, distribution != nil {
      throw ValidationError("--distribution is for rates, --method for quantities; give one")
    }
    if table {
      if method?.isEstimate == true { throw ValidationError("there is no table of estimates") }
      return try require(confidence, "--confidence", unless: method != nil)
    }
    try require(confidence, "--confidence", unless: risks.isGiven)
    if confidence != nil, risks.isGiven {
      throw ValidationError("give --confidence, or the risks that it follows from")
    }
    try validateWhat()
  }

  private func validateWhat() throws {
    if let method {
      let isEstimate = method.isEstimate
      try require(bookValue, "--book-value", unless: isEstimate)
      try require(tolerableAmount, "--tolerable-amount", unless: isEstimate)
      try require(precision, "--precision", unless: !isEstimate)
      try require(deviation, "--deviation", unless: !isEstimate)
      return try require(population, "--population", unless: !isEstimate)
    }
    try require(tolerable, "--tolerable")
    let given = [expectedRate != nil, expectedErrors != nil, stages != nil].filter { $0 }
    if given.count > 1 {
      throw ValidationError("give one of --expected-rate, --expected-errors and --stages")
    }
  }

  private func require<Value>(_ option: Value?, _ name: String, unless isOptional: Bool = false)
    throws
  {
    if option == nil, !isOptional { throw ValidationError("Missing expected argument '\(name)'") }
  }

  func run() throws {
    if table { return Answer.print(try calculated(tabulated), common.format) }
    var answer = try calculated { () throws(SamplingError) in
      if let rule { return try prescribed(try SizeRule.named(rule)) }
      if method?.isEstimate == true { return try estimate() }
      return method == nil ? try attributes() : try quantity()
    }
    if let reason { answer.add("reason", .text(reason)) }
    if risks.isGiven { answer.add("confidenceSource", .text(RiskModel.source)) }
    answer.print(common.format)
  }

  /// The confidence given, or what the risks leave to this test.
  private func certainty() throws(SamplingError) -> Rational {
    risks.isGiven ? try risks.confidence() : confidence?.value ?? .zero
  }

  private func prescribed(_ rule: SizeRule) throws(SamplingError) -> Answer {
    var answer = Answer()
    answer.add("sampleSize", .integer(try rule.size(of: population ?? 0)))
    answer.add("rule", .text(rule.title))
    answer.add("population", .integer(population ?? 0))
    answer.add("confidence", .text("none: a rule, not a statement of confidence"))
    answer.add("limits", .text(rule.limits))
    answer.add("edition", .text(rule.edition))
    answer.add("source", .text(rule.source))
    return answer
  }

  private func estimate() throws(SamplingError) -> Answer {
    let (c, width) = (try certainty(), precision?.value ?? .zero)
    let spread = deviation?.value ?? .zero
    let plan: VariablesPlan =
      method == .mean
      ? try .mean(
        confidence: c, halfWidth: width, variance: spread * spread, population: population ?? 0)
      : try .total(
        confidence: c, precision: width, variance: spread * spread, population: population ?? 0)
    var answer = Answer()
    answer.add("sampleSize", .integer(plan.sampleSize))
    answer.add("impliedPrecision", .number(plan.impliedPrecision))
    answer.add("method", .text(plan.method.rawValue))
    answer.add("confidence", .exact(c))
    answer.add("population", .integer(population ?? 0))
    answer.add("formula", .text(plan.formula))
    answer.add("source", .text(plan.source))
    return answer
  }

  private func tabulated() throws(SamplingError) -> SamplingTable {
    guard let distribution, let confidence else { return try SamplingTable.factors() }
    return try SamplingTable.sizes(
      distribution: distribution, confidence: confidence.value, population: population)
  }

  private func attributes() throws(SamplingError) -> Answer {
    let plan = try AttributePlan.size(
      distribution: distribution ?? .binomial, confidence: try certainty(),
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
    let (c, b) = (try certainty(), bookValue?.value ?? .zero)
    let (t, e) = (tolerableAmount?.value ?? .zero, expectedAmount?.value ?? .zero)
    let plan: QuantityPlan =
      switch method ?? .aicpa {
      case .interpolated:
        try .interpolated(
          confidence: c, bookValue: b, tolerable: t, expected: e, unit: unit?.value ?? .one)
      default:
        try .aicpa(
          confidence: c, bookValue: b, tolerable: t, expected: e, roundsFactor: method == .aicpa)
      }
    var answer = Answer()
    answer.add("sampleSize", .integer(plan.sampleSize))
    answer.add("interval", .rounded(plan.interval))
    if let factor = plan.factor { answer.add("factor", .exact(factor)) }
    if let critical = plan.criticalErrors { answer.add("criticalErrors", .integer(critical)) }
    answer.add("impliedConfidence", .number(plan.impliedConfidence))
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
