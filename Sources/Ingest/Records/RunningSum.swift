import Exact

/// The exact sum of a column, kept at the scale of the finest value seen, so that adding one costs
/// an integer addition.
struct RunningSum {
  private var coefficient: Int128 = 0
  private var scale = 0

  private static let powers: [Int128] = (0..<38).reduce(into: [1]) { powers, _ in
    powers.append(powers[powers.count - 1] * 10)
  }

  /// Always representable: every change went through a check.
  var value: ExactDecimal {
    (try? ExactDecimal(coefficient: coefficient, scale: scale)) ?? .zero
  }

  /// Adds `coefficient × 10^-scale`; false, and nothing changed, where the sum of the two as
  /// ``Exact/ExactDecimal`` does not fit.
  mutating func add(_ number: Int128, scale numberScale: Int) -> Bool {
    if numberScale == scale {
      let (sum, over) = coefficient.addingReportingOverflow(number)
      guard over else {
        coefficient = sum
        return true
      }
    } else if numberScale < scale {
      let (aligned, over) = number.multipliedReportingOverflow(by: Self.powers[scale - numberScale])
      let (sum, over2) = coefficient.addingReportingOverflow(aligned)
      guard over || over2 else {
        coefficient = sum
        return true
      }
    } else {
      let (raised, over) = coefficient.multipliedReportingOverflow(
        by: Self.powers[numberScale - scale])
      let (sum, over2) = raised.addingReportingOverflow(number)
      guard over || over2 else {
        coefficient = sum
        scale = numberScale
        return true
      }
    }
    // Trailing zeros of the sum so far may leave room yet.
    guard let number = try? ExactDecimal(coefficient: number, scale: numberScale),
      let sum = try? value + number
    else { return false }
    coefficient = sum.coefficient
    scale = sum.scale
    return true
  }
}
