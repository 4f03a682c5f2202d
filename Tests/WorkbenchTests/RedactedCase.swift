import Assurance
import Foundation
import Pack
import Testing
import Trail

@testable import Workbench

/// An engagement about bills and about people's hours, signed, packed and redacted.
///
/// What is personal has spellings that stand nowhere else, so that every byte of a redacted pack
/// can be searched for it.
final class RedactedCase {
  let signing: SigningCase
  /// The whole pack and its redaction.
  let full: String
  let redacted: String
  let receipt: PackRedaction.Receipt

  static let people = [
    (id: "QX7001", name: "Chan Tai Man 陳大文", birth: "1971-03-09", hours: "7.5"),
    (id: "QX7002", name: "Wong Siu Ming 王小明", birth: "1982-11-23", hours: "12"),
    (id: "QX7003", name: "Lee/100% Ka Yan", birth: "1990-06-30", hours: "3"),
    (id: "QX7004", name: "Ho O'Brien", birth: "1971-03-09", hours: "40"),
    (id: "QX7005", name: "Ng \"Ah\" Lok", birth: "1965-01-02", hours: "21"),
    (id: "QX7006", name: "Yip Mei", birth: "1999-12-31", hours: "8"),
  ]

  /// Everything that must not be found, in the spellings of its files.
  static var secrets: [String] {
    people.flatMap { [$0.id, $0.birth, String($0.name.prefix(6))] }
      + ["sick", "Siu Ming", "cousin", "QX7009", "landlady"]
  }

  static let policy = [
    "policy.yaml": """
    policy: made
    title: Made up
    edition: made up
    datasets: [bill, person]
    kpis: [water, hours]
    """,
    "datasets/person.yaml": """
    dataset: person
    title: People
    key: [staff]
    fields:
      - {name: staff, type: text, personal: yes, required: yes, aliases: [staff]}
      - {name: name, type: text, personal: yes, required: yes, aliases: [name]}
      - {name: birth, type: date, personal: yes, required: yes, aliases: [birth]}
      - {name: day, type: date, required: yes, aliases: [day]}
      - {name: grade, type: text, aliases: [grade]}
      - {name: hours, type: decimal, unit: h, required: yes, aliases: [hours]}
    roles: {document: staff, quantity: hours, start: day, end: day, site: name}
    """,
    "kpis/hours.yaml": """
    kpi: hours
    title: {en: Hours}
    unit: h
    decimals: 0
    kind: flow
    status: assured
    measure: {sum: [{dataset: person, field: hours, date: day}]}
    tests:
      - {test: duplicates}
      - {test: sign}
    """,
  ]

  init() throws {
    signing = try SigningCase(files: Self.policy)
    let made = signing.made
    try made.edit(
      "engagement.yaml", "materiality: []",
      """
      materiality:
        - {kpi: water, overall: 10, performance: 10, trivial: 1, reason: x}
        - {kpi: hours, overall: 10, performance: 10, trivial: 1, reason: x}
      """)
    let rows = Self.people.map {
      "\($0.id),\"\($0.name.replacing("\"", with: "\"\""))\",\($0.birth),2021-02-01,A,\($0.hours)"
    }
    try made.write(
      ["staff,name,birth,day,grade,hours"] + rows + [
        "QX7001,Chan Tai Man 陳大文,1971-03-09,2021-02-01,A,-2",
        "QX7009,Sick Leave,1988-08-08,2021-02-01,A,many",
      ], beside: "people.csv")
    _ = try made.take("people.csv")
    let engagement = try made.open()
    for kpi in ["water", "hours"] {
      _ = try engagement.check(kpi: kpi)
      _ = try engagement.plan(kpi: kpi, round: nil, size: 2, method: nil)
      _ = try engagement.draw(kpi: kpi, round: 1, seed: "dice \(kpi)", seedOrigin: "given")
    }
    let exception = try #require(try engagement.exceptions().first { $0.exception.kpi == "hours" })
    try engagement.resolve(
      exception: exception.id, state: "explained", reason: "QX7001 was sick")
    try Self.speak(signing)
    try signing.sign("alice", .preparer)
    try signing.sign("alice", .preparer, scope: .workpaper("hours"))
    full = made.path + "/packs/all"
    _ = try made.open().pack(kpis: [], to: full, tool: "test")
    redacted = made.path + "/packs/all-redacted"
    receipt = try PackRedaction.write(full, to: redacted)
  }

  /// What people say to and of others.
  private static func speak(_ signing: SigningCase) throws {
    let alice = try signing.open(as: "Alice")
    let drawn = try #require(
      try alice.store.read { try DrawTable.facts(kpi: "hours", round: 1, $0) }?.items.first?.key)
    _ = try alice.request(
      kpi: "hours", item: drawn, from: "Chan Tai Man", due: Day(number: 19000),
      text: "time sheet of \(drawn)")
    _ = try alice.raiseNote(kpi: "hours", item: drawn, text: "Wong Siu Ming was his cousin")
    _ = try alice.raiseNote(kpi: "water", item: nil, text: "why is May low?")
    try alice.note(1, .clear, text: "Siu Ming is not")
    try alice.note(2, .clear, text: "")
    _ = try alice.declareIndependence(coolingOff: false, text: "my landlady is nobody here")
    let path = signing.made.path + "/report/Yip Mei sick note.pdf"
    try MadeEngagement.write("%PDF Yip Mei", to: path)
    _ = try alice.attach(
      path: path,
      EvidenceWish(kpi: "hours", items: [drawn], kind: .oral, date: Day(number: 18000)))
    let bill = signing.made.path + "/report/bill.pdf"
    try MadeEngagement.write("%PDF bill", to: bill)
    _ = try alice.attach(
      path: bill, EvidenceWish(kpi: "water", kind: .externalOriginal, date: Day(number: 18000)))
  }

  /// Every file of a pack that is text, by its path.
  func files(_ pack: String) throws -> [String: [UInt8]] {
    MemoryTree(of: try FolderReader(path: pack)).files
  }

  func verdict(_ pack: String, full: String? = nil) throws -> Verdict {
    var verdict = try PackVerifier.verify(pack)
    if let full { try RedactionProof.check(full: full, PackOpening.tree(at: pack), &verdict) }
    return verdict
  }

  /// A copy of a pack, changed, its lists made to fit again.
  func changed(_ pack: String, _ script: String) throws -> String {
    let copy = signing.made.path + "/packs/copy-\(UUID().uuidString.prefix(8))"
    let ran = try signing.shell("cp -R '\(pack)' '\(copy)' && cd '\(copy)' && \(script)")
    try #require(ran.status == 0, "\(ran.output)")
    try signing.redoManifests(copy)
    return copy
  }
}
