import Assurance
import Foundation
import Ingest
import Testing

/// Expected values: the files themselves, read by hand; sums and counts from `facts.csv` (lxml).
@Suite struct GreenButtonTests {
  private let columns = [
    "usagePoint", "meterReading", "service", "localStart", "day", "duration", "value", "uom",
    "unit", "quantity", "flow", "cost", "currency", "quality", "status",
  ]

  @Test func intervalsWithUnitAndLocalTime() throws {
    let rows = try TypedRows(
      fixture: "greenbutton/greenbutton_objects-electric_containerized.xml", table: "intervals",
      columns: columns, key: "start")
    #expect(rows.rows.count == 8)
    #expect(try rows.sum("value") == "4086")
    let first = try #require(rows.rows.first)
    // 1293868800 s after 1970, in UTC and eight hours west of it.
    #expect(first["start"] == "2011-01-01T08:00:00Z")
    #expect(first["localStart"] == "2011-01-01T00:00:00-08:00")
    #expect(first["usagePoint"] == "1")
    #expect(first["service"] == "electricity")
    #expect(first["duration"] == "3600")
    #expect(first["quantity"] == "450")
    #expect(first["unit"] == "Wh")
    #expect(first["flow"] == "delivered")
    #expect(rows.lines.first == 94)
    #expect(rows.locators.first == "[1]")
    #expect(rows.notices.isEmpty)
  }

  @Test func powerOfTenIsExact() throws {
    let rows = try TypedRows(
      fixture: "greenbutton/seed-example-GreenButton-data-gas-therms--3.xml", table: "intervals",
      columns: columns, key: "start")
    // 1790 and 1792 thousandths of a therm.
    #expect(rows.rows.map { $0["quantity"] } == ["1.79", "1.792"])
    #expect(rows.rows.allSatisfy { $0["unit"] == "therm" && $0["localStart"] == nil })
    #expect(rows.codes()["no-time-zone"] == 1)
  }

  @Test func overlapsAreSaid() throws {
    let rows = try TypedRows(
      fixture: "greenbutton/greenbutton_objects-ngma_natural_gas_billing_billing_data_Service_1_1"
        + "_2021-05-26_to_2024-04-25.xml", table: "intervals", columns: columns, key: "start")
    #expect(rows.rows.count == 35)
    // 2021-06-30 + 2592000 s is 2021-07-30; and so on, by hand, for the three that overlap.
    #expect(rows.codes()["interval-overlap"] == 3)
    // The block says 2021-05-26T05:00Z, its first reading begins five hours earlier.
    #expect(rows.codes()["outside-block"] == 1)
  }

  /// Two usage points with a reading type each, a repeated reading and one without a type.
  @Test func severalUsagePoints() throws {
    func block(_ point: String, _ start: Int, _ value: String) -> String {
      """
      <entry><link rel="self" href="UP/\(point)/MR/1/IB/\(start)"/>
      <link rel="up" href="UP/\(point)/MR/1/IB"/><content><IntervalBlock
      xmlns="http://naesb.org/espi"><IntervalReading><timePeriod><duration>3600</duration>
      <start>\(start)</start></timePeriod><value>\(value)</value></IntervalReading>
      </IntervalBlock></content></entry>
      """
    }
    func point(_ id: String, _ type: String, _ kind: Int) -> String {
      """
      <entry><link rel="self" href="UP/\(id)"/><link rel="related" href="UP/\(id)/MR"/>
      <content><UsagePoint xmlns="http://naesb.org/espi"><ServiceCategory><kind>\(kind)</kind>
      </ServiceCategory></UsagePoint></content></entry>
      <entry><link rel="self" href="UP/\(id)/MR/1"/><link rel="up" href="UP/\(id)/MR"/>
      <link rel="related" href="UP/\(id)/MR/1/IB"/><link rel="related" href="RT/\(type)"/>
      <content><MeterReading xmlns="http://naesb.org/espi"/></content></entry>
      """
    }
    func type(_ id: String, _ power: Int, _ uom: Int) -> String {
      """
      <entry><link rel="self" href="RT/\(id)"/><content><ReadingType
      xmlns="http://naesb.org/espi"><powerOfTenMultiplier>\(power)</powerOfTenMultiplier>
      <uom>\(uom)</uom></ReadingType></content></entry>
      """
    }
    // Blocks ahead of what they refer to: the links decide, not the order.
    let text =
      "<feed xmlns=\"http://www.w3.org/2005/Atom\">" + block("A", 0, "5") + block("B", 0, "7")
      + block("A", 3600, "6") + block("A", 0, "5") + block("C", 0, "9")
      + point("A", "1", 0) + point("B", "2", 2) + point("C", "9", 0) + type("1", 3, 72)
      + type("2", -3, 42) + "</feed>"
    let file = try TemporaryFile("feed.xml", text)
    let rows = try TypedRows(file.open(), table: "intervals", columns: columns, key: "start")
    #expect(rows.rows.map { $0["usagePoint"] } == ["A", "B", "A", "A", "C"])
    #expect(rows.rows.map { $0["quantity"] } == ["5000", "0.007", "6000", "5000", nil])
    #expect(rows.rows.map { $0["unit"] } == ["Wh", "m3", "Wh", "Wh", nil])
    #expect(
      rows.rows.map { $0["service"] } == [
        "electricity", "water", "electricity", "electricity", "electricity",
      ])
    #expect(rows.notices.filter { $0.code == "interval-repeated" }.map(\.locator.suffix) == ["[4]"])
    #expect(rows.codes()["no-reading-type"] == 1)
  }

  /// The clock of the United States since 2007: second Sunday in March to first in November, 2:00.
  @Test func summerTime() throws {
    func feed(_ starts: [Int]) -> String {
      let readings = starts.map {
        "<IntervalReading><timePeriod><duration>60</duration><start>\($0)</start></timePeriod>"
          + "<value>1</value></IntervalReading>"
      }
      return """
        <feed xmlns="http://www.w3.org/2005/Atom"><entry><content><LocalTimeParameters
        xmlns="http://naesb.org/espi"><dstEndRule>B40E2000</dstEndRule><dstOffset>3600</dstOffset>
        <dstStartRule>360E2000</dstStartRule><tzOffset>-18000</tzOffset></LocalTimeParameters>
        </content></entry><entry><content><IntervalBlock xmlns="http://naesb.org/espi">
        \(readings.joined())</IntervalBlock></content></entry></feed>
        """
    }
    // 2021-03-14 07:00 UTC is 2:00 in winter time; 2021-11-07 06:00 UTC is 2:00 in summer time.
    let starts = [1_615_705_199, 1_615_705_200, 1_636_264_799, 1_636_264_800]
    let file = try TemporaryFile("feed.xml", feed(starts))
    let rows = try TypedRows(file.open(), table: "intervals", columns: columns, key: "start")
    #expect(
      rows.rows.map { $0["localStart"] } == [
        "2021-03-14T01:59:59-05:00", "2021-03-14T03:00:00-04:00", "2021-11-07T01:59:59-04:00",
        "2021-11-07T01:00:00-05:00",
      ])
  }
}
