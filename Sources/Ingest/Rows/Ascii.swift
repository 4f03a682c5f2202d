/// Numbers and words in byte form, without `String`.
extension Int {
  /// One or more ASCII digits, white space around them allowed, at most nine digits; else nil.
  init?(asciiDigits bytes: UnsafeBufferPointer<UInt8>) {
    var value = 0
    var digits = 0
    for byte in bytes {
      if byte >= 48, byte <= 57 {
        value = value * 10 + Int(byte - 48)
        digits += 1
        guard digits <= 9 else { return nil }
      } else if byte > 32 || (digits > 0 && byte > 32) {
        return nil
      }
    }
    guard digits > 0 else { return nil }
    self = value
  }
}

extension UnsafeBufferPointer where Element == UInt8 {
  /// Whether the bytes are those of an ASCII word.
  func equals(_ word: StaticString) -> Bool {
    guard count == word.utf8CodeUnitCount else { return false }
    for index in 0..<count where self[index] != word.utf8Start[index] { return false }
    return true
  }

  func hasPrefix(_ word: StaticString) -> Bool {
    guard count >= word.utf8CodeUnitCount else { return false }
    for index in 0..<word.utf8CodeUnitCount where self[index] != word.utf8Start[index] {
      return false
    }
    return true
  }

  /// The bytes without ASCII white space at either end.
  var trimmed: UnsafeBufferPointer<UInt8> {
    var low = 0
    var high = count
    while low < high, self[low] <= 32 { low += 1 }
    while high > low, self[high - 1] <= 32 { high -= 1 }
    return UnsafeBufferPointer(rebasing: self[low..<high])
  }

  var isBlank: Bool { trimmed.isEmpty }
}
