import Foundation
import Testing

/// "All planted faults found with the right code at the right locator; no near-miss reported; the
/// clean set gives no exception; water reconciles exact." What was planted is in
/// `Samples/Water/faulty/planted.csv`, written by the generator and not by the program.
@Suite struct PlantedFaultsTests {
  /// A line of `planted.csv`.
  struct Planted: CustomTestStringConvertible {
    let id, file, table, fault, code, effect, also, note, truth: String
    /// Only where the list covers several figures.
    let kpi, unit: String
    /// Cells, rows and records as the file names them.
    let places: [String]
    /// The same as they stand in the list.
    let place: String
    var testDescription: String { "\(id): \(fault)" }
    var isNearMiss: Bool { code == "none" }

    /// Whether a locator names this file, and the row or record of one of the places.
    func isAt(_ locator: String) -> Bool {
      places.contains { stands(at: $0, locator) }
    }

    func stands(at place: String, _ locator: String) -> Bool {
      guard locator.hasPrefix(file + "@"), let table = locator.range(of: "#" + self.table) else {
        return false
      }
      return Self.row(String(locator[table.upperBound...])) == Self.row(place)
    }

    /// Whether a finding about the report's statements is about this file; a restatement stands
    /// where the report prints it.
    func isOfFile(_ found: Found) -> Bool {
      found.locators.allSatisfy { !$0.hasPrefix("report/") || $0.hasPrefix(file) }
    }

    /// Whether the exception is about all records of the file, as a law of first digits is.
    func isWhole(_ found: Found) -> Bool {
      found.code == "benford-deviation" && code == found.code
        && found.locators.contains { $0.hasPrefix(file + "@") }
    }

    /// The row number of `H35`, `!H35`, `43:43`, or the record number of `[12]/Volume`.
    static func row(_ place: String) -> String {
      if place.hasPrefix("[") { return String(place.prefix { $0 != "]" }) + "]" }
      let digits = place.drop { !$0.isNumber }.prefix { $0.isNumber }
      return "row " + digits
    }
  }

  /// An exception of `check --format json`.
  struct Found {
    let id, code, kpi, effect, unit, subject, message: String
    let locators: [String]

    init(_ one: JSON) {
      id = one["id"].string
      code = one["code"].string
      kpi = one["kpi"].string
      effect = one["effect"].string
      unit = one["unit"].string
      subject = one["subject"].string
      message = one["message"].string
      locators = one["locators"].strings
    }
  }

  /// Codes of exceptions that rightly name records by the hundred.
  static let areAboutManyRecords: Set = [
    "estimated-share", "estimated-share-gas", "estimated-share-waste", "benford-deviation",
  ]

  static func planted(
    _ path: String = WaterEngagement.sample + "/faulty/planted.csv"
  ) throws -> [Planted] {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let rows = CommaText.rows(text).filter { $0.first?.hasPrefix("#") == false }
    let header = try #require(rows.first)
    return try rows.dropFirst().map { row in
      try #require(row.count == header.count, "\(row)")
      let value = Dictionary(uniqueKeysWithValues: zip(header, row))
      return Planted(
        id: value["id"] ?? "", file: value["file"] ?? "", table: value["table"] ?? "",
        fault: value["fault"] ?? "", code: value["code"] ?? "", effect: value["effect"] ?? "",
        also: value["also"] ?? "", note: value["note"] ?? "", truth: value["truth"] ?? "",
        kpi: value["kpi"] ?? "", unit: value["unit"] ?? "",
        places: (value["place"] ?? "").split(separator: " ").map(String.init),
        place: value["place"] ?? "")
    }
  }

  static func found(_ set: String) throws -> [Found] {
    let exceptions = try WaterEngagement(set).json(["check", "--kpi", "water"], status: [0, 1])
    return exceptions["exceptions"].list.map(Found.init)
  }

  @Test func `every planted fault is found, no near-miss is, and nothing else`() throws {
    let planted = try Self.planted()
    #expect(planted.count { !$0.isNearMiss } >= 20)
    let found = try Self.found("faulty")
    var explained: Set<String> = []
    for row in planted {
      let here = found.filter { $0.locators.contains(where: row.isAt) }
      if row.isNearMiss {
        // The share of estimates is about the KPI and rightly names every estimated record.
        #expect(
          here.allSatisfy { $0.code == "estimated-share" },
          "\(row.testDescription): \(here.map(\.message))")
        continue
      }
      let hits = here.filter { $0.code == row.code && isComplete($0, row) }
      #expect(!hits.isEmpty, "\(row.testDescription): `\(row.code)` is not among \(here)")
      for hit in hits {
        #expect(hit.effect == row.effect, "\(row.testDescription): \(hit)")
        #expect(hit.kpi == "water-consumption")
      }
      let seconds = found.filter { $0.code == row.also && !row.also.isEmpty && follows($0, row) }
      #expect(row.also.isEmpty || !seconds.isEmpty, "\(row.testDescription): no `\(row.also)`")
      explained.formUnion((hits + seconds).map(\.id))
    }
    for extra in found where !explained.contains(extra.id) {
      Issue.record("nothing planted explains \(extra)")
    }
  }

  /// Every place of the row is among the exception's; one exception for a share names records by
  /// the hundred, and the planted place need only be one of them.
  private func isComplete(_ found: Found, _ row: Planted) -> Bool {
    row.places.allSatisfy { place in found.locators.contains { row.stands(at: place, $0) } }
      || row.code == "estimated-share"
  }

  /// A second exception of the same change: of the same site, whose code the rejected row shows.
  private func follows(_ found: Found, _ row: Planted) -> Bool {
    let text = try? String(
      contentsOfFile: "\(WaterEngagement.sample)/faulty/sources/\(row.file)", encoding: .utf8)
    let site = found.subject.prefix { $0 != " " }
    return text?.contains(site) == true
  }

  @Test func `the clean set gives no exception and reconciles exact`() throws {
    #expect(try Self.found("clean").isEmpty)
    let engagement = try WaterEngagement("clean")
    let kpis = try engagement.json(["reconcile", "--kpi", "water"])["kpis"].list
    let water = try #require(kpis.first { $0["id"].string == "water-consumption" })
    #expect(water["computed"].string == "6201652")
    #expect(water["reported"].string == "6,201,652")
    #expect(water["status"].string == "exact")
    #expect(water["difference"].string == "0")
    let intensity = try #require(kpis.first { $0["id"].string == "water-intensity" })
    #expect(intensity["status"].string == "within rounding")
    #expect(intensity["computed"].string.hasPrefix("11.07"))
  }
}

/// Comma-separated text with quotes, read the obvious way.
enum CommaText {
  static func rows(_ text: String) -> [[String]] {
    var rows: [[String]] = [[]]
    var field = ""
    var isQuoted = false
    for character in text {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        rows[rows.count - 1].append(field)
        field = ""
      case "\n" where !isQuoted, "\r\n" where !isQuoted:
        rows[rows.count - 1].append(field)
        field = ""
        rows.append([])
      default: field.append(character)
      }
    }
    return rows.filter { !$0.isEmpty }
  }
}
