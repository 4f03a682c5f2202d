/// A number as a command prints it: every number of the text has exactly one.
package struct NumberRecord: Encodable, Sendable, Hashable {
  /// A candidate: `kpi:id`, or `line:column` of another number.
  package struct TieRecord: Encodable, Sendable, Hashable {
    package let to: String
    package let status: String
    package let why: String

    package init(to: String, status: String, why: String) {
      self.to = to
      self.status = status
      self.why = why
    }
  }

  package let page: Int
  package let line: Int
  package let column: Int
  /// In Unicode scalars.
  package let length: Int
  package let printed: String
  /// Exact, scale applied; dates in ISO 8601 as far as printed; empty where the text is vague.
  package let value: String
  /// The upper end of a range or span; empty for one value.
  package let valueHigh: String
  /// UCUM, `1` for a bare number; empty for what is set aside without one.
  package let unit: String
  /// The printed words, joined by semicolons.
  package let qualifier: String
  package let kind: String
  /// Status of the best candidate, or `set aside`.
  package let status: String
  /// Why the number is no claim; nil for a claim.
  package let aside: String?
  /// The words around it, by which a person, or the next edition, finds it again.
  package let excerpt: String
  /// The words around it without figures, and which of the numbers in these words it is, from 1:
  /// the next edition of a report has it again.
  package let context: String
  package let occurrence: Int
  package let ties: [TieRecord]

  package init(
    page: Int, line: Int, column: Int, length: Int, printed: String, value: String,
    valueHigh:
      String, unit: String, qualifier: String, kind: String, status: String, aside: String?,
    excerpt: String, context: String, occurrence: Int, ties: [TieRecord]
  ) {
    self.page = page
    self.line = line
    self.column = column
    self.length = length
    self.printed = printed
    self.value = value
    self.valueHigh = valueHigh
    self.unit = unit
    self.qualifier = qualifier
    self.kind = kind
    self.status = status
    self.aside = aside
    self.excerpt = excerpt
    self.context = context
    self.occurrence = occurrence
    self.ties = ties
  }
}

/// A lint as a command prints it.
package struct LintRecord: Encodable, Sendable, Hashable {
  package let kind: String
  package let page: Int
  package let line: Int
  package let column: Int
  package let message: String
  /// Lines of the other side.
  package let related: [Int]

  package init(
    kind: String, page: Int, line: Int, column: Int, message: String, related: [Int]
  ) {
    self.kind = kind
    self.page = page
    self.line = line
    self.column = column
    self.message = message
    self.related = related
  }

  package init(_ lint: Lint) {
    kind = lint.kind.rawValue
    page = lint.place.page
    line = lint.place.line
    column = lint.place.column
    message = lint.message
    related = lint.related.map(\.line)
  }
}

extension TieOut {
  /// One record for each number, in the order of the text: those set aside and those that claim.
  package static func records(
    _ tokens: [NumberToken], _ tied: [TiedClaim], _ text: String,
    _ vocabulary: Vocabulary = .standard
  ) -> [NumberRecord] {
    let prepared = ReportText(text, vocabulary.folding)
    let contexts = ContextKey(text: prepared)
    var seen: [String: Int] = [:]
    let byToken = Dictionary(tied.map { ($0.claim.token.id, $0) }) { first, _ in first }
    return tokens.map { token in
      let claim = byToken[token.id]
      let (value, high) = token.value.texts
      let context = contexts.key(token)
      seen[context, default: 0] += 1
      return NumberRecord(
        page: token.place.page, line: token.place.line, column: token.place.column,
        length: token.place.length, printed: token.printed, value: value,
        valueHigh: high, unit: token.unit ?? "",
        qualifier: claim?.claim.qualifier ?? "", kind: token.kind.rawValue,
        status: token.aside == nil ? (claim?.status ?? .unmatched).rawValue : "set aside",
        aside: token.aside?.rawValue, excerpt: excerpt(token, prepared),
        context: context, occurrence: seen[context] ?? 1,
        ties: (claim?.ties ?? []).map {
          NumberRecord.TieRecord(to: $0.to, status: $0.status.rawValue, why: $0.why)
        })
    }
  }

  /// At most twenty characters to each side, within the line.
  private static func excerpt(_ token: NumberToken, _ text: ReportText) -> String {
    let line = text.range(ofLine: token.place.line)
    let start = max(line.lowerBound, token.range.lowerBound - 20)
    let end = max(token.range.upperBound, min(line.upperBound, token.extent.upperBound + 20))
    return text.printed(start..<end)
  }
}
