import Assurance
import TieOut

/// The report's text with every number marked by how it ties, and the list of what did not.
enum TieOutPage: PackPage {
  static let name = "tie-out"
  static let path = "data/pages/tie-out.html"

  static func documents(_ view: PackView) -> [HTMLDocument] {
    guard let report = view.content.tieOut else { return [] }
    let layout = TieOutLayout(report)
    var main: [HTML] = [
      .h1(.text("Tie-out of the report"), .chinese("報告數字核對")),
      .p(
        .text(
          "\(report.file), received as \(report.form), SHA-256 "), .code(report.digest)),
      layout.key, .h2("Figures"), layout.figures,
    ]
    main += [.h2("What did not tie"), layout.open]
    if let edition = report.edition { main += [.h2("The other edition"), layout.edition(edition)] }
    if !report.lints.isEmpty { main += [.h2("What a reader should look at"), layout.lints] }
    if !report.decisions.isEmpty { main += [.h2("Decisions"), layout.decisions] }
    if !report.remarks.isEmpty {
      main += [.h2("About the reading"), .list(report.remarks)]
    }
    main.append(
      .p(
        "As tables: ", link("numbers.csv", to: PackPaths.tieNumbers, from: path), ", ",
        link("lints.csv", to: PackPaths.tieLints, from: path), ", ",
        link("decisions.csv", to: PackPaths.tieDecisions, from: path),
        ". As text: ", link("report.txt", to: PackPaths.tieText, from: path)))
    main += [.h2("The text"), layout.text]
    return [document(path: path, title: "Tie-out", view, main)]
  }
}

/// Pieces of the page.
private struct TieOutLayout {
  let report: TiedReport
  let applied: [AppliedDecision?]
  /// Positions of numbers by `line:column`.
  let places: [String: Int]

