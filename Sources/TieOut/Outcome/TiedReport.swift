import Exact

/// A report with everything found in it, as values that can be kept, printed and compared.
package struct TiedReport: Sendable {
  /// The file's name, its SHA-256 in hex, and how it was received.
  package var file: String
  package var digest: String
  package var form: String
  /// The text in which the places are.
  package var text: String
  package var remarks: [String]
  package var numbers: [NumberRecord]
  package var lints: [LintRecord]
  package var figures: [FigureRecord]
  /// The comparison with the other language edition, where there is one.
  package var edition: EditionRecord?
  /// What people decided, in order; later ones stand.
  package var decisions: [DecisionRecord]

  package init(
    file: String, digest: String, form: String, text: String, remarks: [String],
    numbers: [NumberRecord], lints: [LintRecord], figures: [FigureRecord],
    edition: EditionRecord? = nil, decisions: [DecisionRecord] = []
  ) {
    self.file = file
    self.digest = digest
    self.form = form
    self.text = text
    self.remarks = remarks
    self.numbers = numbers
    self.lints = lints
    self.figures = figures
    self.edition = edition
    self.decisions = decisions
  }
}

/// A figure that numbers were tied to, with how many did.
package struct FigureRecord: Sendable, Hashable {
  package let id: String
  package let name: String
  package let value: String
  package let unit: String
  package let assured: Bool
  /// Numbers of the report that agree with it, and that contradict it.
  package let agreeing: Int
  package let conflicting: Int

  package init(
    id: String, name: String, value: String, unit: String, assured: Bool, agreeing: Int,
    conflicting: Int
  ) {
    self.id = id
    self.name = name
    self.value = value
    self.unit = unit
    self.assured = assured
    self.agreeing = agreeing
    self.conflicting = conflicting
  }
}

/// The comparison of two language editions.
package struct EditionRecord: Sendable, Hashable {
  /// Numbers of the two that do not agree exactly.
  package struct Difference: Sendable, Hashable {
    /// `within rounding`, `differs`, `only in the first`, `only in the second`.
    package let standing: String
    /// `line:column` and the printed number; empty on the side that lacks it.
    package let here: String
    package let printedHere: String
    package let there: String
    package let printedThere: String

    package init(
      standing: String, here: String, printedHere: String, there: String, printedThere: String
    ) {
      self.standing = standing
      self.here = here
      self.printedHere = printedHere
      self.there = there
      self.printedThere = printedThere
    }
  }

  package let file: String
  package let digest: String
  /// Numbers that both have with one value.
  package let same: Int
  package let differences: [Difference]

  package init(file: String, digest: String, same: Int, differences: [Difference]) {
    self.file = file
    self.digest = digest
    self.same = same
    self.differences = differences
  }
}

extension TiedReport {
  /// A text to be tied, with what its own tags state.
  package struct Source: Sendable {
    package let file: String
    package let digest: String
    package let form: String
    package let text: String
    package let marked: [MarkedFigure]
    package let remarks: [String]

    package init(
      file: String, digest: String, form: String, text: String, marked: [MarkedFigure] = [],
      remarks: [String] = []
    ) {
      self.file = file
      self.digest = digest
      self.form = form
      self.text = text
      self.marked = marked
      self.remarks = remarks
    }
  }
}

extension TieOut {
  /// Reads a report, ties it and compares it with its other edition: the whole work in one call.
  ///
  /// - Parameters:
  ///   - reported: figures as printed, in the order of their tables.
  ///   - recalculated: the same ids where records gave a value of their own.
  package static func report(
    _ source: TiedReport.Source, other: TiedReport.Source? = nil, reported: [ReportedFigure],
    recalculated: [ReportedFigure] = [], _ vocabulary: Vocabulary = .standard
  ) -> TiedReport {
    let tokens = read(source.text, marked: source.marked, vocabulary)
    let claims = claims(tokens, source.text, vocabulary)
    let tied = Recalculated(reported, recalculated, vocabulary).apply(
      ties(claims, reported, source.text, vocabulary))
    let lints = lints(source.text, tokens, tied, reported, vocabulary)
    return TiedReport(
      file: source.file, digest: source.digest, form: source.form, text: source.text,
      remarks: source.remarks, numbers: records(tokens, tied, source.text, vocabulary),
      lints: lints.map(LintRecord.init), figures: reported.map { figure($0, tied) },
      edition: other.map { edition(tokens, $0, vocabulary) })
  }

  private static func figure(_ figure: ReportedFigure, _ tied: [TiedClaim]) -> FigureRecord {
    let own = [figure.id, figure.id + Recalculated.mark]
    var (agreeing, conflicting) = (0, 0)
    for claim in tied {
      let ties = claim.ties.filter { tie in
        if case .figure(let id) = tie.partner { own.contains(id) } else { false }
      }
      if ties.contains(where: { $0.status == .conflict }) {
        conflicting += 1
      } else if ties.contains(where: { $0.status.agrees }) {
        agreeing += 1
      }
    }
    return FigureRecord(
      id: figure.id, name: figure.names.first ?? figure.id, value: figure.value.description,
      unit: figure.unit, assured: figure.assured, agreeing: agreeing, conflicting: conflicting)
  }

  private static func edition(
    _ here: [NumberToken], _ other: TiedReport.Source, _ vocabulary: Vocabulary
  ) -> EditionRecord {
    let there = read(other.text, marked: other.marked, vocabulary)
    let comparison = compare(here, there, vocabulary)
    let place = { (token: NumberToken) in "\(token.place.line):\(token.place.column)" }
    let differences = comparison.pairs.filter { $0.standing != .same }.map { pair in
      EditionRecord.Difference(
        standing: pair.standing.rawValue, here: pair.here.map { place(here[$0]) } ?? "",
        printedHere: pair.here.map { here[$0].printed } ?? "",
        there: pair.there.map { place(there[$0]) } ?? "",
        printedThere: pair.there.map { there[$0].printed } ?? "")
    }
    return EditionRecord(
      file: other.file, digest: other.digest, same: comparison.count(.same),
      differences: differences)
  }
}

extension TieStatus {
  /// Whether the two say the same, exactly, rounded or as a bound.
  package var agrees: Bool {
    switch self {
    case .exact, .withinRounding, .boundHolds: true
    case .conflict, .differentScope, .unmatched: false
    }
  }
}
