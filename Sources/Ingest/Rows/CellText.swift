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
        replaceOpenText(String(decoding: word, as: UTF8.self))
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
    let text = raw.trimmed
    if text.isClock { return }
    guard text.count >= 10, text[4] == 45, text[7] == 45,
      [0, 1, 2, 3, 5, 6, 8, 9].allSatisfy({ text[$0] >= 48 && text[$0] <= 57 })
    else {
      // Not the form the type promises: shown as it stands.
      if raw.isBlank { replaceOpenText("") } else { retype(.text) }
      return
    }
    var end = text.count
    if end > 10 {
      // A fraction of zeros says nothing, and a time of midnight is what a pure day carries.
      if let point = text.firstIndex(of: 46), text[(point + 1)...].allSatisfy({ $0 == 48 }) {
        end = point
      }
      let time = text[10..<end]
      if time.allSatisfy({ $0 == 84 || $0 == 32 || $0 == 48 || $0 == 58 || $0 == 90 }) { end = 10 }
    }
    if end != raw.count { replaceOpenText(String(decoding: text[..<end], as: UTF8.self)) }
  }
}

extension UnsafeBufferPointer where Element == UInt8 {
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
