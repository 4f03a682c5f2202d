import Assurance
import Exact
import Foundation
import GRDB

/// Reads a dataset's records with what a KPI's filter and period say of each.
struct RecordQuery {
  let store: Store
  let policy: PolicySet

  /// A record with its standing.
  struct Row {
    let record: Assurance.Record
    let passesFilter: Bool
    let isInPopulation: Bool
  }

  /// All records of a dataset, sorted by key, then place.
  ///
  /// - Parameters:
  ///   - term: the KPI's filter and date; nil marks every record as outside.
  ///   - blame: the policy's place, for what the filter does wrong.
  func rows(
    of dataset: DatasetDefinition, term: MeasureTerm?, period: Period, blame: String
  ) throws(AssureError) -> [Row] {
    guard let ready = try prepare(dataset, term: term, blame: blame) else { return [] }
    let types = dataset.fields.map(\.type)
    var rows: [Row] = []
    do {
      try ready.connection.rows(
        sql(dataset, standing: ready.standing(in: period), ready), [], blame: blame
      ) { columns in
        guard let table = columns[0].flatMap({ Int64($0) }).flatMap({ ready.tables[$0] }),
          let row = columns[1].flatMap({ Int($0) }), let line = columns[2].flatMap({ Int($0) }),
          let key = columns[3]
        else { throw Self.damaged(store.path, dataset.name) }
        let values = try types.enumerated().map { index, type in
          try columns[6 + index].map { text in
            guard let value = FieldValue(canonical: text, type: type) else {
              throw Self.damaged(store.path, dataset.name)
            }
            return value
          }
        }
        rows.append(
          Row(
            record: Assurance.Record(
              dataset: dataset.name, key: key, values: values,
              source: RecordSource(table: table, row: row, line: line)),
            passesFilter: columns[4] == "1", isInPopulation: columns[4] == "1" && columns[5] == "1")
        )
      }
    } catch { throw Store.explain(error, path: store.path) }
    return rows.sorted(by: Self.order)
  }

  /// What a statement over a dataset needs.
  struct Ready {
    let dataset: DatasetDefinition
    let term: MeasureTerm?
    /// The term's filter, checked.
    let filter: FilterExpression?
    let connection: FilterConnection
    /// The tables that fed the dataset, by their row in `source_table`.
    let tables: [Int64: SourceTable]
    /// Fields with the registers they name, of those that have records.
    let registers: [(String, String)]
    /// Tables that gave way to others.
    let replaced: [Int64]

    /// Two SQL expressions, 1, 0 or NULL each: whether the filter takes a record in, holding where
    /// SQL calls it true, as in a WHERE; and whether the record belongs to the period.
    func standing(in period: Period) -> (passes: String, isInside: String) {
      guard let term else { return ("0", "0") }
      return (
        filter.map { "(\($0.sql(in: period))) IS TRUE" } ?? "1",
        term.timing(in: period, dataset: dataset)
      )
    }
  }

  /// Checks filter and registers; nil if nothing of the dataset was ever ingested.
  func prepare(
    _ dataset: DatasetDefinition, term: MeasureTerm?, blame: String
  ) throws(AssureError) -> Ready? {
    guard try store.read({ try $0.tableExists("data_" + dataset.name) }) else { return nil }
    let registers = dataset.fields.compactMap { field in field.register.map { (field.name, $0) } }
    let present = try store.read { db in
      try registers.filter { try db.tableExists("data_" + $0.1) }
    }
    if let missing = registers.first(where: { register in !present.contains { $0 == register } }),
      term?.filter?.contains(missing.1 + ".") == true
    {
      throw AssureError(
        "no-register", place: blame,
        "the filter asks for `\(missing.1)`, of which nothing is ingested",
        remedy: "ingest the register first")
    }
    let filter = try term?.filter.map { (text) throws(AssureError) in
      try FilterExpression(text, dataset: dataset, among: policy.datasets, place: blame)
    }
    let tables = try sourceTables(of: dataset)
    let replaced = try store.read(SupersessionTable.replaced)
    let connection = try FilterConnection(
      path: store.readingName, tables: Set((present.map(\.1) + [dataset.name]).map { "data_" + $0 })
    )
    return Ready(
      dataset: dataset, term: term, filter: filter, connection: connection, tables: tables,
      registers: present, replaced: replaced)
  }

  static func damaged(_ path: String, _ dataset: String) -> AssureError {
    AssureError(
      "store-damaged", place: path, "a stored record of `\(dataset)` is not as it was written",
      remedy: "restore the store from a copy")
  }

  private static func order(_ a: Row, _ b: Row) -> Bool {
    if a.record.key != b.record.key {
      return a.record.key.utf8.lexicographicallyPrecedes(b.record.key.utf8)
    }
    let (x, y) = (a.record.source, b.record.source)
    if x.table.source != y.table.source { return x.table.source < y.table.source }
    if x.table.name != y.table.name {
      return x.table.name.utf8.lexicographicallyPrecedes(y.table.name.utf8)
    }
    return x.row < y.row
  }

