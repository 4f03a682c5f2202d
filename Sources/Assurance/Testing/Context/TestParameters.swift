package import Exact

/// The forms in which tests take their parameters.
extension PolicyNode {
  /// A share written in percent, such as `10%`; at least zero.
  package func percent() throws(AssureError) -> Rational {
    let text = try text()
    let digits = text.hasSuffix("%") ? String(text.dropLast()).trimmed : ""
    guard let value = ExactDecimal(digits), !value.isNegative else {
      throw error("policy-value", "`\(text)` is not a share in percent", remedy: "write 10%")
    }
    return Rational(value) * hundredth
  }

  /// A ratio above one, such as `3`.
  package func ratio() throws(AssureError) -> Rational {
    let value = try value(ExactDecimal.self, "an exact number")
    guard value > ExactDecimal(1) else {
      throw error("policy-value", "`\(value)` is not above 1", remedy: "write a ratio such as 3")
    }
    return Rational(value)
  }

  /// A decimal above zero.
  package func positive() throws(AssureError) -> Rational {
    let value = try value(ExactDecimal.self, "an exact number")
    guard value > .zero else {
      throw error("policy-value", "`\(value)` is not above zero", remedy: "write a number above 0")
    }
    return Rational(value)
  }

  /// A whole number of days, zero or more.
  package func days() throws(AssureError) -> Int {
    let value = try value(Int.self, "a whole number of days")
    guard (0...3660).contains(value) else {
      throw error(
        "policy-value", "`\(value)` is not a number of days", remedy: "write a number in 0...3660")
    }
    return value
  }
}

private let hundredth = Rational("0.01") ?? .zero

extension String {
  /// Without spaces at the ends.
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

extension Rational {
  /// Percent with one decimal, such as `12.5%`.
  var percentText: String {
    ((try? (self * Rational(100)).rounded(decimals: 1).description) ?? description) + "%"
  }

  /// With at most `decimals` digits after the point, for messages.
  func text(decimals: Int) -> String {
    (try? rounded(decimals: decimals).description) ?? description
  }

  /// This divided by `other`; zero if `other` is.
  func divided(by other: Rational) -> Rational { (try? self / other) ?? .zero }

  /// Whether two positive numbers lie within a factor of each other.
  func isWithin(factor: Rational, of other: Rational) -> Bool {
    self <= other * factor && other <= self * factor
  }
}
