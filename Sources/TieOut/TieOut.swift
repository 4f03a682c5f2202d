// TieOut: the numbers of a report's text, what they claim, and what they tie to.
//
// Purpose. A report prints the same quantity many times, in tables, sentences and headlines, in
// other units, rounded, or as "over" and "nearly". This room finds every number of a text, says
// what it is, and ties it to reported values and to the other numbers:
//
//   read(text, vocabulary)            every number, each with its exact place
//   claims(tokens, text, vocabulary)  qualifier, unit, period and subject words of each figure
//   ties(claims, reported)            ranked partners with a status and the reason in one line
//   lints(text, tokens, …)            what a reader should look at besides the figures
//
// Invariants
// 1. Every run of digits or numerals is in exactly one token, and every token is either a claim or
//    set aside with a reason; counts add up.
// 2. Values are exact decimals; a printed figure stands for the interval of values that print so,
//    and "over", "nearly", "about" are comparisons over intervals.
// 3. What is not the same quantity is never called exact: other scope and contradiction have
//    statuses of their own.
// 4. Words are data (Vocabulary/*.tsv, with sources); the code knows no report.
// 5. The same text, vocabulary and values give the same answer, in time linear in the text.
//
// Imports Exact only: no files, no clock, no network.

/// The reading and tying of a report's numbers.
package enum TieOut {
  /// Finds every number in a report's text.
  ///
  /// - Parameter text: plain text, lines ended by line feeds; a form feed begins a page; tabs
  ///   separate the cells of a table's row, as do three blanks and more inside a line.
  /// - Parameter marked: numbers whose meaning the report's own tags state.
  /// - Returns: the numbers in the order of the text. Cost: linear in its length.
  package static func read(
    _ text: String, marked: [MarkedFigure] = [], _ vocabulary: Vocabulary = .standard
  ) -> [NumberToken] {
    var tokenizer = Tokenizer(ReportText(text, vocabulary.folding), vocabulary, marked)
    return tokenizer.run()
  }

  /// Makes claims of the numbers that are not set aside, and of the numbers of standards.
  package static func claims(
    _ tokens: [NumberToken], _ text: String, _ vocabulary: Vocabulary = .standard
  ) -> [Claim] {
    Claiming(ReportText(text, vocabulary.folding), vocabulary).claims(tokens)
  }

  /// Finds the partners of every claim: reported values, other claims, and what sentences compute.
  ///
  /// - Parameter reported: values with their ids in the order in which they stand in their tables.
  /// - Returns: every claim in order, with its candidates ranked; those without one are unmatched.
  package static func ties(
    _ claims: [Claim], _ reported: [ReportedFigure], _ text: String,
    _ vocabulary: Vocabulary = .standard
  ) -> [TiedClaim] {
    Tying(claims, reported, ReportText(text, vocabulary.folding), vocabulary).run()
  }

  /// What a reader should look at without any figure being compared, in the order of the text.
  package static func lints(
    _ text: String, _ tokens: [NumberToken], _ tied: [TiedClaim], _ reported: [ReportedFigure],
    _ vocabulary: Vocabulary = .standard
  ) -> [Lint] {
    let prepared = ReportText(text, vocabulary.folding)
    return Linting.run(
      LintInput(
        text: prepared, tokens: tokens, tied: tied, reported: reported, vocabulary: vocabulary,
        sentences: Sentences(prepared)))
  }
}
