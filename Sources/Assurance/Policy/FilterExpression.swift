/// A policy's filter: a SQL expression over a dataset's fields, checked when the policy loads.
///
/// It may name fields, `register.field` for registers that a field of the dataset names, text and
/// number functions, and days of the period as `{first}`, `{last}`, `{last-30y}`, `{first+1m}`.
/// Anything that could reach outside the record is refused here and once more by the store's
/// authorizer. Decimals compare as numbers.
package struct FilterExpression: Sendable {
  enum Piece: Sendable {
    case text(String)
    case field(register: String?, name: String, isDecimal: Bool)
    case day(PeriodDay)
  }

  let pieces: [Piece]
  /// Registers that must be joined.
  package let registers: Set<String>
  /// Choice words that the filter compares a field with, by `field` or `register.field`.
  let choices: [String: Set<String>]

  /// SQL in which the dataset is `record` and each register goes by its name.
  package func sql(in period: Period) -> String {
    var sql = ""
    for piece in pieces {
      if let last = sql.last, last != "(", last != " " { sql += " " }
      switch piece {
      case .text(let text): sql += text
      case .field(let register, let name, let isDecimal):
        let column = register.map { "\"\($0)\"" } ?? "record"
        sql += isDecimal ? "CAST(\(column).\"\(name)\" AS NUMERIC)" : "\(column).\"\(name)\""
      case .day(let day): sql += "'\(day.day(in: period))'"
      }
    }
    return sql
  }
}

/// A day counted from the first or the last day of the period.
struct PeriodDay: Sendable {
  let isFirst: Bool
  let count: Int
  /// `d`, `m` or `y`.
  let unit: Character

  /// Parses `first`, `last-30y`, `first+12m`; nil for anything else.
  init?(_ text: String) {
    let isFirst = text.hasPrefix("first")
    guard isFirst || text.hasPrefix("last") else { return nil }
    self.isFirst = isFirst
    let rest = text.dropFirst(isFirst ? 5 : 4)
    guard let sign = rest.first else {
      count = 0
      unit = "d"
      return
    }
    guard sign == "+" || sign == "-", let unit = rest.last, "dmy".contains(unit),
      let count = Int(digits: rest.dropFirst().dropLast().utf8)
    else { return nil }
    self.unit = unit
    self.count = sign == "-" ? -count : count
  }

  /// The day; the 31st of a shorter month becomes its last day.
  func day(in period: Period) -> Day {
    let base = isFirst ? period.first : period.last
    guard unit != "d" else { return base.adding(days: count) }
    let (year, month, day) = base.civil
    let months = year * 12 + month - 1 + (unit == "y" ? 12 * count : count)
    let target = Month(year: months / 12, month: months % 12 + 1)
    return target.first.adding(days: min(day, target.days) - 1)
  }
}
