import Foundation
import Testing

@testable import samples

/// The sources of the whole report: generated, not kept, and known by their digests.
@Suite(.serialized) struct ReportTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let sample = root.appendingPathComponent("Samples/Report")
  private static let files = Samples.reportFiles()
  /// The folder with all files written, made once.
  private static let written: URL? = {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("samples-report-" + UUID().uuidString)
    atexit { ReportTests.remove() }
    try? Samples.write(files, to: folder)
    return folder
  }()

  private static func remove() {
    if let written { try? FileManager.default.removeItem(at: written) }
  }

  @Test func digestsAreThoseKept() throws {
    let folder = try #require(Self.written)
    let kept = Self.sample.appendingPathComponent("SHA256SUMS")
    let said = try Shell.output("sha256sum --check --strict --quiet '\(kept.path)'", in: folder)
    #expect(said == "", "the generator writes other bytes than SHA256SUMS has: see README.md there")
    let lines = try String(contentsOf: kept, encoding: .utf8).split(separator: "\n")
    #expect(Set(lines.map { String($0.dropFirst(66)) }) == Set(Self.files.map(\.path)))
  }

  @Test func whatIsKeptIsWhatIsMade() throws {
    let small = Self.files.filter { !$0.path.contains("/sources/") }
    #expect(small.count == 8)
    for (path, bytes) in small {
      let kept = try Data(contentsOf: Self.sample.appendingPathComponent(path))
      #expect([UInt8](kept) == bytes, "\(path)")
    }
  }

  /// "source records in mixed formats, English and Chinese, in at most 15 MB"
  @Test func smallAndMixed() {
    #expect(Self.files.map(\.bytes.count).reduce(0, +) <= 15_000_000)
    let kinds = Set(Self.files.compactMap { $0.path.split(separator: ".").last })
    #expect(kinds.isSuperset(of: ["xml", "xlsx", "fods", "csv"]))
  }

  @Test func everyFileSaysThatItIsMadeUp() {
    for (path, bytes) in Self.files where !path.hasSuffix(".xlsx") {
      #expect(
        String(decoding: bytes.prefix(400), as: UTF8.self).contains("Made-up data"), "\(path)")
    }
  }

  /// "at least 60 planted faults and 30 near-misses over all datasets"
  @Test func enoughIsPlanted() throws {
    let text = try #require(Self.files.first { $0.path == "faulty/planted.csv" }?.bytes)
    let rows = NaiveReading.delimited(String(decoding: text, as: UTF8.self), "planted")
      .records(header: "id")
    #expect(rows.count { $0["code"] != "none" } >= 60)
    #expect(rows.count { $0["code"] == "none" } >= 30)
    #expect(Set(rows.compactMap { $0["id"] }).count == rows.count)
    for row in rows {
      #expect(row["place"]?.isEmpty == false && row["kpi"]?.isEmpty == false)
      #expect(row["effect"]?.isEmpty == false)
      let name = row["file"] ?? ""
      // What the report says of itself is no record, and has no unit.
      let isOfReport = row["kpi"] == "report"
      #expect(isOfReport || row["unit"]?.isEmpty == false)
      let path = isOfReport ? "faulty/" + name : "/sources/" + name
      #expect(Self.files.contains { $0.path.hasSuffix(path) }, "\(name)")
    }
  }

  @Test func cleanRecordsAddUpToThePrintedFigures() throws {
    let sums = try NaiveReport(try #require(Self.written).appendingPathComponent("clean/sources"))
      .sums
    // Amounts are in thousandths unless the name says otherwise.
    let printed: [String: Int] = [
      "electricity kWh": 4_308_960_000, "petrol": 34_160_000, "diesel": 3_261_448_000,
      "gas": 3_111_654_000, "scope 3": 2_743_000_000, "green kWh": 63_000_000_000,
      "sun MWh": 2_334_000, "hazardous kg": 324_000, "harmless kg": 29_850_000,
      "leed m2": 887_700_000, "leed centres": 1, "people": 68_226, "men": 48_406, "women": 19_820,
      "regular": 65_109, "other type": 3_117, "managers": 6_119, "leavers": 8_056,
      "injuries": 32, "lost days": 480_000, "hours": 128_000_000_000,
      "suppliers mainland": 32_439, "suppliers hong kong": 1_711, "suppliers other": 4_865,
      "遊戲類": 1_238_395_000, "支付類": 171_955_000, "社交類": 289_661_000, "其他業務類": 309_199_000,
      "cloud": 320, "cases": 4, "to mainland": 1_513_000_000_000, "to hong kong": 87_000_000_000,
      "spent": 695_000_000_000, "trained managers": 6_106, "trained others": 61_857,
      "half hours managers": 679_440, "half hours others": 4_910_560,
    ]
    for (name, value) in printed { #expect(sums[name] == value, "\(name)") }
    // 2.349 Mt: ten-thousandths of a kilogram.
    let scope2 = sums["scope 2"] ?? 0
    #expect((23_485_000_000_000..<23_495_000_000_000).contains(scope2))
    // Fuels by IPCC 2006 defaults are 15,570 t; the others in kilograms times 28, 265 and 1.
    let other = (sums["CH4"] ?? 0) * 28 + (sums["N2O"] ?? 0) * 265 + (sums["CO2"] ?? 0)
    #expect(other == 3_430_000_000)
    #expect((18_500..<19_500).contains(15_570 + other / 1_000_000))
    // 1.32 is 1.315 to 1.325.
    let (facility, equipment) = (sums["facility"] ?? 0, sums["equipment"] ?? 1)
    #expect(1000 * facility >= 1315 * equipment && 1000 * facility < 1325 * equipment)
  }
}
