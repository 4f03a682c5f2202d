import Exact

/// Every printed figure that relations can name, and the report's own lines where they are at hand.
package struct FigureBook: Sendable {
  private var figures: [String: PrintedFigure] = [:]
  /// Lines of the report's text; empty if it is not at hand.
  package var lines: [String] = []
  /// Ratio to the figure whose units it is a share of; from `bases.csv`.
  package var bases: [String: String] = [:]

  /// The year of figures that are named without one.
  private let year: Int

  package init(year: Int) { self.year = year }

  /// The figure of that name; of `name@year` also where the year is the report's own.
  package subscript(name: String) -> PrintedFigure? {
    figures[name] ?? (name.hasSuffix("@\(year)") ? figures[String(name.dropLast(5))] : nil)
  }
  package var names: [String] { figures.keys.sorted() }

  package mutating func add(_ figure: PrintedFigure) { figures[figure.name] = figure }

  /// The figure a share is a share of.
  ///
  /// Declared for the share itself, or for its family: then the base is the member of the base
  /// family along the same dimension, such as employees male for trained male.
  package func base(of share: PrintedFigure) -> PrintedFigure? {
    if let name = bases[share.name] { return figures[name] }
    guard let family = bases[share.family] else { return nil }
    return figures.values.first {
      $0.family == family && $0.dimension == share.dimension && $0.member == share.member
        && !$0.name.contains("@")
    }
  }
}

extension FigureBook {
  /// Adds figures of a table that holds one printed figure a row.
  ///
  /// Columns used: `id` and `value_printed` or `number_printed`; `value_base` or `value` for the
  /// number in its base unit; `unit_base` or `unit`, `decimals`, `year`, `qualifier`, `kpi`,
  /// `dimension`, `dimension_value` where they stand. Rows without a number are left out. Of years,
  /// `year` itself goes by the name alone, others by `name@year`.
  ///
  /// - Throws: `figures-header`, `figures-row` or `figures-number` with the line.
  package mutating func add(csv: String, file: String) throws(AssureError) {
    let table = try HeadedRows(csv: csv, file: file, code: "figures")
    try table.require(["id"])
    for row in table.rows {
      let name = row["id"]
      let unit = row["unit_base"].isEmpty ? row["unit"] : row["unit_base"]
      let text = row["value_base"].isEmpty ? row["value"] : row["value_base"]
      guard !text.isEmpty else { continue }
      let other = row["year"]
      let full = other.isEmpty || other == String(year) ? name : "\(name)@\(other)"
      let claim = PrintedFigure.claim(row["qualifier"])
      if unit == "date", let days = PrintedFigure.days(text) {
        add(PrintedFigure(name: full, days: days, claim: claim))
        continue
      }
      guard let value = Rational(text) else {
        if unit == "date" || row["kind"] == "date" || !row["kind"].isEmpty { continue }
        throw AssureError(
          "figures-number", place: row.place, "`\(text)` is not a number",
          remedy: "write a plain decimal")
      }
      add(
        try Self.figure(
          full, value: value, unit: unit, claim: claim, row: row, printedUnit: row["unit"]))
    }
  }

  private static func figure(
    _ name: String, value: Rational, unit: String, claim: PrintedFigure.Claim, row: HeadedRows.Row,
    printedUnit: String
  ) throws(AssureError) -> PrintedFigure {
    let printed = row["value_printed"].isEmpty ? row["number_printed"] : row["value_printed"]
    let digits = PrintedFigure.digits(printed)
    let decimals = Int(row["decimals"]) ?? digits?.decimals
    var half = Rational.zero
    var scale = Rational.one
    if let digits, let decimals {
      if !digits.number.isZero, let ratio = try? value.magnitude / digits.number { scale = ratio }
      half = scale * Self.halfUnit(decimals)
    }
    let isCount = scale == .one && (decimals ?? 0) == 0 && PrintedFigure.isCounted(unit)
    return PrintedFigure(
      name: name, value: value, halfUnit: half, isCount: isCount || digits == nil, claim: claim,
      isPercent: unit == "%", family: row["kpi"], dimension: row["dimension"],
      member: row["dimension_value"])
  }

  /// Half of ten to the power of minus `decimals`.
  static func halfUnit(_ decimals: Int) -> Rational {
    let five = "5e\(-decimals - 1)"
    return Rational(five) ?? .zero
  }

  /// Adds the printed figures of an engagement, each in its KPI's unit without a leading power of
  /// ten.
  package mutating func add(
    _ reported: [ReportedValue], kpis: [KPIDefinition]
  ) throws(AssureError) {
    for value in reported {
      guard let kpi = kpis.first(where: { $0.name == value.kpi }),
        let plain = value.unit.factor(to: kpi.unit)
      else { continue }
      // Relations are written in units without a power of ten before them: tonnes, not megatonnes.
      let factor = plain * kpi.unit.leadingPower
      let half = Self.halfUnit(value.decimals) * factor
      for name in [kpi.name] + kpi.aliases {
        add(
          PrintedFigure(
            name: name, value: Rational(value.number) * factor, halfUnit: half,
            isCount: value.decimals == 0 && factor == .one
              && PrintedFigure.isCounted(kpi.unit.code),
            isPercent: kpi.unit.code == "%", family: kpi.family, dimension: kpi.dimension,
            member: kpi.member))
      }
    }
  }

  /// Adds `ratio,base` pairs: what a share is a share of.
  package mutating func addBases(csv: String, file: String) throws(AssureError) {
    let table = try HeadedRows(csv: csv, file: file, code: "bases")
    try table.require(["ratio", "base"])
    for row in table.rows {
      guard bases.updateValue(row["base"], forKey: row["ratio"]) == nil else {
        throw AssureError(
          "bases-twice", place: row.place, "`\(row["ratio"])` has two bases", remedy: "keep one")
      }
    }
  }
}

extension Unit {
  /// Ten to the power that the code begins with, as in `10*6.t`; else one.
  fileprivate var leadingPower: Rational {
    guard code.hasPrefix("10*"), let dot = code.firstIndex(of: "."),
      let power = Rational("1e" + code[..<dot].dropFirst(3))
    else { return .one }
    return power
  }
}
