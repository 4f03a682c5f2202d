/// What a verification says.
package struct Verdict: Sendable {
  package enum Word: String, Sendable {
    case valid
    /// Nothing is wrong, and something could not be or was not looked at.
    case validInPart = "valid, with things not checked"
    case broken
  }
  package internal(set) var findings: [Finding] = []
  /// What was checked and found right, in sentences.
  package internal(set) var checked: [String] = []
  /// What was not checked, in sentences: never to be read as right.
  package internal(set) var notChecked: [String] = []
  /// SHA-256 in hex of `tagmanifest-sha256.txt`: the pack's digest; empty if there is none.
  package internal(set) var digest = ""

  package var word: Word {
    if findings.contains(where: { $0.weight == .error }) { return .broken }
    return notChecked.isEmpty ? .valid : .validInPart
  }

  /// One line: the word, and the counts behind it.
  package var line: String {
    let errors = findings.count { $0.weight == .error }
    let warnings = findings.count - errors
    var parts = ["\(checked.count) checked", "\(notChecked.count) not checked"]
    if errors > 0 { parts.insert("\(errors) broken", at: 0) }
    if warnings > 0 { parts.append("\(warnings) to look at") }
    return "\(word.rawValue): " + parts.joined(separator: ", ")
  }
}
