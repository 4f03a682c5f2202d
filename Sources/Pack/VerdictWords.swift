/// How checks say what they saw.
extension Verdict {
  /// Looked at, and right.
  mutating func hold(_ level: CheckLevel, _ sentence: String) { checked.append(sentence) }

  /// Not looked at.
  mutating func leave(_ level: CheckLevel, _ sentence: String) { notChecked.append(sentence) }

  /// Worth knowing; breaks nothing.
  mutating func warn(_ code: String, _ level: CheckLevel, _ path: String, _ message: String) {
    findings.append(Finding(code, level, path: path, message, weight: .warning))
  }
}
