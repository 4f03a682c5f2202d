/// A printed figure that faults are planted under: its name, its unit, and how many decimals of
/// that unit the small unit of the records is.
struct Figure {
  var kpi: String
  var unit: String
  var scale: Int

  static let scope1 = Figure(kpi: "ghg-scope-1", unit: "10*6.t{CO2e}", scale: 10)
  static let scope2 = Figure(kpi: "ghg-scope-2", unit: "10*6.t{CO2e}", scale: 13)
  static let electricity = Figure(
    kpi: "energy-indirect-purchased-electricity", unit: "MW.h", scale: 3)
  static let petrol = Figure(kpi: "gasoline", unit: "L", scale: 2)
  static let diesel = Figure(kpi: "diesel", unit: "L", scale: 0)
  static let gas = Figure(kpi: "natural-gas", unit: "m3", scale: 0)
  static let methane = Figure(kpi: "direct-emissions-ch4", unit: "t", scale: 4)
  static let scope3 = Figure(kpi: "ghg-scope-3", unit: "10*6.t{CO2e}", scale: 7)
  static let hazardous = Figure(kpi: "hazardous-waste", unit: "t", scale: 3)
  static let harmless = Figure(kpi: "non-hazardous-waste", unit: "t", scale: 3)
  static let green = Figure(kpi: "renewable-purchased", unit: "MW.h", scale: 3)
  static let sun = Figure(kpi: "renewable-self-generated", unit: "MW.h", scale: 3)
  static let centres = Figure(kpi: "data-centre-energy-facility", unit: "MW.h", scale: 3)
  static let leed = Figure(kpi: "leed-office-area", unit: "m2", scale: 0)
  static let people = Figure(kpi: "employees-total", unit: "{person}", scale: 0)
  static let leavers = Figure(kpi: "leavers-total", unit: "{person}", scale: 0)
  static let injuries = Figure(kpi: "work-injuries", unit: "{injury}", scale: 0)
  static let lostDays = Figure(kpi: "lost-days-work-injury", unit: "d", scale: 0)
  static let hours = Figure(kpi: "hours-worked", unit: "h", scale: 0)
  static let training = Figure(kpi: "training-hours-all", unit: "h", scale: 1)
  static let suppliers = Figure(kpi: "suppliers-mainland-china", unit: "{supplier}", scale: 0)
  static let complaints = Figure(kpi: "complaints-internet-total", unit: "{complaint}", scale: 0)
  static let cloud = Figure(kpi: "complaints-tencent-cloud", unit: "{complaint}", scale: 0)
  static let cases = Figure(kpi: "corruption-cases-concluded", unit: "{case}", scale: 0)
  static let gifts = Figure(kpi: "foundation-donation-mainland", unit: "10*8.CNY", scale: 8)
  static let spending = Figure(kpi: "social-value-expenditure", unit: "10*8.CNY", scale: 10)
}

/// The faulty twin: the clean report with faults put in, and the list of them.
///
/// A row is found by its handle in a file; its cells are changed as they stand there, in the file's
/// own words and units, so that a fault is what a preparer could have written.
struct Twin {
  private(set) var report: Report
  private(set) var planted: [Planted] = []
  private(set) var changed: Set<String> = []

  static func make(from clean: Report) -> Twin {
    var twin = Twin(report: clean)
    twin.plantElectricityAmounts()
    twin.plantElectricityPeriods()
    twin.plantElectricityCopies()
    twin.plantElectricityForms()
    twin.plantElectricityPatterns()
    twin.plantPetrol()
    twin.plantDiesel()
    twin.plantGas()
    twin.plantEmissions()
    twin.plantWaste()
    twin.plantRenewables()
    twin.plantCentres()
    twin.plantRoster()
    twin.plantLeavers()
    twin.plantTraining()
    twin.plantSafety()
    twin.plantSuppliers()
    twin.plantComplaints()
    twin.plantCases()
    twin.plantGiving()
    twin.plantFactors()
    twin.plantEntities()
    twin.plantNearMisses()
    return twin
  }

  /// Notes a fault; ids are given in the order of planting.
  mutating func fault(
    _ figure: Figure, _ code: String, _ handles: [String], _ field: String?, _ fault: String,
    effect: Planted.Effect = .unquantified, truth: Int = 0, truthScale: Int? = nil,
    also: String = "", note: String = ""
  ) {
    let number = planted.count { $0.code != "none" } + 1
    planted.append(
      Planted(
        id: tag("F", number, 3), handles: handles, field: field, fault: fault, code: code,
        effect: effect, truth: truth, also: also, note: note, kpi: figure.kpi, unit: figure.unit,
        scale: truthScale ?? figure.scale))
  }

