import Foundation
import Testing

@testable import TieOut

/// Measures against a labelled report that lies beside the repository, where it does.
///
/// "Of the labelled claims at least 97 % are found with the right value and unit, 95 % with the
/// right qualifier; of those with a tie, at least 85 % are tied to the right partner first, and no
/// `conflict` or `different scope` is called exact; at most 3 % of number tokens are wrongly set
/// aside. The whole report is tied in under 2 s; time grows linearly." The labels are a part of
/// all; the text is not ours to copy, so nothing of it stands here.
@Suite("a labelled report", .enabled(if: LabelledReport.folder != nil, "no shared folder here"))
struct ReportBarsTests {
  /// Read once for all tests.
  private static let whole: (LabelledReport, [NumberToken], [TiedClaim])? = {
    guard let report = try? LabelledReport() else { return nil }
    let tokens = TieOut.read(report.text)
    let claims = TieOut.claims(tokens, report.text)
    return (report, tokens, TieOut.ties(claims, report.figures, report.text))
  }()

  let report: LabelledReport
  let tokens: [NumberToken]
  let tied: [TiedClaim]

  init() throws { (report, tokens, tied) = try #require(Self.whole) }

  @Test("every digit of the report is in exactly one number")
  func coverage() {
    var covered: [Int: [Range<Int>]] = [:]
    for token in tokens {
      let start = token.place.column - 1
      covered[token.place.line, default: []].append(start..<start + token.place.length)
    }
    for (index, line) in report.lines.enumerated() {
      for (column, scalar) in line.enumerated() where ("0"..."9").contains(scalar) {
        let holders = (covered[index + 1] ?? []).filter { $0.contains(column) }
        #expect(holders.count == 1, "line \(index + 1), column \(column + 1)")
      }
    }
  }

  @Test("value and unit, qualifier, set aside")
  func claims() {
    var misses: [String] = []
    var (values, units, qualifiers, aside) = (0, 0, 0, 0)
    for label in report.labels {
      guard let token = report.token(label, tokens), report.sameValue(label, token) else {
        misses.append("\(label.id): value")
        continue
      }
      values += 1
      if report.sameUnit(label, token) {
        units += 1
      } else {
        misses.append("\(label.id): unit \(token.unit ?? "-"), not \(label.unit)")
      }
      let claim = tied.first { $0.claim.token.id == token.id }?.claim
      if (claim?.qualifier ?? "") == label.qualifier {
        qualifiers += 1
      } else {
        misses.append("\(label.id): qualifier \(claim?.qualifier ?? "-"), not \(label.qualifier)")
      }
      // Numbers of standards are set aside on purpose, with value and ties kept.
      if let reason = token.aside, reason != .standardNumber {
        aside += 1
        misses.append("\(label.id): set aside, \(reason.rawValue)")
      }
    }
    let total = report.labels.count
    Measured.say("labelled \(total): value \(values), value and unit \(units)")
    Measured.say("qualifier \(qualifiers), wrongly set aside \(aside)")
    Measured.say(misses.joined(separator: "\n"))
    #expect(units * 100 >= total * 97)
    #expect(qualifiers * 100 >= total * 95)
    #expect(aside * 100 <= total * 3)
  }

  @Test("right partner first, and nothing called exact that is not")
  func ties() {
    var misses: [String] = []
    var (first, any, wrong, total) = (0, 0, 0, 0)
    for label in report.labels where !label.partners.isEmpty {
      total += 1
      let found = report.token(label, tokens).flatMap { token in
        tied.first { $0.claim.token.id == token.id }?.ties
      }
      let ties = found ?? []
      let right = ties.map { report.isPartner($0, label, tokens) }
      if right.first == true { first += 1 } else { misses.append("\(label.id): \(label.partners)") }
      if right.contains(true) { any += 1 }
      let strict = label.tie == "conflict" || label.tie == "different scope"
      if strict,
        ties.first?.status == .exact
          || zip(ties, right).contains(where: { $0.status == .exact && $1 })
      {
        wrong += 1
        misses.append("\(label.id): called exact")
      }
    }
    Measured.say("with a tie \(total): right partner first \(first), among the first eight \(any)")
    Measured.say(misses.joined(separator: "\n"))
    let counted = report.labels.filter { $0.tie == "exact" && $0.partners.isEmpty }
    let confirmed = counted.filter { label in
      let token = report.token(label, tokens)
      return tied.contains { $0.claim.token.id == token?.id && $0.status == .exact }
    }
    Measured.say("enumerations \(counted.count): counted \(confirmed.count)")
    #expect(first * 100 >= total * 85)
    #expect(wrong == 0)
  }

  @Test("the inconsistencies that arithmetic, lists and characters can show are shown")
  func lints() {
    let lints = TieOut.lints(report.text, tokens, tied, report.figures)
    let found = Set(lints.map(\.kind))
    // Kinds that the labels name; the others need a reader or knowledge from outside.
    let expected: Set<LintKind> = [
      .asAtOverFlow, .footnoteWithoutMark, .sectionTitles, .duplicateIndexCode,
      .contradictoryIndex, .missingIndexCode, .unknownStandard, .datesContradict, .mixedScript,
      .twoBoundaries, .unassuredHeadline,
    ]
    Measured.say(
      lints.map { "\($0.place.line): \($0.kind.rawValue): \($0.message)" }.joined(separator: "\n"))
    #expect(found.isSuperset(of: expected))
    #expect(lints.count < 60)
  }

  @Test("time grows linearly: the whole takes at most eight times as long as a quarter")
  func linear() {
    let quarter = report.text.split(separator: "\n", omittingEmptySubsequences: false)
      .prefix(report.lines.count / 4).joined(separator: "\n")
    let part = time(quarter)
    let whole = time(report.text)
    Measured.say("a quarter \(part), the whole \(whole)")
    #expect(whole < part * 8)
  }

  private func time(_ text: String) -> Duration {
    ContinuousClock().measure {
      let claims = TieOut.claims(TieOut.read(text), text)
      _ = TieOut.ties(claims, report.figures, text)
    }
  }
}

/// Prints what was measured, for a person who runs the tests by hand.
enum Measured {
  static func say(_ text: String) {
    if ProcessInfo.processInfo.environment["TIEOUT_VERBOSE"] != nil || text.count < 200 {
      print(text)
    }
  }
}
