import Foundation
import Testing

/// "T1–T19 as tabled": the tie-outs of the model report in which a naive checker goes wrong come
/// out of `relations` and `check` as a person worked them out, by the policy's general rules.
///
/// The printed figures are those of `Samples/Report` (which prints what the model report prints),
/// and of the fixtures of AssuranceTests; nothing is ingested. `Traps.md` of the room Assurance has
/// the table.
@Suite struct TrapTests {
  private static let fixtures = Program.repository + "/Tests/AssuranceTests/Fixtures/report-2021"

  private struct Engagement {
    let folder: TemporaryFolder
    var path: String { folder.path + "/model" }

    init() throws {
      folder = try TemporaryFolder()
      let made = try Program.run(["init", "model", "--policies", "hkex-esg-2021"], in: folder.path)
      try #require(made.status == 0, "\(made.complaints)")
      let sample = Program.repository + "/Samples/Report"
      try copy("\(sample)/reported.csv", "reported.csv")
      try copy("\(TrapTests.fixtures)/claims.csv", "report/figures.csv")
      try copy("\(TrapTests.fixtures)/index.csv", "report/index.csv")
      try copy(
        Program.repository + "/Policies/hkex-esg-2021/targets.csv", "report/targets.csv")
      // T17: thirteen notes, and no mark 13 in the table.
      let notes = (1...13).map { "note,note \($0),\($0)" } + (1...12).map { "row,row \($0),\($0)" }
      try write("kind,name,marks\n" + notes.joined(separator: "\n") + "\n", "report/footnotes.csv")
      try write("獲得ISO 5001或GB/T 23331能源管理體系認證\n", "report/report.txt")
      // T14: a threshold of 5% on 0.019 Mt.
      let settings = try String(contentsOfFile: sample + "/engagement.yaml", encoding: .utf8)
      let rule = """
        materiality:
          - {kpi: ghg-scope-1, overall: 5%, performance: 75%, trivial: 5%, reason: a twentieth}

        """
      try write(settings.replacing("materiality:\n", with: rule), "engagement.yaml")
    }

    private func copy(_ from: String, _ to: String) throws {
      try write(try String(contentsOfFile: from, encoding: .utf8), to)
    }

    func write(_ text: String, _ to: String) throws {
      try Data(text.utf8).write(to: URL(filePath: "\(path)/\(to)"))
    }

    func json(_ arguments: [String]) throws -> JSON {
      let outcome = try Program.run(arguments + ["--format", "json"], in: path)
      try #require(outcome.status <= 1, "\(arguments): \(outcome.complaints)")
      return try JSON(outcome.output)
    }

    /// Every relation of the policy, or of a file, by its id.
    func relations(_ arguments: [String] = []) throws -> [String: JSON] {
      let results = try json(
        ["relations"] + arguments + [
          "--figures", TrapTests.fixtures + "/kpis.csv", "--figures",
          TrapTests.fixtures + "/claims.csv",
        ])
      return Dictionary(
        results["relations"].list.map { ($0["id"].string, $0) }, uniquingKeysWith: { a, _ in a })
    }
  }

  private static let made = Result { try Engagement() }
  private nonisolated(unsafe) static let results = Result { try made.get().relations() }
  private static let exceptions = Result {
    try made.get().json(["check"])["exceptions"].list.map(PlantedFaultsTests.Found.init)
  }

  private static let face = "recomputes at face value"
  private static let rounding = "possible within rounding"

