import Assurance
import Exact
import Foundation
import Ingest
import Testing

/// Two real exports of one set of meters (SEED platform, see Fixtures/README.md): 579 entries match
/// one to one by property, meter and start, and exactly 7 quantities differ.
@Suite struct MetersAndBillsTests {
  static func dataset(_ name: String, _ aliases: (String, String, String)) throws
    -> DatasetDefinition
  {
    try DatasetDefinition.read(
      PolicyNode.parse(
        """
        dataset: \(name)
        title: Energy by meter
        key: [property, meter, start]
        tables: many
        units: {kBtu: ["kBtu (thousand Btu)", kBtu]}
        fields:
          - {name: property, type: text, required: yes, aliases: ["\(aliases.0)"]}
          - {name: meter, type: text, required: yes, aliases: ["\(aliases.1)"]}
          - {name: start, type: date, required: yes, aliases: [Start Date, "Start Date (Required)"]}
          - {name: quantity, type: decimal, required: yes, unit: kBtu, aliases: [\(aliases.2)]}
        """, file: "energy.yaml"))
  }

  @Test func sevenDifferences() throws {
    guard let corpus = Corpus.shared else {
      print("skipped: no corpus beside the repository")
      return
    }
    var readings = Kept()
    let first = try RecordReader.read(
      SourceFile.open(
        path: corpus.appending(path: "xlsx/seed-ESPM_BPS_Sample_Meter_Readings.xlsx").path),
      datasets: [
        Self.dataset(
          "readings", ("Portfolio Manager ID", "Portfolio Manager Meter ID", "Usage/Quantity"))
      ], into: &readings)
    var bills = Kept()
    let second = try RecordReader.read(
      SourceFile.open(path: corpus.appending(path: "xlsx/seed-Add_Bills_to_Meters.xlsx").path),
      datasets: [
        Self.dataset(
          "bills",
          (
            "Portfolio Manager ID (Pre-filled)", "Meter ID (Pre-filled)",
            "Usage (Required), Quantity (Required)"
          ))
      ], into: &bills)
    #expect(readings.records.count == 579)
    #expect(bills.records.count == 579)
    #expect(first.tables[0].headerRow == 6)
    #expect(
      second.tables.map(\.name) == [
        "Add Bills-Electricity", "Add Bills-Non Electric", "Regular Waste Amounts",
      ])
    #expect(second.tables.map(\.accepted) == [324, 255, 0])
    #expect(second.tables.map(\.rejectCounts) == [[:], [:], ["missing-value": 1]])
    #expect(first.tables[0].controlTotals[0].sum == ExactDecimal("269476947.7"))
    let total = try second.tables.map { $0.controlTotals[0].sum }.reduce(.zero) { try $0 + $1 }
    #expect(total == ExactDecimal("270319366.9"))
    let billed = Dictionary(
      uniqueKeysWithValues: bills.records.map { ($0.key, $0.values[3]?.canonical ?? "") })
    let differences = readings.records.compactMap { record -> String? in
      let reading = record.values[3]?.canonical ?? ""
      guard let bill = billed[record.key], bill != reading else { return nil }
      return "\(record.key) \(reading) \(bill)"
    }
    #expect(
      Set(differences) == [
        "22178843/139179128/2019-01-01 3159670.6 3046884",
        "22178843/139179128/2020-01-01 2153976.1 1172149.9",
        "22178843/139179128/2021-01-01 1546229.9 3926349.8",
        "22178848/139067334/2021-01-01 376328.4 88516.4",
        "22178848/139067335/2019-01-01 1068037.1 632200",
        "22178849/139067336/2021-01-01 946203.6 376328.4",
        "22178850/139067346/2021-01-01 95767.2 946203.6",
      ])
    // Counted with openpyxl: 15 and 12 quantities are text cells.
    #expect(second.tables.map { $0.noticeCounts["number-as-text"] ?? 0 } == [15, 12, 0])
  }
}