  /// A dataset's table with its decimals as numbers, so that a filter compares them as such; the
  /// texts that are read stand beside as `_text_…`.
  private func typed(_ dataset: DatasetDefinition, withTexts: Bool) -> String {
    // The types are said: GRDB's SQL is a text literal too, and would be taken.
    let columns: String = dataset.fields.map { field -> String in
      let value: String =
        field.type == .decimal
        ? "CAST(\"\(field.name)\" AS NUMERIC) AS \"\(field.name)\"" : "\"\(field.name)\""
      return ", \(value)" + (withTexts ? ", \"\(field.name)\" AS \"_text_\(field.name)\"" : "")
    }.joined()
    let place = withTexts ? "_id, _table, _row, _line, _key" : "_id, _key"
    return "(SELECT \(place)\(columns) FROM \(DatasetTable.name(dataset.name)))"
  }

  /// `record` is the dataset; each register goes by its own name and gives its latest row a key.
  private func sql(
    _ dataset: DatasetDefinition, standing: (passes: String, isInside: String), _ ready: Ready
  ) -> String {
    let fields: String = dataset.fields.map { ", record.\"_text_\($0.name)\"" }.joined()
    return """
      SELECT record._table, record._row, record._line, record._key,
        coalesce(\(standing.passes), 0), coalesce(\(standing.isInside), 0)\(fields)
      \(from(dataset, registers: ready.registers, replaced: ready.replaced))
      """
  }

  /// The records that count, as `record`, with their registers.
  ///
  /// - Parameter isOne: whether one record is asked for, so that looking its registers up beats
  ///   gathering them.
  func from(
    _ dataset: DatasetDefinition, registers: [(String, String)], replaced: [Int64],
    isOne: Bool = false
  ) -> String {
    let counts = SupersessionTable.condition("_table", without: replaced)
    // The latest row of each key is looked up once for the statement, not once for each record.
    let joins = registers.map { field, register -> String in
      let table = DatasetTable.name(register)
      let rows = policy.dataset(register).map { typed($0, withTexts: false) } ?? table
      if isOne {
        return """
           LEFT JOIN \(rows) AS "\(register)" ON "\(register)"._id =
            (SELECT max(_id) FROM \(table) AS latest
             WHERE latest._key = record."_text_\(field)" AND \(counts))
          """
      }
      return """
         LEFT JOIN (
          WITH latest AS MATERIALIZED (SELECT max(_id) AS last FROM \(table)
            WHERE \(counts) GROUP BY _key)
          SELECT rows.* FROM latest CROSS JOIN \(rows) AS rows ON rows._id = latest.last
         ) AS "\(register)" ON "\(register)"._key = record."_text_\(field)"
        """
    }.joined()
    return """
      FROM \(typed(dataset, withTexts: true)) AS record\(joins)
      WHERE \(SupersessionTable.condition("record._table", without: replaced))
      """
  }

  /// The tables that fed a dataset, by their row in `source_table`.
  private func sourceTables(of dataset: DatasetDefinition) throws(AssureError) -> [Int64:
    SourceTable]
  {
    try store.read { db in
      let rows = try Row_.fetchAll(
        db,
        sql: """
          SELECT t.id, s.file, s.digest, t.name, t.columns, t.is_record_path, t.definition
          FROM source_table t JOIN source s ON s.id = t.source_id WHERE t.dataset = ?
          """, arguments: [dataset.name])
      var tables: [Int64: SourceTable] = [:]
      for row in rows {
        try StoredDefinition.requireSame(row[6], dataset, file: row[1])
        tables[row[0]] = SourceTable(
          file: row[1], source: row[2], name: row[3],
          columns: try ColumnMap.decode(row[4], isRecordPath: row[5]), isRecordPath: row[5])
      }
      return tables
    }
  }

  /// Keys of a register's records for which the policy's boundary filter holds.
  func sitesInBoundary() throws(AssureError) -> Set<String>? {
    guard let boundary = policy.boundary, let register = policy.dataset(boundary.register),
      let date = register.fields.first
    else { return nil }
    let term = MeasureTerm(
      dataset: register.name, field: nil, date: date.name, filter: boundary.filter)
    guard let period = Period(Day(number: 0), Day(number: 0)) else { return nil }
    let rows = try rows(of: register, term: term, period: period, blame: "policy.yaml (boundary)")
    return Set(rows.filter(\.passesFilter).map(\.record.key))
  }
}

/// GRDB's row; ``RecordQuery/Row`` has the plain name here.
private typealias Row_ = GRDB.Row

/// From fields to columns, as stored text: `field=3` or `field=Period/Start`, a line each.
enum ColumnMap {
  static func encode(_ columns: [String: SourceTable.Column]) -> String {
    columns.sorted { $0.key < $1.key }.map { field, column in
      switch column {
      case .number(let number): "\(field)=\(number)"
      case .name(let name): "\(field)=\(name)"
      }
    }.joined(separator: "\n")
  }

  static func decode(_ text: String, isRecordPath: Bool) throws -> [String: SourceTable.Column] {
    var columns: [String: SourceTable.Column] = [:]
    for line in text.split(separator: "\n") {
      guard let mark = line.firstIndex(of: "=") else { continue }
      let field = String(line[..<mark])
      let value = String(line[line.index(after: mark)...])
      columns[field] = isRecordPath ? .name(value) : Int(value).map { .number($0) }
    }
    return columns
  }
}
