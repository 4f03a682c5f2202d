import Pack
import Trail

/// A verdict for people and for programs.
enum VerdictText {
  static func show(_ verdict: Verdict, quiet: Bool) {
    for finding in verdict.findings {
      let place = finding.path.isEmpty ? "" : " \(finding.path)"
      say("\(finding.level) \(finding.weight) \(finding.code)\(place): \(finding.message)")
    }
    if !quiet {
      for line in verdict.checked { say("checked: \(line)") }
      for line in verdict.notChecked { say("not checked: \(line)") }
      for line in verdict.redacted { say("not checked: redacted: \(line)") }
      for bracket in verdict.brackets {
        say("statement \(bracket.number) by \(bracket.signer): made \(bracket.words)")
      }
      if !verdict.digest.isEmpty { say("pack digest \(verdict.digest)") }
      for line in table(verdict).lines { say(line) }
    }
    say(verdict.line)
  }

  private static func say(_ line: String) { Terminal.say(Terminal.printable(line)) }

  private static func table(_ verdict: Verdict) -> TextTable {
    var table = TextTable([
      ("level", .left), ("about", .left), ("verdict", .left), ("checked", .right),
      ("not checked", .right), ("found", .right),
    ])
    for level in verdict.levels {
      table.add([
        "\(level.level)", level.level.title, level.word.rawValue, String(level.checked),
        String(level.notChecked), String(level.found),
      ])
    }
    return table
  }

  static func json(_ verdict: Verdict) -> JSONValue {
    .object([
      ("verdict", .string(verdict.word.rawValue)), ("digest", .string(verdict.digest)),
      (
        "findings",
        .list(
          verdict.findings.map {
            .object([
              ("level", .string("\($0.level)")), ("code", .string($0.code)),
              ("weight", .string("\($0.weight)")), ("path", .string($0.path)),
              ("message", .string($0.message)),
            ])
          })
      ),
      (
        "levels",
        .list(
          verdict.levels.map {
            .object([
              ("level", .string("\($0.level)")), ("about", .string($0.level.title)),
              ("verdict", .string($0.word.rawValue)), ("checked", .integer($0.checked)),
              ("notChecked", .integer($0.notChecked)), ("redacted", .integer($0.redacted)),
              ("found", .integer($0.found)),
            ])
          })
      ),
      ("checked", .list(verdict.checked.map { .string($0) })),
      ("notChecked", .list(verdict.notChecked.map { .string($0) })),
      ("redacted", .list(verdict.redacted.map { .string($0) })),
      ("signoffTimes", .list(verdict.brackets.map(json))),
      ("log", log(verdict)),
    ])
  }

  private static func json(_ bracket: TimeBracket) -> JSONValue {
    .object([
      ("statement", .integer(bracket.number)), ("signer", .string(bracket.signer)),
      ("made", .string(bracket.made.description)),
      ("notBefore", .optional(bracket.notBefore?.time.description)),
      ("notAfter", .optional(bracket.notAfter?.time.description)),
      ("fromOutside", .bool(bracket.isOutside)),
    ])
  }

  private static func log(_ verdict: Verdict) -> JSONValue {
    guard let tail = verdict.tail else { return .null }
    return .object([
      ("size", .integer(tail.size)), ("anchored", .integer(tail.anchored)),
      ("anchoredOutside", .integer(tail.outside)),
    ])
  }
}
