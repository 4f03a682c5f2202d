import Assurance
package import Exact
import GRDB
import Trail

/// How a file stands to those taken in before.
package enum Delivery: Sendable {
  /// Nothing is said: refused if it looks like a file that was sent again.
  case plain
  /// It counts beside the others, whatever its name and keys.
  case addition
  /// It is sent again: tables of the sources named give way to its own.
  ///
  /// A source is named by its file's name or the first 8 or more digits of its SHA-256. A table
  /// gives way to one of the same name and dataset; where the new file has none of that name, all
  /// tables of the dataset do. `whole`: tables the new file has nothing for give way as well.
  case replacement(of: [String], whole: Bool)
}

/// What a re-delivery did.
package struct Redelivery: Sendable {
  package struct Part: Sendable {
    package let dataset: String
    /// The tables that gave way, as `file@digest12#table`.
    package let replaced: [String]
    package let added: Int
    package let removed: Int
    package let changed: Int
    package let unchanged: Int
    /// Sums of the decimal fields over accepted records, before and after.
    package let totals: [(field: String, unit: String, old: ExactDecimal, new: ExactDecimal)]
    /// The first ``shownMax`` changes, in the order of keys.
    package let changes: [RecordChange]
    /// SHA-256 over all changes.
    package let digest: String
  }
  package static let shownMax = 20

  package var parts: [Part]
  /// Tables of the replaced sources that stay as they are.
  package let staying: [String]
  /// What it means for work done before; nil where that could not be found out.
  package var effects: DeliveryEffects?
  /// Why ``effects`` is missing.
  package var problem = ""
}

/// Keys of a new file that other sources have too.
package struct SharedKeys: Sendable {
  package let dataset: String
  package let place: String
  package let shared: Int
  package let all: Int
}

/// Settles how a source just stored stands to the others, inside the transaction that stores it.
struct DeliveryStep {
  let db: Database
  /// The row of the new source.
  private let source: Int64
  let delivery: Delivery
  /// The only table of it that is meant; nil for all.
  let table: String?
  let at: String

  /// - Parameter digest: of the new source, which is stored already.
  init(db: Database, digest: String, delivery: Delivery, table: String?, at: String) throws {
    let source = try Int64.fetchOne(
      db, sql: "SELECT id FROM source WHERE digest = ?", arguments: [digest])
    guard let source else {
      throw AssureError(
        "store-damaged", place: digest, "the source just stored is not there",
        remedy: "restore the store from a copy")
    }
    (self.db, self.source, self.delivery, self.table, self.at) = (db, source, delivery, table, at)
  }

  /// - Returns: what gave way, if something did, and keys that other files have too.
  /// - Throws: `redelivery-undeclared`, `redelivery-overlap`, `nothing-replaced`, and what
  ///   ``SourceChoice`` throws.
  func settle() throws -> (redelivery: Redelivery?, shared: [SharedKeys]) {
    let all = try SupersessionTable.tables(db)
    let new = all.filter { $0.source == source && (table == nil || $0.name == table) }
    switch delivery {
    case .addition: return (nil, [])
    case .plain:
      try refuseDoubles(new, among: all, chain: [])
      return (nil, try sharedKeys(new, among: all))
    case .replacement(let names, let whole):
      let choice = SourceChoice(tables: all, links: try SupersessionTable.links(db))
      let old = try choice.sources(names, not: source)
      let givingWay = try givingWay(all.filter { old.contains($0.source) && $0.counts }, new, whole)
      for table in givingWay {
        try SupersessionTable.insert(
          table: table.id, by: source, isReplaced: true, at: at, db)
      }
      for table in new where !table.counts {
        try SupersessionTable.insert(
          table: table.id, by: source, isReplaced: false, at: at, db)
      }
      let now = try SupersessionTable.tables(db)
      try refuseDoubles(new, among: now, chain: old)
      let staying = now.filter { old.contains($0.source) && $0.counts }
      return (
        Redelivery(
          parts: try parts(givingWay, new), staying: staying.map { "\($0.place) (\($0.dataset))" }),
        try sharedKeys(new, among: now)
      )
    }
  }

  /// The tables of the old sources whose place the new ones take.
  private func givingWay(
    _ old: [DeliveredTable], _ new: [DeliveredTable], _ whole: Bool
  ) throws -> [DeliveredTable] {
    if whole { return old }
    let chosen = Set(new.map(\.dataset)).flatMap { dataset -> [DeliveredTable] in
      let candidates = old.filter { $0.dataset == dataset }
      let names = Set(new.filter { $0.dataset == dataset }.map(\.name))
      let named = candidates.filter { names.contains($0.name) }
      return named.isEmpty ? candidates : named
    }
    guard !chosen.isEmpty else {
      let wanted = Set(old.map(\.dataset)).sorted().joined(separator: ", ")
      throw AssureError(
        "nothing-replaced", place: new.first?.file ?? "--replaces",
        "it has no table for what the replaced file has: \(wanted)",
        remedy: "name another file, or add --whole if all of that file is to count no more")
    }
    return chosen.sorted { $0.id < $1.id }
  }

