package import Assurance
import Exact
package import Ingest
package import TieOut

/// A report on its way from its file to the tie-out.
package enum ReportSource {
  /// Opens and reads a report in any form that is known.
  package static func read(path: String) throws(AssureError) -> TiedReport.Source {
    try source(ReportReader.read(ReportReader.open(path: path)))
  }

  package static func source(_ document: ReportDocument) throws(AssureError) -> TiedReport.Source {
    TiedReport.Source(
      file: document.name, digest: document.sha256, form: document.form.rawValue,
      text: document.text, marked: document.facts.compactMap(marked), remarks: document.remarks)
  }

  /// What a tag states, in the units of the tie-out; nil where the value is no decimal.
  static func marked(_ fact: ReportFact) -> MarkedFigure? {
    guard let value = ExactDecimal(fact.value) else { return nil }
    // A fraction of one that is printed in hundredths.
    let isPercent = fact.scale == -2 && (fact.unit == "xbrli:pure" || fact.unit.isEmpty)
    let shown = isPercent ? ExactDecimal(fact.value + "e2") ?? value : value
    let unit = isPercent ? "%" : fact.unit.isEmpty ? nil : unit(fact.unit)
    let kind: NumberKind? =
      if isPercent {
        .percent
      } else if unit == nil {
        nil
      } else if unit?.contains("/") == true {
        .ratio
      } else if fact.unit.hasPrefix("iso4217:") {
        .amount
      } else {
        .count
      }
    let key = [
      fact.concept, fact.start, fact.end, fact.instant, fact.dimensions, fact.unit,
      fact.end + fact.instant == "" ? fact.context : "",
    ].joined(separator: "\u{1}")
    return MarkedFigure(
      line: fact.line, column: fact.column, length: fact.length, name: fact.concept, key: key,
      value: shown, decimals: fact.decimals.map { isPercent ? $0 - 2 : $0 },
      scale: isPercent ? 0 : fact.scale, unit: unit, kind: kind, period: period(fact))
  }

  /// `iso4217:USD/xbrli:shares` as `{USD}/{share}`.
  static func unit(_ code: String) -> String {
    code.split(separator: "/").map { part -> String in
      let name = part.split(separator: ":").last.map(String.init) ?? ""
      if part.hasPrefix("iso4217:") { return "{\(name)}" }
      switch name {
      case "pure": return "1"
      case "shares": return "{share}"
      default: return name
      }
    }.joined(separator: "/")
  }

  /// A day, or the year in which a period ends.
  private static func period(_ fact: ReportFact) -> CalendarDate? {
    if let day = Day(fact.instant) {
      let civil = day.civil
      return CalendarDate(year: civil.year, month: civil.month, day: civil.day)
    }
    return Day(fact.end).map { CalendarDate(year: $0.civil.year) }
  }
}
