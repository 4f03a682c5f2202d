extension Report {
  /// Printed: 34,160 L of petrol, 3,261,448 L of diesel, 3,111,654 m3 of gas.
  static let petrol = 34_160
  static let diesel = 3_261_448
  static let naturalGas = 3_111_654

  mutating func addFuel() {
    var chance = Self.chance(2)
    addPetrol(&chance)
    addDiesel(&chance)
  }

  /// Fuel cards: hundredths of a litre, some days apart.
  private mutating func addPetrol(_ chance: inout Chance) {
    let sites = ["OF-01", "OF-02", "OF-03", "OF-08", "OF-15"]
    let count = 780
    let litres = Split.even(Self.petrol * 100, into: count, spread: 380, &chance)
    let rows = litres.enumerated().map { index, amount in
      SheetRow(
        handle: "petrol:\(index + 1)",
        cells: [
          .text(tag("P21", index + 1, 5)), .text(sites[index % sites.count]),
          .date(Date.ofYear(index * 365 / count)), .text("汽油"), .number(amount, scale: 2),
          .text("升"), .text("车辆"), .text("虚构石油" + ["一站", "二站", "三站"][index % 3]),
        ])
    }
    add(
      "fuel-cards-2021.csv", .delimited(.gb18030),
      [
        Sheet(
          "", [],
          [
            Column("单据编号", "receipt"), Column("地点编号", "site"), Column("加油日期", "date"),
            Column("燃料", "fuel"), Column("体积", "volume"), Column("单位", "unit"),
            Column("用途", "use"), Column("供应商", "supplier"),
          ], rows)
      ])
  }

  /// Deliveries to the tanks of the backup generators, whole litres; one tanker fills one tank.
  private mutating func addDiesel(_ chance: inout Chance) {
    let centres = sites.filter(\.isCentre)
    var notes: [(site: Site, month: Int)] = []
    for site in centres {
      for month in 1...12 where site.isOpen(month) {
        for _ in 0..<(site.usual > 40_000 ? 2 : 1) { notes.append((site, month)) }
      }
    }
    let litres = Split.even(Self.diesel, into: notes.count, spread: 250, &chance)
    let rows = zip(notes, litres).enumerated().map { index, note in
      let day = Date(year: 2021, month: note.0.month, day: chance.number(2...27))
      return SheetRow(
        handle: "diesel:\(index + 1)",
        cells: [
          .text(tag("D21-", index + 1, 4)), .text(note.0.site.code), .date(day), .text("diesel"),
          .number(note.1), .text("litres"), .text("generator"), .text("Invented Fuels Ltd"),
        ])
    }
    add(
      "diesel-deliveries-2021.xlsx", .workbook,
      [
        Sheet(
          "Deliveries", ["Diesel delivered to data centres, 2021"],
          [
            Column("Receipt no", "receipt"), Column("Site code", "site"),
            Column("Delivery date", "date"), Column("Fuel type", "fuel"),
            Column("Quantity", "volume"), Column("Unit", "unit"), Column("Purpose", "use"),
            Column("Vendor", "supplier"),
          ], rows)
      ])
  }

  /// Canteens of some offices, and the tri-generation of one centre, which takes most of it.
  mutating func addGas() {
    var chance = Self.chance(3)
    let users = [
      ("DC-03", 640), ("OF-01", 96), ("OF-02", 48), ("OF-03", 44), ("OF-04", 36), ("OF-08", 40),
      ("OF-10", 28), ("OF-15", 36), ("OF-22", 32),
    ]
    let season = [1160, 1020, 1000, 930, 900, 940, 1000, 990, 950, 960, 1030, 1120]
    let keys = users.flatMap { user in (1...12).map { (user.0, user.1, $0) } }
    let weights = keys.map { $0.1 * season[$0.2 - 1] / 10 * chance.number(950...1050) }
    let amounts = Split.shares(of: Self.naturalGas, by: weights)
    let rows = zip(keys, amounts).map { key, amount in
      let (site, _, month) = key
      let first = Date.first(2021, month)
      return SheetRow(
        handle: "gas:\(site)/\(first.monthText)",
        cells: [
          .text("G-\(site)-21" + tag("", month, 2)), .text(site), .date(first),
          .date(Date.last(2021, month)), .number(amount), .text("立方米"), .text("實際"),
        ])
    }
    add(
      "gas-bills-2021.fods", .flatODF,
      [
        Sheet(
          "天然氣", ["本資料純屬虛構：天然氣帳單，2021 年度"],
          [
            Column("帳單編號", "bill"), Column("地點編號", "site"), Column("開始日期", "start"),
            Column("結束日期", "end"), Column("用氣量", "gas"), Column("單位", "unit"),
            Column("讀數狀態", "status"),
          ], rows)
      ])
  }
}
