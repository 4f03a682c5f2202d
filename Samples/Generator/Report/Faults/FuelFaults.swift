private let cards = "fuel-cards-2021.csv"
private let deliveries = "diesel-deliveries-2021.xlsx"
private let gasBills = "gas-bills-2021.fods"

extension Twin {
  /// The row of a site whose amount is nearest to one given: a fault of scale must stand out by the
  /// factor of its units and not by chance.
  private func nearest(
    _ file: String, _ site: String, _ field: String, _ amount: Int, scale: Int,
    except: Set<String> = []
  ) -> String {
    let column =
      report.files.first { $0.name == file }?.sheets[0].fields.firstIndex(of: "site") ?? 0
    let here = rows(file).filter {
      $0.cells[column].plain == site && !except.contains($0.handle)
    }.map(\.handle)
    let best = here.min {
      abs(digits($0, file, field, scale: scale) - amount)
        < abs(digits($1, file, field, scale: scale) - amount)
    }
    guard let best else { preconditionFailure("nothing at \(site)") }
    return best
  }

  mutating func plantPetrol() {
    let scaled = nearest(cards, "OF-03", "volume", 4380, scale: 2)
    let a = digits(scaled, cards, "volume", scale: 2)
    set(scaled, cards, ["unit": .text("立方米")])
    fault(
      .petrol, "unit-mix-up", [scaled], "volume", "litres with the unit cubic metres",
      effect: .scaled(-999 * a, 2), truth: -999 * a)
    let b = digits("petrol:41", cards, "volume", scale: 2)
    copy("petrol:41", cards, as: "petrol:41 twice")
    fault(
      .petrol, "duplicate-key", ["petrol:41", "petrol:41 twice"], nil, "a receipt entered twice",
      effect: .scaled(-b, 2), truth: -b)
    let c = digits("petrol:77", cards, "volume", scale: 2)
    copy("petrol:77", cards, as: "petrol:77 copy", ["receipt": .text("P29977")])
    fault(
      .petrol, "duplicate-document", ["petrol:77", "petrol:77 copy"], nil,
      "a receipt entered again under another number", effect: .scaled(-c, 2), truth: -c)
    copy(
      "petrol:1", cards, as: "petrol:2020",
      [
        "receipt": .text("P20781"), "date": .date(Date(year: 2020, month: 12, day: 29)),
        "volume": .number("51.07"),
      ])
    fault(.petrol, "outside-period", ["petrol:2020"], nil, "a receipt of 2020", effect: .none)
    set("petrol:130", cards, ["use": .empty])
    fault(
      .petrol, "use-not-stated", ["petrol:130"], nil, "nobody says what the petrol was used for")
    let d = digits("petrol:200", cards, "volume", scale: 2)
    set("petrol:200", cards, ["fuel": .text("煤油")])
    fault(
      .petrol, "unknown-choice", ["petrol:200"], "fuel", "a fuel that nobody declared", truth: d,
      note: "the row is rejected")
    let e = digits("petrol:260", cards, "volume", scale: 2)
    set("petrol:260", cards, ["date": .text("2021-13-05")])
    fault(
      .petrol, "not-a-date", ["petrol:260"], "date", "a day that no calendar has", truth: e,
      note: "the row is rejected")
    let f = digits("petrol:310", cards, "volume", scale: 2)
    set("petrol:310", cards, ["site": .text("OF-97")])
    fault(
      .petrol, "site-unknown", ["petrol:310"], nil, "a site that the register does not have",
      truth: f)
  }

