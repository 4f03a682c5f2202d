package import Assurance
import GRDB

/// A table that was taken in, with its standing.
package struct SourceVersion: Sendable {
  package let file: String
  package let digest: String
  package let received: String
  package let table: String
  package let dataset: String
  package let accepted: Int
  /// File and digest of what took its place; nil while its records count.
  package let replacedBy: (file: String, digest: String)?
}

extension Engagement {
  /// Every table of every source with its standing, in the order received.
  package func versions() throws(AssureError) -> [SourceVersion] {
    try store.read { db in
      let tables = try SupersessionTable.tables(db)
      let sources = Dictionary(tables.map { ($0.source, $0) }) { first, _ in first }
      return tables.map { table in
        SourceVersion(
          file: table.file, digest: table.digest, received: table.received, table: table.name,
          dataset: table.dataset, accepted: table.accepted,
          replacedBy: table.replacedBy.flatMap { sources[$0] }.map { ($0.file, $0.digest) })
      }
    }
  }

  /// Hands over every change that a source made to the records of those it took the place of, by
  /// dataset, in the order of keys.
  ///
  /// - Parameter name: file name or digits of the SHA-256; of several of the name the last.
  /// - Returns: the source.
  /// - Throws: `unknown-source`, or `nothing-replaced` if it took no other's place.
  package func changes(
    by name: String, _ body: (RecordChange) throws -> Void
  ) throws(AssureError) -> (file: String, digest: String) {
    try store.read { db in
      let tables = try SupersessionTable.tables(db)
      let digits = name.lowercased()
      let named = tables.last {
        $0.file == name || digits.utf8.count >= 8 && $0.digest.hasPrefix(digits)
      }
      guard let named else {
        throw AssureError(
          "unknown-source", place: name, "no source of this name or SHA-256 was taken in",
          remedy: "`assure sources` lists them")
      }
      let gone = Set(
        try Int64.fetchAll(
          db, sql: "SELECT table_id FROM supersession WHERE source_id = ? AND is_replaced",
          arguments: [named.source]))
      let old = tables.filter { gone.contains($0.id) }
      guard !old.isEmpty else {
        throw AssureError(
          "nothing-replaced", place: name, "it took no other file's place",
          remedy: "`assure sources` says which did")
      }
      for dataset in Set(old.map(\.dataset)).sorted() {
        let new = tables.filter { $0.source == named.source && $0.dataset == dataset }
        _ = try RecordDifference(
          dataset: dataset, old: old.filter { $0.dataset == dataset }.map(\.id),
          new: new.map(\.id)
        ).each(db, body)
      }
      return (named.file, named.digest)
    }
  }
}
