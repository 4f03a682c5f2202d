/// A certificate of a building or of a management system.
struct Certificate {
  var number: String
  var building: String
  var site: String
  var scheme: String
  var stage = ""
  var kind = "office"
  var level = ""
  /// Square metres; 0 where the certificate names none.
  var area = 0
  var issued: Date
  var expires: Date?
}

extension Report {
  /// LEED certificates that were valid at the year's end cover 887,700 m2 of offices, each building
  /// once though two have one for design and one for operation, and one data centre.
  static let certificates = leed + others

  private static let leed: [Certificate] = [
    office("L-2017-101", "Lantern Towers", "OF-01", "design", "Gold", 343_000, 2017, nil),
    office("L-2018-114", "Beijing Headquarters", "OF-02", "design", "Gold", 334_000, 2018, nil),
    office("L-2021-205", "Beijing Headquarters", "OF-02", "operation", "Gold", 334_000, 2021, 2024),
    office("L-2016-077", "Tide House Guangzhou", "OF-04", "design", "Silver", 51_800, 2016, nil),
    office("L-2019-131", "Reef Centre Shanghai", "OF-03", "design", "Gold", 58_700, 2019, nil),
    office("L-2020-188", "Reef Centre Shanghai", "OF-03", "operation", "Gold", 58_700, 2020, 2023),
    office("L-2020-161", "Chengdu Campus", "OF-05", "design", "Silver", 40_200, 2020, nil),
    office("L-2018-120", "Wuhan Campus", "OF-06", "design", "Silver", 30_500, 2018, nil),
    office("L-2019-140", "Harbour Floors", "OF-07", "operation", "Gold", 9_400, 2019, 2022),
    office("L-2021-197", "Lantern Annex", "OF-08", "design", "Platinum", 20_100, 2021, nil),
    // Of the next year.
    office("L-2022-006", "Delta House", "OF-11", "design", "Gold", 44_000, 2022, nil),
    Certificate(
      number: "L-2019-150", building: "Guiyang Hall", site: "DC-02", scheme: "LEED",
      stage: "design", kind: "data centre", level: "Gold", area: 51_500,
      issued: Date(year: 2019, month: 9, day: 12)),
  ]

  private static func office(
    _ number: String, _ building: String, _ site: String, _ stage: String, _ level: String,
    _ area: Int, _ issued: Int, _ expires: Int?
  ) -> Certificate {
    Certificate(
      number: number, building: building, site: site, scheme: "LEED", stage: stage, level: level,
      area: area, issued: Date(year: issued, month: 3, day: 18),
      expires: expires.map { Date(year: $0, month: 6, day: 30) })
  }

  private static let others: [Certificate] =
    (1...6).map { number in
      Certificate(
        number: "EMS-2020-0\(number)", building: "Property manager \(number)",
        site: "OF-0\(number)",
        scheme: "ISO 14001", issued: Date(year: 2020, month: number, day: 10),
        expires: Date(year: 2023, month: number, day: 9))
    } + [
      // Ran out in spring: it is no LEED certificate of an office, so no figure rests on it.
      Certificate(
        number: "EMS-2018-02", building: "Pier Offices", site: "OF-09", scheme: "ISO 14001",
        issued: Date(year: 2018, month: 4, day: 3), expires: Date(year: 2021, month: 4, day: 2)),
      Certificate(
        number: "EN-2021-01", building: "Chongqing Hall", site: "DC-05", scheme: "ISO 50001",
        kind: "data centre", issued: Date(year: 2021, month: 11, day: 2),
        expires: Date(year: 2024, month: 11, day: 1)),
      Certificate(
        number: "EN-2020-03", building: "Tianjin Hall", site: "DC-04", scheme: "GB/T 23331",
        kind: "data centre", issued: Date(year: 2020, month: 5, day: 20),
        expires: Date(year: 2023, month: 5, day: 19)),
    ]
}
