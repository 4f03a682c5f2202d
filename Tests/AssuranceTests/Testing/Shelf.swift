import Exact
import Testing

@testable import Assurance

/// Datasets in text, for tests that need more than meters: a definition and its rows.
///
/// A row has its values in the order of the fields, separated by `|`; `-` is no value. A record is
/// counted unless its row ends in `|out`.
struct Shelf {
  /// Name, then the key, then fields as YAML flow mappings.
  var datasets: [(name: String, key: String, fields: [String], rows: [String])] = []
  var measure = "{count: [{dataset: employee, valid: {from: joined, to: left}}]}"
  var unit = "\"{person}\""
  /// Dataset to its roles, as a YAML flow mapping.
  var roles: [String: String] = [:]

  func find(_ test: String) throws -> [Exception] {
    let context = try context(test)
    return try #require(context.kpi.tests.first).run(context)
  }

  func problem(_ test: String) throws -> String? {
    let context = try context(test)
    let view = PolicyView(
      datasets: context.datasets.values.map(\.definition), measure: context.kpi.measure)
    return try #require(context.kpi.tests.first).problem(in: view)
  }

  func context(_ test: String) throws -> TestContext {
    let kpi = try KPIDefinition.read(
      PolicyNode.parse(
        """
        kpi: made
        title: {en: Made}
        unit: \(unit)
        decimals: 0
        kind: flow
        status: assured
        measure: \(measure)
        tests:
          - {\(test)}
        """, file: "k.yaml"))
    var all: [String: DatasetRecords] = [:]
    for (name, key, fields, rows) in datasets {
      let definition = try DatasetDefinition.read(
        PolicyNode.parse(
          "dataset: \(name)\ntitle: \(name)\nkey: [\(key)]\nfields:\n"
            + fields.map { "  - {\($0)}\n" }.joined()
            + (roles[name].map { "roles: \($0)\n" } ?? ""), file: "d.yaml"))
      let measured = kpi.measure.terms.first { $0.dataset == name }
      let records = try rows.enumerated().map { try record($1, row: $0 + 2, definition) }
      let counted = rows.map { measured != nil && !$0.hasSuffix("|out") }
      all[name] = DatasetRecords(
        definition: definition, records: records, isInPopulation: counted, passesFilter: counted,
        summedField: measured?.field)
    }
    let period = try #require(Period(Day(number: 18628), Day(number: 18992)))
    return TestContext(kpi: kpi, period: period, datasets: all)
  }

  private func record(
    _ line: String, row: Int, _ definition: DatasetDefinition
  ) throws -> Record {
    let words = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    let values = try zip(definition.fields, words).map { field, text -> FieldValue? in
      guard text != "-" else { return nil }
      let value: FieldValue = try #require(FieldValue(canonical: text, type: field.type))
      return value
    }
    let columns = Dictionary(
      uniqueKeysWithValues: definition.fields.enumerated().map {
        ($0.element.name, SourceTable.Column.number($0.offset + 1))
      })
    let table = SourceTable(
      file: "\(definition.name).csv", source: String(repeating: "a", count: 64), name: "t",
      columns: columns, isRecordPath: false)
    return Record(
      dataset: definition.name,
      key: Record.key(
        definition.key.map { name in
          definition.index(of: name).flatMap { values[$0]?.canonical } ?? ""
        }),
      values: values, source: RecordSource(table: table, row: row, line: row))
  }

  /// A roster, and who left.
  static func roster(_ people: [String], left events: [String]) -> Shelf {
    Shelf(datasets: [
      (
        "employee", "employee",
        [
          "name: employee, type: text, required: yes, aliases: [e]",
          "name: type, type: choice, aliases: [t], choices: {regular: [r], intern: [i]}",
          "name: joined, type: date, aliases: [j]", "name: left, type: date, aliases: [l]",
        ], people
      ),
      (
        "leaver", "employee",
        [
          "name: employee, type: text, required: yes, aliases: [e]",
          "name: left, type: date, required: yes, aliases: [l]",
        ], events
      ),
    ])
  }
}
