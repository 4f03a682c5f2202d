/// What a verification says.
package struct Verdict: Sendable {
  package enum Word: String, Sendable {
    case valid
    /// Nothing is wrong, and something could not be or was not looked at.
    case validInPart = "valid, with things not checked"
    /// Nothing is wrong in a redacted pack. It is never the whole one, whatever was checked.
    case redacted = "valid as a redaction, which is not the whole"
    case broken
  }

  /// What a level came to. "Not checked" is a verdict of its own and never means right.
  package enum LevelWord: String, Sendable {
    case holds
    /// What was looked at holds; something was not looked at.
    case holdsInPart = "holds, in part"
    case broken
    case notChecked = "not checked"
    /// All of this kind rests on what is withheld.
    case redacted = "not checked: redacted"
    /// There is nothing of this kind to check.
    case none = "nothing there"
  }

  /// A sentence about a level.
  package struct Remark: Hashable, Sendable {
    package let level: CheckLevel
    package let text: String
  }

  /// One line of the table of levels.
  package struct Level: Sendable {
    package let level: CheckLevel
    package let word: LevelWord
    package let checked: Int
    package let notChecked: Int
    /// Things that rest on what a redaction withholds.
    package let redacted: Int
    package let found: Int
  }

  package internal(set) var findings: [Finding] = []
  /// What was checked and found right.
  package private(set) var held: [Remark] = []
  /// What was not checked: never to be read as right.
  package private(set) var left: [Remark] = []
  /// What could not be checked because it is withheld: never to be read as right, either.
  package private(set) var withheld: [Remark] = []
  /// SHA-256 in hex of `tagmanifest-sha256.txt`: the pack's digest; empty if there is none.
  package internal(set) var digest = ""
  /// When each sign-off can have been made, in the order of their numbers.
  package var brackets: [TimeBracket] = []
  /// Events of the log, those in seal/ included, and how many an anchor covers.
  package var tail: UnanchoredTail?

  package var checked: [String] { held.map(\.text) }
  package var notChecked: [String] { left.map(\.text) }
  package var redacted: [String] { withheld.map(\.text) }

  /// Says that something was checked and is right.
  package mutating func hold(_ level: CheckLevel, _ text: String) {
    held.append(Remark(level: level, text: text))
  }

  /// Says that something was not checked.
  package mutating func leave(_ level: CheckLevel, _ text: String) {
    left.append(Remark(level: level, text: text))
  }

  /// Says that something can't be checked here because a redaction withholds what it rests on.
  package mutating func redact(_ level: CheckLevel, _ text: String) {
    withheld.append(Remark(level: level, text: text))
  }

  package init() {}

  /// Says that something is wrong.
  package mutating func add(
    _ code: String, _ level: CheckLevel, _ path: String, _ message: String,
    weight: Finding.Weight = .error
  ) {
    findings.append(Finding(code, level, path: path, message, weight: weight))
  }

  package var word: Word {
    if findings.contains(where: { $0.weight == .error }) { return .broken }
    if !withheld.isEmpty { return .redacted }
    return left.isEmpty ? .valid : .validInPart
  }

  /// Every level with its word, in order.
  package var levels: [Level] {
    CheckLevel.allCases.map { level in
      let found = findings.filter { $0.level == level }
      let (checked, left) = (held.count { $0.level == level }, left.count { $0.level == level })
      let redacted = withheld.count { $0.level == level }
      let word: LevelWord =
        if found.contains(where: { $0.weight == .error }) { .broken } else if checked == 0 {
          left > 0 ? .notChecked : redacted > 0 ? .redacted : .none
        } else { left + redacted == 0 ? .holds : .holdsInPart }
      return Level(
        level: level, word: word, checked: checked, notChecked: left, redacted: redacted,
        found: found.count)
    }
  }

  /// One line: the word, and the counts behind it.
  package var line: String {
    let errors = findings.count { $0.weight == .error }
    let warnings = findings.count - errors
    var parts = ["\(held.count) checked", "\(left.count) not checked"]
    if !withheld.isEmpty { parts.append("\(withheld.count) not checked: redacted") }
    if errors > 0 { parts.insert("\(errors) broken", at: 0) }
    if warnings > 0 { parts.append("\(warnings) to look at") }
    return "\(word.rawValue): " + parts.joined(separator: ", ")
  }
}
