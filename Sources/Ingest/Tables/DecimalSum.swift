import BigInt
package import Exact

/// An exact sum of any number of decimals as they are written, exponents included.
///
/// Most numbers of a file fit 128 bits; the rest (`1E-300`) are summed as integers without limit.
package struct DecimalSum: Sendable {
  private var small = ExactDecimal.zero
  private var large: BigInt = 0
  /// `large` counts units of ten to the power of this.
  private var exponent = 0
  package private(set) var count = 0

  package init() {}

  /// Adds a number; false if the text is none, or its exponent lies beyond ±5000.
  package mutating func add(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if let value = ExactDecimal(ascii: text) {
      add(value)
      return true
    }
    guard let (digits, power) = Self.parse(text) else { return false }
    addLarge(digits, power)
    count += 1
    return true
  }

  package mutating func add(_ value: ExactDecimal) {
    count += 1
    if let sum = try? small + value {
      small = sum
    } else {
      addLarge(BigInt(small.coefficient), -small.scale)
      small = value
    }
  }

  private mutating func addLarge(_ digits: BigInt, _ power: Int) {
    if power < exponent {
      large *= BigInt(10).power(exponent - power)
      exponent = power
    }
    large += digits * BigInt(10).power(power - exponent)
  }

  /// The digits as an integer and the power of ten they count.
  private static func parse(_ text: UnsafeBufferPointer<UInt8>) -> (BigInt, Int)? {
    var digits: [UInt8] = []
    var power = 0
    var seenPoint = false
    var index = 0
    var sign: [UInt8] = []
    if let first = text.first, first == 45 || first == 43 {
      if first == 45 { sign = [45] }
      index = 1
    }
    while index < text.count, text[index] != 101, text[index] != 69 {
      if text[index] == 46, !seenPoint {
        seenPoint = true
      } else if text[index] >= 48, text[index] <= 57 {
        digits.append(text[index])
        if seenPoint { power -= 1 }
      } else {
        return nil
      }
      index += 1
    }
    guard !digits.isEmpty, digits.count <= 5000 else { return nil }
    if index < text.count {
      let tail = String(decoding: text[(index + 1)...], as: UTF8.self)
      guard let exponent = Int(tail), abs(exponent) <= 5000 else { return nil }
      power += exponent
    }
    guard let value = BigInt(String(decoding: sign + digits, as: UTF8.self)) else { return nil }
    return (value, power)
  }

  /// The sum in plain digits, or with an exponent where that is shorter than forty zeros.
  package var text: String {
    guard large != 0 else { return small.description }
    var sum = self
    sum.addLarge(BigInt(small.coefficient), -small.scale)
    var digits = sum.large
    var power = sum.exponent
    if digits == 0 { return "0" }
    while true {
      let (quotient, remainder) = digits.quotientAndRemainder(dividingBy: 10)
      guard remainder == 0 else { break }
      digits = quotient
      power += 1
    }
    let plain = digits.magnitude.description
    let sign = digits < 0 ? "-" : ""
    if power == 0 { return sign + plain }
    if power > 0 {
      return power <= 40
        ? sign + plain + String(repeating: "0", count: power) : sign + plain + "e\(power)"
    }
    if -power < plain.count {
      let point = plain.index(plain.endIndex, offsetBy: power)
      return sign + plain[..<point] + "." + plain[point...]
    }
    return -power <= 60
      ? sign + "0." + String(repeating: "0", count: -power - plain.count) + plain
      : sign + plain + "e\(power)"
  }
}
