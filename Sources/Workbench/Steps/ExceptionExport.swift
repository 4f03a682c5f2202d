package import Assurance

extension Engagement {
  /// The register as CSV for a spreadsheet: UTF-8, a line an exception, in the order of the list.
  ///
  /// Text that a spreadsheet would take for a formula gets an apostrophe before it: names, cells
  /// and messages come from strangers. Effects that are amounts are numbers and stay as they are.
  ///
  /// - Parameter isMarked: begins with a byte order mark, without which some spreadsheet programs
  ///   take UTF-8 for another encoding.
  package func exceptionsCSV(
    kpis: [String]? = nil, isMarked: Bool = false
  ) throws(AssureError) -> [UInt8] {
    var bytes: [UInt8] = isMarked ? [0xEF, 0xBB, 0xBF] : []
    bytes += CanonicalCSV.line([
      "id", "kpi", "code", "severity", "state", "effect", "unit", "message", "subject", "locators",
      "reason",
    ])
    for facts in try exceptions(kpis: kpis) {
      let exception = facts.exception
      var fields = [
        facts.id, exception.kpi, exception.code, exception.severity.rawValue, facts.state,
      ].map(SpreadsheetText.inert)
      fields.append(exception.effect.text)
      fields += [
        exception.unit, exception.message, exception.subject,
        exception.locators.joined(separator: "\n"), facts.dispositionReason,
      ].map(SpreadsheetText.inert)
      bytes += CanonicalCSV.line(fields)
    }
    return bytes
  }
}

/// Text on its way into a spreadsheet.
enum SpreadsheetText {
  /// The text, with an apostrophe before it if its first character could begin a formula (OWASP,
  /// "CSV Injection"): `= + - @`, their full-width forms, a tab or a line end.
  static func inert(_ text: String) -> String {
    guard let first = text.unicodeScalars.first, "=+-@＝＋－＠\t\r\n".unicodeScalars.contains(first)
    else { return text }
    return "'" + text
  }
}
