private let office = "office-electricity-2021.xml"
private let direct = "direct-emissions-2021.xml"
private let hours = "working-hours-2021.xml"
private let sites = "site-register.xml"
private let entities = "entity-register.csv"

private func bill(_ site: String, _ month: Int) -> String {
  "power:\(site)-A1/\(Date.first(2021, month).monthText)"
}

extension Twin {
  /// Factors that single records were computed with. The figure is recalculated with the right
  /// ones whatever the sheet says, so the truth of each is nothing; the effect is on the sheet's.
  mutating func plantFactors() {
    // Ten-thousandths: what the sheet says, and what the province's factor of 2021 is.
    let wrong = [
      ("OF-02", 2, 5580, 5688, "factor-wrong-year", "the factor of 2022"),
      ("OF-05", 3, 4715, 1255, "factor-wrong-key", "Sichuan computed with the factor of Guangdong"),
      ("OF-03", 6, 5810, 5834, "factor-wrong-key", "the national factor for one bill"),
      ("OF-06", 8, 6101, 3672, "factor-unknown", "a factor that no publication has"),
    ]
    for (site, month, used, right, code, what) in wrong {
      let handle = bill(site, month)
      let energy = digits(handle, office, "energy", scale: 0)
      set(handle, office, ["factor": .number(used, scale: 4)])
      fault(
        .scope2, code, [handle], "factor", what, effect: .scaled(energy * (right - used), 13),
        note: "the figure is recalculated with the right factor")
    }
    let gas = "direct:N2O/OF-01/5"
    let mass = digits(gas, direct, "mass", scale: 1)
    set(gas, direct, ["potentials": .text("IPCC AR4")])
    fault(
      .scope1, "factor-wrong-edition", [gas], "potentials", "298 of the fourth report, not 265",
      effect: .scaled(mass * (265 - 298), 10), note: "the figure is recalculated with AR5")
    set(bill("OF-12", 5), office, ["factor": .number("0.12550")])
    nearMiss(.scope2, [bill("OF-12", 5)], "factor", "the right factor with a zero more")
    nearMiss(.scope2, [bill("OF-07", 5)], "factor", "Hong Kong: the edition that stands in")
  }

  /// What belongs to the group, and what does not.
  mutating func plantEntities() {
    let month = "hours:Lanternfish Overseas/3"
    let a = digits(month, hours, "hours", scale: 0)
    copy(month, hours, as: "hours:unknown", ["entity": .text("Lanternfish Labs")])
    fault(
      .hours, "not-in-register", ["hours:unknown"], "hours", "hours of an entity nobody registered",
      truth: -a)
    copy(month, hours, as: "hours:associate", ["entity": .text("Mini Reef Games")])
    fault(
      .hours, "counted-beyond-boundary", ["hours:associate"], "hours",
      "hours of an associate counted", effect: .scaled(-a, 0), truth: -a)
    copy(month, hours, as: "hours:sold", ["entity": .text("Lanternfish Tokyo")])
    fault(
      .hours, "after-closing", ["hours:sold"], "hours", "hours of an entity sold the year before",
      effect: .scaled(-a, 0), truth: -a)
    copy(
      "entity:Lanternfish Wuhan", entities, as: "entity:silent",
      ["entity": .text("Lanternfish Chongqing")])
    fault(
      .hours, "register-without-records", ["entity:silent"], nil,
      "an entity of the group without a record")
    set("entity:Cleanwater Services", entities, ["control": .text("operational")])
    fault(
      .hours, "control-without-basis", ["entity:Cleanwater Services"], nil,
      "control claimed over what is outsourced", also: "register-without-records")
    set("entity:Lanternfish Chengdu", entities, ["share": .number(45)])
    fault(
      .hours, "share-and-basis-differ", ["entity:Lanternfish Chengdu"], nil,
      "a subsidiary of which the group has 45 per cent")
    set("site:OF-20", sites, ["entity": .text("Reef Payments")])
    fault(
      .electricity, "entity-beyond-boundary", ["site:OF-20"], nil,
      "a site under control whose entity is a joint venture without control")
    set("site:OF-23", sites, ["entity": .text("Lanternfish Tokyo")])
    fault(
      .electricity, "entity-left", ["site:OF-23"], nil, "a site of an entity that was sold")
    set("site:OF-22", sites, ["ownership": .text("outsourced")])
    fault(
      .electricity, "control-and-tenure-differ", ["site:OF-22"], nil,
      "a site under control that others run")
    nearMiss(
      .hours, ["entity:Reef Payments"], nil,
      "a joint venture without control: no records of it are expected")
    nearMiss(.electricity, ["site:OL-05"], nil, "leased, and under control")
  }
}
