import ArgumentParser
import Exact
import Sampling

/// The risks from which the confidence of a test of details follows.
struct RiskOptions: ParsableArguments {
  @Option(
    parsing: .unconditional, help: "The audit risk to hold, such as 0.05, instead of --confidence.")
  var auditRisk: ExactNumber?
  @Option(parsing: .unconditional, help: "Inherent risk, above 0; 1 if nothing is said.")
  var inherentRisk: ExactNumber?
  @Option(parsing: .unconditional, help: "Control risk, above 0; 1 if nothing is said.")
  var controlRisk: ExactNumber?
  @Option(
    parsing: .unconditional,
    help: "Risk that analytical procedures fail, above 0; 1 if nothing is said.")
  var analyticalRisk: ExactNumber?

  /// Whether the confidence follows from the risks.
  var isGiven: Bool { auditRisk != nil }

  func validate() throws {
    if !isGiven, inherentRisk != nil || controlRisk != nil || analyticalRisk != nil {
      throw ValidationError("Missing expected argument '--audit-risk'")
    }
  }

  func confidence() throws(SamplingError) -> Rational {
    let model = try RiskModel(
      audit: auditRisk?.value ?? .one, inherent: inherentRisk?.value ?? .one,
      control: controlRisk?.value ?? .one, analytical: analyticalRisk?.value ?? .one)
    guard let confidence = model.confidence else {
      throw .notApplicable(
        "the other procedures already hold the audit risk: a test of details may be unnecessary")
    }
    return confidence
  }
}
