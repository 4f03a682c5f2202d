/// A bill for electricity, before it is laid out.
private struct PowerBill {
  var site: Site
  var account: String
  var month: Int
  /// Kilowatt-hours.
  var energy: Int
  var start: Date { max(Date.first(2021, month), site.opened) }
  var end: Date { Date.last(2021, month) }
  var handle: String { "power:\(account)/\(Date.first(2021, month).monthText)" }
  var number: String { "E-\(account)-21" + tag("", month, 2) }
}

/// Electricity by site and month, in kWh; no entry where a site is not open.
typealias PowerByMonth = [String: [Int: Int]]

extension Report {
  /// The printed 4,308,960 MWh.
  static let electricity = 4_308_960_000
  /// Location-based emissions that print as 2.349 Mt, in kilograms.
  static let scope2 = 2_349_000_000

  /// What a data centre draws in the year before DC-01 and DC-04 even out the rest, in GWh.
  private static let centres = [
    0, 660, 370, 0, 455, 220, 176, 293, 205, 147, 110, 117, 95, 62,
  ]
  private static let cooling = [930, 860, 950, 970, 1030, 1060, 1110, 1110, 1050, 1010, 950, 970]
  private static let office = [940, 800, 880, 900, 1010, 1130, 1230, 1220, 1120, 960, 890, 960]
  /// The newest centre fills up hall by hall.
  private static let filling = [0, 0, 0, 0, 420, 520, 620, 720, 800, 880, 950, 1000]

  mutating func addElectricity() -> PowerByMonth {
    var chance = Self.chance(1)
    let yearly = yearlyPower(&chance)
    var power: PowerByMonth = [:]
    var bills: [PowerBill] = []
    for site in sites {
      let months = (1...12).filter { site.isOpen($0) }
      guard let year = yearly[site.code], !months.isEmpty else { continue }
      let weights = months.map { month in
        let season = (site.isCentre ? Self.cooling : Self.office)[month - 1]
        let share = site.code == "DC-14" ? Self.filling[month - 1] : 1000
        return season * share / 10 * chance.number(960...1040)
      }
      let amounts = Split.shares(of: year, by: weights)
      for (month, amount) in zip(months, amounts) {
        power[site.code, default: [:]][month] = amount
        let isSplit = site.isCentre && (Int(site.code.suffix(2)) ?? 0) <= 8
        let first = isSplit ? amount / 1000 * chance.number(520...580) : amount
        bills.append(PowerBill(site: site, account: site.code + "-A1", month: month, energy: first))
        if isSplit {
          bills.append(
            PowerBill(
              site: site, account: site.code + "-A2", month: month, energy: amount - first))
        }
      }
    }
    layOut(bills)
    return power
  }

  /// Kilowatt-hours of the year: all sites under control come to the printed sum, and DC-01 and
  /// DC-04, on grids with different factors, share what is left so that emissions come out too.
  private func yearlyPower(_ chance: inout Chance) -> [String: Int] {
    var yearly: [String: Int] = [:]
    for site in sites {
      let months = (1...12).count { site.isOpen($0) }
      guard months > 0 else { continue }
      if site.isCentre, let number = Int(site.code.suffix(2)) {
        yearly[site.code] = Self.centres[number - 1] * 1_000_000 + chance.number(-400_000...400_000)
      } else {
        yearly[site.code] =
          site.usual * (site.isControlled ? 1500 : 6000) * months / 12 + chance.number(0...9999)
      }
    }
    let fixed = sites.filter { $0.isControlled && $0.code != "DC-01" && $0.code != "DC-04" }
    let rest = Self.electricity - fixed.reduce(0) { $0 + (yearly[$1.code] ?? 0) }
    let emitted = fixed.reduce(0) { $0 + (yearly[$1.code] ?? 0) * $1.gridFactor }
    let wanted = Self.scope2 * 10_000 - emitted
    // x + y = rest and 4715 x + 7355 y = wanted, y to the nearest whole kWh below.
    let tianjin = (wanted - 4715 * rest) / (7355 - 4715)
    precondition(tianjin > 0 && rest > tianjin, "the two centres cannot even it out")
    yearly["DC-04"] = tianjin
    yearly["DC-01"] = rest - tianjin
    return yearly
  }

