extension Report {
  mutating func addCases() {
    // Number, kind, referred, concluded, result, employees: four concluded in the year, six people.
    let cases: [(String, String, Date, Date?, String, Int)] = [
      ("LC-2018-03", "贪腐", day(2018, 9, 3), day(2021, 2, 24), "有期徒刑", 1),
      ("LC-2019-05", "贪腐", day(2019, 6, 17), day(2021, 5, 12), "有期徒刑", 2),
      ("LC-2020-01", "贪腐", day(2020, 1, 9), day(2021, 8, 30), "有期徒刑", 1),
      ("LC-2020-04", "贪腐", day(2020, 7, 22), day(2021, 11, 5), "有期徒刑", 2),
      ("LC-2019-02", "贪腐", day(2019, 3, 8), day(2020, 12, 18), "有期徒刑", 1),
      ("LC-2020-06", "贪腐", day(2020, 10, 14), day(2022, 1, 20), "有期徒刑", 1),
      ("LC-2021-02", "贪腐", day(2021, 4, 2), nil, "", 1),
      ("LC-2021-03", "贪腐", day(2021, 6, 25), nil, "", 3),
      ("LC-2021-07", "贪腐", day(2021, 9, 28), nil, "", 1),
      ("LC-2021-09", "其他", day(2021, 3, 11), day(2021, 12, 2), "和解", 0),
    ]
    let rows = cases.map { one in
      SheetRow(
        handle: "case:" + one.0,
        cells: [
          .text(one.0), .text(one.1), .date(one.2), one.3.map { .date($0) } ?? .empty,
          one.4.isEmpty ? .empty : .text(one.4), .number(one.5),
        ])
    }
    add(
      "legal-cases.fods", .flatODF,
      [
        Sheet(
          "案件", ["本资料纯属虚构：移交案件台账"],
          [
            Column("案号", "case"), Column("案件类型", "kind"), Column("移交日期", "referred"),
            Column("审结日期", "concluded"), Column("判决结果", "result"),
            Column("涉及员工人数", "employees"),
          ], rows)
      ])
  }

  private func day(_ year: Int, _ month: Int, _ day: Int) -> Date {
    Date(year: year, month: month, day: day)
  }

  /// Printed: 15.13 億 to the foundation on the mainland, 16 億 with the one in Hong Kong, and
  /// 6.95 億 spent by the department for social value; here in yuan.
  static let donatedMainland = 1_513_000_000
  static let donatedHongKong = 87_000_000
  static let spent = 695_000_000
  private static let spendingLines = 1_500

  mutating func addGiving() {
    var chance = Self.chance(14)
    addDonations(&chance)
    addSpending(&chance)
  }

  private mutating func addDonations(_ chance: inout Chance) {
    let mainland = Split.even(Self.donatedMainland, into: 14, spread: 600, step: 1000, &chance)
    let hongKong = Split.even(Self.donatedHongKong, into: 3, spread: 300, step: 1000, &chance)
    let gifts =
      mainland.enumerated().map { ($1, "基金會（中國內地）", $0 % 5 == 4, $0) }
      + hongKong.enumerated().map { ($1, "基金會（香港）", false, $0 + 14) }
    let rows = gifts.map { amount, recipient, isInKind, index in
      // The larger vouchers are kept in 10,000 yuan.
      let isLarge = index % 3 == 0 && index > 0
      return SheetRow(
        handle: "gift:\(index + 1)",
        cells: [
          .text(tag("GV21-", index + 1, 3)), .date(Date.ofYear(index * 21 + 9)), .text(recipient),
          .text(isInKind ? "物資" : "現金"), .number(amount, scale: isLarge ? 4 : 0),
          .text(isLarge ? "萬元" : "元"),
        ])
    }
    add(
      "donations-2021.xlsx", .workbook,
      [
        Sheet(
          "捐贈", ["本資料純屬虛構：捐贈憑證，2021 年度"],
          [
            Column("憑證號", "donation"), Column("日期", "date"), Column("受贈方", "recipient"),
            Column("捐贈形式", "form"), Column("金額", "amount"), Column("單位", "unit"),
          ], rows)
      ])
  }

  private mutating func addSpending(_ chance: inout Chance) {
    let programmes = ["乡村振兴", "基层医疗", "碳中和实验室", "教育普惠", "数字文化", "应急救援"]
    // A geometric series over a bit more than three powers of ten: first digits as Benford has
    // them.
    var weights = [1_000_000]
    for _ in 1..<Self.spendingLines {
      weights.append((weights.last ?? 0) * 1_004_745 / 1_000_000 + 1)
    }
    weights = Split.shuffled(weights.map { ($0, 1) }, &chance)
    let amounts = Split.shares(of: Self.spent * 100, by: weights)
    let rows = amounts.enumerated().map { index, amount in
      let voucher = tag("SSV", index / 3 + 1, 5)
      return SheetRow(
        handle: "spending:\(index + 1)",
        cells: [
          .text(voucher), .text(String(index % 3 + 1)),
          .date(Date.ofYear(index * 365 / Self.spendingLines)),
          .text(programmes[(index / 3) % programmes.count]), .number(amount, scale: 2), .text("元"),
        ])
    }
    add(
      "social-programmes-2021.csv", .delimited(.gb18030),
      [
        Sheet(
          "", [],
          [
            Column("凭证号", "voucher"), Column("行号", "line"), Column("日期", "date"),
            Column("项目", "programme"), Column("金额", "amount"), Column("单位", "unit"),
          ], rows)
      ])
  }
}