  mutating func nearMiss(
    _ figure: Figure, _ handles: [String], _ field: String?, _ what: String
  ) {
    let number = planted.count { $0.code == "none" } + 1
    planted.append(
      Planted(
        id: tag("N", number, 3), handles: handles, field: field, fault: what, code: "none",
        effect: .none, kpi: figure.kpi, unit: figure.unit, scale: figure.scale))
  }

  // MARK: Rows

  private func place(_ handle: String, _ file: String) -> (file: Int, sheet: Int, row: Int) {
    for f in report.files.indices where report.files[f].name == file {
      for s in report.files[f].sheets.indices {
        if let row = report.files[f].sheets[s].rows.firstIndex(where: { $0.handle == handle }) {
          return (f, s, row)
        }
      }
    }
    preconditionFailure("no row \(handle) in \(file)")
  }

  private func column(_ field: String, _ sheet: Sheet) -> Int {
    guard let column = sheet.fields.firstIndex(of: field) else {
      preconditionFailure("no column \(field) in \(sheet.name)")
    }
    return column
  }

  func cell(_ handle: String, _ file: String, _ field: String) -> Cell {
    let at = place(handle, file)
    let sheet = report.files[at.file].sheets[at.sheet]
    return sheet.rows[at.row].cells[column(field, sheet)]
  }

  /// The digits of a number without its point.
  func digits(_ handle: String, _ file: String, _ field: String, scale: Int) -> Int {
    guard case .number(let text) = cell(handle, file, field) else {
      preconditionFailure("no number in \(handle)")
    }
    let parts = text.split(separator: ".")
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    precondition(fraction.count <= scale, "more decimals than \(scale) in \(handle)")
    let zeros = String(repeating: "0", count: scale - fraction.count)
    return Int("\(parts[0])\(fraction)\(zeros)") ?? 0
  }

  mutating func set(_ handle: String, _ file: String, _ values: [String: Cell]) {
    let at = place(handle, file)
    let sheet = report.files[at.file].sheets[at.sheet]
    for (field, value) in values {
      let column = column(field, sheet)
      report.files[at.file].sheets[at.sheet].rows[at.row].cells[column] = value
    }
    changed.insert(file)
  }

  mutating func hide(_ handle: String, _ file: String) {
    let at = place(handle, file)
    report.files[at.file].sheets[at.sheet].rows[at.row].isHidden = true
    changed.insert(file)
  }

  /// A changed copy right after the row.
  mutating func copy(
    _ handle: String, _ file: String, as name: String, _ values: [String: Cell] = [:]
  ) {
    let at = place(handle, file)
    var row = report.files[at.file].sheets[at.sheet].rows[at.row]
    row.handle = name
    report.files[at.file].sheets[at.sheet].rows.insert(row, at: at.row + 1)
    set(name, file, values)
  }

  mutating func remove(_ handle: String, _ file: String) {
    let at = place(handle, file)
    report.files[at.file].sheets[at.sheet].rows.remove(at: at.row)
    changed.insert(file)
  }

  mutating func setTotal(_ handle: String, _ file: String, _ field: String, _ value: Cell) {
    for f in report.files.indices where report.files[f].name == file {
      for s in report.files[f].sheets.indices {
        let sheet = report.files[f].sheets[s]
        guard sheet.totals?.handle == handle else { continue }
        let column = column(field, sheet)
        report.files[f].sheets[s].totals?.cells[column] = value
      }
    }
    changed.insert(file)
  }

  func rows(_ file: String) -> [SheetRow] {
    report.files.first { $0.name == file }?.sheets.flatMap(\.rows) ?? []
  }

  /// The files that differ from the clean set, and the list of what was planted.
  var contents: [(name: String, bytes: [UInt8])] {
    report.files.filter { changed.contains($0.name) }.map { ($0.name, $0.bytes) }
  }

  /// The list as delimited text; a handle is looked for in all files.
  var list: String {
    var places: [String: Placement] = [:]
    let names = Set(planted.flatMap(\.handles))
    for file in report.files {
      places.merge(file.places(of: names)) { _, last in last }
    }
    var lines = [
      "# " + Notice.text,
      "id,file,table,place,fault,code,kpi,effect,unit,note,truth,also",
    ]
    for item in planted {
      let here = item.handles.compactMap { places[$0] }
      precondition(here.count == item.handles.count, "no place for \(item.handles)")
      let files = Set(here.map(\.file)).sorted()
      precondition(files.count == 1, "several files for \(item.id)")
      let fields = [
        item.id, here[0].file, here[0].table,
        here.map { $0.text(item.field) }.joined(separator: " "),
        item.fault, item.code, item.kpi, item.effect.text, item.unit, item.note,
        Amount.text(item.truth, scale: item.scale), item.also,
      ]
      lines.append(fields.map(Delimited.quoted).joined(separator: ","))
    }
    lines += Statements.planted.map { $0.map(Delimited.quoted).joined(separator: ",") }
    return lines.joined(separator: "\n") + "\n"
  }
}
