extension Report {
  /// Printed, in all 2,009,210.
  static let complaints = [
    ("games", "遊戲類", 1_238_395), ("payment", "支付類", 171_955), ("social", "社交類", 289_661),
    ("other", "其他業務類", 309_199),
  ]
  static let cloudComplaints = 320

  mutating func addComplaints() {
    var chance = Self.chance(13)
    let channels = ["App", "電話"]
    var games: [SheetRow] = []
    var others: [SheetRow] = []
    for (category, word, total) in Self.complaints {
      let keys = (0..<365).flatMap { day in channels.indices.map { (day, $0) } }
      let weights = keys.map { day, channel in
        (channel == 0 ? 760 : 240) * ((day + 4) % 7 >= 5 ? 1250 : 950) / 10
          * chance.number(850...1150)
      }
      for (key, count) in zip(keys, Split.shares(of: total, by: weights)) {
        let day = Date.ofYear(key.0)
        let row = SheetRow(
          handle: "complaint:\(category)/\(day.text)/\(key.1)",
          cells: [
            .date(day), .text(word), .text(word.prefix(2) + channels[key.1]), .number(count),
          ])
        if category == "games" { games.append(row) } else { others.append(row) }
      }
    }
    let columns = [
      Column("日期", "date"), Column("業務類別", "category"), Column("渠道", "channel"),
      Column("宗數", "received"),
    ]
    add("complaints-games-2021.csv", .delimited(.big5), [Sheet("", [], columns, games)])
    add("complaints-other-2021.csv", .delimited(.utf8), [Sheet("", [], columns, others)])
    addCloud(&chance)
  }

  /// Tickets with a gap of days; a few of the years before and after lie in the export as well.
  private mutating func addCloud(_ chance: inout Chance) {
    let subjects = ["billing", "network", "storage", "database", "support response"]
    var rows = (0..<Self.cloudComplaints).map { index in
      Self.ticket(index, Date.ofYear(index * 365 / Self.cloudComplaints), subjects, &chance)
    }
    let before = (0..<4).map { Self.ticket(900 + $0, Date.ofYear(-9 + $0 * 2), subjects, &chance) }
    let after = (0..<3).map { Self.ticket(950 + $0, Date.ofYear(366 + $0), subjects, &chance) }
    rows = before + rows + after
    add(
      "cloud-tickets-2021.xml",
      .records(
        ElementShape(
          path: ["ServiceDesk", "Tickets", "Entry"], attributes: ["ticket"],
          namespace: "urn:example:service-desk")),
      [
        Sheet(
          "Entry", [],
          [
            Column("ticket", "ticket"), Column("Accepted", "accepted"),
            Column("Subject", "subject"), Column("Closed", "closed"),
          ], rows)
      ])
  }

  private static func ticket(
    _ index: Int, _ day: Date, _ subjects: [String], _ chance: inout Chance
  ) -> SheetRow {
    SheetRow(
      handle: "ticket:\(index + 1)",
      cells: [
        .text(tag("TC", index + 1, 6)), .date(day), .text(subjects[index % subjects.count]),
        .date(day.later(chance.number(1...9))),
      ])
  }
}