  mutating func plantDiesel() {
    let median = digits("diesel:1", deliveries, "volume", scale: 0)
    let scaled = nearest(deliveries, "DC-01", "volume", Report.diesel / 228, scale: 0)
    let a = digits(scaled, deliveries, "volume", scale: 0)
    set(scaled, deliveries, ["unit": .text("m3")])
    fault(
      .diesel, "unit-mix-up", [scaled], "volume", "litres with the unit m3",
      effect: .scaled(-999 * a, 0), truth: -999 * a)
    let wrong = "diesel:wrong"
    copy(
      "diesel:30", deliveries, as: wrong,
      ["receipt": .text("D21-9001"), "volume": .number(9_310)])
    copy(
      wrong, deliveries, as: wrong + " credit",
      ["receipt": .text("D21-9001C"), "volume": .number(-9_310)])
    fault(
      .diesel, "reversal-pair", [wrong, wrong + " credit"], "volume",
      "a delivery that was none and its credit note", effect: .none)
    copy(
      "diesel:60", deliveries, as: "diesel:pumped out",
      ["receipt": .text("D21-9002"), "volume": .number(-2_145)])
    fault(
      .diesel, "negative-value", ["diesel:pumped out"], "volume",
      "a negative delivery that nothing explains", truth: 2_145)
    let high = "diesel:90"
    let b = digits(high, deliveries, "volume", scale: 0)
    set(high, deliveries, ["volume": .number(median * 28 / 10 + b)])
    fault(
      .diesel, "month-outlier", [high], "volume", "far more than the tank is usually filled with",
      truth: -(median * 28 / 10))
    set("diesel:120", deliveries, ["use": .text("vehicle")])
    fault(
      .diesel, "fuel-use-mismatch", ["diesel:120"], nil,
      "diesel of a generator booked on a vehicle")
    let site = "DC-11"
    let here = rows(deliveries).filter { $0.cells[1].plain == site }.prefix(4).map(\.handle)
    var change = 0
    for handle in here {
      change += digits(handle, deliveries, "volume", scale: 0) - 14_210
      set(handle, deliveries, ["volume": .number(14_210)])
    }
    fault(
      .diesel, "repeated-value", here, "volume", "the same delivery four times running",
      truth: change)
    let c = digits("diesel:150", deliveries, "volume", scale: 0)
    copy("diesel:150", deliveries, as: "diesel:150 again", ["receipt": .text("D21-9003")])
    fault(
      .diesel, "duplicate-document", ["diesel:150", "diesel:150 again"], nil,
      "a delivery note booked under two numbers", effect: .scaled(-c, 0), truth: -c)
  }

  mutating func plantGas() {
    func bill(_ site: String, _ month: Int) -> String {
      "gas:\(site)/\(Date.first(2021, month).monthText)"
    }
    func gas(_ handle: String) -> Int { digits(handle, gasBills, "gas", scale: 0) }
    let b = gas(bill("OF-10", 9))
    set(bill("OF-10", 9), gasBills, ["gas": .number(b, scale: 3)])
    fault(
      .gas, "unit-mix-up", [bill("OF-10", 9)], "gas", "thousands of cubic metres as cubic metres",
      effect: .scaled(999 * b, 3), truth: 999 * b, truthScale: 3)
    var shortfall = 0
    for month in 8...10 {
      let amount = gas(bill("OF-04", month))
      set(
        bill("OF-04", month), gasBills,
        ["gas": .number(amount - amount / 2), "status": .text("估算")])
      shortfall += amount / 2
    }
    set(
      bill("OF-04", 11), gasBills, ["gas": .number(gas(bill("OF-04", 11)) + shortfall)])
    fault(
      .gas, "estimate-true-up", [bill("OF-04", 11)], "gas",
      "three low estimates, made up for by the next bill", effect: .none)
    let (high, low) = (bill("DC-03", 10), bill("OF-15", 10))
    let (c, d) = (cell(high, gasBills, "gas"), cell(low, gasBills, "gas"))
    set(high, gasBills, ["gas": d])
    set(low, gasBills, ["gas": c])
    fault(
      .gas, "swapped-values", [high, low], "gas", "the amounts of two sites are swapped",
      effect: .none)
    let early = bill("OF-22", 1)
    let e = gas(early)
    set(
      early, gasBills,
      [
        "start": .date(Date(year: 2020, month: 12, day: 16)), "gas": .number(e / 31 * 47),
      ])
    fault(
      .gas, "straddles-period-end", [early], nil,
      "a bill from 16 December 2020 to 31 January 2021 counted whole",
      effect: .scaled(-(e / 31) * 16, 0), truth: e - e / 31 * 47)
    for month in 1...6 { set(bill("DC-03", month), gasBills, ["status": .text("估算")]) }
    fault(
      .gas, "estimated-share-gas", [bill("DC-03", 1)], "status",
      "the largest user estimated for half a year", note: "one exception for the figure")
    let f = gas(bill("OF-02", 3))
    copy(bill("OF-02", 3), gasBills, as: "gas:again", ["bill": .text("G-OF-02-2103R")])
    fault(
      .gas, "duplicate-document", [bill("OF-02", 3), "gas:again"], nil,
      "a bill issued again under another number", effect: .scaled(-f, 0), truth: -f)
  }
}
