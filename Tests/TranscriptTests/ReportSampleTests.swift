import Foundation
import Testing

/// "`assure reconcile` on the clean sample: all in-scope KPIs exact or within rounding; on the
/// faulty twin every planted fault found with its code and effect, no near-miss."
///
/// The sources are generated here by the built `samples`. Over a hundred thousand records stand
/// behind the figures, so each set is taken in once. A debug build takes some minutes for that:
/// `ASSURE_TEST_REPORT=1` asks for it, and `Samples/run` does the same engagement optimised.
@Suite(
  .serialized,
  .enabled(
    if: ProcessInfo.processInfo.environment["ASSURE_TEST_REPORT"] != nil,
    "takes minutes; ASSURE_TEST_REPORT=1 asks for it"))
struct ReportSampleTests {
  private static let sample = Program.repository + "/Samples/Report"

  /// The generated sources; the twin is the clean set with some files put in the place of others.
  private static let generated: TemporaryFolder? = {
    guard let folder = try? TemporaryFolder(),
      let made = try? Program.start(
        Program.folder + "/samples", ["report", folder.path], in: folder.path
      ).wait(), made.status == 0
    else { return nil }
    return folder
  }()

  /// The clean set, taken in once.
  private static let clean = Result { try Engagement(isFaulty: false) }

  /// A set taken in, in an engagement of its own.
  private struct Engagement {
    let folder: TemporaryFolder
    var path: String { folder.path + "/acme" }

    init(isFaulty: Bool) throws {
      let generated = try #require(ReportSampleTests.generated, "`samples` did not run")
      folder = try TemporaryFolder()
      let made = try Program.run(
        ["init", "acme", "--policies", "hkex-esg-2021"], in: folder.path)
      try #require(made.status == 0, "\(made.complaints)")
      let files = FileManager.default
      for name in ["engagement.yaml", "reported.csv"] { try copy(name) }
      for set in isFaulty ? ["report", "faulty/report"] : ["report"] {
        for name in try files.contentsOfDirectory(atPath: "\(ReportSampleTests.sample)/\(set)") {
          try copy("\(set)/\(name)", to: "report/\(name)")
        }
      }
      var sources: [String: String] = [:]
      for set in isFaulty ? ["clean", "faulty"] : ["clean"] {
        let sourceFolder = "\(generated.path)/\(set)/sources"
        for name in try files.contentsOfDirectory(atPath: sourceFolder) {
          sources[name] = "\(sourceFolder)/\(name)"
        }
      }
      let names = sources.keys.sorted().compactMap { sources[$0] }
      let taken = try Program.run(["ingest", "--quiet"] + names, in: path)
      try #require(taken.status == (isFaulty ? 1 : 0), "\(taken.complaints)")
    }

    /// Puts a file of the sample into the engagement's folder, under its own name or another.
    func copy(_ file: String, to name: String? = nil) throws {
      let from = URL(filePath: "\(ReportSampleTests.sample)/\(file)")
      try Data(contentsOf: from)
        .write(to: URL(filePath: "\(path)/\(name ?? from.lastPathComponent)"))
    }

    /// The recalculated figures; those that are no finite decimal are left out.
    func figures() throws -> [String: Decimal] {
      let kpis = try json(["reconcile"], status: [0, 1])["kpis"].list
      return Dictionary(
        kpis.compactMap { kpi in
          let text = kpi["computed"].string
          return text.hasSuffix("…") ? nil : Decimal(string: text).map { (kpi["id"].string, $0) }
        }, uniquingKeysWith: { a, _ in a })
    }

    /// What the tests of all figures find.
    func found() throws -> [PlantedFaultsTests.Found] {
      try json(["check"], status: [0, 1])["exceptions"].list.map(PlantedFaultsTests.Found.init)
    }

    func json(_ arguments: [String], status: Set<Int32>) throws -> JSON {
      let outcome = try Program.run(arguments + ["--format", "json"], in: path)
      try #require(status.contains(outcome.status), "\(arguments): \(outcome.complaints)")
      return try JSON(outcome.output)
    }
  }

