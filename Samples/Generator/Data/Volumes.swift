/// How much water a site uses in a month.
enum Volumes {
  /// Per mille of the usual month, January first: evaporative cooling follows the weather.
  private static let cooling = [780, 770, 860, 960, 1080, 1190, 1290, 1300, 1150, 990, 850, 780]
  private static let office = [850, 700, 980, 1000, 1050, 1120, 1160, 1150, 1040, 980, 960, 940]
  /// A centre in its first year fills up hall by hall, from May.
  private static let filling = [0, 0, 0, 0, 150, 300, 500, 680, 800, 900, 950, 1000]

  /// Thousandths of a tonne, to `step`.
  static func month(_ site: Site, _ month: Int, step: Int, _ chance: inout Chance) -> Int {
    var perMille = (site.kind == .office ? office : cooling)[month - 1]
    switch site.code {
    case "DC-05" where month == 7 || month == 8: perMille = 2150  // wet towers all summer
    case "DC-14": perMille = filling[month - 1]
    case "OF-15" where month >= 9: perMille = perMille * 11 / 10  // one more floor in use
    case "OF-31" where month == 7: perMille = perMille * 20 / 31  // opened on the 12th
    default: break
    }
    let deviation = chance.number(940...1060)
    return Amount.rounded(site.usual * perMille * deviation / 1000, to: step)
  }
}

/// The company's own meters.
enum Meters {
  static func readings(_ site: Site, _ chance: inout Chance) -> [Reading] {
    var readings: [Reading] = []
    for month in 1...12 where site.isOpen(month) {
      let isCentre = site.kind != .office
      let step = isCentre || Int(site.code.suffix(1)).map { $0 % 2 == 1 } == true ? 100 : 1000
      let milli = Volumes.month(site, month, step: step, &chance)
      if isCentre, let number = Int(site.code.suffix(2)), number <= 6, site.isControlled {
        let first = Amount.rounded(milli / 1000 * chance.number(560...640), to: 100)
        readings.append(reading(site, "W1", month, first))
        readings.append(reading(site, "W2", month, milli - first))
      } else {
        // The office meter of OF-12 was replaced at the end of May.
        let name = isCentre ? "W1" : site.code == "OF-12" && month > 5 ? "M2" : "M1"
        readings.append(reading(site, name, month, milli))
      }
    }
    return readings
  }

  private static let estimated: Set = ["OF-07-M1/2021-04", "OF-22-M1/2021-09", "DC-09-W1/2021-02"]

  private static func reading(_ site: Site, _ name: String, _ month: Int, _ milli: Int) -> Reading {
    let meter = "\(site.code)-\(name)"
    let first = Date.first(2021, month)
    let handle = "\(meter)/\(first.monthText)"
    return Reading(
      handle: handle, site: site.code, meter: meter, parent: nil, isMain: true, year: 2021,
      month: month, start: max(first, site.opened), milli: milli,
      isEstimated: estimated.contains(handle), delivery: month <= 6 ? 1 : 2)
  }
}

/// The landlords' bills.
enum Landlords {
  static func bills(_ site: Site, _ chance: inout Chance) -> [Bill] {
    if !site.isControlled { return site.code == "LD-04" ? [] : offset(site, &chance) }
    let months = site.code == "OL-12" || site.code == "OL-13" ? 3 : 1
    var bills: [Bill] = []
    for first in stride(from: 1, through: 12, by: months) where site.isOpen(first) {
      var milli = 0
      for month in first..<(first + months) {
        milli += Volumes.month(site, month, step: 10, &chance)
      }
      // Multiples of 31 hundredths, so that a share by days has an end.
      if site.code == "OL-04" || site.code == "OL-18" { milli = milli / 310 * 310 }
      let end = Date.last(2021, first + months - 1)
      var bill = bill(site, Date.first(2021, first), end, milli, chance.number(4...13))
      bill.isEstimated = bill.handle == "OL-05/2021-11-01"
      bills.append(bill)
    }
    return bills
  }

  /// Bills from the 18th to the 17th, across both year ends, of sites outside the boundary.
  private static func offset(_ site: Site, _ chance: inout Chance) -> [Bill] {
    (0...12).map { number in
      let start =
        number == 0
        ? Date(year: 2020, month: 12, day: 18) : Date(year: 2021, month: number, day: 18)
      let end = Date(year: number == 12 ? 2022 : 2021, month: number % 12 + 1, day: 17)
      let milli = Volumes.month(site, end.month, step: 10, &chance)
      return bill(site, start, end, milli, chance.number(4...13))
    }
  }

  static func bill(
    _ site: Site, _ start: Date, _ end: Date, _ milli: Int, _ delay: Int
  ) -> Bill {
    let landlord: Bill.Landlord =
      site.city == "Hong Kong" ? .hongKong : site.city == "Beijing" ? .north : .south
    let prefix = ["S", "N", "HK"][landlord.rawValue]
    let sheet = ["Shenzhen": "深圳", "Guangzhou": "廣州", "Chengdu": "成都"][site.city] ?? ""
    let serial = start.text.filter { $0 != "-" }.dropFirst(2)
    return Bill(
      handle: "\(site.code)/\(start.text)",
      number: "\(prefix)-\(site.code.filter { $0 != "-" })-\(serial)", site: site.code,
      landlord: landlord, sheet: sheet, start: start, end: end, milli: milli,
      issued: end.later(delay))
  }
}
