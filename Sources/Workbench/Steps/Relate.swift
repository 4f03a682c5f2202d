package import Assurance

extension Engagement {
  /// Tries relations between printed figures; writes nothing.
  ///
  /// - Parameters:
  ///   - file: relations instead of the policy's; text that is not of the language is kept and
  ///     cannot be told.
  ///   - figures: tables of printed figures beside `reported.csv`; later ones win.
  ///   - text: the report's text.
  ///   - year: of figures named without one; nil for that of the period's last day.
  package func relations(
    file: String?, figures: [String], text: String?, year: Int?
  ) throws(AssureError) -> [RelationResult] {
    var book = FigureBook(year: year ?? settings.period.last.civil.year)
    if year == nil, figures.isEmpty { book = try figureBook() }
    try book.add(reported, kpis: policy.kpis)
    for path in figures { try book.add(csv: Folder.text(path), file: path) }
    book.bases = policy.report.bases
    if let text {
      book.lines = try Folder.text(text).split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init)
    }
    var relations = policy.report.relations
    if let file {
      relations = try Relation.read(csv: Folder.text(file), file: file, takesWords: true)
    }
    return RelationBook(relations, figures: book).results()
  }
}
