import Foundation

/// Adds up the sources of the whole report, slowly and from their bytes, in whole small units.
///
/// It knows which file holds what and nothing of the policy's language; factors and rules are
/// written out as the report words them.
struct NaiveReport {
  private(set) var sums: [String: Int] = [:]
  private let folder: URL
  private var controlled: Set<String> = []
  private var province: [String: String] = [:]
  private var opened: [String: String] = [:]

  init(_ folder: URL) throws {
    self.folder = folder
    for row in try rows("site-register.xml", "Site code") {
      let site = row["Site code"] ?? ""
      if row["Operational control"] == "operational" { controlled.insert(site) }
      province[site] = row["Province"]
      opened[site] = row["Opening date"]
    }
    try addElectricity()
    try addFuels()
    try addWaste()
    try addCentres()
    try addPeople()
    try addOthers()
  }

  // MARK: Reading

  /// The text of a file as UTF-8.
  private func text(_ name: String) throws -> String {
    let data = try Data(contentsOf: folder.appendingPathComponent(name))
    if let text = String(data: data, encoding: .utf8) { return text }
    let encoding = name.contains("hong-kong") || name.contains("games") ? "BIG5" : "GB18030"
    return try Shell.output("iconv -f \(encoding) -t UTF-8", given: [UInt8](data))
  }

  private func rows(_ name: String, _ first: String) throws -> [[String: String]] {
    if name.hasSuffix(".csv") { return Self.delimited(try text(name), first) }
    return try NaiveReading.tables(folder.appendingPathComponent(name)).flatMap {
      $0.records(header: first)
    }
  }

