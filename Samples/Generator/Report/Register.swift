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
}

extension Report {
  mutating func addRegister() {
    let columns = [
      Column("Site code", "site"), Column("Site name", "name"), Column("City", "city"),
      Column("Province", "province"), Column("Site type", "kind"), Column("Ownership", "ownership"),
      Column("Operational control", "control"), Column("Water supply", "supply"),
      Column("Opening date", "opened"), Column("Closing date", "closed"),
    ]
    let rows = sites.map { site in
      SheetRow(
        handle: "site:" + site.code,
        cells: [
          .text(site.code), .text(site.name), .text(site.city), .text(site.province),
          .text(site.kind.rawValue), .text(site.ownership),
          .text(site.isControlled ? "operational" : "none"),
          .text(site.hasOwnMeter ? "own meter" : "landlord"), .date(site.opened),
          site.closed.map { .date($0) } ?? .empty,
        ])
    }
    add(
      "site-register.xml", .spreadsheetML,
      [Sheet("Sites", ["Register of sites as of 31 December 2021"], columns, rows)])
  }
}
