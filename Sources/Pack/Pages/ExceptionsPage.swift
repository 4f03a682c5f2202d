import Assurance
import Exact

/// Everything found about a KPI that someone must look at, and what was decided.
enum ExceptionsPage: PackPage {
  static let name = "exceptions"

  static func documents(_ view: PackView) -> [HTMLDocument] {
    view.papers.map { paper in
      let all = paper.paper.exceptions
      var items: [HTML] = [
        heading(paper, "exceptions"),
        .p(
          .text(
            "\(all.count) found, \(all.count { $0.state == "open" }) open, "
              + "\(all.count { $0.exception.effect == .unquantified }) with an effect that is "
              + "not known.")),
      ]
      for severity in Severity.allCases {
        let some = all.filter { $0.exception.severity == severity }
        guard !some.isEmpty else { continue }
        items += [.h2("Severity \(severity.rawValue)"), table(some, severity)]
      }
      let path = path(paper.name)
      let csv = PackPaths.exceptions(paper.name)
      items.append(
        .p(
          "The same as a table: ",
          link(String(csv.split(separator: "/").last ?? ""), to: csv, from: path)))
      return document(paper, view, items)
    }
  }

  private static func table(_ exceptions: [ExceptionFacts], _ severity: Severity) -> HTML {
    HTMLTable(
      caption: "Severity \(severity.rawValue). Added to the figure, the effect corrects it.",
      columns: [
        .word("Exception"), .broad("What is seen"), .number("Effect"), .path("Where"),
        .broad("Decision"),
      ],
      rows: exceptions.map { facts in
        let exception = facts.exception
        return [
          .group([.code(exception.code), .element(.p, [.style(.small)], [.text(facts.id)])]),
          .group([.strong(exception.subject), .p(.text(exception.message))]),
          effect(exception), places(exception.locators),
          .group([
            Mark.of(facts.state, strong: facts.state == "open"),
            .p(.text(facts.dispositionReason)),
          ]),
        ]
      }
    ).html
  }

  private static func effect(_ exception: Assurance.Exception) -> HTML {
    guard case .amount(let amount) = exception.effect else { return .text(exception.effect.text) }
    return .text("\(Figures.signed(amount.grouped())) \(exception.unit)")
  }

  /// The first places; the ledger has all.
  private static func places(_ locators: [String]) -> HTML {
    let shown = locators.prefix(12)
    var items = shown.map { HTML.element(.div, [], [.text($0)]) }
    if locators.count > shown.count {
      items.append(.element(.div, [], [.text("and \(locators.count - shown.count) more")]))
    }
    return .group(items)
  }
}