  @Test func `every figure of the clean set prints as printed, and nothing is found`() throws {
    let engagement = try Self.clean.get()
    let kpis = try engagement.json(["reconcile"], status: [0])["kpis"].list
    let reported = CommaText.rows(
      try String(contentsOfFile: Self.sample + "/reported.csv", encoding: .utf8)
    ).filter { $0.count == 5 && $0[0] != "kpi" }
    #expect(reported.count == 73)
    for row in reported where row[0] != "revenue" {
      let kpi = kpis.first { $0["id"].string == row[0] }
      let status = kpi?["status"].string ?? "missing"
      #expect(status == "exact" || status == "within rounding", "\(row[0]): \(status)")
    }
    let found = try engagement.found()
    for one in found where !Self.isOfThePrintedFigures(one) || Self.isStatement(one) {
      Issue.record("\(one)")
    }
    // The same records under figures that five mix-ups would print.
    try engagement.copy("confused/reported.csv")
    let mixed = try engagement.found().filter { $0.code == "figure-mix-up" }
    try engagement.copy("reported.csv")
    #expect(
      Set(mixed.map(\.kpi)) == [
        "turnover-total", "data-centre-pue-average", "ghg-scope-2", "energy-direct",
        "foundation-donation-mainland",
      ])
  }

  /// What is found in the way the figures are printed and in the factors of the policy set,
  /// whatever the records are.
  private static func isOfThePrintedFigures(_ found: PlantedFaultsTests.Found) -> Bool {
    found.kpi == "report" || ["factor-unconfirmed", "display-precision"].contains(found.code)
  }

  /// What is found in targets, restatements, index and notes.
  private static func isStatement(_ found: PlantedFaultsTests.Found) -> Bool {
    ["target-", "restatement-", "index-", "footnote-"].contains { found.code.hasPrefix($0) }
  }

  @Test func `every planted fault of the twin is found, and no near-miss`() throws {
    let all = try PlantedFaultsTests.planted(Self.sample + "/faulty/planted.csv")
    #expect(all.count { !$0.isNearMiss } >= 60)
    #expect(all.count { $0.isNearMiss } >= 30)
    let twin = try Engagement(isFaulty: true)
    let found = try twin.found()
    try expectRecords(all.filter { $0.kpi != "report" }, in: found)
    expectStatements(all.filter { $0.kpi == "report" }, in: found.filter(Self.isStatement))
    try expectTruth(all, twin)
  }

  private func expectRecords(
    _ planted: [PlantedFaultsTests.Planted], in all: [PlantedFaultsTests.Found]
  ) throws {
    // That a figure is outside is what the faults come to.
    let found = all.filter { !Self.isOfThePrintedFigures($0) && $0.code != "figure-outside" }
    var explained: Set<String> = []
    for row in planted {
      let here = found.filter { $0.locators.contains(where: row.isAt) || row.isWhole($0) }
      if row.isNearMiss {
        let odd = here.filter { !PlantedFaultsTests.areAboutManyRecords.contains($0.code) }
        #expect(odd.isEmpty, "\(row.testDescription): \(odd.map(\.message))")
        continue
      }
      let hits = here.filter { hit in
        hit.code == row.code
          && (row.isWhole(hit)
            || row.places.allSatisfy { place in
              hit.locators.contains { row.stands(at: place, $0) }
            })
      }
      // The same cells can be found again under a figure that rests on the same records.
      let own = hits.filter { $0.kpi == row.kpi }
      #expect(
        !own.isEmpty, "\(row.id) \(row.fault): `\(row.code)` is not among \(here.map(\.code))")
      for hit in own {
        #expect(hit.effect == row.effect && hit.unit == row.unit, "\(row.id) \(row.fault): \(hit)")
      }
      let seconds = found.filter { $0.code == row.also && !row.also.isEmpty }
      #expect(row.also.isEmpty || !seconds.isEmpty, "\(row.testDescription): no `\(row.also)`")
      explained.formUnion((hits + seconds).map(\.id))
    }
    for extra in found where !explained.contains(extra.id) {
      Issue.record("nothing planted explains \(extra)")
    }
  }

  /// Targets, restatements, index and notes: known by code and by what they are about.
  private func expectStatements(
    _ planted: [PlantedFaultsTests.Planted], in found: [PlantedFaultsTests.Found]
  ) {
    for row in planted {
      let here = found.filter { $0.subject == row.place && row.isOfFile($0) }
      if row.isNearMiss {
        #expect(here.isEmpty, "\(row.testDescription): \(here.map(\.message))")
      } else {
        #expect(
          here.contains { $0.code == row.code }, "\(row.testDescription): \(here.map(\.code))")
      }
    }
    let faults = Set(planted.filter { !$0.isNearMiss }.map { "\($0.code) \($0.place)" })
    for extra in found where !faults.contains("\(extra.code) \(extra.subject)") {
      Issue.record("nothing planted explains \(extra)")
    }
  }

  /// What was really changed comes to the difference of the figures: twin + truth = clean.
  private func expectTruth(_ planted: [PlantedFaultsTests.Planted], _ twin: Engagement) throws {
    let wrong = try twin.figures()
    let right = try Self.clean.get().figures()
    var truth: [String: Decimal] = [:]
    for row in planted where row.kpi != "report" {
      truth[row.kpi, default: 0] += try #require(Decimal(string: row.truth))
    }
    for (kpi, sum) in truth.sorted(by: { $0.key < $1.key }) {
      guard let a = wrong[kpi], let b = right[kpi] else { continue }
      #expect(a + sum == b, "\(kpi): \(a) + \(sum) is not \(b)")
    }
  }
}
