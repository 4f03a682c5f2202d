import BigInt
import Exact
import Sampling
import Testing

@Suite struct VariablesVectorTests {
  @Test(arguments: Vectors.rows("variables_estimation"))
  func single(row: Row) throws {
    let rows = Vectors.rows("variables_samples").filter { $0["dataset"] == row["dataset"] }
    let pairs = try rows.map {
      (book: try $0.rational("book"), audited: try $0.rational("audit"))
    }
    let sums = try StratumSums(
      items: row.integer("population_items"), bookTotal: row.rational("population_book"),
      pairs: pairs)
    let estimator: VariablesEstimate.Estimator =
      switch row["method"] {
      case "direct": .meanPerUnit
      case "difference": .difference
      case "quotient": .ratio
      default: .regression
      }
    let estimate = try VariablesEstimate.simple(
      estimator, sample: sums, confidence: row.rational("confidence"),
      isTwoSided: row["alternative"] == "two.sided")
    #expect(
      agrees(estimate.misstatement.approximateForTest, try row.double("most_likely_misstatement")))
    if row["lower"] != "-Inf" { #expect(agrees(estimate.lower, try row.double("lower"))) }
    if row["upper"] != "Inf" { #expect(agrees(estimate.upper, try row.double("upper"))) }
  }

  @Test(arguments: Vectors.rows("variables_stratified"))
  func stratified(row: Row) throws {
    let strata = try Vectors.rows("variables_strata").filter { $0["dataset"] == row["dataset"] }
      .map {
        try StratumSums(
          items: $0.integer("N"), bookTotal: $0.rational("book_total"), sampled: $0.integer("n"),
          book: $0.rational("sum_book"), audited: $0.rational("sum_audit"),
          bookSquares: $0.rational("sum_book2"), auditedSquares: $0.rational("sum_audit2"),
          products: $0.rational("sum_bookaudit"), differences: $0.integer("nonzero_differences"))
      }
    let estimator: VariablesEstimate.Estimator =
      switch row["method"] {
      case "mean_per_unit": .meanPerUnit
      case "difference": .difference
      case "ratio_combined": .ratio
      default: .regression
      }
    let estimate = try VariablesEstimate.stratified(
      estimator, strata: strata, confidence: row.rational("confidence"))
    #expect(
      agrees(estimate.auditedTotal.approximateForTest, try row.double("estimate_audit_total")))
    guard let precision = Double(row["precision"]) else {
      #expect(!estimate.strataWithFewDifferences.isEmpty)
      return
    }
    #expect(agrees(estimate.precision, precision))
    #expect(estimate.degreesOfFreedom == Int(row["df"]))
  }

  @Test(arguments: Vectors.rows("planning_variables"))
  func sizes(row: Row) throws {
    let confidence = try row.rational("confidence")
    let width = try row.rational("precision_half_width")
    let spread = try row.rational("sd_or_p")
    let population = try row.integer("population_N")
    let plan =
      switch row["method"] {
      case "normal_mean":
        try VariablesPlan.mean(
          confidence: confidence, halfWidth: width, variance: spread * spread,
          population: population)
      case "normal_prop":
        try VariablesPlan.mean(
          confidence: confidence, halfWidth: width, variance: spread * (.one - spread),
          population: population)
      default:
        try VariablesPlan.total(
          confidence: confidence, precision: width, variance: spread * spread,
          population: population)
      }
    #expect(plan.sampleSize == (try row.integer("n")))
    #expect(plan.impliedPrecision <= width.approximateForTest * (1 + 1e-12))
    #expect(!plan.formula.isEmpty && !plan.source.isEmpty)
  }
}

@Suite struct StrataAndRuleVectorTests {
  @Test(arguments: Vectors.rows("stratification_cum_root_f"))
  func cumulativeRootFrequency(row: Row) throws {
    let strata = try CumulativeRootFrequency(
      frequencies: row.list("class_frequencies").compactMap(Int.init),
      minimum: row.rational("minimum"), maximum: row.rational("maximum"),
      strata: row.integer("strata"))
    #expect(strata.classesPerStratum.map(String.init) == row.list("classes_per_stratum"))
    #expect(strata.sizes.map(String.init) == row.list("stratum_sizes"))
    #expect(strata.boundaries == row.list("boundaries").map(fraction))
  }

  @Test(arguments: Vectors.rows("allocation"))
  func allocation(row: Row) throws {
    let items = row.list("Nh").compactMap(Int.init)
    let allocation = try Allocation(
      row["allocation"] == "prop" ? .proportional : .neyman, sample: row.integer("n"),
      items: items, deviations: row.list("Sh").map(fraction))
    for (ours, theirs) in zip(allocation.unrounded, row.list("nh_unrounded")) {
      #expect(abs(ours.approximateForTest - (Double(theirs) ?? .nan)) < 1e-9)
    }
    #expect(allocation.sizes.reduce(0, +) == (try row.integer("n")))
    #expect(zip(allocation.sizes, items).allSatisfy { $0 <= $1 })
    if row.id == "AL-S001" { #expect(allocation.sizes == [226, 259, 99]) }
    if row.id == "AL-S005" { #expect(allocation.sizes[0] == 10) }
  }

  @Test(arguments: Vectors.rows("multisite"))
  func sites(row: Row) throws {
    let sites = try row.integer("sites")
    for audit in StatutorySizes.SiteAudit.allCases {
      #expect(
        try StatutorySizes.sites(sites, audit: audit) == (try row.integer(audit.rawValue)))
    }
  }

  @Test(arguments: Vectors.rows("regulatory_sizes"))
  func regulatory(row: Row) throws {
    let population = try row.integer("population_N")
    #expect(try StatutorySizes.attestEngagement(population: population) == (try row.integer("n")))
    let exact = try AttributePlan.size(
      distribution: .hypergeometric, confidence: fraction("0.95"), tolerable: fraction("0.1"),
      expected: .rate(.zero), population: population)
    #expect(exact.sampleSize == (try row.integer("exact_hypergeometric_n")))
  }

  @Test(arguments: Vectors.rows("risk_model"))
  func riskModel(row: Row) throws {
    let model = try RiskModel(
      audit: row.rational("audit_risk"), inherent: row.rational("inherent_risk"),
      control: row.rational("control_risk"), analytical: row.rational("analytical_risk"))
    #expect(model.detailRisk == (try row.rational("detail_risk_exact")))
    #expect(model.printed == row["published_percent"])
  }
}
