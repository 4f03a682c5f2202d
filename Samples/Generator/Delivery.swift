/// What every file says in its first lines.
enum Notice {
  static let text =
    "Made-up data of an invented company for testing; written by a seeded generator."
}

/// The source files that carry the records, and where in them each record stands.
struct Delivery {
  var files: [(name: String, bytes: [UInt8])] = []
  /// From handle to place.
  var places: [String: Placement] = [:]

  init(_ water: Water, isFaulty: Bool) {
    add("site-register.xml", [Self.register(water.sites)], SpreadsheetML.text)
    for half in 1...2 {
      let readings = water.readings.filter { $0.delivery == half && !$0.site.hasPrefix("OF") }
      let name = "facility-readings-2021-h\(half).xml"
      // The second faulty delivery comes from a newer version that prefixes its elements.
      let prefix = isFaulty && half == 2 ? "fm" : ""
      files.append(
        (name, Array(RecordXML.text(readings, prefix: prefix, half: half).utf8)))
      places.merge(RecordXML.places(readings, name)) { first, _ in first }
    }
    let offices = water.readings.filter { $0.site.hasPrefix("OF") }
    add(
      "office-meters-2021-h1.xml", Self.monthly(offices.filter { $0.delivery == 1 }, isFaulty),
      SpreadsheetML.text)
    add(
      "office-meters-2021-h2.fods", [Self.halfYear(offices.filter { $0.delivery == 2 })],
      FlatODF.text)
    let south = water.bills.filter { $0.landlord == .south }
    add("landlord-bills-south-2021.fods", Self.south(south, isFaulty), FlatODF.text)
    let north = Self.north(water.bills.filter { $0.landlord == .north })
    files.append(("landlord-bills-north-2021.xlsx", Workbook.bytes([north])))
    places.merge(north.places("landlord-bills-north-2021.xlsx")) { first, _ in first }
    add(
      "landlord-bills-hk-2021.csv", [Self.hongKong(water.bills.filter { $0.landlord == .hongKong })]
    ) { Delimited.text($0[0]) }
  }

  private mutating func add(_ name: String, _ sheets: [Sheet], _ write: ([Sheet]) -> String) {
    files.append((name, Array(write(sheets).utf8)))
    for sheet in sheets { places.merge(sheet.places(name)) { first, _ in first } }
  }

  private static func register(_ sites: [Site]) -> Sheet {
    Sheet(
      name: "Sites",
      titles: [Notice.text, "Site register for water, as of 31 December 2021"],
      header: [
        "Site code", "Site name", "City", "Site type", "Ownership", "Operational control",
        "Water supply", "Opening date", "Closing date",
      ],
      fields: [
        "site", "name", "city", "kind", "ownership", "control", "supply", "opened", "closed",
      ],
      rows: sites.map { site in
        SheetRow(
          handle: "site:" + site.code,
          cells: [
            .text(site.code), .text(site.name), .text(site.city), .text(site.kind.rawValue),
            .text(site.ownership), .text(site.isControlled ? "operational" : "none"),
            .text(site.hasOwnMeter ? "own meter" : "landlord"), .date(site.opened),
            site.closed.map { .date($0) } ?? .empty,
          ])
      }, gapAfter: 14)
  }

  private static let readingFields = [
    "site", "meter", "parent", "role", "month", "start", "end", "volume",
  ]

  /// One sheet a month, in English; the unit stands in the header.
  private static func monthly(_ readings: [Reading], _ isFaulty: Bool) -> [Sheet] {
    (1...6).map { month in
      var sheet = Sheet(
        name: "2021-0\(month)",
        titles: [Notice.text, "Office water meters, month \(month) of 2021"],
        header: [
          "Site code", "Meter no", "Parent meter", "Meter role", "Month", "Start date", "End date",
          "Consumption (m3)", "Reading status",
        ],
        fields: readingFields + ["status"],
        rows: readings.filter { sheetMonth($0) == month }.map { reading in
          SheetRow(
            handle: reading.handle,
            cells: keyCells(reading, main: "main", sub: "sub") + [
              volume(reading.odd, Amount.text(reading.milli)),
              .text(reading.isEstimated ? "estimated" : "actual"),
            ], isHidden: reading.odd.isHidden)
        })
      if isFaulty && month == 2 { sheet.gapAfter = 20 }
      if isFaulty && month == 4 { sheet.insertMergedHeader() }
      return sheet
    }
  }

