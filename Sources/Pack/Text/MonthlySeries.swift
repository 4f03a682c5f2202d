import Assurance
import Exact

/// A population's totals by subject and month, found again from its records.
///
/// A workpaper has the totals by month and by subject. Which fields of a record these come from is
/// not in the pack, so it is found: the field with a month that gives the totals by month, and the
/// field that gives the totals by subject. Both must agree to the last digit, else there is none.
struct MonthlySeries {
  let months: [String]
  /// In the order of the workpaper, largest first.
  let subjects: [String]
  /// By subject, then by month; both as in the lists above.
  let totals: [[ExactDecimal]]

  init?(_ paper: Workpaper) {
    guard let items = paper.population?.items, !items.isEmpty, !paper.bySubject.isEmpty else {
      return nil
    }
    let months = paper.byMonth.map(\.month)
    let subjects = paper.bySubject.map(\.subject)
    guard let totals = Self.totals(items, paper, Self.places(months), Self.places(subjects)),
      months.indices.map({ month in Self.sum(totals.map { $0[month] }) })
        == paper.byMonth.map(\.total),
      totals.map(Self.sum) == paper.bySubject.map(\.total)
    else { return nil }
    (self.months, self.subjects, self.totals) = (months, subjects, totals)
  }

  private static func totals(
    _ items: [PopulationItem], _ paper: Workpaper, _ months: [String: Int],
    _ subjects: [String: Int]
  ) -> [[ExactDecimal]]? {
    var groups: [Substring: [PopulationItem]] = [:]
    for item in items { groups[item.key.prefix { $0 != "/" }, default: []].append(item) }
    var cells = paper.bySubject.map { _ in paper.byMonth.map { _ in ExactDecimal.zero } }
    for dataset in groups.keys.sorted() {
      guard let items = groups[dataset],
        let date = dateField(dataset, items, paper, months),
        let subject = field(items, { subjects[$0] })
      else { return nil }
      for item in items {
        guard let month = label(item, date).flatMap({ months[String($0.prefix(7))] }),
          let row = label(item, subject).flatMap({ subjects[$0] }),
          let sum = try? cells[row][month] + item.value
        else { return nil }
        cells[row][month] = sum
      }
    }
    return cells
  }

  private static func sum(_ values: [ExactDecimal]) -> ExactDecimal? {
    try? values.reduce(.zero) { try $0 + $1 }
  }

  private static func places(_ names: [String]) -> [String: Int] {
    Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
  }

  private static func label(_ item: PopulationItem, _ field: String) -> String? {
    item.labels.first { $0.field == field }?.value
  }

  /// The field that the measure names, in its words; else the first that holds months throughout.
  private static func dateField(
    _ dataset: Substring, _ items: [PopulationItem], _ paper: Workpaper, _ months: [String: Int]
  ) -> String? {
    let mark = " in \(dataset) by "
    for words in paper.kpi.measure {
      guard let range = words.firstRange(of: mark) else { continue }
      return String(words[range.upperBound...].prefix { $0 != "," })
    }
    return field(items) { months[String($0.prefix(7))] }
  }

  /// The first field whose every value has a place.
  private static func field(
    _ items: [PopulationItem], _ place: (String) -> Int?
  ) -> String? {
    items.first?.labels.map(\.field).first { field in
      items.allSatisfy { label($0, field).flatMap(place) != nil }
    }
  }
}
