import Exact
import Testing

@testable import Assurance

/// A small engagement in text, for tests: a register, meter readings and bills of 2021.
///
/// Lines, with optional words at the end:
///   sites     `S1 2015-01-01 -` then `out` for a site outside the boundary
///   readings  `S1 M1 2021-03 100` then `est`, `sub`, `main`, `under=M0`, `file=b`
///   bills     `B7 S2 2021-03-01..2021-03-31 100` then `est`, `file=b`
/// The filter takes in every site of the boundary and every meter not called `sub`; a reading
/// counts by its month, a bill by its last day.
struct World {
  var sites = ["S1 2015-01-01 -", "S2 2015-01-01 -", "S3 2015-01-01 -"]
  var readings: [String] = []
  var bills: [String] = []
  var period = Period(Day(number: 18628), Day(number: 18992))  // 2021

  /// A year of readings of one meter, from January on.
  static func year(_ meter: String, _ values: [String]) -> [String] {
    values.enumerated().map { index, value in
      "\(meter) 2021-\(index < 9 ? "0" : "")\(index + 1) \(value)"
    }
  }

  /// Twelve months that differ as real ones do.
  static func steady(_ meter: String) -> [String] {
    year(
      meter, "100 104 98 101 110 112 108 99 97 103 105 102".split(separator: " ").map(String.init))
  }

  /// Reads the test from YAML and runs it.
  func find(_ test: String) throws -> [Exception] {
    let context = try context(test)
    return try #require(context.kpi.tests.first).run(context)
  }

  func context(_ test: String) throws -> TestContext {
    let period = try #require(period)
    let definitions = try Self.definitions()
    let kpi = try KPIDefinition.read(
      PolicyNode.parse(Self.kpi.replacing("TESTS", with: test), file: "kpi.yaml"))
    let inside = sites.filter { !$0.hasSuffix(" out") }.map { $0.words[0] }
    var datasets: [String: DatasetRecords] = [:]
    for definition in definitions {
      let records = try lines(definition.name).enumerated().map { row, line in
        try record(line, row: row + 2, definition)
      }.sorted { a, b in
        (a.key, a.source.table.source, a.source.row) < (b.key, b.source.table.source, b.source.row)
      }
      let passes = records.map { record in
        guard definition.name != "site", let site = record.values.first??.canonical else {
          return false
        }
        let tier = definition.index(of: .tier).flatMap { record.values[$0]?.canonical }
        return inside.contains(site) && tier != "sub"
      }
      let isCounted = zip(records, passes).map { record, passes in
        guard passes else { return false }
        switch definition.index(of: .month).flatMap({ record.values[$0] })
          ?? definition.index(of: .end).flatMap({ record.values[$0] })
        {
        case .month(let month): return period.contains(Period(month))
        case .day(let day): return period.contains(day)
        default: return false
        }
      }
      datasets[definition.name] = DatasetRecords(
        definition: definition, records: records, isInPopulation: isCounted, passesFilter: passes,
        summedField: definition.name == "site" ? nil : "volume")
    }
    return TestContext(
      kpi: kpi, period: period, datasets: datasets, sitesInBoundary: Set(inside))
  }

  private func lines(_ dataset: String) -> [String] {
    switch dataset {
    case "site": sites
    case "reading": readings
    default: bills
    }
  }

  private func record(
    _ line: String, row: Int, _ definition: DatasetDefinition
  ) throws -> Record {
    var words = line.words
    func take(_ word: String) -> Bool {
      guard let index = words.firstIndex(of: word) else { return false }
      words.remove(at: index)
      return true
    }
    func take(prefix: String) -> String? {
      guard let index = words.firstIndex(where: { $0.hasPrefix(prefix) }) else { return nil }
      return String(words.remove(at: index).dropFirst(prefix.count))
    }
    let file = take(prefix: "file=") ?? "a"
    let under = take(prefix: "under=")
    let status = take("est") ? "estimated" : "actual"
    let tier = take("sub") ? "sub" : take("main") ? "main" : nil
    var values: [String: String] = [:]
    switch definition.name {
    case "site":
      values = ["site": words[0], "opened": words[1], "closed": words[2]]
    case "reading":
      values = [
        "site": words[0], "meter": words[1], "month": words[2], "volume": words[3],
        "status": status, "parent": under ?? "-", "tier": tier ?? "-",
      ]
    default:
      let days = words[2].split(separator: ".").map(String.init)
      values = [
        "bill": words[0], "site": words[1], "start": days[0], "end": days[1],
        "volume": words[3], "status": status,
      ]
    }
    let typed = try definition.fields.map { field -> FieldValue? in
      guard let text = values[field.name], text != "-" else { return nil }
      let value: FieldValue = try #require(FieldValue(canonical: text, type: field.type))
      return value
    }
    let key = Record.key(definition.key.map { values[$0] ?? "" })
    let table = SourceTable(
      file: "\(file).csv", source: String(repeating: file, count: 64), name: definition.name,
      columns: ["volume": .number(4)], isRecordPath: false)
    return Record(
      dataset: definition.name, key: key, values: typed,
      source: RecordSource(table: table, row: row, line: row))
  }

  static func definitions() throws -> [DatasetDefinition] {
    try [site, reading, bill].map {
      try DatasetDefinition.read(PolicyNode.parse($0, file: "d.yaml"))
    }
  }

  static let site = """
    dataset: site
    title: Sites
    key: [site]
    fields:
      - {name: site, type: text, required: yes, aliases: [site]}
      - {name: opened, type: date, aliases: [opened]}
      - {name: closed, type: date, aliases: [closed]}
    roles: {site: site, opened: opened, closed: closed}
    """
  static let reading = """
    dataset: reading
    title: Meter readings
    key: [site, meter, month]
    fields:
      - {name: site, type: text, required: yes, aliases: [site]}
      - {name: meter, type: text, required: yes, aliases: [meter]}
      - {name: month, type: month, required: yes, aliases: [month]}
      - {name: volume, type: decimal, unit: t, aliases: [volume]}
      - {name: status, type: choice, aliases: [status], choices: {actual: [a], estimated: [e]}}
      - {name: parent, type: text, aliases: [parent]}
      - {name: tier, type: choice, aliases: [tier], choices: {main: [m], sub: [s]}}
    roles: {site: site, meter: meter, month: month, quantity: volume, status: status,
      parent: parent, tier: tier}
    """
  static let bill = """
    dataset: bill
    title: Bills
    key: [bill]
    fields:
      - {name: site, type: text, required: yes, aliases: [site]}
      - {name: bill, type: text, required: yes, aliases: [bill]}
      - {name: start, type: date, aliases: [start]}
      - {name: end, type: date, aliases: [end]}
      - {name: volume, type: decimal, unit: t, aliases: [volume]}
      - {name: status, type: choice, aliases: [status], choices: {actual: [a], estimated: [e]}}
    roles: {site: site, document: bill, start: start, end: end, quantity: volume, status: status}
    """
  static let kpi = """
    kpi: water
    title: {en: Water}
    unit: t
    decimals: 0
    kind: flow
    status: assured
    measure:
      sum:
        - {dataset: reading, field: volume, date: month}
        - {dataset: bill, field: volume, date: end}
    tests:
      - {TESTS}
    """
}

extension String {
  var words: [String] { split(separator: " ").map(String.init) }
}

extension [Exception] {
  /// `code subject effect` of each, in order.
  var summary: [String] { map { "\($0.code) | \($0.subject) | \($0.effect.text)" } }
  var places: [[String]] { map { $0.locators.map { String($0.split(separator: "!").last ?? "") } } }
}
