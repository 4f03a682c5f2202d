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
  /// Whether the same bytes were taken in before; then nothing was changed.
  package let wasKnown: Bool
}

extension Engagement {
  /// Takes a file in: keeps its bytes under their digest, reads its tables into datasets, and
  /// stores records, rejected rows and the receipt in one transaction.
  package func ingest(
    path: String, table: String?, dataset: String?, recordPath: String?,
    options: ReadOptions = ReadOptions()
  ) throws(AssureError) -> IngestOutcome {
    let file = try SourceFile.open(path: path)
    if let known = try store.read({ try SourceTables.facts(digest: file.sha256, $0).first }) {
      return IngestOutcome(
        facts: known, ignoredColumns: [:], ignoredTables: [], notices: [], wasKnown: true)
    }
    try keep(path: path, digest: file.sha256)
    let at = try Moment.now()
    return try store.commit(actor: actor, at: at) { db in
      var sink = StoreSink(db: db, source: try SourceTables.insert(file, at: at, db))
      let receipt = try RecordReader.read(
        file, datasets: policy.datasets, table: table, dataset: dataset, recordPath: recordPath,
        options: options, into: &sink)
      let digests = try sink.finish(receipt)
      guard let facts = try SourceTables.facts(digest: file.sha256, db).first else {
        throw AssureError("store-damaged", place: store.path, "the source just stored is not there")
      }
      let outcome = IngestOutcome(
        facts: facts,
        ignoredColumns: Dictionary(
          receipt.tables.map { ($0.name, $0.ignoredColumns) }, uniquingKeysWith: +),
        ignoredTables: receipt.ignoredTables, notices: sink.notices, wasKnown: false)
      return (event(facts, digests: digests), outcome)
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

  /// Copies the file under its digest, by way of a neighbour, and checks that the copy is the file.
  func keep(path: String, digest: String) throws(AssureError) {
    try Folder.make(folder + "/.assure/sources")
    let target = sourcePath(digest: digest)
    let partial = target + ".partial-\(ProcessInfo.processInfo.processIdentifier)"
    unlink(partial)
    let failed = AssureError(
      "cannot-write", place: target, "the source cannot be copied into the engagement",
      remedy: "check that the folder may be written and has room")
    guard (try? FileManager.default.copyItem(atPath: path, toPath: partial)) != nil else {
      unlink(partial)
      throw failed
    }
    guard let digests = try? FileDigests(path: partial), digests.sha256.hex == digest else {
      unlink(partial)
      throw AssureError(
        "source-changed", place: path, "the file changed while it was being taken in",
        remedy: "close it elsewhere and give the command again")
    }
    chmod(partial, 0o444)
    guard Folder.sync(partial), rename(partial, target) == 0,
      Folder.sync(folder + "/.assure/sources")
    else {
      unlink(partial)
      throw failed
    }
  }

  /// All sources, in the order received.
  package func sources() throws(AssureError) -> [SourceFacts] {
    try store.read { try SourceTables.facts(digest: nil, $0) }
  }
}
