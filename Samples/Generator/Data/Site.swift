/// A site of the invented company.
struct Site {
  enum Kind: String {
    case office
    case dataCentre = "data centre"
    case leased = "leased data centre"
  }
  var code: String
  var name: String
  var city: String
  var kind: Kind
  var ownership: String
  /// Whether the company runs it: what the boundary is decided by.
  var isControlled: Bool
  var hasOwnMeter: Bool
  var opened: Date
  var closed: Date?
  /// Usual volume of a month in tonnes, before season and chance.
  var usual: Int

  func isOpen(_ month: Int) -> Bool {
    opened <= Date.last(2021, month) && (closed.map { $0 >= Date.first(2021, month) } ?? true)
  }

  /// All sites, in the order of the register.
  static func all(_ chance: inout Chance) -> [Site] {
    dataCentres(&chance) + offices(&chance) + landlordOffices(&chance) + withoutControl()
  }

  private static func code(_ prefix: String, _ number: Int) -> String {
    prefix + (number < 10 ? "-0" : "-") + String(number)
  }

  private static func dataCentres(_ chance: inout Chance) -> [Site] {
    let usual = [96, 78, 64, 55, 47, 41, 36, 31, 27, 23, 19, 16, 13, 11]
    let cities = [
      "Shenzhen", "Guiyang", "Shanghai", "Tianjin", "Chongqing", "Nanjing", "Zhangjiakou",
    ]
    return usual.enumerated().map { index, thousands in
      Site(
        code: code("DC", index + 1), name: "Lanternfish Data Centre \(index + 1)",
        city: cities[index % cities.count], kind: .dataCentre,
        ownership: index < 9 ? "owned" : "leased", isControlled: true, hasOwnMeter: true,
        opened: index == 13
          ? Date.first(2021, 5) : Date.first(2012 + index % 8, chance.number(1...12)),
        closed: nil, usual: thousands * 1000)
    }
  }

  private static func offices(_ chance: inout Chance) -> [Site] {
    let cities = ["Shenzhen", "Beijing", "Shanghai", "Guangzhou", "Chengdu", "Wuhan", "Hong Kong"]
    var sites = (1...35).map { number in
      Site(
        code: code("OF", number), name: "Office \(cities[(number - 1) % cities.count]) \(number)",
        city: cities[(number - 1) % cities.count], kind: .office,
        ownership: number % 3 == 0 ? "leased" : "owned", isControlled: true, hasOwnMeter: true,
        opened: Date.first(2008 + number % 12, chance.number(1...12)), closed: nil,
        usual: number == 1 ? 9500 : chance.number(600...3200))
    }
    sites[0].name = "Headquarters"
    sites[17].closed = Date.last(2021, 3)
    sites[20].usual = 800
    sites[29].usual = 610
    sites[30].opened = Date(year: 2021, month: 7, day: 12)
    sites[34].opened = Date(year: 2022, month: 1, day: 10)
    return sites
  }

  /// Offices whose landlords meter and bill the water.
  private static func landlordOffices(_ chance: inout Chance) -> [Site] {
    let cities = ["Shenzhen", "Guangzhou", "Chengdu"]
    var sites = (1...21).map { number in
      let city =
        number <= 12 ? cities[(number - 1) / 4] : number <= 17 ? "Beijing" : "Hong Kong"
      return Site(
        code: code("OL", number), name: "Rented Floors \(city) \(number)", city: city,
        kind: .office, ownership: "leased", isControlled: true, hasOwnMeter: false,
        opened: Date.first(2014 + number % 6, chance.number(1...12)), closed: nil,
        usual: chance.number(250...1400))
    }
    sites[8].closed = Date.last(2021, 3)
    sites[13].usual = 310
    sites[16].opened = Date.first(2021, 7)
    sites[19].usual = 1290
    sites[20].closed = Date.last(2020, 11)
    return sites
  }

  /// Rented halls that others run: in the register, outside the boundary.
  private static func withoutControl() -> [Site] {
    (1...4).map { number in
      Site(
        code: code("LD", number), name: "Rented Hall \(number)",
        city: number < 3 ? "Beijing" : "Tianjin", kind: .leased, ownership: "leased",
        isControlled: false, hasOwnMeter: number == 3, opened: Date.first(2018, number),
        closed: nil, usual: 4000 + 700 * number)
    }
  }
}
