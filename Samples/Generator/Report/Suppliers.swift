extension Report {
  /// Printed, by place of registration: 32,439, 1,711 and 4,865 ordered from in the year.
  static let suppliers = (mainland: 32_439, hongKong: 1_711, other: 4_865)
  /// In the register without an order in the year.
  static let dormant = (mainland: 620, hongKong: 40, other: 75)

  private static let brands = Array("海天云山星河明光华安信达恒泰联合新东方金石智远")
  private static let traditionalBrands = Array("海天雲山星河明光華安信達恆泰聯合新東方金石智遠")
  private static let trades = ["科技", "信息", "文化", "工程", "贸易", "传媒", "物业", "餐饮"]
  private static let traditionalTrades = ["科技", "資訊", "文化", "工程", "貿易", "傳媒", "物業", "餐飲"]

  mutating func addSuppliers() {
    var chance = Self.chance(12)
    let cities = ["深圳", "北京", "上海", "广州", "成都", "武汉", "南京", "天津", "重庆", "贵阳"]
    let heads = "供应商编号,供应商名称,统一社会信用代码,地区,最近订单日期"
    let mainland = Self.rows(
      "V", 100_001, Self.suppliers.mainland, Self.dormant.mainland, &chance
    ) { index in
      let name = Self.name(index, cities, Self.brands, Self.trades) + "有限公司"
      return (name, Self.creditCode(index), "中国内地")
    }
    for (part, rows) in [mainland.dropLast(1_500), mainland.suffix(1_500)].enumerated() {
      add(
        "suppliers-mainland-\(part + 1).csv", .delimited(.gb18030),
        [Sheet("", [], Self.supplierColumns(heads), Array(rows))])
    }
    let hongKong = Self.rows(
      "H", 500_001, Self.suppliers.hongKong, Self.dormant.hongKong, &chance
    ) { index in
      let name = Self.name(
        index, ["香港", "澳門", "臺北"], Self.traditionalBrands, Self.traditionalTrades)
      return (name + "有限公司", tag("00", 1_000_003 + index * 7, 7), "港澳臺")
    }
    add(
      "suppliers-hong-kong.csv", .delimited(.big5),
      [Sheet("", [], Self.supplierColumns("供應商編號,供應商名稱,註冊號,地區,最近訂單日期"), hongKong)])
    let words = ["Amber", "Basalt", "Cobalt", "Delta", "Ember", "Fjord", "Garnet", "Harbor"]
    let trades = ["Studio", "Systems", "Media", "Games", "Logistics", "Design", "Networks", "Labs"]
    let kinds = ["Ltd", "Inc", "GmbH", "Pte Ltd", "KK", "BV", "SA", "LLC"]
    let other = Self.rows("X", 700_001, Self.suppliers.other, Self.dormant.other, &chance) {
      index in
      let name =
        "\(words[index % 8]) \(trades[index / 8 % 8]) \(index / 64 + 1) \(kinds[index / 512 % 8])"
      return (name, tag("R", 40_009 + index * 13, 7), "overseas")
    }
    add(
      "suppliers-overseas.csv", .delimited(.utf8),
      [
        Sheet(
          "", [],
          Self.supplierColumns("Vendor no,Supplier name,Registration no,Region,Last order date"),
          other)
      ])
  }

  private static func supplierColumns(_ headers: String) -> [Column] {
    zip(
      headers.split(separator: ","), ["supplier", "name", "registration", "region", "last_order"]
    ).map { Column(String($0), $1) }
  }

  private static func rows(
    _ prefix: String, _ first: Int, _ active: Int, _ dormant: Int, _ chance: inout Chance,
    _ make: (Int) -> (name: String, registration: String, region: String)
  ) -> [SheetRow] {
    let all = active + dormant
    return (0..<all).map { index in
      // The dormant ones lie among the others.
      let isDormant = index * dormant / all != (index + 1) * dormant / all
      let day = Date.ofYear(chance.number(0...364))
      let supplier = make(index)
      let number = prefix + String(first + index)
      return SheetRow(
        handle: "supplier:" + number,
        cells: [
          .text(number), .text(supplier.name), .text(supplier.registration),
          .text(supplier.region), .date(isDormant ? day.inYear(2020) : day),
        ])
    }
  }

  /// A different name for every index below the product of the parts, which are the digits of the
  /// index in a mixed radix.
  private static func name(
    _ index: Int, _ cities: [String], _ brands: [Character], _ trades: [String]
  ) -> String {
    var rest = index
    func digit(_ count: Int) -> Int {
      defer { rest /= count }
      return rest % count
    }
    let city = cities[digit(cities.count)]
    let first = brands[digit(brands.count)]
    let second = brands[digit(brands.count)]
    let trade = trades[digit(trades.count)]
    return city + String([first, second]) + trade
  }

  /// A code of 18 characters with its check character (GB 32100-2015, 5.3), in a district that does
  /// not exist.
  static func creditCode(_ index: Int) -> String {
    let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
    let body = "91000000MA" + tag("", index * 37 + 11, 7)
    var sum = 0
    var weight = 1
    for character in body {
      sum += (alphabet.firstIndex(of: character) ?? 0) * weight
      weight = weight * 3 % 31
    }
    return body + String(alphabet[(31 - sum % 31) % 31])
  }
}
