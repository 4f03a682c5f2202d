private let green = "green-power-2021.xlsx"
private let plants = "photovoltaics-2021.xml"
private let metering = "data-centre-metering-2021.xml"
private let certificates = "certificates.xlsx"

extension Twin {
  mutating func plantRenewables() {
    let a = digits("green:10", green, "energy", scale: 4)
    copy(
      "green:10", green, as: "green:10 certificate",
      ["settlement": .text("GEC21-CQ10"), "evidence": .text("绿证")])
    fault(
      .green, "duplicate-document", ["green:10", "green:10 certificate"], nil,
      "the same energy by settlement and by certificate", effect: .amount(-a), truth: -a)
    copy(
      "green:certificate 4", green, as: "green:rented hall",
      ["settlement": .text("GEC21-LD1"), "site": .text("LD-01"), "energy": .number(410)])
    fault(
      .green, "outside-boundary", ["green:rented hall"], nil,
      "green power of a hall that others run", effect: .amount(-410_000), truth: -410_000)
    copy(
      "green:certificate 4", green, as: "green:2020",
      [
        "settlement": .text("GEC20Q4"), "start": .date(Date.first(2020, 10)),
        "end": .date(Date.last(2020, 12)), "energy": .number(620),
      ])
    fault(.green, "outside-period", ["green:2020"], nil, "a certificate of 2020", effect: .none)
    let b = digits("pv:DC-08/4", plants, "generation", scale: 3)
    set("pv:DC-08/4", plants, ["generation": .number(b)])
    fault(
      .sun, "unit-mix-up", ["pv:DC-08/4"], "generation", "kilowatt-hours with the unit MWh",
      effect: .amount(-999 * b), truth: -999 * b)
    let c = digits("pv:DC-03/8", plants, "generation", scale: 3)
    set("pv:DC-03/8", plants, ["generation": .number(0)])
    fault(.sun, "zero-value", ["pv:DC-03/8"], "generation", "a sunny month without power", truth: c)
    let d = digits("pv:OF-01/9", plants, "generation", scale: 3)
    copy("pv:OF-01/9", plants, as: "pv:OF-01/9 twice")
    fault(
      .sun, "duplicate-key", ["pv:OF-01/9", "pv:OF-01/9 twice"], nil, "a month sent twice",
      effect: .amount(-d), truth: -d)
  }

  mutating func plantCentres() {
    let (a, b) = (
      cell("centre:DC-07/5", metering, "facility"), cell("centre:DC-07/5", metering, "equipment")
    )
    let lost =
      digits("centre:DC-07/5", metering, "facility", scale: 3)
      - digits("centre:DC-07/5", metering, "equipment", scale: 3)
    set("centre:DC-07/5", metering, ["facility": b, "equipment": a])
    fault(
      .centres, "pue-below-one", ["centre:DC-07/5"], nil, "facility and equipment are exchanged",
      truth: lost)
    set("centre:DC-10/8", metering, ["load": .number(440)])
    fault(.centres, "load-impossible", ["centre:DC-10/8"], nil, "a load of 440 per cent")
    let c = digits("centre:DC-03/10", metering, "facility", scale: 3)
    set("centre:DC-03/10", metering, ["facility": .number(c)])
    fault(
      .centres, "unit-mix-up", ["centre:DC-03/10"], "facility", "kilowatt-hours in a column of MWh",
      effect: .amount(-999 * c), truth: -999 * c)
    let d = digits("centre:DC-06/2", metering, "facility", scale: 3)
    copy("centre:DC-06/2", metering, as: "centre:DC-06/2 twice")
    fault(
      .centres, "duplicate-key", ["centre:DC-06/2", "centre:DC-06/2 twice"], nil,
      "a month entered twice", effect: .amount(-d), truth: -d)
    plantCertificates()
  }

  private mutating func plantCertificates() {
    set(
      "certificate:L-2019-140", certificates,
      ["expires": .date(Date(year: 2021, month: 9, day: 30))])
    fault(
      .leed, "certificate-expired", ["certificate:L-2019-140"], nil,
      "a certificate that ran out in September", effect: .none, truth: 9_400,
      note: "not counted, so the figure stays")
    set(
      "certificate:L-2021-205", certificates,
      ["expires": .date(Date(year: 2012, month: 6, day: 30))])
    fault(
      .leed, "expires-before-issue", ["certificate:L-2021-205"], nil,
      "a certificate that ended before it was issued", also: "certificate-expired",
      note: "the building is still counted by its other certificate")
    copy(
      "certificate:L-2017-101", certificates, as: "certificate:copy",
      ["certificate": .text("L-2017-101-1"), "building": .text("LANTERN  TOWERS.")])
    fault(
      .leed, "alike-records", ["certificate:L-2017-101", "certificate:copy"], nil,
      "one building under two spellings, counted twice", effect: .scaled(-343_000, 0),
      truth: -343_000)
    set("certificate:L-2018-120", certificates, ["site": .empty])
    fault(
      .leed, "site-missing", ["certificate:L-2018-120"], nil, "a certified building without a site")
  }
}
