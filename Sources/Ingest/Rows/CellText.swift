import Glibc

/// The forms that cells of foreign files are brought into.
extension RowBuffer {
  /// Brings the open cell's text into the form of its kind: dates to ISO days or days and times,
  /// booleans to `true` and `false`, numbers without white space around them.
  ///
  /// A date whose text is no ISO date and a boolean that is neither become text: nothing is lost.
  func normaliseOpen() {
    guard count > 0 else { return }
    let text = openText
    switch self[count - 1].kind {
    case .date: normaliseDate(text)
    case .boolean:
      let word = text.trimmed
      if word.equals("1") || word.equals("true") || word.equals("TRUE") {
        replaceOpenText("true")
      } else if word.equals("0") || word.equals("false") || word.equals("FALSE") {
        replaceOpenText("false")
      } else {
        retype(.text)
      }
    case .number:
      let word = text.trimmed
      if word.isEmpty {
        replaceOpenText("")
      } else if word.count != text.count {
        keepOpenText(word)
      }
    default: break
    }
  }

  /// As ``normaliseOpen()``, but an ODF duration (`PT11H45M00S`) stays a date as it stands.
  func normaliseDuration() {
    if count > 0, self[count - 1].kind == .date, openText.hasPrefix("P") { return }
    normaliseOpen()
  }

  /// `YYYY-MM-DD`, then nothing, or `T` and a time whose zero parts are dropped.
  private func normaliseDate(_ raw: UnsafeBufferPointer<UInt8>) {
    if raw.isMidnight {
      keepOpenText(UnsafeBufferPointer(rebasing: raw[..<10]))
      return
    }
    let text = raw.trimmed
    if text.isClock { return }
    guard text.count >= 10, text.beginsWithDay else {
      // Not the form the type promises: shown as it stands.
      if raw.isBlank { replaceOpenText("") } else { retype(.text) }
      return
    }
    var end = text.count
    if end > 10 {
      // A fraction of zeros says nothing, and a time of midnight is what a pure day carries.
      var point = 0
      while point < end, text[point] != 46 { point += 1 }
      if point < end, text.consists(from: point + 1, to: end, of: "0") { end = point }
      if text.consists(from: 10, to: end, of: "T 0:Z") { end = 10 }
    }
    if end != raw.count { keepOpenText(UnsafeBufferPointer(rebasing: text[..<end])) }
  }
}

extension UnsafeBufferPointer where Element == UInt8 {
  /// Whether the text is a day and midnight as Excel writes them, `2021-01-31T00:00:00.000`.
  fileprivate var isMidnight: Bool {
    guard count == 23, let start = baseAddress, beginsWithDay else { return false }
    let time: StaticString = "T00:00:00.000"
    return memcmp(start + 10, time.utf8Start, 13) == 0
  }

  /// Whether the first ten bytes are digits and hyphens as in `2021-01-31`.
  fileprivate var beginsWithDay: Bool {
    for index in 0..<10 {
      let byte = self[index]
      if index == 4 || index == 7 {
        if byte != 45 { return false }
      } else if byte < 48 || byte > 57 {
        return false
      }
    }
    return true
  }

  /// Whether every byte of the range is one of the ASCII characters given.
  fileprivate func consists(from start: Int, to end: Int, of characters: StaticString) -> Bool {
    var index = start
    while index < end {
      var isOne = false
      for position in 0..<characters.utf8CodeUnitCount
      where characters.utf8Start[position] == self[index] { isOne = true }
      if !isOne { return false }
      index += 1
    }
    return true
  }

  /// Whether the text is a time of day: `10:10:10`, perhaps with a fraction.
  fileprivate var isClock: Bool {
    guard count >= 8, self[2] == 58, self[5] == 58 else { return false }
    return enumerated().allSatisfy { index, byte in
      (byte >= 48 && byte <= 57) || index == 2 || index == 5 || (index == 8 && byte == 46)
    }
  }
}

/// The texts by which spreadsheets show errors.
enum CellError {
  private static let words: Set<String> = [
    "#NAME?", "#DIV/0!", "#VALUE!", "#REF!", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
    "#GETTING_DATA",
  ]

  static func isError(_ text: String) -> Bool {
    words.contains(text) || (text.hasPrefix("Err:") && text.count == 7)
  }
}
