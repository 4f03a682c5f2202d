/// Whether the marks of a table and the notes beneath it answer each other.
package enum Footnotes {
  /// - Parameters:
  ///   - marks: for each row of the table, the marks on it.
  ///   - notes: the marks of the notes beneath, in their order.
  /// - Returns: `footnote-orphan` for a note that nothing refers to, `footnote-missing` for a mark
  ///   without a note, `footnote-twice` for two notes with one mark.
  package static func findings(
    marks: [(row: String, marks: [String])], notes: [String], place: String
  ) -> [DisclosureFinding] {
    var findings: [DisclosureFinding] = []
    let used = Set(marks.flatMap(\.marks))
    var seen: Set<String> = []
    for note in notes {
      if !seen.insert(note).inserted {
        findings.append(
          DisclosureFinding(
            code: "footnote-twice", subject: note, message: "two notes have the mark \(note)",
            place: place))
      } else if !used.contains(note) {
        findings.append(
          DisclosureFinding(
            code: "footnote-orphan", subject: note,
            message: "nothing in the table has the mark \(note)", place: place))
      }
    }
    for (row, marks) in marks {
      for mark in marks where !seen.contains(mark) {
        findings.append(
          DisclosureFinding(
            code: "footnote-missing", subject: mark,
            message: "\(row) has the mark \(mark), and there is no such note", place: place))
      }
    }
    return findings
  }
}

/// Whether standards are cited by numbers that exist.
package enum Citations {
  /// - Parameters:
  ///   - known: numbers of standards by their body, such as `ISO` to `14001, 50001`.
  /// - Returns: `citation-unknown` with the number that was probably meant, if one digit differs.
  package static func findings(
    in text: String, known: [String: [String]], place: String
  ) -> [DisclosureFinding] {
    var findings: [DisclosureFinding] = []
    for (body, numbers) in known.sorted(by: { $0.key < $1.key }) {
      var rest = text[...]
      while let found = rest.firstRange(of: body) {
        rest = rest[found.upperBound...]
        let cited = rest.drop { $0 == " " || $0 == "-" }.prefix { $0.isASCII && $0.isNumber }
        guard cited.count >= 3, !numbers.contains(String(cited)) else { continue }
        guard let meant = numbers.first(where: { isOneDigitOff(String(cited), $0) }) else {
          continue
        }
        findings.append(
          DisclosureFinding(
            code: "citation-unknown", subject: "\(body) \(cited)",
            message: "\(body) \(cited) is not known; \(body) \(meant) may be meant", place: place))
      }
    }
    return findings
  }

  /// Whether one digit is missing, added or other.
  static func isOneDigitOff(_ a: String, _ b: String) -> Bool {
    let (short, long) = a.count <= b.count ? (Array(a), Array(b)) : (Array(b), Array(a))
    guard long.count - short.count <= 1, a != b else { return false }
    var prefix = 0
    while prefix < short.count, short[prefix] == long[prefix] { prefix += 1 }
    let skip = long.count == short.count ? 1 : 0
    return Array(short.dropFirst(prefix + skip)) == Array(long.dropFirst(prefix + 1))
  }
}
