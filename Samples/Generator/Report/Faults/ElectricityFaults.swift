/// The files of electricity.
private enum Bills {
  static let office = "office-electricity-2021.xml"
  static let first = "grid-settlement-2021-h1.xml"
  static let second = "grid-settlement-2021-h2.xml"
  static let south = "landlord-electricity-south-2021.fods"
  static let north = "landlord-electricity-north-2021.xlsx"
  static let hongKong = "hong-kong-electricity-2021.csv"
}

private func bill(_ site: String, _ month: Int, _ account: Int = 1) -> String {
  "power:\(site)-A\(account)/\(Date.first(2021, month).monthText)"
}

extension Twin {
  private func energy(_ handle: String, _ file: String, scale: Int = 0) -> Int {
    digits(handle, file, "energy", scale: scale)
  }

  mutating func plantElectricityAmounts() {
    let wattHours = bill("OF-10", 4)
    let a = energy(wattHours, Bills.office)
    set(wattHours, Bills.office, ["energy": .number(a * 1000)])
    fault(
      .electricity, "unit-mix-up", [wattHours], "energy",
      "one month in watt-hours under a kilowatt-hour header", effect: .amount(-999 * a),
      truth: -999 * a, also: "peer-outlier")
    let large = bill("OL-02", 4)
    let b = energy(large, Bills.south, scale: 4)
    set(large, Bills.south, ["energy": .number(b)])
    fault(
      .electricity, "unit-mix-up", [large], "energy",
      "kilowatt-hours in a column of 萬千瓦時, 10,000 times too much", effect: .amount(-9999 * b),
      truth: -9999 * b, also: "peer-outlier")
    let (high, low) = (bill("OF-01", 10), bill("OF-21", 10))
    let (c, d) = (cell(high, Bills.office, "energy"), cell(low, Bills.office, "energy"))
    set(high, Bills.office, ["energy": d])
    set(low, Bills.office, ["energy": c])
    fault(
      .electricity, "swapped-values", [high, low], "energy", "the amounts of two sites are swapped",
      effect: .none)
    let wrong = bill("OL-06", 7) + " error"
    copy(
      bill("OL-06", 7), Bills.south, as: wrong,
      ["bill": .text("E-OL-06-2107A"), "energy": .number(93_000)])
    copy(
      wrong, Bills.south, as: wrong + " credit",
      ["bill": .text("E-OL-06-2107CN"), "energy": .number(-93_000)])
    fault(
      .electricity, "reversal-pair", [wrong, wrong + " credit"], "energy",
      "a wrong bill and its credit note", effect: .none)
    let e = energy(bill("OL-07", 9), Bills.south)
    set(bill("OL-07", 9), Bills.south, ["energy": .number(-5_820)])
    fault(
      .electricity, "negative-value", [bill("OL-07", 9)], "energy",
      "a negative bill that nothing explains", truth: e + 5_820)
    let f = energy(bill("OF-13", 5), Bills.office)
    set(bill("OF-13", 5), Bills.office, ["energy": .number(0)])
    fault(
      .electricity, "zero-value", [bill("OF-13", 5)], "energy", "a month of zero at a site in use",
      truth: f)
  }

