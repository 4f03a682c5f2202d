package import Assurance
import Foundation
import GRDB
import Trail

/// The engagement's database and the one door through which it changes.
package final class Store: Sendable {
  package let path: String
  let queue: DatabaseQueue

  /// What salts are made from; asked for only where something is written.
  func salts() throws(AssureError) -> SaltSource {
    try SaltKey.source(folder: URL(fileURLWithPath: path).deletingLastPathComponent().path)
  }

  /// Whether the file can only be read now: on a full disk or one that may not be written.
  package let isReadOnly: Bool

  /// Opens an engagement's database, or makes one if `creating`.
  ///
  /// Where it cannot be opened for writing because the disk is full or may not be written, it is
  /// opened for reading as it was last saved, if everything is saved; ``commit(actor:at:_:)`` then
  /// refuses.
  ///
  /// - Throws: `store-missing`, `store-newer` if it was written by a later version, or
  ///   `store-unreadable` with SQLite's words.
  package init(path: String, creating: Bool = false) throws(AssureError) {
    self.path = path
    guard creating || FileManager.default.fileExists(atPath: path) else {
      throw AssureError(
        "store-missing", place: path, "the engagement has no store",
        remedy: "make one with `assure init DIR --policies SET`")
    }
    do { (queue, isReadOnly) = try Self.open(path, creating: creating) } catch {
      throw Store.explain(error, path: path)
    }
  }

  private static func open(_ path: String, creating: Bool) throws -> (DatabaseQueue, Bool) {
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let newer = try queue.read { try Schema.migrator.hasBeenSuperseded($0) }
      guard !newer else {
        throw AssureError(
          "store-newer", place: path, "a later version of assure wrote this engagement",
          remedy: "use that version or a later one")
      }
      try Schema.migrator.migrate(queue)
      return (queue, false)
    } catch {
      guard !creating, let queue = saved(path, after: error) else { throw error }
      return (queue, true)
    }
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON")
      try db.execute(sql: "PRAGMA cache_size=-8192; PRAGMA trusted_schema=OFF")
    }
    return configuration
  }

  /// The file as it lies there, if nothing of it is still in the write-ahead log.
  ///
  /// SQLite's `immutable` takes no lock and writes neither log nor index of the log
  /// (https://www.sqlite.org/uri.html, section 3.3).
  private static func saved(_ path: String, after error: any Error) -> DatabaseQueue? {
    let codes: [ResultCode] = [.SQLITE_FULL, .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_READONLY]
    guard let code = (error as? DatabaseError)?.resultCode, codes.contains(code) else { return nil }
    let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
    guard (log ?? 0) == 0 else { return nil }
    var configuration = Configuration()
    configuration.readonly = true
    guard let queue = try? DatabaseQueue(path: immutable(path), configuration: configuration),
      let isComplete = try? queue.read({ try Schema.migrator.hasCompletedMigrations($0) }),
      isComplete
    else { return nil }
    return queue
  }

  /// A path as a URI of a file that nobody changes.
  static func immutable(_ path: String) -> String {
    URL(fileURLWithPath: path).absoluteString + "?immutable=1"
  }

  /// The name under which another connection reads the same file.
  var readingName: String { isReadOnly ? Self.immutable(path) : path }

  /// What SQLite could not do, as a sentence.
  static func explain(_ error: any Error, path: String) -> AssureError {
    if let error = error as? AssureError { return error }
    guard let error = error as? DatabaseError else {
      return AssureError("store-unreadable", place: path, "\(error)", remedy: "see the words above")
    }
    switch error.resultCode {
    case .SQLITE_FULL, .SQLITE_IOERR:
      return AssureError(
        "disk-full", place: path,
        "the disk is full or failing (\(error.message ?? "")); nothing was changed",
        remedy: "make room and give the command again")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return AssureError(
        "store-busy", place: path, "another command is writing to this engagement",
        remedy: "wait for it to end and give the command again")
    default:
      return AssureError(
        "store-unreadable", place: path, "SQLite says: \(error.message ?? "\(error.resultCode)")",
        remedy: "check that the file is an engagement's store and that you may write to it")
    }
  }

  /// Writes the log back into the file and closes it.
  func close() throws(AssureError) {
    do {
      try queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
      try queue.close()
    } catch { throw Store.explain(error, path: path) }
  }

  /// Reads in one transaction.
  func read<Value>(_ body: (Database) throws -> Value) throws(AssureError) -> Value {
    do { return try queue.read(body) } catch { throw Store.explain(error, path: path) }
  }

  /// Changes the state and appends the event that says so, in one transaction: both or neither.
  ///
  /// - Parameters:
  ///   - actor: who does it.
  ///   - at: the time for the record.
  ///   - isBulk: whether so many rows may come that the store is set up for them meanwhile.
  ///   - body: makes the change and returns the event's kind and its facts.
  /// - Returns: what `body` returned beside the event.
  @discardableResult
  func commit<Value>(
    actor: String, at: String, isBulk: Bool = false,
    _ body: (Database) throws -> (event: Event, value: Value)
  ) throws(AssureError) -> Value {
    guard !isReadOnly else {
      throw AssureError(
        "disk-full", place: path,
        "the disk is full or may not be written; nothing was changed",
        remedy: "make room and give the command again")
    }
    let salts = try salts()
    do {
      return try write(isBulk: isBulk) { db in
        let marks = try StateDigest.marks(db)
        let (event, value) = try body(db)
        try PhaseGate.check(event.kind, db)
        let state = try StateDigest.added(since: marks, db)
        try TrailTables.append(event, actor: actor, at: at, state: state, salts: salts, to: db)
        return value
      }
    } catch { throw Store.explain(error, path: path) }
  }

  /// Keeps a signed head; one of that size is kept once.
  func keep(_ note: SignedNote, size: Int) throws(AssureError) {
    guard !isReadOnly else { return }
    do {
      try queue.write { db in
        try db.execute(
          sql: """
            INSERT INTO trail_checkpoint(size, note) SELECT ?1, ?2
            WHERE NOT EXISTS (SELECT 1 FROM trail_checkpoint WHERE size = ?1)
            """, arguments: [size, String(decoding: note.bytes, as: UTF8.self)])
      }
    } catch { throw Store.explain(error, path: path) }
  }

  private func write<Value>(
    isBulk: Bool, _ body: (Database) throws -> Value
  ) throws -> Value {
    guard isBulk else { return try queue.write(body) }
    return try queue.writeWithoutTransaction { db in
      try BulkMode.begin(db)
      defer { BulkMode.end(db) }
      var value: Value?
      try db.inTransaction(.immediate) {
        value = try body(db)
        return .commit
      }
      guard let value else { throw DatabaseError(message: "the transaction did not run") }
      return value
    }
  }
}

/// Something that happened: a kind in dotted words and facts that a reader can fold.
struct Event {
  /// Such as `source.received`.
  var kind: String
  var facts: CanonicalJSON.Object

  init(_ kind: String, _ facts: CanonicalJSON.Object) {
    self.kind = kind
    self.facts = facts
  }
}
