import Foundation

/// Adds up the water of a folder of sources, slowly, in thousandths of a tonne: main meters and
/// bills of sites under control, in 2021; rows that hold no number or an unknown unit left out.
struct NaiveSum {
  private(set) var milli = 0
  private(set) var count = 0
  private(set) var sites = 0
  private var controlled: Set<String> = []
  private static let units = ["m3": 0, "立方米": 0, "噸": 0, "吨": 0, "万吨": 4]

  init(_ folder: URL) throws {
    func tables(_ name: String) throws -> [NaiveTable] {
      try NaiveReading.tables(folder.appendingPathComponent(name))
    }
    for row in try tables("site-register.xml").flatMap({ $0.records(header: "Site code") }) {
      guard let code = row["Site code"] else { continue }
      sites += 1
      if row["Operational control"] == "operational" { controlled.insert(code) }
    }
    for half in 1...2 {
      for (_, row) in try tables("facility-readings-2021-h\(half).xml").flatMap(\.rows)
      where row["@role"] == "main" {
        add(row["@site"], row["Volume"], row["Unit"], row["Month"])
      }
    }
    for row in try tables("office-meters-2021-h1.xml").flatMap({ $0.records(header: "Site code") })
    where row["Meter role"] == "main" {
      add(row["Site code"], row["Consumption (m3)"], "m3", row["Month"])
    }
    for row in try tables("office-meters-2021-h2.fods").flatMap({ $0.records(header: "地點編號") })
    where row["水錶類別"] == "總錶" {
      add(row["地點編號"], row["用水量"], row["單位"], row["月份"])
    }
    for row in try tables("landlord-bills-south-2021.fods")
      .flatMap({ $0.records(header: "帳單編號") })
    {
      add(row["地點編號"], row["用水量"], row["單位"], row["結束日期"])
    }
    for row in try tables("landlord-bills-north-2021.xlsx")
      .flatMap({ $0.records(header: "账单编号") })
    {
      // 44197 is 1 January 2021, 44562 is 1 January 2022.
      let end = row["结束日期"].flatMap { Int($0) }.map { (44197..<44562).contains($0) } ?? false
      add(row["地点编号"], row["用水量"], row["单位"], end ? "2021" : "")
    }
    for row in try tables("landlord-bills-hk-2021.csv").flatMap({ $0.records(header: "Bill no") }) {
      add(row["Site code"], row["Volume"], row["Unit"], row["To"])
    }
  }

  private mutating func add(_ site: String?, _ volume: String?, _ unit: String?, _ day: String?) {
    guard let site, controlled.contains(site), day?.hasPrefix("2021") == true,
      let places = unit.flatMap({ Self.units[$0] }), let amount = Self.milli(volume ?? "", places)
    else { return }
    milli += amount
    count += 1
  }

  /// Thousandths of the decimal after its point has moved `places` to the right; nil for anything
  /// that is no decimal or has more digits than that.
  static func milli(_ text: String, _ places: Int = 0) -> Int? {
    var digits = ""
    var fraction: Int?
    for character in text where character != "," {
      if character == "." {
        fraction = 0
      } else if let digit = character.wholeNumberValue {
        digits += String(digit)
        fraction = fraction.map { $0 + 1 }
      } else if character == "-", digits.isEmpty {
        digits = "-"
      } else {
        return nil
      }
    }
    var exponent = 3 + places - (fraction ?? 0)
    guard exponent >= 0, var value = Int(digits) else { return nil }
    while exponent > 0 {
      value *= 10
      exponent -= 1
    }
    return value
  }
}
