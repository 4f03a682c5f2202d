/// Figures set large that tie to a reported value outside the assurance.
enum Headlines {
  static func find(_ input: LintInput) -> [Lint] {
    guard input.reported.contains(where: \.assured) else { return [] }
    let byID = Dictionary(input.reported.map { ($0.id, $0) }) { first, _ in first }
    return input.tied.compactMap { tied in
      let token = tied.claim.token
      guard isHeadline(token, input),
        let tie = tied.ties.first(where: { tie in
          if case .figure = tie.partner {
            tie.status == .exact || tie.status == .withinRounding
          } else {
            false
          }
        }), case .figure(let id) = tie.partner, let figure = byID[id], !figure.assured
      else { return nil }
      return Lint(
        kind: .unassuredHeadline, place: token.place,
        message: "\(token.printed) is set large; \(figure.names.first ?? id) is not assured",
        related: [])
    }
  }

  /// A short line, no row of a table, of which the number takes a good part.
  private static func isHeadline(_ token: NumberToken, _ input: LintInput) -> Bool {
    let filled = input.filled(token.place.line)
    let range = input.text.range(ofLine: token.place.line)
    guard !filled.isEmpty, filled.count <= 16,
      !range.contains(where: { input.text.folded[$0] == 9 })
    else { return false }
    return token.range.count * 4 >= filled.count
  }
}
