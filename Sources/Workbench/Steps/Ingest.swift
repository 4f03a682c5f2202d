package import Assurance
import Foundation
import GRDB
package import Ingest
import Trail

/// What became of one file given to `ingest`.
package struct IngestOutcome: Sendable {
  package let facts: SourceFacts
  /// Columns that feed no field, per table name.
  package let ignoredColumns: [String: [String]]
  /// Tables that feed no dataset, with the reason.
  package let ignoredTables: [IgnoredTable]
  package let notices: [Notice]
  /// Whether the same bytes were taken in before.
  package let wasKnown: Bool
  /// What gave way to it; nil if nothing did.
  package var redelivery: Redelivery?
  /// Files of other names that have at least half of its keys.
  package var shared: [SharedKeys] = []
  /// What took its place, as file and digest, for a known file that counts no more, or not whole.
  package var replacedBy: [String] = []
}

/// How far a file has been read.
package struct IngestProgress: Sendable {
  /// Its name as received.
  package let file: String
  /// Bytes, of ``total``; a format that reads a file twice begins anew.
  package let done: Int
  package let total: Int

  init(_ file: SourceFile) {
    self.file = file.name
    done = min(file.bytesRead, file.bytes)
    total = file.bytes
  }
}

extension Engagement {
  /// From this size of a file on, the store is set up for many rows: 8 MiB.
  static let bulkBytes = 8 << 20

  /// Takes a file in: keeps its bytes under their digest, reads its tables into datasets, and
  /// stores records, rejected rows and the receipt in one transaction.
  ///
  /// The file is copied and digested on one thread, parsed on a second and stored on the caller's.
  ///
  /// - Parameters:
  ///   - delivery: how it stands to files taken in before.
  ///   - progress: called now and then, on the caller's thread.
  package func ingest(
    path: String, table: String?, dataset: String?, recordPath: String?,
    options: ReadOptions = ReadOptions(), delivery: Delivery = .plain,
    bulkBytes: Int = Engagement.bulkBytes,
    progress: (IngestProgress) -> Void = { _ in }
  ) throws(AssureError) -> IngestOutcome {
    try refuseChange("source.received")
    let file = try SourceFile.open(path: path, digestingLater: true)
    if let known = try known(file) { return try again(known, table: table, delivery: delivery) }
    try requireSources(named: delivery)
    let copy = try KeptCopy(file, folder: folder + "/.assure/sources")
    do {
      return try withEffects(
        store(
          file, copy, table: table, dataset: dataset, recordPath: recordPath, options: options,
          delivery: delivery, isBulk: file.bytes >= bulkBytes, progress: progress))
    } catch {
      copy.discard()
      if copy.isNew { discardCopy(digest: file.sha256, after: error) }
      throw error
    }
  }

  private func store(
    _ file: SourceFile, _ copy: KeptCopy, table: String?, dataset: String?, recordPath: String?,
    options: ReadOptions, delivery: Delivery, isBulk: Bool, progress: (IngestProgress) -> Void
  ) throws(AssureError) -> IngestOutcome {
    let at = try Moment.now()
    let actor = actor
    let salts = try store.salts()
    return try store.commit(actor: actor, at: at, isBulk: isBulk) { db in
      var sink = try StoreSink(db: db, file: file, received: at, isBulk: isBulk)
      defer { sink.rest() }
      let receipt = try RecordReader.read(
        file, datasets: policy.datasets, table: table, dataset: dataset, recordPath: recordPath,
        options: options, into: &sink
      ) { progress(IngestProgress(file)) }
      try copy.finish()
      let digests = try sink.finish(receipt)
      guard let facts = try SourceTables.facts(digest: file.sha256, db).first else {
        throw AssureError("store-damaged", place: store.path, "the source just stored is not there")
      }
      let settled = try DeliveryStep(
        db: db, digest: file.sha256, delivery: delivery, table: nil, at: at
      ).settle()
      let outcome = IngestOutcome(
        facts: facts,
        ignoredColumns: Dictionary(
          receipt.tables.map { ($0.name, $0.ignoredColumns) }, uniquingKeysWith: +),
        ignoredTables: receipt.ignoredTables, notices: sink.notices, wasKnown: false,
        redelivery: settled.redelivery, shared: settled.shared)
      try copy.keep()
      let received = event(facts, digests: digests)
      guard let redelivery = settled.redelivery else { return (received, outcome) }
      try TrailTables.append(received, actor: actor, at: at, salts: salts, to: db)
      return (redelivery.event(file: facts.file, digest: facts.digest), outcome)
    }
  }

  /// The source that has the same bytes. A file of a new size is none, and is not digested for it.
  private func known(_ file: SourceFile) throws(AssureError) -> SourceFacts? {
    try store.read { db in
      let sameSize = try Int.fetchOne(
        db, sql: "SELECT count(*) FROM source WHERE bytes = ?", arguments: [file.bytes])
      guard let sameSize, sameSize > 0 else { return nil }
      return try SourceTables.facts(digest: file.sha256, db).first
    }
  }

  private func event(_ facts: SourceFacts, digests: [String]) -> Event {
    let tables = zip(facts.tables, digests).map { table, digest -> CanonicalJSON in
      [
        "name": .string(table.name), "dataset": .string(table.dataset),
        "rowsRead": .integer(Int64(table.rowsRead)), "accepted": .integer(Int64(table.accepted)),
        "rejected": .integer(Int64(table.rejected)), "records": .string(digest),
        "totals": .array(
          table.controlTotals.map {
            ["field": .string($0.field), "total": .string($0.total), "unit": .string($0.unit)]
          }),
      ]
    }
    return Event(
      "source.received",
      [
        "file": .string(facts.file), "sha256": .string(facts.digest),
        "bytes": .integer(Int64(facts.bytes)), "format": .string(facts.format),
        "policy": .string(policyDigest), "tables": .array(tables),
      ])
  }

  /// Where a source's bytes are kept.
  package func sourcePath(digest: String) -> String { folder + "/.assure/sources/" + digest }

  /// All sources, in the order received.
  package func sources() throws(AssureError) -> [SourceFacts] {
    try store.read { try SourceTables.facts(digest: nil, $0) }
  }
}
