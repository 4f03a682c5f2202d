import Assurance
import Foundation
import Pack
import Testing
import Trail

@testable import Workbench

/// Evidence and requests: kept as they came, named in the workpaper, judged by kind.
@Suite struct EvidenceTests {
  private func code(_ body: () throws -> Void) -> String { MadeEngagement.code(body) }
  private let day = Day("2021-06-30") ?? Day(number: 0)

  private func file(_ signing: SigningCase, _ name: String, _ text: String) throws -> String {
    let path = signing.made.path + "/report/" + name
    try MadeEngagement.write(text, to: path)
    return path
  }

  @Test func aFileIsKeptAndNamedInTheWorkpaper() throws {
    let signing = try SigningCase()
    try signing.sign("alice", .preparer)
    let path = try file(signing, "-bill <1>.pdf", "%PDF")
    let alice = try signing.open(as: "Alice")
    let one = try alice.attach(
      path: path,
      EvidenceWish(
        kpi: "water", kind: .externalOriginal, date: day, period: Period(day, day), page: "2",
        region: "10,10,80,20", text: "the total"))
    #expect(one.number == 1 && one.size == 4)
    // SHA-256 of the four bytes, by sha256sum.
    let sum = try signing.shell("printf '%s' %PDF | sha256sum").output.prefix(64)
    #expect(one.digest == sum)
    // Who signed before has to look again.
    #expect(try signing.states() == ["stale"])
    let pack = try signing.pack()
    let place = "data/evidence/attachments/\(sum.prefix(12))-_bill__1_.pdf"
    #expect(FileManager.default.fileExists(atPath: pack + "/" + place))
    let index = try String(contentsOfFile: pack + "/data/evidence/index.tsv", encoding: .utf8)
    let row = index.split(separator: "\n")[1].split(
      separator: "\t", omittingEmptySubsequences: false)
    #expect(row[1] == place && row[2] == "-bill <1>.pdf" && row[5] == "external-original")
    #expect(row[8] == "2" && row[9] == "10,10,80,20" && row.last.map(String.init) == String(sum))
    let paper = try String(contentsOfFile: pack + "/data/workpapers/water.md", encoding: .utf8)
    #expect(paper.contains("external-original") && paper.contains(sum))
    #expect(try signing.codes(pack) == ["signoff-stale"])
    // What is signed now covers the file itself.
    let signoff = try signing.sign("alice", .preparer)
    #expect(signoff.statement.covers.contains { $0.path == place && $0.digest.hex == sum })
    #expect(try signing.codes(signing.pack("two")).isEmpty)
  }

  @Test func whatIsNoEvidence() throws {
    let signing = try SigningCase()
    let alice = try signing.open(as: "Alice")
    let good = try file(signing, "a.pdf", "x")
    let folder = signing.made.path + "/report"
    func attach(_ path: String, _ change: (inout EvidenceWish) -> Void = { _ in }) -> String {
      var wish = EvidenceWish(kpi: "water", kind: .oral, date: day)
      change(&wish)
      return code { _ = try alice.attach(path: path, wish) }
    }
    #expect(attach(folder + "/none.pdf") == "no-such-file")
    #expect(attach(folder) == "not-a-regular-file")
    #expect(attach(try file(signing, "empty", "")) == "file-empty")
    #expect(attach(good) { $0.date = Day("2999-01-01") ?? $0.date } == "evidence-date")
    #expect(attach(good) { $0.items = ["bill/1"] } == "unknown-item")
    #expect(attach(good) { $0.request = 1 } == "unknown-request")
    #expect(attach(good) { $0.text = "a\u{200B}b" } == "text-refused")
    #expect(
      code {
        _ = try signing.made.open().attach(
          path: good, EvidenceWish(kpi: "water", kind: .oral, date: day))
      } == "actor-unknown")
    #expect(try alice.workflow().evidence.isEmpty)
  }

  /// ISA 500.A35: from outside before inside, original before copy, written before spoken.
  @Test func kindsAreOrdered() {
    #expect(EvidenceKind.allCases.sorted() == EvidenceKind.allCases.reversed())
    #expect(EvidenceKind.oral < .internal && .externalCopy < EvidenceKind.externalOriginal)
  }

  @Test func aRiskAsksForAKind() throws {
    let signing = try SigningCase()
    try signing.made.setMateriality()
    try signing.made.edit(
      "engagement.yaml", "materiality:",
      "evidence: [{kpi: water, minimum: external-copy, reason: fraud risk}]\nmateriality:")
    let alice = try signing.open(as: "Alice")
    _ = try alice.plan(kpi: "water", round: nil, size: 2, method: nil)
    let drawn = try alice.draw(kpi: "water", round: 1, seed: "a", seedOrigin: "given")
    let keys = drawn.items.map(\.key)
    try signing.takeResults(keys.map { ($0, "agreed") })
    #expect(try alice.standing().blockers.contains { $0.hasPrefix("2 tested items of water") })
    let path = try file(signing, "a.pdf", "x")
    func attach(_ kind: EvidenceKind, _ items: [String]) throws {
      let one = try alice.attach(
        path: path, EvidenceWish(kpi: "water", items: items, kind: kind, date: day))
      #expect(alice.isWeak(one) == (kind < .externalCopy))
    }
    try attach(.internal, keys)
    #expect(try alice.standing().blockers.contains { $0.hasPrefix("2 tested items of water") })
    try attach(.externalOriginal, [keys[0]])
    #expect(try alice.standing().blockers.contains { $0.hasPrefix("1 tested items of water") })
    try signing.sign("alice", .preparer)
    #expect(try signing.codes(signing.pack()) == ["evidence-weak"])
    try attach(.externalCopy, [keys[1]])
    #expect(try !alice.standing().blockers.contains { $0.contains("tested items of water") })
  }

  @Test func requestsAge() throws {
    let signing = try SigningCase()
    let alice = try signing.open(as: "Alice")
    func ask(_ due: String) throws -> Int {
      try alice.request(
        kpi: "water", item: nil, from: "Finance", due: Day(due) ?? day, text: "March bill")
    }
    #expect(try ask("2021-03-01") == 1)
    #expect(try ask("2999-01-01") == 2)
    let made = try #require(try alice.workflow().requests.first)
    let asked = try #require(Day(String(made.at.prefix(10))))
    #expect(made.age(on: asked.adding(days: 9)) == 9)
    #expect(made.overdue(on: day) == 121)
    #expect(try alice.workflow().requests[1].overdue(on: day) == nil)
    #expect(try alice.standing().blockers.count { $0.hasPrefix("request ") } == 2)
    let path = try file(signing, "a.pdf", "x")
    _ = try alice.attach(
      path: path, EvidenceWish(kpi: "water", kind: .externalCopy, date: day, request: 1))
    #expect(code { try alice.closeRequest(1, text: "again") } == "unknown-request")
    try alice.closeRequest(2, text: "not needed any more")
    let closed = try alice.workflow().requests.map { $0.closed?.text }
    #expect(closed == ["evidence 1", "not needed any more"])
    #expect(try alice.standing().blockers.allSatisfy { !$0.hasPrefix("request ") })
    try signing.sign("alice", .preparer)
    let table = try String(
      contentsOfFile: signing.pack() + "/data/review/requests.csv", encoding: .utf8)
    #expect(table.contains("\n1,water,,Finance,") && table.contains(",evidence 1,March bill\n"))
  }
}