  mutating func plantElectricityPeriods() {
    let lost = bill("OF-24", 12)
    let a = energy(lost, Bills.office)
    remove(lost, Bills.office)
    let others = (1...11).map { energy(bill("OF-24", $0), Bills.office) }.reduce(0, +)
    fault(
      .electricity, "missing-month", ["site:OF-24"], nil, "the bill of December is missing",
      effect: .amount((2 * others + 11) / 22), truth: a,
      note: "subject OF-24 2021-12; the effect is the mean of the other eleven months")
    let early = bill("OL-03", 1)
    let b = energy(early, Bills.south, scale: 4)
    set(
      early, Bills.south,
      [
        "start": .date(Date(year: 2020, month: 12, day: 16)),
        "energy": .number(b / 31 * 47, scale: 4),
      ])
    fault(
      .electricity, "straddles-period-end", [early], nil,
      "a bill from 16 December 2020 to 31 January 2021 counted whole",
      effect: .amount(-(b / 31) * 16), truth: b - b / 31 * 47, note: "16 of 47 days lie outside")
    let late = bill("OL-18", 12)
    let c = energy(late, Bills.hongKong)
    set(
      late, Bills.hongKong,
      [
        "end": .date(Date(year: 2022, month: 1, day: 15)), "energy": .number(c / 31 * 46),
        "issued": .date(Date(year: 2022, month: 1, day: 21)),
      ])
    fault(
      .electricity, "straddles-period-end", [late], nil,
      "a bill from 1 December 2021 to 15 January 2022 is left out by its end date",
      effect: .amount(c / 31 * 31), truth: c, note: "31 of 46 days lie inside")
    let before = bill("OF-11", 1) + " of 2020"
    copy(
      bill("OF-11", 1), Bills.office, as: before,
      [
        "bill": .text("E-OF-11-A1-2012"), "start": .date(Date.first(2020, 12)),
        "end": .date(Date.last(2020, 12)), "issued": .date(Date(year: 2021, month: 1, day: 6)),
      ])
    fault(
      .electricity, "outside-period", [before], nil, "a bill of December 2020", effect: .none,
      note: "not counted, so the figure stays")
    for month in 4...6 {
      let sold = bill("OF-18", 3) + " sold \(month)"
      let amount = energy(bill("OF-18", 3), Bills.office) + 4_310 * month
      copy(
        bill("OF-18", 3), Bills.office, as: sold,
        [
          "bill": .text("E-OF-18-A1-210\(month)"), "start": .date(Date.first(2021, month)),
          "end": .date(Date.last(2021, month)), "energy": .number(amount),
          "issued": .date(Date.last(2021, month).later(6)),
        ])
      fault(
        .electricity, "after-closing", [sold], nil, "a site closed in March is still billed",
        effect: .amount(-amount), truth: -amount)
    }
    let unopened = bill("OF-31", 8) + " of May"
    let d = energy(bill("OF-31", 8), Bills.office) - 11_000
    copy(
      bill("OF-31", 8), Bills.office, as: unopened,
      [
        "bill": .text("E-OF-31-A1-2105"), "start": .date(Date.first(2021, 5)),
        "end": .date(Date.last(2021, 5)), "energy": .number(d),
        "issued": .date(Date.last(2021, 5).later(6)),
      ])
    fault(
      .electricity, "before-opening", [unopened], nil, "a bill two months before the site opened",
      effect: .amount(-d), truth: -d)
  }

  mutating func plantElectricityCopies() {
    let a = energy(bill("OL-20", 4), Bills.hongKong)
    copy(
      bill("OL-01", 4), Bills.south, as: "power:OL-20 in the south",
      [
        "bill": .text("E-OL-20-A1-2104"), "site": .text("OL-20"), "account": .text("OL-20-A1"),
        "energy": .number(a, scale: 4),
      ])
    fault(
      .electricity, "duplicate-key", ["power:OL-20 in the south"], nil,
      "the same bill in two files",
      effect: .amount(-a), truth: -a, note: "the first is in \(Bills.hongKong)")
    let reissued = bill("OL-15", 5) + " again"
    let b = energy(bill("OL-15", 5), Bills.north)
    copy(
      bill("OL-15", 5), Bills.north, as: reissued,
      ["bill": .text("E-OL-15-A1-2105R"), "issued": .date(Date(year: 2021, month: 6, day: 26))])
    fault(
      .electricity, "duplicate-document", [bill("OL-15", 5), reissued], nil,
      "a bill issued again under another number", effect: .amount(-b), truth: -b)
    for month in 8...9 {
      copy(
        bill("OL-17", 12), Bills.north, as: "power:OL-99/\(month)",
        [
          "bill": .text("E-OL-99-A1-210\(month)"), "site": .text("OL-99"),
          "account": .text("OL-99-A1"), "start": .date(Date.first(2021, month)),
          "end": .date(Date.last(2021, month)), "issued": .date(Date.last(2021, month).later(6)),
        ])
    }
    fault(
      .electricity, "not-in-register", ["power:OL-99/8", "power:OL-99/9"], nil,
      "bills of a site not in the register", note: "not counted, for no register row gives control")
    copy(
      "site:OF-34", "site-register.xml", as: "site:OF-36",
      [
        "site": .text("OF-36"), "name": .text("Office Wuhan 36"), "city": .text("Wuhan"),
        "province": .text("Hubei"),
      ])
    for figure in [Figure.electricity, Figure(kpi: "water-consumption", unit: "t", scale: 3)] {
      fault(
        figure, "register-without-records", ["site:OF-36"], nil,
        "a site of the register has no records")
    }
    let adjusted = "power:adjustment"
    copy(
      bill("OL-14", 12), Bills.north, as: adjusted,
      ["bill": .text("ADJ-2021-01"), "account": .text("调整"), "energy": .number(418_307)])
    fault(
      .electricity, "top-side-entry", [adjusted], nil, "an adjustment without a bill",
      effect: .amount(-418_307), truth: -418_307)
  }

