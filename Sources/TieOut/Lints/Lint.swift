/// Something a reader should look at without any figure being compared.
package struct Lint: Sendable, Hashable {
  /// `as-at-over-flow`, `footnote-without-mark`, …: one for each kind, listed in ``LintKind``.
  package let kind: LintKind
  package let place: Place
  /// One line, with the words it is about.
  package let message: String
  /// Where the other side stands; empty if there is none.
  package let related: [Place]
}

/// The kinds of lints, in the order in which they are looked for.
package enum LintKind: String, Sendable, Hashable, CaseIterable {
  case asAtOverFlow = "as-at-over-flow"
  case footnoteWithoutMark = "footnote-without-mark"
  case markWithoutFootnote = "mark-without-footnote"
  case noSuchSection = "no-such-section"
  case sectionTitles = "section-with-two-titles"
  case noSuchIndexCode = "no-such-index-code"
  case duplicateIndexCode = "duplicate-index-code"
  case contradictoryIndex = "contradictory-index-entry"
  case missingIndexCode = "index-code-missing"
  case unknownStandard = "unknown-standard"
  case datesContradict = "dates-contradict"
  case mixedScript = "mixed-script"
  case twoBoundaries = "two-boundaries"
  case unassuredHeadline = "unassured-headline"
}

/// What the lints look at.
struct LintInput {
  let text: ReportText
  let tokens: [NumberToken]
  let tied: [TiedClaim]
  let reported: [ReportedFigure]
  let vocabulary: Vocabulary
  let sentences: Sentences

  /// The characters of a line that are no blanks, as folded offsets.
  func filled(_ line: Int) -> [Int] {
    text.range(ofLine: line).filter { !Glyph.isBlank(text.folded[$0]) }
  }

  func string(_ range: Range<Int>) -> String { text.printed(range) }

  func place(ofLine line: Int) -> Place { text.place(text.range(ofLine: line)) }

  /// Whether a word stands in a stretch of text.
  func has(_ word: [UInt32], in range: Range<Int>) -> Bool {
    guard range.count >= word.count else { return false }
    return (range.lowerBound...(range.upperBound - word.count)).contains { start in
      zip(word, text.folded[start...]).allSatisfy { $0 == $1 }
    }
  }
}

/// All lints over one text.
enum Linting {
  static func run(_ input: LintInput) -> [Lint] {
    let found =
      AsAtOverFlow.find(input) + Footnotes.find(input) + Sections.find(input)
      + IndexEntries.find(input) + StandardsCited.find(input) + Dates.find(input)
      + MixedScript.find(input) + Boundaries.find(input) + Headlines.find(input)
    return found.sorted { ($0.place, $0.kind.rawValue) < ($1.place, $1.kind.rawValue) }
  }
}
