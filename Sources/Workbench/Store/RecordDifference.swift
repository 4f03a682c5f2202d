import Assurance
import GRDB

/// A record that a re-delivery added, removed or changed.
package struct RecordChange: Sendable {
  package enum Kind: String, Sendable { case added, removed, changed }

  /// A field with its value and place in both versions; nil where there was no value.
  package struct Field: Sendable {
    package let name: String
    package let old: String?
    package let new: String?
    package let oldPlace: String
    package let newPlace: String
  }

  package let dataset: String
  /// The business key.
  package let key: String
  package let kind: Kind
  /// The row in the replaced version; nil for an added record.
  package let oldPlace: String?
  /// The row in the new version; nil for a removed record.
  package let newPlace: String?
  /// What differs; empty unless the record changed.
  package let fields: [Field]
}

/// Two versions of a dataset's records, set against each other by business key.
///
/// Records that share a key are told apart by their values: those that are the same in both
/// versions cancel, the rest pair in the order of their rows, and what has no partner is added or
/// removed. Reads both versions once, in the order of keys; memory does not grow with them.
struct RecordDifference {
  let dataset: String
  let old: [Int64]
  let new: [Int64]

  /// What became of all records of both versions.
  struct Counts {
    var added = 0
    var removed = 0
    var changed = 0
    var unchanged = 0
  }

  private struct Version {
    let table: Int64
    let row: Int
    let line: Int
    let values: [String?]
  }

  /// Hands over each change in the order of keys.
  func each(_ db: Database, _ body: (RecordChange) throws -> Void) throws -> Counts {
    guard !(old + new).isEmpty else { return Counts() }
    let fields = try db.columns(in: "data_" + dataset).map(\.name).filter { !$0.hasPrefix("_") }
    let tables = try SourceTables.tables(of: dataset, db)
    let columns = fields.map { ", \"\($0)\"" }.joined()
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT _key, _table, _row, _line\(columns) FROM \(DatasetTable.name(dataset))
        WHERE _table IN (\(KeyOverlap.list(old + new))) ORDER BY _key, _table, _row
        """)
    var counts = Counts()
    var group = Group(key: "", fields: fields, tables: tables, dataset: dataset)
    while let row = try rows.next() {
      let key: String = row[0]
      if key != group.key {
        try group.flush(&counts, body)
        group.key = key
      }
      let version = Version(
        table: row[1], row: row[2], line: row[3], values: fields.indices.map { row[4 + $0] })
      if old.contains(version.table) {
        group.old.append(version)
      } else {
        group.new.append(version)
      }
    }
    try group.flush(&counts, body)
    return counts
  }

  /// The records of one key.
  private struct Group {
    var key: String
    let fields: [String]
    let tables: [Int64: SourceTable]
    let dataset: String
    var old: [Version] = []
    var new: [Version] = []

    mutating func flush(_ counts: inout Counts, _ body: (RecordChange) throws -> Void) throws {
      defer { (old, new) = ([], []) }
      old.removeAll { version in
        guard let same = new.firstIndex(where: { $0.values == version.values }) else {
          return false
        }
        new.remove(at: same)
        counts.unchanged += 1
        return true
      }
      for index in 0..<max(old.count, new.count) {
        let before = index < old.count ? old[index] : nil
        let after = index < new.count ? new[index] : nil
        switch (before, after) {
        case (nil, _): counts.added += 1
        case (_, nil): counts.removed += 1
        default: counts.changed += 1
        }
        try body(change(before, after))
      }
    }

    private func change(_ before: Version?, _ after: Version?) -> RecordChange {
      var differing: [RecordChange.Field] = []
      if let before, let after {
        let (from, to) = (source(before), source(after))
        for (index, name) in fields.enumerated() where before.values[index] != after.values[index] {
          differing.append(
            RecordChange.Field(
              name: name, old: before.values[index], new: after.values[index],
              oldPlace: from?.locator(field: name).description ?? "",
              newPlace: to?.locator(field: name).description ?? ""))
        }
      }
      return RecordChange(
        dataset: dataset, key: key,
        kind: before == nil ? .added : after == nil ? .removed : .changed,
        oldPlace: before.flatMap { source($0)?.locator.description },
        newPlace: after.flatMap { source($0)?.locator.description }, fields: differing)
    }

    private func source(_ version: Version) -> RecordSource? {
      tables[version.table].map {
        RecordSource(table: $0, row: version.row, line: version.line)
      }
    }
  }
}

extension SourceTables {
  /// The tables that fed a dataset, replaced ones included, by their row in `source_table`.
  static func tables(of dataset: String, _ db: Database) throws -> [Int64: SourceTable] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT t.id, s.file, s.digest, t.name, t.columns, t.is_record_path
        FROM source_table t JOIN source s ON s.id = t.source_id WHERE t.dataset = ?
        """, arguments: [dataset])
    var tables: [Int64: SourceTable] = [:]
    for row in rows {
      tables[row[0]] = SourceTable(
        file: row[1], source: row[2], name: row[3],
        columns: try ColumnMap.decode(row[4], isRecordPath: row[5]), isRecordPath: row[5])
    }
    return tables
  }
}