  private mutating func layOut(_ bills: [PowerBill]) {
    for half in 1...2 {
      let here = bills.filter { $0.site.isCentre && ($0.month <= 6) == (half == 1) }
      add(
        "grid-settlement-2021-h\(half).xml", .records(Self.settlement),
        [Sheet("Bill", [], Self.settlementColumns, here.map(Self.settlementRow))])
    }
    let offices = bills.filter { $0.site.code.hasPrefix("OF") }
    add(
      "office-electricity-2021.xml", .spreadsheetML,
      (1...4).map { quarter in
        Sheet(
          "Q\(quarter)", ["Office electricity, quarter \(quarter) of 2021"], Self.officeColumns,
          offices.filter { ($0.month + 2) / 3 == quarter }.map(Self.officeRow))
      })
    let rented = bills.filter { !$0.site.isCentre && !$0.site.code.hasPrefix("OF") }
    add(
      "landlord-electricity-south-2021.fods", .flatODF,
      [("深圳", "Shenzhen", true), ("廣州", "Guangzhou", false), ("成都", "Chengdu", false)].map {
        name, city, isLarge in Self.south(name, rented.filter { $0.site.city == city }, isLarge)
      })
    add(
      "landlord-electricity-north-2021.xlsx", .workbook,
      [
        Sheet(
          "用电账单", ["本资料纯属虚构：业主代收电费账单，2021 年度"], Self.northColumns,
          rented.filter { $0.site.city == "Beijing" || $0.site.city == "Tianjin" }
            .map { Self.row($0, "实际", "千瓦时") })
      ])
    add(
      "hong-kong-electricity-2021.csv", .delimited(.big5),
      [
        Sheet(
          "", [], Self.traditionalColumns,
          rented.filter { $0.site.city == "Hong Kong" }.map { Self.row($0, "實際", "千瓦時") })
      ])
  }

  private static let settlement = ElementShape(
    path: ["GridSettlement", "Bills", "Bill"], attributes: ["bill", "account"],
    namespace: "urn:example:grid-company:settlement")
  private static let settlementColumns = [
    Column("bill", "bill"), Column("account", "account"), Column("Site", "site"),
    Column("From", "start"), Column("To", "end"), Column("Electricity", "energy"),
    Column("Unit", "unit"), Column("Status", "status"), Column("Amount", "amount"),
    Column("Issued", "issued"),
  ]

  private static func settlementRow(_ bill: PowerBill) -> SheetRow {
    SheetRow(
      handle: bill.handle,
      cells: [
        .text(bill.number), .text(bill.account), .text(bill.site.code), .date(bill.start),
        .date(bill.end), .number(bill.energy), .text("kWh"), .text("actual"),
        .number(bill.energy * 61, scale: 2), .date(bill.end.later(4)),
      ])
  }

  private static let officeColumns = [
    Column("Bill no", "bill"), Column("Site code", "site"), Column("Account no", "account"),
    Column("Start date", "start"), Column("End date", "end"), Column("Electricity (kWh)", "energy"),
    Column("Reading status", "status"), Column("Issue date", "issued"),
    Column("Emission factor", "factor"), Column("Factor edition", "edition"),
  ]

  /// The company's own sheet says which factor it took, and of which edition where that is an older
  /// one, as Hong Kong's.
  private static func officeRow(_ bill: PowerBill) -> SheetRow {
    var written = row(bill, "actual", nil)
    let isHongKong = bill.site.city == "Hong Kong"
    written.cells += [
      .number(bill.site.gridFactor, scale: 4), isHongKong ? .text("CLP 2019") : .empty,
    ]
    return written
  }
  private static let traditionalColumns = [
    Column("帳單編號", "bill"), Column("地點編號", "site"), Column("戶號", "account"),
    Column("開始日期", "start"), Column("結束日期", "end"), Column("用電量", "energy"),
    Column("單位", "unit"), Column("讀數狀態", "status"), Column("發單日期", "issued"),
  ]
  private static let northColumns = [
    Column("账单编号", "bill"), Column("地点编号", "site"), Column("户号", "account"),
    Column("开始日期", "start"), Column("结束日期", "end"), Column("用电量", "energy"),
    Column("单位", "unit"), Column("读数状态", "status"), Column("开票日期", "issued"),
  ]

  /// A row of the sheets; the unit has a column of its own unless the header holds it.
  private static func row(
    _ bill: PowerBill, _ status: String, _ unit: String?, scale: Int = 0
  ) -> SheetRow {
    SheetRow(
      handle: bill.handle,
      cells: [
        .text(bill.number), .text(bill.site.code), .text(bill.account), .date(bill.start),
        .date(bill.end), .number(bill.energy, scale: scale),
      ] + (unit.map { [.text($0)] } ?? []) + [.text(status), .date(bill.end.later(6))])
  }

  /// A sheet with a row of totals; the large landlord writes in 10,000 kWh.
  private static func south(_ name: String, _ bills: [PowerBill], _ isLarge: Bool) -> Sheet {
    let scale = isLarge ? 4 : 0
    let unit = isLarge ? "萬千瓦時" : "千瓦時"
    var sheet = Sheet(
      name, ["本資料純屬虛構：業主代收電費帳單，\(name)，2021 年度"], traditionalColumns,
      bills.map { row($0, "實際", unit, scale: scale) })
    sheet.totals = SheetRow(
      handle: "power-total:" + name,
      cells: [
        .text("合計"), .empty, .empty, .empty, .empty,
        .number(bills.reduce(0) { $0 + $1.energy }, scale: scale), .text(unit), .empty, .empty,
      ])
    return sheet
  }
}
