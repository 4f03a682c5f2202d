/// Text in and out: one strict grammar, one canonical form.
extension ExactDecimal: CustomStringConvertible, LosslessStringConvertible {
  /// Parses `[+-]digits[.digits][(e|E)[+-]digits]`, or `.digits`; nil for anything else.
  ///
  /// Nil also where the number needs more than 128 bits or more than 38 decimals: nothing is cut.
  public init?(_ text: String) {
    var text = text
    guard let parsed = text.withUTF8({ ExactDecimal(ascii: $0) }) else {
      return nil
    }
    self = parsed
  }

  /// Parses ASCII bytes by the same grammar, without making a `String`.
  public init?(ascii bytes: UnsafeBufferPointer<UInt8>) {
    var index = 0
    var negative = false
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      negative = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    var coefficient: Int128 = 0
    var digits = 0
    var scale = 0
    var pendingZeros = 0
    var seenPoint = false
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "."), !seenPoint {
        seenPoint = true
        index += 1
        continue
      }
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { break }
      digits += 1
      index += 1
      // Zeros after the point count only once another digit follows them.
      if seenPoint, byte == UInt8(ascii: "0") {
        pendingZeros += 1
        continue
      }
      let shift = seenPoint ? pendingZeros + 1 : 1
      guard let power = Self.powerOfTen(shift) else { return nil }
      let (scaled, over) = coefficient.multipliedReportingOverflow(by: power)
      let (next, over2) = scaled.addingReportingOverflow(Int128(byte - UInt8(ascii: "0")))
      guard !over, !over2 else { return nil }
      coefficient = next
      if seenPoint { scale += shift }
      pendingZeros = 0
    }
    guard digits > 0 else { return nil }
    if index < bytes.count {
      guard let exponent = Self.exponent(bytes, from: index) else { return nil }
      scale -= exponent
    }
    if coefficient == 0 { scale = 0 }
    if scale < 0 {
      guard let power = Self.powerOfTen(-scale) else { return nil }
      let (scaled, over) = coefficient.multipliedReportingOverflow(by: power)
      guard !over else { return nil }
      coefficient = scaled
      scale = 0
    }
    guard
      let value = try? ExactDecimal(
        coefficient: negative ? -coefficient : coefficient, scale: scale)
    else { return nil }
    self = value
  }

  /// The exponent after `e` or `E` that must end the text; at most four digits.
  private static func exponent(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var index = start
    guard bytes[index] == UInt8(ascii: "e") || bytes[index] == UInt8(ascii: "E") else { return nil }
    index += 1
    var negative = false
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      negative = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    guard index < bytes.count, bytes.count - index <= 4 else { return nil }
    var value = 0
    for byte in bytes[index...] {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return negative ? -value : value
  }

  /// Plain decimal text: no exponent, no grouping, no trailing zeros, `-` for negatives.
  public var description: String { text(decimals: scale) }

  /// Plain decimal text with at least `decimals` digits after the point; never fewer than exist.
  public func text(decimals: Int) -> String {
    let negative = coefficient < 0
    var digits = String(coefficient.magnitude)
    if digits.utf8.count <= scale {
      digits = String(repeating: "0", count: scale + 1 - digits.utf8.count) + digits
    }
    let point = digits.index(digits.endIndex, offsetBy: -scale)
    var fraction = String(digits[point...])
    if fraction.utf8.count < decimals {
      fraction += String(repeating: "0", count: decimals - fraction.utf8.count)
    }
    let whole = (negative ? "-" : "") + digits[..<point]
    return fraction.isEmpty ? whole : whole + "." + fraction
  }

  /// Text for people: groups of three in the whole part, separated by `,`.
  public func grouped(decimals: Int = 0) -> String {
    let plain = text(decimals: decimals)
    let negative = plain.hasPrefix("-")
    let parts = plain.dropFirst(negative ? 1 : 0).split(
      separator: ".", omittingEmptySubsequences: false)
    var whole = ""
    for (offset, digit) in parts[0].reversed().enumerated() {
      if offset > 0, offset % 3 == 0 { whole.append(",") }
      whole.append(digit)
    }
    let head = (negative ? "-" : "") + String(whole.reversed())
    return parts.count > 1 ? head + "." + parts[1] : head
  }
}
