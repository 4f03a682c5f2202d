/// Why an exact operation has no result.
public enum ExactError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The result needs more than 128 bits or more than 38 decimals.
  case overflow
  /// The divisor is zero, or an interval that contains zero.
  case divisionByZero

  public var description: String {
    switch self {
    case .overflow: "the number has more digits than can be held exactly (38)"
    case .divisionByZero: "division by zero"
    }
  }
}