  init(_ report: TiedReport) {
    self.report = report
    applied = report.applied
    places = Dictionary(
      report.numbers.enumerated().map { ("\($0.element.line):\($0.element.column)", $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  /// A sign for each status: it is read without colour.
  static func sign(_ status: String) -> (sign: String, style: StyleName) {
    switch status {
    case "exact": ("=", .tieExact)
    case "within rounding": ("≈", .tieRounded)
    case "bound holds": ("≤", .tieBound)
    case "conflict": ("≠", .tieConflict)
    case "different scope": ("~", .tieScope)
    case "set aside": ("·", .tieAside)
    default: ("?", .tieUnmatched)
    }
  }

  static let statuses =
    TieStatus.allCases.map(\.rawValue) + ["set aside"]

  var key: HTML {
    var counts: [String: Int] = [:]
    for number in report.numbers { counts[number.status, default: 0] += 1 }
    let items = Self.statuses.map { status -> HTML in
      let (sign, style) = Self.sign(status)
      return .element(
        .li, [],
        [
          .element(.span, [.style(style)], [.text(sign)]),
          .text("\(status): \(Figures.grouped(counts[status] ?? 0))"),
        ])
    }
    return .group([
      .element(.ul, [.style(.key)], items),
      .note(
        "\(Figures.grouped(report.numbers.count)) numbers, each in exactly one of these. A number "
          + "in the text leads to what it ties to; a raised sign behind it says how."),
    ])
  }

  var figures: HTML {
    HTMLTable(
      caption: "Every figure, with how many numbers of the report agree with it.",
      columns: [
        .text("Figure"), .number("Value"), .word("Unit"), .word("Scope"), .number("Agree"),
        .number("Contradict"), .word("State"),
      ],
      rows: report.figures.map { figure in
        [
          .element(.span, [.id("kpi-" + figure.id)], [.text(figure.name)]),
          .text(Figures.grouped(figure.value)), .text(figure.unit),
          .text(figure.assured ? "assured" : "reported only"),
          .text(String(figure.agreeing)), .text(String(figure.conflicting)), state(figure),
        ]
      }
    ).html
  }

  private func state(_ figure: FigureRecord) -> HTML {
    if figure.conflicting > 0 { return Mark.of("≠ contradicted", strong: true) }
    if figure.agreeing == 0 {
      return Mark.of("not printed", strong: figure.assured)
    }
    return Mark.of("= printed")
  }

  /// Conflicts, other scopes, what was rejected or must be decided again, then what nothing ties
  /// to.
  var open: HTML {
    let rows = report.numbers.indices.filter { isOpen($0) }
    let unmatched = report.numbers.indices.filter {
      report.numbers[$0].status == "unmatched" && applied[$0] == nil
    }
    let shown = unmatched.prefix(Pages.rowsShown)
    return .group([
      table(rows, "Contradictions, other scopes, and decisions that ask for another look."),
      table(
        Array(shown),
        unmatched.count > shown.count
          ? "Tied to nothing: \(shown.count) of \(unmatched.count); numbers.csv has all."
          : "Tied to nothing: the number stands once, and no figure has its value."),
    ])
  }

  private func isOpen(_ index: Int) -> Bool {
    if let applied = applied[index] { return !applied.settles }
    return ["conflict", "different scope"].contains(report.numbers[index].status)
  }

  private func table(_ rows: [Int], _ caption: String) -> HTML {
    HTMLTable(
      caption: caption,
      columns: [
        .word("Place"), .word("Status"), .text("Number"), .broad("In its words"), .broad("Why"),
      ],
      rows: rows.map { index in
        let number = report.numbers[index]
        return [
          .element(
            .a, [.link("#n\(index + 1)")],
            [.text("p. \(number.page), \(number.line):\(number.column)")]),
          Mark.of(
            Self.sign(number.status).sign + " " + number.status,
            strong: number.status == "conflict"),
          .text(Self.shown(number)), .text(number.excerpt),
          .group([.text(number.ties.first?.why ?? ""), decision(index)]),
        ]
      }
    ).html
  }

  /// The number as printed, with its unit where it says what is not printed.
  private static func shown(_ number: NumberRecord) -> String {
    let isPlain = ["", "1", "a", "date"].contains(number.unit)
    return isPlain ? number.printed : "\(number.printed) \(number.unit)"
  }

  private func decision(_ index: Int) -> HTML {
    guard let applied = applied[index] else { return .group([]) }
    let words = "\(applied.decision.verdict.rawValue), \(applied.standing.rawValue): "
    return .p(.text(words + applied.decision.reason + " — " + applied.decision.actor))
  }

  func edition(_ edition: EditionRecord) -> HTML {
    .group([
      .p(
        .text(
          "\(edition.file): \(Figures.grouped(edition.same)) numbers are the same, "
            + "\(edition.differences.count) are not."), .text(" SHA-256 "), .code(edition.digest)),
      HTMLTable(
        caption: "Numbers that the two editions do not share exactly.",
        columns: [
          .word("Standing"), .word("Here at"), .text("Here"), .word("There at"), .text("There"),
        ],
        rows: edition.differences.prefix(Pages.rowsShown).map { pair in
          [
            Mark.of(pair.standing, strong: pair.standing == "differs"), place(pair.here),
            .text(pair.printedHere), .text(pair.there), .text(pair.printedThere),
          ]
        }
      ).html,
    ])
  }

  private func place(_ place: String) -> HTML {
    guard let index = places[place] else { return .text(place) }
    return .element(.a, [.link("#n\(index + 1)")], [.text(place)])
  }

  var lints: HTML {
    HTMLTable(
      caption: "Found without comparing figures.",
      columns: [.word("Kind"), .word("Place"), .broad("What is seen"), .word("And at")],
      rows: report.lints.map { lint in
        [
          .code(lint.kind),
          .element(.a, [.link("#l\(lint.line)")], [.text("p. \(lint.page), line \(lint.line)")]),
          .text(lint.message), .text(lint.related.map { "line \($0)" }.joined(separator: ", ")),
        ]
      }
    ).html
  }

  var decisions: HTML {
    HTMLTable(
      caption: "In the order in which they were made; the last one about a number stands.",
      columns: [
        .word("When"), .text("Who"), .word("Decision"), .text("Number"), .broad("Reason"),
      ],
      rows: report.decisions.map {
        [
          .text($0.at), .text($0.actor), Mark.of($0.verdict.rawValue), .text($0.printed),
          .text($0.reason),
        ]
      }
    ).html
  }
}

// MARK: - the text

extension TieOutLayout {
  /// The report line by line; every number a link to its best tie.
  fileprivate var text: HTML {
    var byLine: [Int: [Int]] = [:]
    for (index, number) in report.numbers.enumerated() {
      byLine[number.line, default: []].append(index)
    }
    var items: [HTML] = []
    let lines = report.text.split(separator: "\n", omittingEmptySubsequences: false)
    for (offset, line) in lines.enumerated() {
      let blank = line.allSatisfy { $0 == " " || $0 == "\t" || $0 == "\u{0C}" }
      guard !blank else { continue }
      items.append(
        .element(
          .div, [.style(.tieLine), .id("l\(offset + 1)")],
          [
            .element(.span, [.style(.tieNumber)], [.text(String(offset + 1))]),
            .element(.span, [], marked(line, byLine[offset + 1] ?? [])),
          ]))
    }
    return .element(.div, [.style(.tieText)], items)
  }

  private func marked(_ line: Substring, _ numbers: [Int]) -> [HTML] {
    let scalars = Array(line.unicodeScalars)
    var items: [HTML] = []
    var next = 0
    func plain(to end: Int) {
      guard next < end else { return }
      var view = String.UnicodeScalarView()
      for scalar in scalars[next..<end] where scalar != "\u{0C}" {
        view.append(scalar == "\t" ? "\u{2003}" : scalar)
      }
      items.append(.text(String(view)))
      next = end
    }
    for index in numbers {
      let number = report.numbers[index]
      let start = min(max(next, number.column - 1), scalars.count)
      // A number that goes on in the next line is marked to the end of this one.
      let end = min(start + number.length, scalars.count)
      guard start < end else { continue }
      plain(to: start)
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[start..<end].map { $0 == "\t" ? " " : $0 })
      items.append(mark(index, String(view)))
      next = end
    }
    plain(to: scalars.count)
    return items
  }

  private func mark(_ index: Int, _ words: String) -> HTML {
    let number = report.numbers[index]
    let (sign, style) = Self.sign(number.status)
    let title = number.ties.first.map { "\(number.status): \($0.why)" } ?? number.aside
    let items: [HTML] = [
      .text(words), .element(.span, [.style(.tieSign)], [.text(sign)]),
    ]
    let attributes: [HTML.Attribute] = [
      .style(style), .id("n\(index + 1)"), .hint(title ?? number.status),
    ]
    guard let target = target(number) else { return .element(.span, attributes, items) }
    return .element(.a, attributes + [.link(target)], items)
  }

  private func target(_ number: NumberRecord) -> String? {
    guard let to = number.ties.first?.to else { return nil }
    if to.hasPrefix("kpi:") {
      let id = String(to.dropFirst(4)).replacing("@recalculated", with: "")
      return report.figures.contains { $0.id == id } ? "#kpi-" + id : nil
    }
    if let index = places[to] { return "#n\(index + 1)" }
    return to.split(separator: ":").first.map { "#l\($0)" }
  }
}
