public import ArgumentParser
import Assurance
import Exact
public import Sampling

/// A decimal or a fraction on the command line, read exactly: `0.95`, `1/60`.
struct ExactNumber: ExpressibleByArgument {
  let value: Rational

  init?(argument: String) {
    guard let value = Rational(argument) else { return nil }
    self.value = value
  }
}

extension ErrorDistribution: ExpressibleByArgument {}
extension TaintPolicy: ExpressibleByArgument {}

extension AssureError {
  /// A refusal of the sampling room.
  init(_ error: SamplingError, place: String = "") {
    self.init("sampling", place: place, error.description, remedy: error.hint)
  }
}

/// Runs mathematics and turns its refusal into an error of the command line.
func calculated<Value>(
  _ work: () throws(SamplingError) -> Value
) throws(AssureError) -> Value {
  do { return try work() } catch { throw AssureError(error) }
}
