import Foundation
import Testing

@testable import samples

/// The sample engagement's sources, as they lie in the repository.
struct WaterTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let water = root.appendingPathComponent("Samples/Water")
  /// The figure printed in the model report, in thousandths of a tonne.
  private static let printed = 6_201_652_000

  private static func planted() throws -> [[String: String]] {
    let file = water.appendingPathComponent("faulty/planted.csv")
    return try NaiveReading.tables(file).flatMap { $0.records(header: "id") }
  }

  @Test func generatorWritesTheSameBytesAgain() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("samples-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Samples.write(Samples.files(), to: folder)
    for (path, _) in Samples.files() {
      let written = try Data(contentsOf: folder.appendingPathComponent(path))
      let kept = try Data(contentsOf: Self.water.appendingPathComponent(path))
      #expect(written == kept, "\(path) differs: run `swift run samples water Samples/Water`")
    }
  }

  @Test func nothingElseLiesInTheFolders() throws {
    let expected = Set(Samples.files().map(\.path))
    for set in ["clean", "faulty"] {
      let names = try FileManager.default.contentsOfDirectory(
        atPath: Self.water.appendingPathComponent("\(set)/sources").path)
      for name in names { #expect(expected.contains("\(set)/sources/\(name)")) }
    }
  }

  @Test func cleanRecordsAddUpToThePrintedFigure() throws {
    let sum = try NaiveSum(Self.water.appendingPathComponent("clean/sources"))
    #expect(sum.milli == Self.printed)
    #expect(sum.sites == 74)
    #expect(sum.count == 838)
  }

  @Test func faultyRecordsAndPlantedChangesAddUpToo() throws {
    let sum = try NaiveSum(Self.water.appendingPathComponent("faulty/sources"))
    let truths = try Self.planted().map { NaiveSum.milli($0["truth"] ?? "") }
    #expect(!truths.contains(nil))
    #expect(sum.milli + truths.compactMap { $0 }.reduce(0, +) == Self.printed)
    #expect(sum.milli != Self.printed)
  }

  @Test func everyPlantedPlaceExists() throws {
    let sources = Self.water.appendingPathComponent("faulty/sources")
    let planted = try Self.planted()
    #expect(planted.count(where: { $0["id"]?.hasPrefix("F") == true }) >= 20)
    #expect(planted.count(where: { $0["code"] == "none" }) >= 15)
    #expect(Set(planted.compactMap { $0["id"] }).count == planted.count)
    for item in planted {
      let file = sources.appendingPathComponent(item["file"] ?? "")
      let table = try NaiveReading.tables(file).first { $0.name == item["table"] }
      for place in (item["place"] ?? "").split(separator: " ") {
        #expect(table.map { Self.holds($0, String(place)) } == true, "\(item["id"] ?? "") \(place)")
      }
    }
  }

  /// Whether a place such as `H35`, `43:43`, `[12]` or `[12]/Volume` has something in it.
  private static func holds(_ table: NaiveTable, _ place: String) -> Bool {
    if place.hasPrefix("[") {
      let parts = place.dropFirst().split(separator: "]", maxSplits: 1)
      let record = parts.first.flatMap { Int($0) }.flatMap { table.rows[$0] }
      return parts.count == 1 ? record != nil : record?[String(parts[1].dropFirst())] != nil
    }
    if place.contains(":") {
      return place.split(separator: ":").first.flatMap { Int($0) }.flatMap { table.rows[$0] } != nil
    }
    let row = Int(place.drop { $0.isLetter }).flatMap { table.rows[$0] }
    return row?[String(place.prefix { $0.isLetter })] != nil
  }

  @Test func everyFileSaysThatItIsMadeUp() throws {
    for (path, bytes) in Samples.files() where !path.hasSuffix(".xlsx") {
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").prefix(2)
      #expect(lines.joined().contains("Made-up data"), "\(path)")
    }
    // In a workbook the first row of the first sheet says so.
    let north = Self.water.appendingPathComponent("clean/sources/landlord-bills-north-2021.xlsx")
    let table = try #require(try NaiveReading.tables(north).first)
    #expect(table.rows[1]?["A"]?.hasPrefix("Made-up data") == true)
  }

  @Test func samplesStaySmall() {
    #expect(Samples.files().map(\.bytes.count).reduce(0, +) <= 3_000_000)
  }
}
