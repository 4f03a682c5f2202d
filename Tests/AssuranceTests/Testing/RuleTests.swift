import Exact
import Testing

@testable import Assurance

@Suite("rule")
struct RuleTests {
  static let shelf = Shelf.roster(
    [
      "E1|regular|2015-01-01|-", "E2|intern|2021-01-01|-", "E3|regular|2021-06-01|2021-05-01",
      "E4|regular|2015-01-01|2020-12-31|out", "E5|-|-|-",
    ], left: [])

  @Test(
    "each form of condition takes in what it says",
    arguments: [
      ("{type: intern}", "E2"), ("{type: [intern, regular]}", "E1 E2 E3"), ("{type: empty}", "E5"),
      ("{left: present}", "E3"), ("{left: \"< joined\"}", "E3"),
      ("{joined: \"> 2021-01-01\"}", "E3"),
      ("{joined: \">= 2021-01-01\"}", "E2 E3"), ("{joined: \"<= {first}\"}", "E1 E2"),
      ("{joined: \"< {last-5y}\"}", "E1"), ("{joined: \"<> 2015-01-01\"}", "E2 E3"),
      ("{type: regular, left: empty}", "E1"), ("{joined: \"= 2021-06-01\"}", "E3"),
    ])
  func conditions(_ condition: String, _ keys: String) throws {
    let found = try Self.shelf.find("test: rule, says: odd, when: \(condition)")
    #expect(found.map { String($0.subject.dropFirst("employee ".count)) } == keys.words)
    #expect(found.allSatisfy { $0.code == "rule-broken" && $0.severity == .medium })
  }

  @Test("code, severity, scope and effect are the policy's")
  func words() throws {
    let found = try Self.shelf.find(
      "test: rule, code: left-early, severity: high, of: all, effect: remove, says: gone, "
        + "when: {left: \"< {first}\"}")
    // Not counted, so that taking it out changes nothing.
    #expect(found.summary == ["left-early | employee E4 | none"])
    #expect(found.first?.severity == .high && found.first?.message == "E4 of employee: gone")
    let removed = try Self.shelf.find(
      "test: rule, effect: remove, says: an intern, when: {type: intern}")
    #expect(removed.summary == ["rule-broken | employee E2 | -1"])
    #expect(removed.places == [["B3"]])
  }

  @Test("a register's field is reached through the field that names it")
  func register() throws {
    var shelf = Shelf(measure: "{sum: [{dataset: meter, field: use, date: day}]}", unit: "MW.h")
    shelf.datasets = [
      (
        "hall", "hall",
        [
          "name: hall, type: text, required: yes, aliases: [h]",
          "name: opened, type: date, aliases: [o]",
        ],
        ["H1|2019-01-01", "H2|2021-05-01"]
      ),
      (
        "meter", "id",
        [
          "name: id, type: text, required: yes, aliases: [i]",
          "name: hall, type: text, register: hall, aliases: [h]",
          "name: use, type: decimal, unit: MW.h, aliases: [u]",
          "name: day, type: date, aliases: [d]",
        ], ["1|H1|10|2021-01-31", "2|H2|20|2021-01-31", "3|H9|30|2021-01-31"]
      ),
    ]
    let found = try shelf.find(
      "test: rule, effect: remove, says: young, when: {hall.opened: \"> {last-1y}\"}")
    #expect(found.summary == ["rule-broken | meter 2 | -20"])
    #expect(try shelf.find("test: rule, says: odd, when: {use: \">= 20\"}").count == 2)
    #expect(
      try shelf.problem("test: rule, says: odd, when: {hall.closed: empty}")
        == "`hall.closed` is no field of `meter` or of a register that it names")
  }

  @Test(
    "what cannot be a rule is refused",
    arguments: [
      "test: rule, when: {type: intern}", "test: rule, says: odd",
      "test: rule, says: odd, when: {}",
      "test: rule, says: Odd., when: {type: intern}",
      "test: rule, says: odd, code: Odd_One, when: {type: intern}",
      "test: rule, says: odd, code: duplicate-key, when: {type: intern}",
      "test: rule, says: odd, when: {left: \"< {end}\"}",
    ])
  func refusals(_ declaration: String) {
    #expect(throws: AssureError.self) { try Self.shelf.find(declaration) }
  }

  /// All small rosters against a loop that reads the condition as a person would.
  @Test("agrees with reading each row by hand, over all rosters of three days")
  func slowReference() throws {
    let days = ["-", "2020-12-31", "2021-06-30"]
    for joined in days {
      for left in days {
        for isCounted in [true, false] {
          let shelf = Shelf.roster(
            ["E1|regular|\(joined)|\(left)" + (isCounted ? "" : "|out")], left: [])
          for sign in RecordCondition.Comparison.allCases {
            let holds =
              joined != "-" && left != "-"
              && {
                switch sign {
                case .atMost: left <= joined
                case .atLeast: left >= joined
                case .below: left < joined
                case .above: left > joined
                case .equal: left == joined
                case .other: left != joined
                }
              }()
            for scope in ["counted", "all"] {
              let found = try shelf.find(
                "test: rule, says: odd, of: \(scope), when: {left: \"\(sign.rawValue) joined\"}")
              #expect(
                found.count == (holds && (isCounted || scope == "all") ? 1 : 0),
                "\(joined) \(left) \(sign) \(scope) \(isCounted)")
            }
          }
        }
      }
    }
  }

  @Test("a word that is no choice is told when the policy loads")
  func choices() throws {
    #expect(
      try Self.shelf.problem("test: rule, says: odd, when: {type: interm}")
        == "`interm` is no choice of `type`")
  }
}
