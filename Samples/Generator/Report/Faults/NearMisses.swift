/// What looks odd and is right. Most of it stands in the clean set as well; what is put in here
/// leaves every figure as it is.
extension Twin {
  mutating func plantNearMisses() {
    plantNearMissesOfRecords()
    plantNearMissesOfPeople()
  }

  private mutating func plantNearMissesOfRecords() {
    let office = "office-electricity-2021.xml"
    let hongKong = "hong-kong-electricity-2021.csv"
    nearMiss(
      .electricity, ["power:DC-14-A1/2021-05"], "energy", "a new centre at half of its later use")
    nearMiss(.electricity, ["site:OL-17"], "opened", "opened in July: nothing is missing before")
    nearMiss(.electricity, ["site:OF-35"], "opened", "opens in 2022 and has no records")
    nearMiss(.electricity, ["site:OL-21"], "closed", "closed before the year, no records")
    nearMiss(
      .electricity, ["power:LD-02-A1/2021-06"], nil, "a hall without control: not counted")
    nearMiss(
      .electricity, ["power:OL-01-A1/2021-03"], "energy", "an amount rightly in 萬千瓦時")
    let grouped = "power:OL-19-A1/2021-08"
    let text = String(digits(grouped, hongKong, "energy", scale: 0))
    set(
      grouped, hongKong,
      ["energy": .text(text.dropLast(3) + "," + text.suffix(3))])
    nearMiss(.electricity, [grouped], "energy", "a thousands separator")
    set("power:OF-22-A1/2021-09", office, ["status": .text("estimated")])
    nearMiss(
      .electricity, ["power:OF-22-A1/2021-09"], "status",
      "one estimated month, a usual one after it")
    nearMiss(.electricity, ["power:OF-01-A1/2021-08"], "energy", "a real peak in summer")
    nearMiss(.petrol, ["petrol:5"], "volume", "one of many fillings at one site")
    nearMiss(.diesel, ["diesel:7", "diesel:8"], nil, "two deliveries to one site in one month")
    let large = digits("gas:OF-08/2021-05", "gas-bills-2021.fods", "gas", scale: 0)
    set(
      "gas:OF-08/2021-05", "gas-bills-2021.fods",
      ["gas": .number(large, scale: 4), "unit": .text("萬立方米")])
    nearMiss(.gas, ["gas:OF-08/2021-05"], "gas", "an amount rightly in 萬立方米")
    nearMiss(.gas, ["gas:DC-03/2021-12"], "gas", "a user ten times as large as the others")
    nearMiss(.scope3, ["scope3:90"], "emissions", "a category far larger than its neighbours")
    nearMiss(
      .hazardous, ["waste:OF-06/废纸/3"], "licence", "paper needs no licence")
    nearMiss(
      .harmless, ["waste:DC-01/包装与其他/6"], "mass", "a site with two kinds of very different weight")
    nearMiss(
      .green, ["green:contract"], "evidence", "a contract: agreed, not delivered, not counted")
    nearMiss(.sun, ["pv:DC-08/1"], "generation", "half of the summer's power in January")
    nearMiss(.centres, ["centre:DC-13/3"], "load", "a load below 30 %: not in the average")
    nearMiss(
      .centres, ["centre:DC-14/8"], "load", "not yet twelve months in use: not in the average")
    nearMiss(.centres, ["centre:DC-09/4"], "load", "a load of exactly 30 %: in the average")
    nearMiss(.centres, ["centre:LD-01/4"], nil, "a hall without control: not in the average")
    nearMiss(
      .leed, ["certificate:L-2019-131", "certificate:L-2020-188"], "area",
      "one building with two certificates: counted once")
    nearMiss(.leed, ["certificate:EMS-2018-02"], "expires", "ran out, and is no LEED certificate")
    nearMiss(.leed, ["certificate:L-2022-006"], "issued", "issued after the year: not counted")
  }

  private mutating func plantNearMissesOfPeople() {
    let people = rows("roster-group-1.csv")
    func born(_ year: Int, _ month: Int, _ day: Int) -> String {
      let birth = Date(year: year, month: month, day: day)
      return people.first { $0.cells[2].isDay(birth) }?.handle ?? "nobody"
    }
    nearMiss(.people, [born(1991, 12, 31)], "birth", "thirty on the last day of the year")
    nearMiss(.people, [born(1992, 1, 1)], "birth", "thirty one day after the year")
    nearMiss(
      .people, [people.first { $0.cells[6].isDay(Date.last(2021, 12)) }?.handle ?? "nobody"],
      "joined",
      "the first day is the last of the year")
    let leavers = rows("leavers-2021-h1.csv")
    nearMiss(
      .leavers, [leavers.first { $0.cells[7].plain == "其他" }?.handle ?? "nobody"], "reason",
      "moved to an associate: no leaver")
    nearMiss(
      .leavers, [leavers.first { $0.cells[5].plain == "实习生" }?.handle ?? "nobody"], "type",
      "an intern who left: not in the rate")
    let online = rows("training-online-2021.csv")
    nearMiss(
      .training, [online.first { $0.cells[3].plain == "0" }?.handle ?? "nobody"], "hours",
      "enrolled and nothing done: not trained")
    nearMiss(.injuries, ["injury:33"], "recognised", "not recognised: not counted")
    nearMiss(
      .suppliers, ["supplier:V131600", "supplier:V131601"], nil, "neighbours with names much alike")
    nearMiss(
      .complaints, ["complaint:games/2021-02-13/0"], "received", "a weekend well above the week")
    nearMiss(.cloud, ["ticket:901"], "accepted", "accepted in 2020: not counted")
    nearMiss(.cases, ["case:LC-2021-09"], "kind", "concluded, and no case of corruption")
    nearMiss(.cases, ["case:LC-2020-06"], "concluded", "concluded in 2022: not counted")
    nearMiss(.gifts, ["gift:4"], "unit", "an amount rightly in 萬元")
    nearMiss(.spending, ["spending:12"], "amount", "amounts of very different size")
  }
}
