/// A published report as text: lines, cells of tables separated by tabs, pages begun by form feeds.
///
/// Places are of this text: page, line and column from 1, columns in Unicode scalars. For plain
/// text it is the file's own text; for other forms it is what a reader sees, and what was left out
/// is named in ``remarks``.
package struct ReportDocument: Sendable {
  /// How a report was received.
  package enum Form: String, Sendable, CaseIterable {
    case text, html
    case inlineXBRL = "inline-xbrl"
    case docx, pdf
  }

  /// The file's name without folders.
  package let name: String
  /// SHA-256 of the file, 64 lower-case hex digits.
  package let sha256: String
  package let bytes: Int
  package let form: Form
  package let text: String
  /// Numbers whose meaning the file itself states, in the order of the text.
  package let facts: [ReportFact]
  /// What a reader of the answer should know about the reading.
  package let remarks: [String]
}

/// A number of inline XBRL that a reader sees, with what its tags say of it.
package struct ReportFact: Sendable, Hashable {
  /// In the text of the report: line and column from 1, length in scalars of one line.
  package let line: Int
  package let column: Int
  package let length: Int
  /// With the prefix that the file uses, such as `us-gaap:Revenues`.
  package let concept: String
  /// The exact value after transformation, scale and sign.
  package let value: String
  /// The digits behind the point that are accurate; negative for tens and more; nil if exact.
  package let decimals: Int?
  /// Power of ten by which the printed digits are multiplied.
  package let scale: Int
  /// The unit's measures, such as `iso4217:USD` or `iso4217:USD/xbrli:shares`; empty for none.
  package let unit: String
  /// The file's own name for whom, when and about what: it tells facts apart even where the
  /// contexts stand in another file of a set.
  package let context: String
  /// First and last day of the period, or the day at whose end it holds; ISO 8601; empty for none.
  package let start: String
  package let end: String
  package let instant: String
  /// `axis=member`, joined by `; `, in the order of the axes.
  package let dimensions: String

  package init(
    line: Int, column: Int, length: Int, concept: String, value: String, decimals: Int?,
    scale: Int, unit: String, context: String, start: String, end: String, instant: String,
    dimensions: String
  ) {
    self.line = line
    self.column = column
    self.length = length
    self.concept = concept
    self.value = value
    self.decimals = decimals
    self.scale = scale
    self.unit = unit
    self.context = context
    self.start = start
    self.end = end
    self.instant = instant
    self.dimensions = dimensions
  }
}
