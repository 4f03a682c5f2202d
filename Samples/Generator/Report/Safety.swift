extension Report {
  /// Printed: 32 injuries, nobody killed, 480 days lost, 0.25 a million hours; the hours are not
  /// printed.
  static let injuries = 32
  static let lostDays = 480
  static let hoursWorked = 128_000_000

  mutating func addSafety() {
    var chance = Self.chance(11)
    let days = Split.even(Self.lostDays, into: Self.injuries, spread: 800, &chance)
    // Five cases that the authority did not recognise.
    let refused = [12, 7, 0, 21, 9].map { ($0, "不予認定") }
    let cases = days.map { ($0, "認定") } + refused
    let rows = cases.enumerated().map { index, one in
      SheetRow(
        handle: "injury:\(index + 1)",
        cells: [
          .text(tag("WI-2021-", index + 1, 3)), .text(String(103_000 + index * 1_277)),
          .date(Date.ofYear((index * 97 + 11) % 350)), .text(one.1), .text("否"), .number(one.0),
        ])
    }
    add(
      "injuries-2021.fods", .flatODF,
      [
        Sheet(
          "工傷", ["本資料純屬虛構：工傷個案及當局認定，2021 年度"],
          [
            Column("案件編號", "case"), Column("員工編號", "employee"), Column("事故日期", "date"),
            Column("認定結果", "recognised"), Column("是否死亡", "fatal"), Column("損失工作日", "days"),
          ], rows)
      ])
    addHours(&chance)
  }

  private mutating func addHours(_ chance: inout Chance) {
    let entities = [
      ("Lanternfish Shenzhen", 380), ("Lanternfish Beijing", 190), ("Lanternfish Shanghai", 120),
      ("Lanternfish Guangzhou", 130), ("Lanternfish Chengdu", 80), ("Lanternfish Wuhan", 70),
      ("Lanternfish Hong Kong", 12), ("Lanternfish Overseas", 18),
    ]
    let workdays = [20, 15, 23, 21, 19, 21, 23, 22, 22, 17, 22, 23]
    let keys = entities.flatMap { entity in (1...12).map { (entity, $0) } }
    let weights = keys.map { $0.0.1 * workdays[$0.1 - 1] * chance.number(980...1020) }
    let rows = zip(keys, Split.shares(of: Self.hoursWorked, by: weights)).map { key, hours in
      SheetRow(
        handle: "hours:\(key.0.0)/\(key.1)",
        cells: [.text(key.0.0), .month(key.1), .number(hours), .text("scheduled")])
    }
    add(
      "working-hours-2021.xml",
      .records(
        ElementShape(
          path: ["TimeReport", "Month"], attributes: ["entity", "month"],
          namespace: "urn:example:time:1", prefix: "t")),
      [
        Sheet(
          "Month", [],
          [
            Column("entity", "entity"), Column("month", "month"), Column("Hours", "hours"),
            Column("Basis", "basis"),
          ], rows)
      ])
  }
}
