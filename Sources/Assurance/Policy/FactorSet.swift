package import Exact

/// One factor: so much of a quantity for a fuel, a gas, a region.
package struct Factor: Sendable {
  /// What it is, such as `density` or `grid-emission`.
  package let quantity: String
  /// From key column to value; columns without a value are left out.
  package let keys: [String: String]
  package let value: Rational
  package let unit: Unit
  /// Net or gross, equivalent or equal value, gas or CO2-equivalent, as text.
  package let basis: String
  package let edition: String
  /// The days for which it was published; an end that is not limited is nil.
  package let validFrom: Day?
  package let validTo: Day?
  /// Whether somebody has still to hold it against its source.
  package let isUnconfirmed: Bool
  package let source: String
  package let place: String

  func isValid(in period: Period) -> Bool {
    (validFrom.map { $0 <= period.first } ?? true) && (validTo.map { period.last <= $0 } ?? true)
  }
}

/// A file of factors of one publication or one use.
package struct FactorSet: Sendable {
  package let name: String
  package let factors: [Factor]

  package func factors(of quantity: String) -> [Factor] {
    factors.filter { $0.quantity == quantity }
  }
  package var quantities: Set<String> { Set(factors.map(\.quantity)) }
}

extension FactorSet {
  private static let columns = [
    "quantity", "value", "unit", "basis", "edition", "valid_from", "valid_to", "status", "source",
  ]

  /// Reads a set: columns above, `note`, and any others as keys.
  ///
  /// - Throws: `factors-header`, `factors-row`, `factors-value`, `factors-twice` for two factors
  ///   with the same keys, `factors-mixed` for one quantity on two bases.
  package static func read(
    csv: String, name: String, file: String
  ) throws(AssureError) -> FactorSet {
    let table = try HeadedRows(csv: csv, file: file, code: "factors")
    try table.require(columns)
    let keyColumns = table.columnNames.filter { !columns.contains($0) && $0 != "note" }
    var factors: [Factor] = []
    for row in table.rows {
      let factor = try factor(row, keyColumns)
      if let twin = factors.first(where: {
        $0.quantity == factor.quantity && $0.keys == factor.keys
      }) {
        throw AssureError(
          "factors-twice", place: row.place,
          "this is the factor of \(twin.place) once more", remedy: "keep one a set")
      }
      if let other = factors.first(where: { $0.quantity == factor.quantity }) {
        guard other.basis == factor.basis else {
          throw AssureError(
            "factors-mixed", place: row.place,
            "`\(factor.quantity)` is on the basis `\(factor.basis)` here and on `\(other.basis)` "
              + "in \(other.place)",
            remedy: "put each basis into a set of its own")
        }
        guard other.unit.dimensions == factor.unit.dimensions else {
          throw AssureError(
            "factors-value", place: row.place,
            "`\(factor.quantity)` is in \(factor.unit.code) here and in \(other.unit.code) before",
            remedy: "write one quantity in units of one kind")
        }
      }
      factors.append(factor)
    }
    return FactorSet(name: name, factors: factors)
  }

  private static func factor(
    _ row: HeadedRows.Row, _ keyColumns: [String]
  ) throws(AssureError) -> Factor {
    func wrong(_ column: String, _ what: String) -> AssureError {
      AssureError(
        "factors-value", place: row.place, "the \(column) `\(row[column])` is not \(what)",
        remedy: "write \(what)")
    }
    func day(_ column: String) throws(AssureError) -> Day? {
      if row[column].isEmpty { return nil }
      guard let day = Day(row[column]) else { throw wrong(column, "a day as YYYY-MM-DD") }
      return day
    }
    guard let value = Rational(row["value"]) else { throw wrong("value", "an exact number") }
    guard let unit = Unit(row["unit"]) else { throw wrong("unit", "a unit code") }
    guard ["found", "to-be-confirmed"].contains(row["status"]) else {
      throw wrong("status", "found or to-be-confirmed")
    }
    for column in ["quantity", "basis", "edition", "source"] where row[column].isEmpty {
      throw wrong(column, "a text")
    }
    var keys: [String: String] = [:]
    for column in keyColumns where !row[column].isEmpty { keys[column] = row[column] }
    return Factor(
      quantity: row["quantity"], keys: keys, value: value, unit: unit, basis: row["basis"],
      edition: row["edition"], validFrom: try day("valid_from"), validTo: try day("valid_to"),
      isUnconfirmed: row["status"] == "to-be-confirmed", source: row["source"], place: row.place)
  }
}

/// A factor's part in a measure.
package struct FactorUse: Sendable {
  package let set: String
  package let quantity: String
  /// From key column to what it is looked up by.
  package let keys: [String: Key]
  /// The edition that the criteria name; nil if they name none.
  package let edition: String?

  package enum Key: Sendable, Hashable {
    /// A field, or `register.field`.
    case field(String)
    /// The same value for every record.
    case literal(String)
  }
}

extension FactorUse {
  /// Reads `{set: …, quantity: …, by: {fuel: fuel, gas: "=ch4"}, edition: …}`.
  static func read(_ node: PolicyNode) throws(AssureError) -> FactorUse {
    var keys: [String: Key] = [:]
    if let by = try node.optional("by") {
      for (key, value) in try by.entries() {
        let text = try value.text()
        keys[key] = text.hasPrefix("=") ? .literal(String(text.dropFirst())) : .field(text)
      }
    }
    let use = FactorUse(
      set: try node.required("set").text(), quantity: try node.required("quantity").text(),
      keys: keys, edition: try node.optional("edition")?.text())
    try node.finish()
    return use
  }
}
