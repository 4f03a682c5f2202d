package import Exact

/// What a number says something about.
package enum NumberKind: String, Sendable, Hashable, CaseIterable {
  case count, amount, percent, ratio, duration, date, ordinal, version, list, time
}

/// Why a number is no claim.
package enum AsideReason: String, Sendable, Hashable, CaseIterable {
  case footnoteMark = "footnote mark"
  case enumerator = "number of a list item"
  case sectionNumber = "section number"
  case pageNumber = "page number of a table of contents"
  case indexCode = "code of a reporting framework"
  case standardNumber = "number of a standard"
  case name = "part of a name"
  case model = "letters and digits of a name"
  case webAddress = "web or mail address"
  case telephone = "telephone number"
  case address = "postal address"
  case formula = "chemical formula"
  case word = "numeral inside a word"
  case article = "one as an article"
  case scaleOfUnit = "scale of a unit"
}

/// What a number is worth.
package enum NumberValue: Sendable, Hashable {
  /// One figure, or the two ends of a printed range.
  case figure(ExactDecimal, high: ExactDecimal?)
  /// A printed fraction, such as one third.
  case fraction(Rational)
  /// A day, month, quarter or year, ISO 8601 cut to what is printed; the end of a printed span.
  case date(CalendarDate, high: CalendarDate?)
  case list([ExactDecimal])
  /// The number of a standard with its edition, or a code: compared as text.
  case code(String)
  /// A word such as "some hundreds": no value.
  case vague

  /// Text as the contract of the command has it: value and upper value, blank where there is none.
  package var texts: (value: String, high: String) {
    switch self {
    case .figure(let value, let high): (value.description, high?.description ?? "")
    case .fraction(let value):
      ((try? value.rounded(decimals: 6))?.description ?? value.description, "")
    case .date(let value, let high): (value.description, high?.description ?? "")
    case .list(let values): (values.map(\.description).joined(separator: ";"), "")
    case .code(let code): (code, "")
    case .vague: ("", "")
    }
  }
}

/// A number in a report's text, with all that its own characters say.
package struct NumberToken: Sendable, Hashable {
  /// From 0, in the order of the text.
  package let id: Int
  package let place: Place
  /// The characters as they stand, scale included, unit not.
  package let printed: String
  package let value: NumberValue
  /// Digits behind the point at the last printed digit; negative if that digit stands for tens and
  /// more, as in 511.1 萬 (-3).
  package let decimals: Int
  /// UCUM with annotations in braces; nil if none is printed.
  package let unit: String?
  package let kind: NumberKind
  /// Nil for a claim.
  package let aside: AsideReason?
  /// A standard's or product's name around the number, where it is one.
  package let name: String?
  /// The period that the head of its column, its sentence or its tag gives it; nil if none does.
  package let period: CalendarDate?
  /// What the report's own tags say of it, where they do.
  package let mark: MarkedFigure?
  /// In the folded text: number, and number with unit and classifier.
  let range: Range<Int>
  let extent: Range<Int>
  /// Relations printed between number and scale, as in 8,000 多萬.
  let insideRelations: [Vocabulary.Qualifier]
}

extension NumberToken {
  /// The values that print so, in the printed unit; nil for dates, lists and vague numbers.
  package var printedInterval: Interval? {
    switch value {
    case .figure(let low, let high):
      if high == nil, kind == .count || kind == .ordinal || kind == .version, decimals >= 0 {
        return Interval(Rational(low))
      }
      guard let first = try? Interval(printed: low, decimals: decimals) else { return nil }
      guard let high, let second = try? Interval(printed: high, decimals: decimals) else {
        return first
      }
      return Interval(first.low, second.high)
    case .fraction(let value): return Interval(value)
    case .date, .list, .code, .vague: return nil
    }
  }
}