  @Test(
    "relations",
    arguments: [
      ("T1", "r001 r002 r006 r007", face), ("T2", "r009", rounding), ("T2", "r010", face),
      ("T3", "r012 r014", face), ("T4", "r015 r016 r017 r018 r019", face),
      ("T5", "r020 r025", face), ("T6", "r026", face), ("T6", "r204", "impossible"),
      ("T7", "r055 r061", face), ("T8", "r082 r201 r202 r203", "impossible"),
      ("T8", "r083 r085", face), ("T9", "r070", face), ("T9", "r071 r073", rounding),
      ("T10", "r090 r093", "cannot tell"), ("T11", "r106 r107", "cannot tell"),
      ("T12", "r101 r102", "impossible"), ("T13", "r105", "cannot tell"),
      ("T15", "r193", "impossible"), ("T16", "r076 r111", face), ("T16", "r144", "cannot tell"),
    ])
  func relations(_ trap: String, _ ids: String, _ verdict: String) throws {
    let results = try Self.results.get()
    for id in ids.split(separator: " ").map(String.init) {
      #expect(results[id]?["verdict"].string == verdict, "\(trap) \(id)")
    }
  }

  /// T2: point arithmetic calls 45.9 wrong. T7: RMB 560,055 to 560,475 million. T10: 1,839 to 1,914
  /// hours a head. T11: 0.5451 t/MWh, and 0.5532 if green power is netted. T13: 3.0 to 4.0 kt that
  /// the fuels do not explain.
  @Test func impliedNumbers() throws {
    let results = try Self.results.get()
    func number(_ id: String, _ key: String) throws -> Decimal {
      let text = results[id]?[key].string.replacing("…", with: "") ?? ""
      return try #require(Decimal(string: text), "\(id) \(key) \(text)")
    }
    #expect(try number("r055", "low").rounded(1) == Decimal(string: "560054.8"))
    #expect(try number("r055", "high").rounded(1) == Decimal(string: "560474.7"))
    #expect(try number("r093", "low").rounded(0) == 1839)
    #expect(try number("r093", "high").rounded(0) == 1914)
    #expect(try number("r106", "computed").rounded(4) == Decimal(string: "0.5451"))
    #expect(try number("r107", "computed").rounded(4) == Decimal(string: "0.5532"))
    #expect(try number("r105", "difference").rounded(0) == -3430)
    #expect(try number("r085", "computed").rounded(0) == 25593)
  }

  /// What is an exception, and what is none although a naive checker would call it one.
  @Test func exceptionsOfTheReport() throws {
    let found = Set(try Self.exceptions.get().map { "\($0.code) \($0.subject)" })
    for expected in [
      "display-precision ghg-scope-1",  // T14
      "target-other-population target-pue",  // T16
      "footnote-orphan 13", "citation-unknown ISO 5001",  // T17
      "index-contradiction B6.4", "index-duplicate 306-3", "index-two-definitions 303-3",  // T18
    ] {
      #expect(found.contains(expected), "\(expected)")
    }
    // T2, T8 (the denominator is declared), T9, T12, T13, T6.
    for id in ["r009", "r082", "r071", "r073", "r101", "r102", "r105", "r204"] {
      #expect(!found.contains { $0.hasSuffix(" \(id)") }, "\(id)")
    }
  }

  /// T19: the headcount of another document is linked by a relation whose note says why.
  @Test func anotherDocument() throws {
    let engagement = try Engagement()
    try engagement.write(
      "id,number_printed,value,unit\ngroup-workforce,\"112,771\",112771,{person}\n", "annual.csv")
    try engagement.write(
      """
      id,type,expression,unit,note
      o1,other information,[employees-total] = [group-workforce],{person},c04: directly operated only
      o2,other information,[employees-total] <= [group-workforce],{person},a part of the group

      """, "others.csv")
    let results = try engagement.relations(["others.csv", "--figures", "annual.csv"])
    #expect(results["o1"]?["verdict"].string == "impossible")
    #expect(results["o1"]?["difference"].string == "-44545")
    #expect(results["o2"]?["verdict"].string == Self.face)
  }
}

extension Decimal {
  /// Half away from zero.
  fileprivate func rounded(_ scale: Int) -> Decimal {
    var (result, value) = (Decimal(), self)
    NSDecimalRound(&result, &value, scale, .plain)
    return result
  }
}
