/// A column of a table: its header in the file, and the policy's field that it feeds.
struct Column {
  var header: String
  var field: String

  init(_ header: String, _ field: String) {
    self.header = header
    self.field = field
  }
}

extension Sheet {
  init(_ name: String, _ titles: [String], _ columns: [Column], _ rows: [SheetRow]) {
    self.init(
      name: name, titles: [Notice.text] + titles, header: columns.map(\.header),
      fields: columns.map(\.field), rows: rows)
  }
}

extension Date {
  /// The day so many days after 1 January 2021, which may lie before it.
  static func ofYear(_ offset: Int) -> Date {
    var (year, rest) = (2021, offset)
    while rest < 0 {
      year -= 1
      rest += days(year, 2) + 337
    }
    while rest >= days(year, 2) + 337 {
      rest -= days(year, 2) + 337
      year += 1
    }
    var month = 1
    while rest >= days(year, month) {
      rest -= days(year, month)
      month += 1
    }
    return Date(year: year, month: month, day: rest + 1)
  }

  /// The nearest day of the calendar in another year.
  func inYear(_ year: Int) -> Date {
    Date(year: year, month: month, day: min(day, Date.days(year, month)))
  }
}

extension Cell {
  static func number(_ value: Int, scale: Int = 0) -> Cell {
    .number(Amount.text(value, scale: scale))
  }
  static func month(_ month: Int) -> Cell { .text(Date.first(2021, month).monthText) }

  func isDay(_ day: Date) -> Bool {
    if case .date(let date) = self { date == day } else { false }
  }
}

/// A name with a number of so many digits: `E-0042`.
func tag(_ prefix: String, _ number: Int, _ digits: Int) -> String {
  let text = String(number)
  return prefix + String(repeating: "0", count: max(0, digits - text.count)) + text
}
