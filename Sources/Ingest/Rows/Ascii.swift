import Glibc

/// Numbers and words in byte form, without `String`.
extension Int {
  /// One or more ASCII digits, white space around them allowed, at most nine digits; else nil.
  init?(asciiDigits bytes: UnsafeBufferPointer<UInt8>) {
    let digits = bytes.trimmed
    guard digits.count > 0, digits.count <= 9 else { return nil }
    var value = 0
    for byte in digits {
      guard byte >= 48, byte <= 57 else { return nil }
      value = value * 10 + Int(byte - 48)
    }
    self = value
  }
}

extension UnsafeBufferPointer where Element == UInt8 {
  /// Whether the bytes are those of an ASCII word.
  @inline(__always)
  func equals(_ word: StaticString) -> Bool {
    guard count == word.utf8CodeUnitCount, let start = baseAddress else {
      return count == 0 && word.utf8CodeUnitCount == 0
    }
    return memcmp(start, word.utf8Start, count) == 0
  }

  func hasPrefix(_ word: StaticString) -> Bool {
    guard count >= word.utf8CodeUnitCount else { return false }
    for index in 0..<word.utf8CodeUnitCount where self[index] != word.utf8Start[index] {
      return false
    }
    return true
  }

  /// The bytes without ASCII white space at either end.
  @inline(__always)
  var trimmed: UnsafeBufferPointer<UInt8> {
    if count > 0, self[0] > 32, self[count - 1] > 32 { return self }
    return trimmedSlowly
  }

  private var trimmedSlowly: UnsafeBufferPointer<UInt8> {
    var low = 0
    var high = count
    while low < high, self[low] <= 32 { low += 1 }
    while high > low, self[high - 1] <= 32 { high -= 1 }
    return UnsafeBufferPointer(rebasing: self[low..<high])
  }

  var isBlank: Bool {
    if count > 0, self[0] > 32 { return false }
    return trimmedSlowly.isEmpty
  }
}