  private func parts(
    _ old: [DeliveredTable], _ new: [DeliveredTable]
  ) throws -> [Redelivery.Part] {
    try Set((old + new).map(\.dataset)).sorted().compactMap { dataset in
      let before = old.filter { $0.dataset == dataset }
      let after = new.filter { $0.dataset == dataset }
      guard !before.isEmpty else { return nil }
      var shown: [RecordChange] = []
      var digest = DigestStream()
      let counts = try RecordDifference(
        dataset: dataset, old: before.map(\.id), new: after.map(\.id)
      ).each(db) { change in
        if shown.count < Redelivery.shownMax { shown.append(change) }
        digest.update(Array(change.line.utf8))
      }
      return Redelivery.Part(
        dataset: dataset, replaced: before.map(\.place), added: counts.added,
        removed: counts.removed, changed: counts.changed, unchanged: counts.unchanged,
        totals: try totals(before, after), changes: shown, digest: digest.digest().hex)
    }
  }

  private func totals(
    _ old: [DeliveredTable], _ new: [DeliveredTable]
  ) throws -> [(field: String, unit: String, old: ExactDecimal, new: ExactDecimal)] {
    func sums(_ tables: [DeliveredTable]) throws -> [[String]: ExactDecimal] {
      var sums: [[String]: ExactDecimal] = [:]
      for table in tables {
        for row in try Row.fetchAll(
          db, sql: "SELECT field, unit, total FROM control_total WHERE table_id = ?",
          arguments: [table.id])
        {
          let total = try Stored.decimal(row[2])
          sums[[row[0], row[1]]] = try (sums[[row[0], row[1]]] ?? .zero) + total
        }
      }
      return sums
    }
    let (before, after) = (try sums(old), try sums(new))
    return Set(before.keys).union(after.keys).sorted { $0.lexicographicallyPrecedes($1) }.map {
      (field: $0[0], unit: $0[1], old: before[$0] ?? .zero, new: after[$0] ?? .zero)
    }
  }

  /// Refuses a file of a known name, or what is left of a replaced one, if keys would stand twice.
  private func refuseDoubles(
    _ new: [DeliveredTable], among all: [DeliveredTable], chain: Set<Int64>
  ) throws {
    for dataset in Set(new.map(\.dataset)).sorted() {
      let own = new.filter { $0.dataset == dataset }
      let file = own.first?.file ?? ""
      let suspects = all.filter {
        $0.source != source && $0.counts && $0.dataset == dataset
          && (chain.contains($0.source) || $0.file.lowercased() == file.lowercased())
      }
      let found = try KeyOverlap(
        dataset: dataset, new: own.map(\.id), others: suspects.map(\.id)
      ).count(db)
      guard found.shared > 0, let suspect = suspects.first else { continue }
      let what =
        "\(found.shared) of its \(found.all) keys of \(dataset) stand there already, such as "
        + "`\(found.example ?? "")`, and would count twice"
      if chain.contains(suspect.source) {
        throw AssureError(
          "redelivery-overlap", place: file,
          "\(suspect.place) has no table of the same name here and would stay: \(what)",
          remedy: "add --whole, so that all tables of the replaced file give way")
      }
      throw AssureError(
        "redelivery-undeclared", place: file,
        "a file of this name with other content was taken in on \(suspect.received) "
          + "(SHA-256 \(suspect.digest.prefix(12))…): \(what)",
        remedy: "`--replaces \(suspect.digest.prefix(12))` if it was sent again, `--adds` if both "
          + "are to count")
    }
  }

  /// Files of other names that have at least half of the new keys: perhaps the same, sent again.
  private func sharedKeys(
    _ new: [DeliveredTable], among all: [DeliveredTable]
  ) throws -> [SharedKeys] {
    var shared: [SharedKeys] = []
    for dataset in Set(new.map(\.dataset)).sorted() {
      let own = new.filter { $0.dataset == dataset }.map(\.id)
      let others = all.filter { $0.source != source && $0.counts && $0.dataset == dataset }
      guard try KeyOverlap(dataset: dataset, new: own, others: others.map(\.id)).isLikely(db)
      else { continue }
      for other in others {
        let found = try KeyOverlap(dataset: dataset, new: own, others: [other.id]).count(db)
        guard found.shared > 0, 2 * found.shared >= found.all else { continue }
        shared.append(
          SharedKeys(
            dataset: dataset, place: other.place, shared: found.shared, all: found.all))
      }
    }
    return shared
  }
}

extension RecordChange {
  /// One line for the digest: dataset, kind, key, then field, old and new value, tabs between.
  var line: String {
    let values = fields.flatMap { [$0.name, $0.old ?? "", $0.new ?? ""] }
    return ([dataset, kind.rawValue, key] + values).joined(separator: "\t") + "\n"
  }
}

extension Redelivery {
  /// The event beside `source.received`.
  func event(file: String, digest: String) -> Event {
    Event(
      "source.replaced",
      [
        "file": .string(file), "sha256": .string(digest),
        "parts": .array(
          parts.map { part in
            [
              "dataset": .string(part.dataset),
              "replaced": .array(part.replaced.map { .string($0) }),
              "added": .integer(Int64(part.added)), "removed": .integer(Int64(part.removed)),
              "changed": .integer(Int64(part.changed)),
              "unchanged": .integer(Int64(part.unchanged)), "changes": .string(part.digest),
            ]
          }),
        "staying": .array(staying.map { .string($0) }),
      ])
  }
}