  mutating func plantElectricityForms() {
    let a = energy(bill("OL-19", 2), Bills.hongKong)
    set(bill("OL-19", 2), Bills.hongKong, ["unit": .text("therm")])
    fault(
      .electricity, "unknown-unit", [bill("OL-19", 2)], "unit", "a unit nobody declared", truth: a,
      also: "missing-month", note: "the row is rejected, so February is missing")
    let b = energy(bill("OF-16", 10), Bills.office)
    set(bill("OF-16", 10), Bills.office, ["energy": .text("電錶故障")])
    fault(
      .electricity, "not-a-number", [bill("OF-16", 10)], "energy", "words in a number cell",
      truth: b, also: "missing-month", note: "the row is rejected, so October is missing")
    let total = ["OL-05", "OL-06", "OL-07", "OL-08"].flatMap { site in
      (1...12).map { energy(bill(site, $0), Bills.south) }
    }.reduce(0, +)
    setTotal("power-total:廣州", Bills.south, "energy", .number(total - 84_112))
    fault(
      .electricity, "total-mismatch", ["power-total:廣州"], "energy",
      "the sum of the sheet is not that of its rows", effect: .none)
    let shenzhen = rows(Bills.south).filter { $0.handle.hasPrefix("power:OL-0") }.reduce(0) {
      guard case .text("萬千瓦時") = $1.cells[6] else { return $0 }
      return $0 + energy($1.handle, Bills.south, scale: 4)
    }
    let copied = energy("power:OL-20 in the south", Bills.south, scale: 4)
    setTotal("power-total:深圳", Bills.south, "energy", .number(shenzhen + copied, scale: 4))
    hide(bill("OL-10", 8), Bills.south)
    fault(
      .electricity, "hidden-row", [bill("OL-10", 8)], nil, "a hidden row inside the sum",
      effect: .none, note: "a record like any other, and counted")
    let c = energy(bill("OF-29", 8), Bills.office)
    set(
      bill("OF-29", 8), Bills.office,
      ["energy": .text(Twin.fullWidth(String(c)))])
    fault(
      .electricity, "full-width-digits", [bill("OF-29", 8)], "energy",
      "a number in full-width digits, as text", effect: .none)
    let d = energy(bill("OF-09", 3), Bills.office)
    set(bill("OF-09", 3), Bills.office, ["energy": .text(String(d))])
    fault(
      .electricity, "number-as-text", [bill("OF-09", 3)], "energy", "a number stored as text",
      effect: .none)
  }

  static func fullWidth(_ digits: String) -> String {
    String(
      String.UnicodeScalarView(
        digits.unicodeScalars.map { UnicodeScalar($0.value + 0xFEE0) ?? $0 }))
  }

  mutating func plantElectricityPatterns() {
    var shortfall = 0
    for month in 8...10 {
      let amount = energy(bill("OF-14", month), Bills.office)
      set(
        bill("OF-14", month), Bills.office,
        ["energy": .number(amount - amount / 2), "status": .text("estimated")])
      shortfall += amount / 2
    }
    let made = energy(bill("OF-14", 11), Bills.office)
    set(bill("OF-14", 11), Bills.office, ["energy": .number(made + shortfall)])
    fault(
      .electricity, "estimate-true-up", [bill("OF-14", 11)], "energy",
      "three low estimates, made up for by the next reading", effect: .none)
    for account in ["DC-01-A1", "DC-01-A2", "DC-02-A1", "DC-02-A2"] {
      for month in 7...12 {
        set(
          "power:\(account)/\(Date.first(2021, month).monthText)", Bills.second,
          ["status": .text("estimated")])
      }
    }
    fault(
      .electricity, "estimated-share", [bill("DC-01", 7)], "status",
      "the two largest centres estimated for half a year", note: "one exception for the figure")
    var change = 0
    let same = energy(bill("OF-26", 4), Bills.office)
    for month in 4...6 {
      change += energy(bill("OF-26", month), Bills.office) - same
      set(bill("OF-26", month), Bills.office, ["energy": .number(same)])
    }
    fault(
      .electricity, "repeated-value", (4...6).map { bill("OF-26", $0) }, "energy",
      "the same reading three months running", truth: change)
    change = 0
    for month in 1...12 {
      let file = month <= 6 ? Bills.first : Bills.second
      let amount = energy(bill("DC-13", month), file)
      let round = (amount + 50_000) / 100_000 * 100_000
      change += amount - round
      set(bill("DC-13", month), file, ["energy": .number(round)])
    }
    fault(
      .electricity, "round-values", [bill("DC-13", 9)], "energy", "a whole year of round numbers",
      truth: change)
    let high = bill("DC-05", 11)
    let amount = energy(high, Bills.second)
    set(high, Bills.second, ["energy": .number(amount / 10 * 27)])
    fault(
      .electricity, "month-outlier", [high], "energy", "a month of 2.7 times the usual",
      truth: amount - amount / 10 * 27)
    change = 0
    for month in 1...12 {
      let amount = energy(bill("OF-27", month), Bills.office)
      set(bill("OF-27", month), Bills.office, ["energy": .number(amount * 24)])
      change -= amount * 23
    }
    fault(
      .electricity, "peer-outlier", ["site:OF-27"], nil,
      "the meter of the whole tower billed to one tenant all year", truth: change)
  }
}
