/// How checks say what they saw.
extension Verdict {
  /// Worth knowing; breaks nothing.
  mutating func warn(_ code: String, _ level: CheckLevel, _ path: String, _ message: String) {
    findings.append(Finding(code, level, path: path, message, weight: .warning))
  }
}
