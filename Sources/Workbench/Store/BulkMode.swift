import GRDB
import GRDBSQLite

/// How the store is set up while a million rows come in.
///
/// With a rollback journal a new page is written once, with a write-ahead log twice; both survive a
/// crash. References are not searched for every row, since ``StoreSink`` gives the numbers itself
/// and checks at the end that each was used. Sorting may use a second thread.
enum BulkMode {
  static func begin(_ db: Database) throws {
    try db.execute(sql: "PRAGMA foreign_keys=OFF; PRAGMA threads=1")
    // Refused while another program has the store open: then the log does as well.
    sqlite3_busy_timeout(db.sqliteConnection, 0)
    _ = try? String.fetchOne(db, sql: "PRAGMA journal_mode=DELETE")
    sqlite3_busy_timeout(db.sqliteConnection, 10_000)
  }

  static func end(_ db: Database) {
    sqlite3_busy_timeout(db.sqliteConnection, 0)
    _ = try? String.fetchOne(db, sql: "PRAGMA journal_mode=WAL")
    sqlite3_busy_timeout(db.sqliteConnection, 10_000)
    try? db.execute(sql: "PRAGMA foreign_keys=ON; PRAGMA threads=0")
  }
}
