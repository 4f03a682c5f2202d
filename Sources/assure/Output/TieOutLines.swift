import TieOut

/// A tied report for people: what someone must look at first, and the counts.
struct TieOutLines {
  let isQuiet: Bool
  let showsAll: Bool
  private var out = LineWriter()

  init(isQuiet: Bool, showsAll: Bool) {
    self.isQuiet = isQuiet
    self.showsAll = showsAll
  }

  func write(_ report: TiedReport) {
    var copy = self
    copy.lines(report)
    copy.out.flush()
  }

  private mutating func say(_ line: String) { out.say(Terminal.printable(line)) }

  private mutating func lines(_ report: TiedReport) {
    head(report)
    numbers(report)
    figures(report)
    edition(report)
    lints(report)
    guard !isQuiet else { return }
    for remark in report.remarks { say("note: \(remark)") }
  }

  private mutating func head(_ report: TiedReport) {
    let aside = report.numbers.count { $0.aside != nil }
    say("\(report.file): \(report.form), SHA-256 \(report.digest)")
    say(
      "\(report.numbers.count) numbers: \(report.numbers.count - aside) claims"
        + " + \(aside) set aside")
    let counts = TieStatus.allCases.map { status in
      "\(report.numbers.count { $0.status == status.rawValue }) \(status.rawValue)"
    }
    say("claims: " + counts.joined(separator: ", "))
  }

  private mutating func numbers(_ report: TiedReport) {
    for (index, pair) in zip(report.numbers, report.applied).enumerated() {
      let (number, applied) = pair
      let isOpen: Bool =
        if let applied { !applied.settles } else { number.status == "conflict" }
      guard showsAll || isOpen || (number.status == "different scope" && !isQuiet) else { continue }
      let unit = number.unit.isEmpty || number.unit == "1" ? "" : " " + number.unit
      let value = number.valueHigh.isEmpty ? number.value : number.value + " to " + number.valueHigh
      say(
        "\(index + 1)  \(number.line):\(number.column)  \(number.status)  \(number.printed)"
          + " = \(value)\(unit)"
          + (number.qualifier.isEmpty ? "" : "  (\(number.qualifier))"))
      if let aside = number.aside { say("   \(aside)") }
      if let tie = number.ties.first { say("   \(tie.to): \(tie.why)") }
      if let applied {
        let decision = applied.decision
        say(
          "   \(decision.verdict.rawValue) by \(decision.actor), \(applied.standing.rawValue): "
            + decision.reason)
      }
      if !isQuiet { say("   … \(number.excerpt.replacing("\t", with: " ")) …") }
    }
  }

  private mutating func figures(_ report: TiedReport) {
    for figure in report.figures {
      let scope = figure.assured ? "assured" : "reported only"
      let state =
        figure.agreeing + figure.conflicting == 0
        ? "not printed in the report"
        : "\(figure.agreeing) numbers agree, \(figure.conflicting) contradict"
      guard !isQuiet || figure.conflicting > 0 || (figure.assured && figure.agreeing == 0) else {
        continue
      }
      say("\(figure.id): \(figure.value) \(figure.unit), \(scope): \(state)")
    }
  }

  private mutating func edition(_ report: TiedReport) {
    guard let edition = report.edition else { return }
    let counts = Dictionary(grouping: edition.differences, by: \.standing).mapValues(\.count)
    let parts = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    say(
      "\(edition.file): \(edition.same) numbers the same"
        + (parts.isEmpty ? "" : ", " + parts.joined(separator: ", ")))
    for pair in edition.differences where pair.standing == "differs" || showsAll {
      say(
        "   \(pair.standing)  \(pair.here) \(pair.printedHere)  |  "
          + "\(pair.there) \(pair.printedThere)")
    }
  }

  private mutating func lints(_ report: TiedReport) {
    for lint in report.lints {
      say("\(lint.line):\(lint.column)  \(lint.kind)  \(lint.message)")
    }
    if report.lints.isEmpty, !isQuiet { say("nothing else to look at") }
  }
}
