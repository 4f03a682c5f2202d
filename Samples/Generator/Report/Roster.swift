/// The words of a language for the roster's choices.
private struct Words {
  var men, women, regular, consultant, intern, manager, other: String
  var regions: [Workforce.Region: String]

  func gender(_ person: Person) -> Cell { .text(person.isMale ? men : women) }
  func level(_ person: Person) -> Cell { .text(person.isManager ? manager : other) }
  func region(_ person: Person) -> Cell { .text(regions[person.region] ?? "") }
  func kind(_ person: Person) -> Cell {
    switch person.kind {
    case .regular: .text(regular)
    case .consultant: .text(consultant)
    case .intern: .text(intern)
    }
  }

  static let simplified = Words(
    men: "男", women: "女", regular: "正式", consultant: "顾问", intern: "实习生", manager: "管理层",
    other: "非管理层", regions: [.mainland: "中国内地", .hongKong: "港澳台", .other: "其他国家及地区"])
  static let traditional = Words(
    men: "男", women: "女", regular: "正式員工", consultant: "顧問", intern: "實習生", manager: "管理層",
    other: "非管理層", regions: [.mainland: "中國內地", .hongKong: "港澳臺", .other: "其他國家及地區"])
  static let english = Words(
    men: "M", women: "F", regular: "regular", consultant: "consultant", intern: "intern",
    manager: "management", other: "non-management",
    regions: [.mainland: "mainland", .hongKong: "hk-macau-taiwan", .other: "overseas"])
}

extension Report {
  private static let fields = [
    "employee", "gender", "birth", "region", "level", "type", "joined", "left",
  ]
  private static let leaverFields = [
    "employee", "gender", "birth", "region", "level", "type", "left", "reason",
  ]

  private static func columns(_ headers: String, _ fields: [String]) -> [Column] {
    zip(headers.split(separator: ","), fields).map { Column(String($0), $1) }
  }

  mutating func addPeople() {
    var chance = Self.chance(10)
    let people = Workforce.people(&chance)
    addRoster(people)
    addLeavers(people.filter { !$0.isAtEnd })
    addTraining(people, &chance)
  }

  private static func row(_ person: Person, _ words: Words) -> SheetRow {
    SheetRow(
      handle: "employee:\(person.number)",
      cells: [
        .text(String(person.number)), words.gender(person), .date(person.birth),
        words.region(person), words.level(person), words.kind(person), .date(person.joined),
        person.left.map { .date($0) } ?? .empty,
      ])
  }

  /// The mainland by business group, four files; the others as their personnel systems write them.
  private mutating func addRoster(_ people: [Person]) {
    let mainland = people.filter { $0.region == .mainland }
    let columns = Self.columns("工号,性别,出生日期,地区,管理层级,用工类型,入职日期,离职日期", Self.fields)
    var first = 0
    for (group, percent) in [40, 30, 26, 4].enumerated() {
      let last = group == 3 ? mainland.count : first + mainland.count * percent / 100
      add(
        "roster-group-\(group + 1).csv", .delimited(.gb18030),
        [Sheet("", [], columns, mainland[first..<last].map { Self.row($0, .simplified) })])
      first = last
    }
    add(
      "roster-hong-kong.csv", .delimited(.big5),
      [
        Sheet(
          "", [], Self.columns("員工編號,性別,出生日期,地區,管理層級,僱傭類型,入職日期,離職日期", Self.fields),
          people.filter { $0.region == .hongKong }.map { Self.row($0, .traditional) })
      ])
    add(
      "roster-overseas.xml",
      .records(
        ElementShape(path: ["people", "worker"], attributes: Set(Self.fields))),
      [
        Sheet(
          "worker", [], Self.fields.map { Column($0, $0) },
          people.filter { $0.region == .other }.map { Self.row($0, .english) })
      ])
  }

  private static func leaverRow(_ person: Person, _ words: Words) -> SheetRow {
    SheetRow(
      handle: "leaver:\(person.number)",
      cells: [
        .text(String(person.number)), words.gender(person), .date(person.birth),
        words.region(person), words.level(person), words.kind(person),
        person.left.map { .date($0) } ?? .empty, .text(person.reason),
      ])
  }

  /// From the exit process: two half-years in Chinese, one file of the other countries.
  private mutating func addLeavers(_ leavers: [Person]) {
    let home = leavers.filter { $0.region != .other }
    let columns = Self.columns("工号,性别,出生日期,地区,管理层级,用工类型,离职日期,离职原因", Self.leaverFields)
    for half in 1...2 {
      let here = home.filter { (($0.left?.month ?? 1) <= 6) == (half == 1) }
      add(
        "leavers-2021-h\(half).csv", .delimited(half == 1 ? .gb18030 : .utf8),
        [Sheet("", [], columns, here.map { Self.leaverRow($0, .simplified) })])
    }
    let reasons = ["退休": "retirement", "辞退": "dismissal", "辞职": "resignation", "其他": "other"]
    add(
      "leavers-overseas-2021.xml",
      .records(
        ElementShape(
          path: ["exits", "exit"], attributes: Set(Self.leaverFields.dropLast()))),
      [
        Sheet(
          "exit", [], Self.leaverFields.map { Column($0, $0) },
          leavers.filter { $0.region == .other }.map { person in
            var row = Self.leaverRow(person, .english)
            row.cells[7] = .text(reasons[person.reason] ?? "other")
            return row
          })
      ])
  }

  /// Half hours by employee and form; who left in the year has records too, which do not count.
  private mutating func addTraining(_ people: [Person], _ chance: inout Chance) {
    var online: [SheetRow] = []
    var classroom: [SheetRow] = []
    func record(_ person: Person, _ form: String, _ halfHours: Int) -> SheetRow {
      let last = person.left ?? Date.last(2021, 12)
      let first = max(person.joined, Date.first(2021, 1))
      var day = Date.ofYear(chance.number(0...364))
      if day < first || day > last { day = last }
      return SheetRow(
        handle: "training:\(person.number)/\(form)",
        cells: [
          .text(String(person.number)), .text(form), .date(day), .number(halfHours * 5, scale: 1),
        ])
    }
    for group in Workforce.training {
      let members = people.filter {
        $0.isAtEnd && $0.isMale == group.isMale && $0.isManager == group.isManager
      }
      let trained = members.dropFirst(group.untrained)
      let hours = Split.even(group.halfHours, into: trained.count, spread: 450, &chance)
      for (index, (person, halves)) in zip(trained, hours).enumerated() {
        let inClass = index % 8 == 0 ? halves / 3 : 0
        online.append(record(person, "线上", halves - inClass))
        if inClass > 0 { classroom.append(record(person, "面授", inClass)) }
      }
      // Enrolled, and nothing done: no training.
      for person in members.prefix(group.untrained / 4) {
        online.append(record(person, "线上", 0))
      }
    }
    for person in people where !person.isAtEnd && person.number % 11 == 0 {
      online.append(record(person, "线上", 2 * chance.number(2...30)))
    }
    let columns = Self.columns("工号,培训形式,完成日期,培训时数", ["employee", "form", "completed", "hours"])
    add("training-online-2021.csv", .delimited(.utf8), [Sheet("", [], columns, online)])
    add("training-classroom-2021.csv", .delimited(.utf8), [Sheet("", [], columns, classroom)])
  }
}
