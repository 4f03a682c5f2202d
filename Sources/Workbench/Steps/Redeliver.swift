import Assurance
import Foundation
import GRDB

extension Engagement {
  /// A file whose bytes are here already: nothing is read again; its place may be settled anew.
  func again(
    _ known: SourceFacts, table: String?, delivery: Delivery
  ) throws(AssureError) -> IngestOutcome {
    var outcome = IngestOutcome(
      facts: known, ignoredColumns: [:], ignoredTables: [], notices: [], wasKnown: true)
    guard case .replacement = delivery else {
      outcome.replacedBy = try store.read { db in
        let tables = try SupersessionTable.tables(db)
        let successors = Set(
          tables.filter { $0.digest == known.digest }.compactMap(\.replacedBy))
        var seen: Set<String> = []
        return tables.filter { successors.contains($0.source) }
          .map { "\($0.file) (SHA-256 \($0.digest.prefix(12))…)" }
          .filter { seen.insert($0).inserted }
      }
      return outcome
    }
    let at = try Moment.now()
    let settled = try store.commit(actor: actor, at: at) { db in
      let settled = try DeliveryStep(
        db: db, digest: known.digest, delivery: delivery, table: table, at: at
      ).settle()
      guard let redelivery = settled.redelivery else {
        throw AssureError("store-damaged", place: store.path, "nothing gave way")
      }
      return (redelivery.event(file: known.file, digest: known.digest), settled)
    }
    outcome.redelivery = settled.redelivery
    outcome.shared = settled.shared
    return withEffects(outcome)
  }

  /// Refuses a source that nobody knows before anything is read.
  func requireSources(named delivery: Delivery) throws(AssureError) {
    guard case .replacement(let names, _) = delivery else { return }
    let (tables, links) = try store.read {
      (try SupersessionTable.tables($0), try SupersessionTable.links($0))
    }
    _ = try SourceChoice(tables: tables, links: links).sources(names, not: nil)
  }

  /// Adds what a re-delivery means. It is done by then: what fails here is said, not thrown.
  func withEffects(_ outcome: IngestOutcome) -> IngestOutcome {
    var outcome = outcome
    guard var redelivery = outcome.redelivery else { return outcome }
    do { redelivery.effects = try effects(of: redelivery) } catch {
      redelivery.problem = error.description
    }
    outcome.redelivery = redelivery
    return outcome
  }

  /// Takes back the copy of a file that was refused, unless a source of that digest is there or
  /// another command may be about to store one.
  func discardCopy(digest: String, after error: AssureError) {
    guard error.code != "store-busy",
      let known = try? store.read({ try SourceTables.facts(digest: digest, $0) }), known.isEmpty
    else { return }
    unlink(sourcePath(digest: digest))
  }
}
