extension Site {
  /// The province whose grid supplies the site.
  var province: String {
    switch city {
    case "Shenzhen", "Guangzhou": "Guangdong"
    case "Guiyang": "Guizhou"
    case "Nanjing": "Jiangsu"
    case "Zhangjiakou": "Hebei"
    case "Chengdu": "Sichuan"
    case "Wuhan": "Hubei"
    default: city
    }
  }

  /// Ten-thousandths of a tonne of CO2 a MWh: the provincial factors of 2021.
  var gridFactor: Int {
    switch province {
    case "Beijing": 5688
    case "Tianjin": 7355
    case "Hebei": 7901
    case "Shanghai": 5834
    case "Jiangsu": 6451
    case "Guangdong": 4715
    case "Chongqing": 4743
    case "Guizhou": 5182
    case "Sichuan": 1255
    case "Hubei": 3672
    case "Hong Kong": 4900
    default: preconditionFailure("no factor for \(province)")
    }
  }

  var isCentre: Bool { code.hasPrefix("DC") }

  /// The entity of the group that has the site; nil for what others run.
  var entity: String? {
    guard isControlled else { return nil }
    return switch city {
    case "Guangzhou", "Beijing", "Shanghai", "Chengdu", "Wuhan", "Hong Kong": "Lanternfish " + city
    case "Tianjin", "Zhangjiakou": "Lanternfish Beijing"
    case "Nanjing": "Lanternfish Shanghai"
    default: "Lanternfish Shenzhen"
    }
  }
}

extension Report {
  mutating func addRegister() {
    let columns = [
      Column("Site code", "site"), Column("Site name", "name"), Column("City", "city"),
      Column("Province", "province"), Column("Site type", "kind"), Column("Ownership", "ownership"),
      Column("Operational control", "control"), Column("Water supply", "supply"),
      Column("Opening date", "opened"), Column("Closing date", "closed"),
      Column("Owner entity", "entity"),
    ]
    let rows = sites.map { site in
      SheetRow(
        handle: "site:" + site.code,
        cells: [
          .text(site.code), .text(site.name), .text(site.city), .text(site.province),
          .text(site.kind.rawValue), .text(site.ownership),
          .text(site.isControlled ? "operational" : "none"),
          .text(site.hasOwnMeter ? "own meter" : "landlord"), .date(site.opened),
          site.closed.map { .date($0) } ?? .empty, site.entity.map { .text($0) } ?? .empty,
        ])
    }
    add(
      "site-register.xml", .spreadsheetML,
      [Sheet("Sites", ["Register of sites as of 31 December 2021"], columns, rows)])
  }

  /// Who belongs to the group, from when to when, and on which basis; some do not.
  mutating func addEntities() {
    let group = [
      ("Shenzhen", 2005), ("Beijing", 2006), ("Shanghai", 2008), ("Guangzhou", 2010),
      ("Chengdu", 2011), ("Wuhan", 2013), ("Hong Kong", 2007), ("Overseas", 2014),
    ].map { place, year in
      Entity("Lanternfish \(place)", "subsidiary", "operational", 100, Date.first(year, 3), nil)
    }
    let others = [
      Entity(
        "Lanternfish Tokyo", "subsidiary", "operational", 75, Date.first(2015, 5),
        Date.last(2020, 6)),
      Entity("Mini Reef Games", "associate", "none", 30, Date.first(2016, 9), nil),
      Entity("Reef Payments", "joint venture", "none", 50, Date.first(2018, 4), nil),
      Entity("Cleanwater Services", "outsourced", "none", 0, Date.first(2019, 1), nil),
    ]
    let columns = [
      Column("Entity", "entity"), Column("Basis of control", "basis"), Column("Control", "control"),
      Column("Equity share", "share"), Column("In the group since", "joined"),
      Column("In the group until", "left"),
    ]
    let rows = (group + others).map { entity in
      SheetRow(
        handle: "entity:" + entity.name,
        cells: [
          .text(entity.name), .text(entity.basis), .text(entity.control), .number(entity.share),
          .date(entity.since), entity.until.map { .date($0) } ?? .empty,
        ])
    }
    add("entity-register.csv", .delimited(.utf8), [Sheet("", [], columns, rows)])
  }
}

/// A company and how the group stands to it.
private struct Entity {
  var name: String
  var basis: String
  var control: String
  /// In percent.
  var share: Int
  var since: Date
  var until: Date?

  init(
    _ name: String, _ basis: String, _ control: String, _ share: Int, _ since: Date, _ until: Date?
  ) {
    self.name = name
    self.basis = basis
    self.control = control
    self.share = share
    self.since = since
    self.until = until
  }
}
