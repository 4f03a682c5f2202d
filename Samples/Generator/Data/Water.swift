/// The water records of the invented company.
struct Water {
  /// The seed of everything that looks like chance.
  static let seed: UInt64 = 20_210_411
  /// The printed figure in thousandths of a tonne.
  static let printed = 6_201_652_000

  var sites: [Site]
  var readings: [Reading]
  var bills: [Bill]

  /// Records that add up to ``printed`` inside the boundary.
  static func clean() -> Water {
    var chance = Chance(seed: seed)
    let sites = Site.all(&chance)
    var water = Water(sites: sites, readings: [], bills: [])
    for site in sites where site.hasOwnMeter { water.readings += Meters.readings(site, &chance) }
    for site in sites where !site.hasOwnMeter { water.bills += Landlords.bills(site, &chance) }
    water.balance()
    water.addSubMeters(&chance)
    return water
  }

  /// What counts for the figure: main meters and bills of sites under control.
  var counted: Int {
    let controlled = Set(sites.filter(\.isControlled).map(\.code))
    return readings.filter { $0.isMain && controlled.contains($0.site) }.map(\.milli).reduce(0, +)
      + bills.filter { controlled.contains($0.site) }.map(\.milli).reduce(0, +)
  }

  /// Scales the data centres so that everything counted comes to the printed figure, each month
  /// to 0.1 t; what rounding leaves over, some tonnes, goes to one month of the largest centre.
  private mutating func balance() {
    let isCentre = { (reading: Reading) in reading.site.hasPrefix("DC") }
    let centres = readings.filter(isCentre).map(\.milli).reduce(0, +)
    let target = Self.printed - (counted - centres)
    for index in readings.indices where isCentre(readings[index]) {
      let scaled = readings[index].milli / 100 * target / centres
      readings[index].milli = scaled * 100
    }
    let rest = Self.printed - counted
    if let index = readings.firstIndex(where: { $0.handle == "DC-01-W2/2021-10" }) {
      readings[index].milli += rest
    }
  }

  /// Cooling and canteen meters behind main meters: recorded, never added up.
  private mutating func addSubMeters(_ chance: inout Chance) {
    let parents: Set = ["DC-01-W1", "DC-02-W1", "DC-03-W1", "DC-04-W1", "OF-01-M1", "OF-02-M1"]
    var all: [Reading] = []
    for reading in readings {
      all.append(reading)
      guard parents.contains(reading.meter) else { continue }
      var sub = reading
      sub.meter = reading.meter + "-S1"
      sub.parent = reading.meter
      sub.isMain = false
      sub.milli = Amount.rounded(reading.milli / 1000 * chance.number(580...720), to: 100)
      sub.handle = "\(sub.meter)/\(sub.start.monthText)"
      all.append(sub)
    }
    readings = all
  }
}
