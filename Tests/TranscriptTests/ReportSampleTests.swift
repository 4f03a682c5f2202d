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

    /// Puts a file of the sample into the engagement's folder.
    func copy(_ file: String) throws {
      let from = URL(filePath: "\(ReportSampleTests.sample)/\(file)")
      try Data(contentsOf: from).write(to: URL(filePath: "\(path)/\(from.lastPathComponent)"))
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
    let engagement = try Engagement(isFaulty: false)
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
    for one in found where !Self.isOfThePrintedFigures(one) { Issue.record("\(one)") }
    // The same records under figures that five mix-ups would print.
    try engagement.copy("confused/reported.csv")
    let mixed = try engagement.found().filter { $0.code == "figure-mix-up" }
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

  @Test func `every planted fault of the twin is found, and no near-miss`() throws {
    let planted = try PlantedFaultsTests.planted(Self.sample + "/faulty/planted.csv")
    #expect(planted.count { !$0.isNearMiss } >= 60)
    #expect(planted.count { $0.isNearMiss } >= 30)
    // That a figure is outside is what the faults come to.
    let found = try Engagement(isFaulty: true).found().filter {
      !Self.isOfThePrintedFigures($0) && $0.code != "figure-outside"
    }
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
}