  /// Plain lines without quoted commas, split as they are; others by ``NaiveReading``.
  private static func delimited(_ text: String, _ first: String) -> [[String: String]] {
    if text.contains("\"") {
      return NaiveReading.delimited(text, "").records(header: first)
    }
    var lines = text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }
    guard !lines.isEmpty else { return [] }
    let header = lines.removeFirst().split(separator: ",").map(String.init)
    return lines.map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      var row: [String: String] = [:]
      for (name, cell) in zip(header, cells) where !cell.isEmpty { row[name] = String(cell) }
      return row
    }
  }

  /// Records of XML by the name of their element: attributes and children.
  private func elements(_ name: String, _ element: String) throws -> [[String: String]] {
    let pattern = try Regex("([^ <>=/]+)=\"([^\"]*)\"|<([^ <>/]+)>([^<]*)</")
    return try text(name).components(separatedBy: "<\(element) ").dropFirst().map { part in
      var row: [String: String] = [:]
      for match in part.prefix(while: { $0 != "\n" }).matches(of: pattern) {
        let groups = match.output.map { $0.substring.map(String.init) }
        let key = groups[1] ?? groups[3] ?? ""
        row[key.split(separator: ":").last.map(String.init) ?? key] = groups[2] ?? groups[4]
      }
      return row
    }
  }

  private mutating func add(_ name: String, _ amount: Int?) {
    sums[name, default: 0] += amount ?? 0
  }

  /// Thousandths of a number after its point has moved to the right.
  private func milli(_ text: String?, _ places: Int = 0) -> Int {
    NaiveSum.milli(text ?? "", places) ?? 0
  }

  // MARK: Figures

  private static let factors = [
    "Beijing": 5688, "Tianjin": 7355, "Hebei": 7901, "Shanghai": 5834, "Jiangsu": 6451,
    "Guangdong": 4715, "Chongqing": 4743, "Guizhou": 5182, "Sichuan": 1255, "Hubei": 3672,
    "Hong Kong": 4900,
  ]

  private mutating func addPower(_ site: String?, _ energy: String?, _ places: Int) {
    guard let site, controlled.contains(site) else { return }
    let kWh = milli(energy, places) / 1000
    add("electricity kWh", kWh)
    add("scope 2", kWh * (Self.factors[province[site] ?? ""] ?? 0))
  }

  private mutating func addElectricity() throws {
    for half in 1...2 {
      for row in try elements("grid-settlement-2021-h\(half).xml", "Bill") {
        addPower(row["Site"], row["Electricity"], 0)
      }
    }
    for row in try rows("office-electricity-2021.xml", "Bill no") {
      addPower(row["Site code"], row["Electricity (kWh)"], 0)
    }
    for name in ["landlord-electricity-south-2021.fods", "hong-kong-electricity-2021.csv"] {
      for row in try rows(name, "帳單編號") {
        addPower(row["地點編號"], row["用電量"], row["單位"] == "萬千瓦時" ? 4 : 0)
      }
    }
    for row in try rows("landlord-electricity-north-2021.xlsx", "账单编号") {
      addPower(row["地点编号"], row["用电量"], 0)
    }
  }

  private mutating func addFuels() throws {
    for row in try rows("fuel-cards-2021.csv", "单据编号") { add("petrol", milli(row["体积"])) }
    for row in try rows("diesel-deliveries-2021.xlsx", "Receipt no") {
      add("diesel", milli(row["Quantity"]))
    }
    for row in try rows("gas-bills-2021.fods", "帳單編號") { add("gas", milli(row["用氣量"])) }
    for row in try rows("direct-emissions-2021.xml", "记录编号") {
      add(row["气体"] ?? "", milli(row["排放量"]))
    }
    for row in try rows("scope-3-2021.csv", "Line no") { add("scope 3", milli(row["Emissions"])) }
    for row in try rows("green-power-2021.xlsx", "结算编号") where row["凭证类型"] != "合同" {
      add("green kWh", milli(row["电量"], row["单位"] == "万千瓦时" ? 4 : 3))
    }
    for row in try elements("photovoltaics-2021.xml", "pm:Production") {
      add("sun MWh", milli(row["Generation"]))
    }
  }

  private mutating func addWaste() throws {
    for row in try rows("waste-offices-2021.csv", "联单编号") {
      add(row["废物类别"] == "有害" ? "hazardous kg" : "harmless kg", milli(row["重量"]) / 1000)
    }
    for row in try elements("waste-centres-2021.xml", "联单") {
      add(row["废物类别"] == "有害" ? "hazardous kg" : "harmless kg", milli(row["重量"]))
    }
  }

  private mutating func addCentres() throws {
    for row in try rows("data-centre-metering-2021.xml", "Site code") {
      let site = row["Site code"] ?? ""
      guard controlled.contains(site), (opened[site] ?? "") < "2021",
        milli(row["Load rate (%)"]) >= 30_000
      else { continue }
      add("facility", milli(row["Facility energy (MWh)"]))
      add("equipment", milli(row["IT energy (MWh)"]))
    }
    var seen: Set<String> = []
    for row in try rows("certificates.xlsx", "Certificate no") where row["Scheme"] == "LEED" {
      // 44561 is 31 December 2021.
      let issued = Int(row["Issue date"] ?? "") ?? 0
      let expires = Int(row["Expiry date"] ?? "") ?? Int.max
      guard issued <= 44_561, expires >= 44_561, seen.insert(row["Building"] ?? "").inserted else {
        continue
      }
      if row["Kind"] == "office" { add("leed m2", milli(row["Floor area (m2)"])) }
      if row["Kind"] == "data centre" { add("leed centres", 1) }
    }
  }

  private mutating func addPeople() throws {
    var levels: [String: String] = [:]
    let mainland = try (1...4).flatMap { try rows("roster-group-\($0).csv", "工号") }
    for row in mainland where row["离职日期"] == nil {
      add("people", 1)
      add(row["性别"] == "男" ? "men" : "women", 1)
      add(row["用工类型"] == "正式" ? "regular" : "other type", 1)
      levels[row["工号"] ?? ""] = row["管理层级"] == "管理层" ? "managers" : "others"
    }
    for row in try rows("roster-hong-kong.csv", "員工編號") where row["離職日期"] == nil {
      add("people", 1)
      add(row["性別"] == "男" ? "men" : "women", 1)
      add(row["僱傭類型"] == "正式員工" ? "regular" : "other type", 1)
      levels[row["員工編號"] ?? ""] = row["管理層級"] == "管理層" ? "managers" : "others"
    }
    for row in try elements("roster-overseas.xml", "worker") where row["left"] == nil {
      add("people", 1)
      add(row["gender"] == "M" ? "men" : "women", 1)
      add(row["type"] == "regular" ? "regular" : "other type", 1)
      levels[row["employee"] ?? ""] = row["level"] == "management" ? "managers" : "others"
    }
    add("managers", levels.values.count { $0 == "managers" })
    for half in 1...2 {
      for row in try rows("leavers-2021-h\(half).csv", "工号")
      where row["用工类型"] == "正式" && row["离职原因"] != "其他" { add("leavers", 1) }
    }
    add("leavers", try elements("leavers-overseas-2021.xml", "exit").count)
    var trained: Set<String> = []
    for name in ["training-online-2021.csv", "training-classroom-2021.csv"] {
      for row in try rows(name, "工号") {
        guard let level = levels[row["工号"] ?? ""], row["培训时数"] != "0" else { continue }
        if trained.insert(row["工号"] ?? "").inserted { add("trained " + level, 1) }
        add("half hours " + level, milli(row["培训时数"]) / 500)
      }
    }
  }

  private mutating func addOthers() throws {
    for row in try rows("injuries-2021.fods", "案件編號") where row["認定結果"] == "認定" {
      add("injuries", 1)
      add("lost days", milli(row["損失工作日"]))
    }
    for row in try elements("working-hours-2021.xml", "t:Month") {
      add("hours", milli(row["Hours"]))
    }
    for name in ["suppliers-mainland-1.csv", "suppliers-mainland-2.csv"] {
      for row in try rows(name, "供应商编号") where row["最近订单日期"]?.hasPrefix("2021") == true {
        add("suppliers mainland", 1)
      }
    }
    for row in try rows("suppliers-hong-kong.csv", "供應商編號")
    where row["最近訂單日期"]?.hasPrefix("2021") == true { add("suppliers hong kong", 1) }
    for row in try rows("suppliers-overseas.csv", "Vendor no")
    where row["Last order date"]?.hasPrefix("2021") == true { add("suppliers other", 1) }
    for name in ["complaints-games-2021.csv", "complaints-other-2021.csv"] {
      for row in try rows(name, "日期") { add(row["業務類別"] ?? "", milli(row["宗數"])) }
    }
    for row in try elements("cloud-tickets-2021.xml", "Entry")
    where row["Accepted"]?.hasPrefix("2021") == true { add("cloud", 1) }
    for row in try rows("legal-cases.fods", "案号")
    where row["案件类型"] == "贪腐" && row["审结日期"]?.hasPrefix("2021") == true { add("cases", 1) }
    for row in try rows("donations-2021.xlsx", "憑證號") {
      let amount = milli(row["金額"], row["單位"] == "萬元" ? 4 : 0)
      add(row["受贈方"]?.contains("香港") == true ? "to hong kong" : "to mainland", amount)
    }
    for row in try rows("social-programmes-2021.csv", "凭证号") { add("spent", milli(row["金额"])) }
  }
}