  /// The sheet of a reading is that of its month; strays of other years lie in January's.
  private static func sheetMonth(_ reading: Reading) -> Int {
    reading.year == 2021 ? reading.month : 1
  }

  /// One sheet for the half-year, in traditional Chinese, unit in a column.
  private static func halfYear(_ readings: [Reading]) -> Sheet {
    Sheet(
      name: "下半年",
      titles: [Notice.text, "本資料純屬虛構：辦公室用水量，2021 年 7 月至 12 月"],
      header: [
        "地點編號", "水錶編號", "上級水錶", "水錶類別", "月份", "開始日期", "結束日期", "用水量", "單位", "讀數狀態",
      ],
      fields: readingFields + ["unit", "status"],
      rows: readings.map { reading in
        SheetRow(
          handle: reading.handle,
          cells: keyCells(reading, main: "總錶", sub: "分錶") + [
            volume(reading.odd, Amount.text(reading.milli)), .text(reading.odd.unit ?? "立方米"),
            .text(reading.isEstimated ? "估算" : "實際"),
          ], isHidden: reading.odd.isHidden)
      })
  }

  private static func keyCells(_ reading: Reading, main: String, sub: String) -> [Cell] {
    [
      .text(reading.site), .text(reading.meter), reading.parent.map { .text($0) } ?? .empty,
      .text(reading.isMain ? main : sub),
      .text(Date.first(reading.year, reading.month).monthText), .date(reading.start),
      .date(reading.end),
    ]
  }

  private static func volume(_ odd: Oddity, _ usual: String) -> Cell {
    odd.volumeText.map { .text($0) } ?? .number(usual)
  }

  private static let billFields = [
    "bill", "site", "start", "end", "volume", "unit", "status", "issued",
  ]

  private static func rows(
    _ bills: [Bill], unit: String, actual: String, estimated: String
  ) -> [SheetRow] {
    bills.map { bill in
      SheetRow(
        handle: bill.handle,
        cells: [
          .text(bill.number), .text(bill.site), .date(bill.start), .date(bill.end),
          volume(bill.odd, Amount.text(bill.milli, movedLeft: bill.odd.placesMoved)),
          .text(bill.odd.unit ?? unit), .text(bill.isEstimated ? estimated : actual),
          .date(bill.issued),
        ], isHidden: bill.odd.isHidden)
    }
  }

  /// One sheet a city with a row of totals, in traditional Chinese, tonnes.
  private static func south(_ bills: [Bill], _ isFaulty: Bool) -> [Sheet] {
    ["深圳", "廣州", "成都"].map { city in
      let here = bills.filter { $0.sheet == city }
      // In the faulty set the sum of one sheet ends a row too early.
      let summed = isFaulty && city == "廣州" ? here.dropLast() : here[...]
      let total = summed.map(\.milli).reduce(0, +)
      return Sheet(
        name: city, titles: [Notice.text, "本資料純屬虛構：業主代收水費帳單，\(city)，2021 年度"],
        header: ["帳單編號", "地點編號", "開始日期", "結束日期", "用水量", "單位", "讀數狀態", "發單日期"],
        fields: billFields, rows: rows(here, unit: "噸", actual: "實際", estimated: "估算"),
        totals: SheetRow(
          handle: "total:" + city,
          cells: [
            .text("合計"), .empty, .empty, .empty, .number(Amount.text(total)), .text("噸"), .empty,
            .empty,
          ]))
    }
  }

  private static func north(_ bills: [Bill]) -> Sheet {
    Sheet(
      name: "用水账单", titles: [Notice.text, "本资料纯属虚构：业主代收水费账单，2021 年度"],
      header: ["账单编号", "地点编号", "开始日期", "结束日期", "用水量", "单位", "读数状态", "开票日期"],
      fields: billFields, rows: rows(bills, unit: "吨", actual: "实际", estimated: "估算"))
  }

  private static func hongKong(_ bills: [Bill]) -> Sheet {
    Sheet(
      name: "landlord-bills-hk-2021.csv", titles: [Notice.text],
      header: [
        "Bill no", "Site code", "From", "To", "Volume", "Unit", "Reading type", "Issue date",
      ],
      fields: billFields, rows: rows(bills, unit: "m3", actual: "actual", estimated: "estimated"))
  }
}

extension Sheet {
  /// Makes the first header cell cover a second, empty column.
  fileprivate mutating func insertMergedHeader() {
    header.insert("", at: 1)
    fields.insert("", at: 1)
    mergedHeaders = [0]
    for index in rows.indices { rows[index].cells.insert(.empty, at: 1) }
  }
}
