import Testing

@testable import TieOut

@Suite("decisions and the next edition")
struct DecisionTests {
  private func report(_ text: String, digest: String) -> TiedReport {
    TieOut.report(
      TiedReport.Source(file: "r.txt", digest: digest, form: "text", text: text),
      reported: [Reading.figure("staff", "員工總人數", "46,437", "{person}")].compactMap { $0 })
  }

  private func decision(
    _ number: NumberRecord, _ verdict: DecisionRecord.Verdict, to: String = "",
    digest: String = "one"
  ) -> DecisionRecord {
    DecisionRecord(
      context: number.context, occurrence: number.occurrence, printed: number.printed,
      verdict: verdict, to: to, reason: "because", actor: "A", at: "2022-01-01T00:00:00Z",
      digest: digest)
  }

  @Test("a decision is found again by the words, not by the line")
  func moved() throws {
    let first = report("公司有 12 個食堂。\n員工總人數為 46,437 名。\n", digest: "one")
    let aside = try #require(first.numbers.first)
    var next = report("新的一行有 99 頁。\n\n員工總人數為 46,437 名。\n公司有 14 個食堂。\n", digest: "two")
    next.decisions = [decision(aside, .aside)]
    let place = try #require(next.numbers.firstIndex { $0.printed == "14" })
    #expect(next.applied[place]?.standing == .carried)
    #expect(next.applied[place]?.settles == true)
    #expect(next.applied.compactMap { $0 }.count == 1)
  }

  @Test("what was accepted is asked again where number and partner no longer agree")
  func changed() throws {
    let first = report("員工總人數為 46,437 名。\n", digest: "one")
    let number = try #require(first.numbers.first)
    #expect(number.ties.first?.to == "kpi:staff")
    let accepted = decision(number, .accepted, to: first.partner("kpi:staff"))
    var same = report("\n員工總人數為 46,437 名。\n", digest: "two")
    same.decisions = [accepted]
    #expect(same.applied.first??.standing == .carried)
    var other = report("員工總人數為 47,000 名。\n", digest: "two")
    other.decisions = [accepted]
    #expect(other.applied.first??.standing == .again)
    #expect(other.applied.first??.settles == false)
  }

  @Test("the last decision stands, and can be taken back")
  func taken() throws {
    var first = report("員工總人數為 46,437 名。\n", digest: "one")
    let number = try #require(first.numbers.first)
    first.decisions = [decision(number, .rejected), decision(number, .aside)]
    #expect(first.applied.first??.decision.verdict == .aside)
    first.decisions.append(decision(number, .open))
    #expect(first.applied.compactMap { $0 }.isEmpty)
  }

  @Test("numbers in the same words are told apart by their order")
  func occurrences() {
    let tied = report("共 5 宗\n共 6 宗\n", digest: "one")
    #expect(Set(tied.numbers.map { "\($0.occurrence) \($0.context)" }).count == 2)
  }
}
