extension Report {
  /// What scope 1 holds beside the printed fuels, in kilograms by gas: with IPCC factors and the
  /// warming potentials of AR5 (28 and 265) it comes to 3,430 t CO2e, and the whole to 19,000 t.
  static let directGases = [("CH4", 110_000), ("N2O", 600), ("CO2", 191_000)]
  /// The printed 2.743 Mt.
  static let scope3 = 2_743_000

  mutating func addDirectEmissions() {
    var chance = Self.chance(4)
    let offices = sites.filter { $0.code.hasPrefix("OF") && $0.isOpen(1) && $0.isOpen(12) }
    let places = [
      ("CH4", Array(offices.prefix(30)), "化粪池", "IPCC 2006 第五卷第六章"),
      ("N2O", Array(offices.prefix(10)), "生活污水", "IPCC 2006 第五卷第六章"),
      ("CO2", sites.filter { $0.isCentre && $0.code != "DC-14" }, "灭火系统", "采购与库存变动"),
    ]
    var rows: [SheetRow] = []
    for ((gas, total), (_, here, activity, method)) in zip(Self.directGases, places) {
      let amounts = Split.even(total * 10, into: here.count * 12, spread: 120, &chance)
      for (index, amount) in amounts.enumerated() {
        let site = here[index / 12].code
        let month = index % 12 + 1
        let code = "\(gas)-\(site)-21" + tag("", month, 2)
        rows.append(
          SheetRow(
            handle: "direct:\(gas)/\(site)/\(month)",
            cells: [
              .text(code), .text(site), .month(month), .text(gas), .number(amount, scale: 1),
              .text("千克"), .text(activity), .text(method),
              // Only of this gas do the reports in use differ by much.
              gas == "N2O" ? .text("IPCC AR5") : .empty,
            ]))
      }
    }
    add(
      "direct-emissions-2021.xml", .spreadsheetML,
      [
        Sheet(
          "直接排放", ["本资料纯属虚构：燃料以外的直接排放，2021 年度"],
          [
            Column("记录编号", "record"), Column("地点编号", "site"), Column("月份", "month"),
            Column("气体", "gas"), Column("排放量", "mass"), Column("单位", "unit"),
            Column("排放源", "activity"), Column("方法", "method"),
            Column("全球变暖潜势版本", "potentials"),
          ], rows)
      ])
  }

  mutating func addScope3() {
    var chance = Self.chance(5)
    let categories = [
      ("Purchased goods and services", 780), ("Capital goods", 610),
      ("Fuel- and energy-related activities", 290), ("Upstream transportation", 28),
      ("Waste generated in operations", 6), ("Business travel", 34), ("Employee commuting", 61),
      ("Upstream leased assets: data centres", 905), ("Use of sold products", 24),
      ("Investments", 5),
    ]
    let keys = categories.flatMap { category in (1...12).map { (category, $0) } }
    let amounts = Split.shares(
      of: Self.scope3 * 10, by: keys.map { $0.0.1 * chance.number(900...1100) })
    let rows = zip(keys, amounts).enumerated().map { index, line in
      let ((category, month), amount) = line
      return SheetRow(
        handle: "scope3:\(index + 1)",
        cells: [
          .text(tag("S3-", index + 1, 4)), .text(category.0), .date(Date.last(2021, month)),
          .number(amount, scale: 1), .text("spend-based estimate, wide assumptions"),
          .text("UK conversion factors 2021"),
        ])
    }
    add(
      "scope-3-2021.csv", .delimited(.utf8),
      [
        Sheet(
          "", [],
          [
            Column("Line no", "line"), Column("Scope 3 category", "category"),
            Column("End date", "end"), Column("Emissions", "emissions"), Column("Method", "method"),
            Column("Factor source", "factor"),
          ], rows)
      ])
  }
}
