import Assurance
import Exact
import Foundation
import GRDB

/// Reads a dataset's records with what a KPI's filter and period say of each.
struct RecordQuery {
  let store: Store
  let policy: PolicySet
  /// Records read before; nil if nothing is kept.
  var shelf: RecordShelf?

  init(store: Store, policy: PolicySet, shelf: RecordShelf? = nil) {
    self.store = store
    self.policy = policy
    self.shelf = shelf
  }

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
    let kept: [RecordShelf.Kept]
    if let known = shelf?[dataset.name] {
      kept = known
    } else {
      kept = try all(of: ready)
      shelf?[dataset.name] = kept
    }
    guard term != nil else {
      return kept.map { Row(record: $0.record, passesFilter: false, isInPopulation: false) }
    }
    var standings: [Int64: (passes: Bool, isInside: Bool)] = [:]
    standings.reserveCapacity(kept.count)
    do {
      let (passes, isInside) = ready.standing(in: period)
      let sql = """
        SELECT record._id, coalesce(\(passes), 0), coalesce(\(isInside), 0)
        \(from(dataset, registers: ready.registers, replaced: ready.replaced))
        """
      try ready.connection.steps(sql, [], blame: blame) { stored in
        standings[stored.integer(0)] = (stored.integer(1) == 1, stored.integer(2) == 1)
      }
    } catch { throw Store.explain(error, path: store.path) }
    return try kept.map { (kept) throws(AssureError) in
      guard let standing = standings[kept.id] else { throw Self.damaged(store.path, dataset.name) }
      return Row(
        record: kept.record, passesFilter: standing.passes,
        isInPopulation: standing.passes && standing.isInside)
    }
  }

  /// Every record of a dataset that counts, sorted by key, then place.
  private func all(of ready: Ready) throws(AssureError) -> [RecordShelf.Kept] {
    let dataset = ready.dataset
    let fields: String = dataset.fields.map { ", record.\"\($0.name)\"" }.joined()
    // In the order of the index by key: SQLite compares bytes, as is wanted.
    let sql = """
      SELECT record._id, record._table, record._row, record._line, record._key\(fields)
      FROM \(DatasetTable.name(dataset.name)) AS record
      WHERE \(SupersessionTable.condition("record._table", without: ready.replaced))
      ORDER BY record._key
      """
    let types = dataset.fields.map(\.type)
    var all: [RecordShelf.Kept] = []
    do {
      try ready.connection.steps(sql, [], blame: "") { stored in
        guard let table = ready.tables[stored.integer(1)], let key = stored.text(4) else {
          throw Self.damaged(store.path, dataset.name)
        }
        var values = [FieldValue?](repeating: nil, count: types.count)
        for index in types.indices {
          guard let text = stored.text(5 + index) else { continue }
          guard let value = FieldValue(canonical: text, type: types[index]) else {
            throw Self.damaged(store.path, dataset.name)
          }
          values[index] = value
        }
        all.append(
          RecordShelf.Kept(
            id: stored.integer(0),
            record: Assurance.Record(
              dataset: dataset.name, key: key, values: values,
              source: RecordSource(
                table: table, row: Int(stored.integer(2)), line: Int(stored.integer(3))))))
      }
    } catch { throw Store.explain(error, path: store.path) }
    RecordShelf.sortByPlace(&all)
    return all
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
