extension Report {
  /// Printed: 63,000 MWh bought and 2,334 MWh made; here in kWh.
  static let greenPower = 63_000_000
  static let generated = 2_334_000

  mutating func addGreenPower() {
    var chance = Self.chance(7)
    let columns = [
      Column("结算编号", "settlement"), Column("地点编号", "site"), Column("开始日期", "start"),
      Column("结束日期", "end"), Column("电量", "energy"), Column("单位", "unit"),
      Column("凭证类型", "evidence"),
    ]
    // Hydropower for the centre at Chongqing from August on, in 10,000 kWh as settled.
    let months = Array(8...12)
    let settled = Split.even(60_000_000, into: months.count, spread: 60, step: 10_000, &chance)
    var rows = zip(months, settled).map { month, amount in
      SheetRow(
        handle: "green:\(month)",
        cells: [
          .text("CQ21" + tag("", month, 2)), .text("DC-05"), .date(Date.first(2021, month)),
          .date(Date.last(2021, month)), .number(amount, scale: 4), .text("万千瓦时"), .text("结算单"),
        ])
    }
    let certified = Split.even(3_000_000, into: 4, spread: 150, step: 1_000, &chance)
    for (quarter, amount) in certified.enumerated() {
      let last = Date.last(2021, quarter * 3 + 3)
      rows.append(
        SheetRow(
          handle: "green:certificate \(quarter + 1)",
          cells: [
            .text("GEC21Q\(quarter + 1)"), .text("OF-01"), .date(Date.first(2021, last.month - 2)),
            .date(last), .number(amount, scale: 3), .text("兆瓦时"), .text("绿证"),
          ]))
    }
    // The contract behind the settlements says what was agreed, not what flowed.
    rows.append(
      SheetRow(
        handle: "green:contract",
        cells: [
          .text("CQ-HT-2021-07"), .text("DC-05"), .date(Date.first(2021, 8)),
          .date(Date.last(2021, 12)), .number(6_000), .text("万千瓦时"), .text("合同"),
        ]))
    add(
      "green-power-2021.xlsx", .workbook,
      [Sheet("绿电", ["本资料纯属虚构：绿色电力结算与凭证，2021 年度"], columns, rows)])
  }

  mutating func addGeneration() {
    var chance = Self.chance(8)
    let sun = [560, 640, 820, 930, 1060, 1090, 1240, 1210, 1100, 960, 740, 620]
    let plants = [("DC-08", "PV1", 2060), ("DC-03", "PV1", 159), ("OF-01", "PV1", 115)]
    let keys = plants.flatMap { plant in (1...12).map { (plant, $0) } }
    let weights = keys.map { $0.0.2 * sun[$0.1 - 1] / 10 * chance.number(930...1070) }
    let rows = zip(keys, Split.shares(of: Self.generated, by: weights)).map { key, amount in
      let ((site, meter, _), month) = key
      return SheetRow(
        handle: "pv:\(site)/\(month)",
        cells: [
          .text(site), .text("\(site)-\(meter)"), .month(month), .number(amount, scale: 3),
          .text("MWh"), .text("actual"),
        ])
    }
    add(
      "photovoltaics-2021.xml",
      .records(
        ElementShape(
          path: ["PlantMonitor", "Production"], attributes: ["site", "meter", "month"],
          namespace: "urn:example:plant-monitor:4", prefix: "pm")),
      [
        Sheet(
          "Production", [],
          [
            Column("site", "site"), Column("meter", "meter"), Column("month", "month"),
            Column("Generation", "generation"), Column("Unit", "unit"),
            Column("Status", "status"),
          ], rows)
      ])
  }
}
