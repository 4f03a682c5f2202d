extension Report {
  /// Facility energy over equipment energy a centre and month, in thousandths, before the
  /// equipment is scaled so that all eligible months together come to 1.32.
  private static let usualPUE = [
    1300, 1190, 1380, 1420, 1310, 1360, 1250, 1330, 1220, 1440, 1460, 1350, 1720, 1890,
  ]
  /// Load in tenths of a per cent: DC-13 stays below 30 all year, DC-12 in its first two months;
  /// DC-14 has run for less than twelve months.
  private static let usualLoad = [
    640, 580, 520, 490, 610, 470, 550, 500, 420, 440, 390, 360, 230, 340,
  ]

  private struct Month {
    var site: String
    var month: Int
    /// kWh of all facilities.
    var facility: Int
    var equipment: Int
    var load: Int
    var isEligible: Bool
  }

  mutating func addCentres(_ power: PowerByMonth) {
    var chance = Self.chance(9)
    var months: [Month] = []
    for site in sites {
      guard site.isCentre || site.code == "LD-01" || site.code == "LD-03" else { continue }
      let number = (Int(site.code.suffix(2)) ?? 1) - 1
      for month in 1...12 {
        guard let facility = power[site.code]?[month] else { continue }
        let pue = site.isCentre ? Self.usualPUE[number] : 1560
        var load = (site.isCentre ? Self.usualLoad[number] : 620) + chance.number(-35...35)
        // One month exactly at the limit, two below it.
        if site.code == "DC-09" && month == 4 { load = 300 }
        if site.code == "DC-12" && month <= 2 { load = 262 + month * 11 }
        months.append(
          Month(
            site: site.code, month: month, facility: facility,
            equipment: facility * 1000 / (pue + chance.number(-25...25)), load: load,
            isEligible: site.isCentre && number < 12 && load >= 300))
      }
    }
    scale(&months)
    let rows = months.map { month in
      SheetRow(
        handle: "centre:\(month.site)/\(month.month)",
        cells: [
          .text(month.site), .month(month.month), .number(month.facility, scale: 3),
          .number(month.equipment, scale: 3), .number(month.load, scale: 1), .text("actual"),
        ])
    }
    add(
      "data-centre-metering-2021.xml", .spreadsheetML,
      [
        Sheet(
          "PUE", ["Energy of data centres by month, 2021"],
          [
            Column("Site code", "site"), Column("Month", "month"),
            Column("Facility energy (MWh)", "facility"), Column("IT energy (MWh)", "equipment"),
            Column("Load rate (%)", "load"), Column("Status", "status"),
          ], rows)
      ])
  }

  /// Equipment energy of the eligible months so that sums over sums give 1.32.
  private func scale(_ months: inout [Month]) {
    let eligible = months.indices.filter { months[$0].isEligible }
    let facility = eligible.reduce(0) { $0 + months[$1].facility }
    let scaled = Split.shares(
      of: facility * 100 / 132, by: eligible.map { months[$0].equipment })
    for (index, equipment) in zip(eligible, scaled) { months[index].equipment = equipment }
  }

  mutating func addCertificates() {
    let columns = [
      Column("Certificate no", "certificate"), Column("Building", "building"),
      Column("Site code", "site"), Column("Scheme", "scheme"), Column("Stage", "stage"),
      Column("Kind", "kind"), Column("Level", "level"), Column("Floor area (m2)", "area"),
      Column("Issue date", "issued"), Column("Expiry date", "expires"),
    ]
    let rows = Self.certificates.map { one in
      SheetRow(
        handle: "certificate:" + one.number,
        cells: [
          .text(one.number), .text(one.building), .text(one.site), .text(one.scheme),
          one.stage.isEmpty ? .empty : .text(one.stage), .text(one.kind),
          one.level.isEmpty ? .empty : .text(one.level),
          one.area == 0 ? .empty : .number(one.area), .date(one.issued),
          one.expires.map { .date($0) } ?? .empty,
        ])
    }
    add(
      "certificates.xlsx", .workbook,
      [Sheet("Certificates", ["Certificates of buildings and systems"], columns, rows)])
  }
}
