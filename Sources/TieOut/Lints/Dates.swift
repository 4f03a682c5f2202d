/// Dates that contradict one another or the period they speak of.
enum Dates {
  static func find(_ input: LintInput) -> [Lint] { contradictions(input) + tooEarly(input) }

  /// The contradictions found while tying, each once.
  private static func contradictions(_ input: LintInput) -> [Lint] {
    var seen: Set<String> = []
    var lints: [Lint] = []
    for tied in input.tied where tied.claim.token.mark == nil {
      for tie in tied.ties where tie.status == .conflict {
        guard case .claim(let other, let place) = tie.partner else { continue }
        let id = tied.claim.token.id
        guard seen.insert("\(min(id, other)) \(max(id, other))").inserted else { continue }
        let standard = tied.claim.token.aside == .standardNumber
        lints.append(
          Lint(
            kind: standard ? .unknownStandard : .datesContradict, place: tied.claim.token.place,
            message: tie.why, related: [place]))
      }
    }
    return lints
  }

  private static let made = [
    "核算", "盘查", "统计", "审计", "审核", "计算", "calculated", "measured", "audited", "inventory",
  ].map(Glyph.scalars)
  private static let whole = [
    "基准年", "总量", "全年", "年度", "base year", "total", "full year",
  ].map(Glyph.scalars)

  /// A figure of a whole year that was made up when the year began.
  private static func tooEarly(_ input: LintInput) -> [Lint] {
    var lints: [Lint] = []
    for (index, tied) in input.tied.enumerated() where tied.claim.qualifiers.contains("初") {
      guard case .date(let early, nil) = tied.claim.token.value, let year = early.year else {
        continue
      }
      let sentence = input.sentences.ranges[tied.claim.sentence]
      guard made.contains(where: { input.has($0, in: sentence) }) else { continue }
      for other in input.tied[(index + 1)...].prefix(3) {
        guard case .date(let date, nil) = other.claim.token.value, date.year == year,
          date.month == nil, other.claim.qualifiers.isEmpty,
          other.claim.token.place.line == tied.claim.token.place.line,
          whole.contains(where: { input.has($0, in: input.sentences.ranges[other.claim.sentence]) })
        else { continue }
        lints.append(
          Lint(
            kind: .datesContradict, place: tied.claim.token.place,
            message: "\(tied.claim.token.printed) is before the end of \(year), of which it speaks",
            related: [other.claim.token.place]))
        break
      }
    }
    return lints
  }
}
