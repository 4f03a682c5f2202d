import Assurance
import Exact

/// The tables of a pack as canonical CSV, lossless.
enum Ledgers {
  private static func table(_ columns: [String], _ rows: some Sequence<[String]>) -> [UInt8] {
    rows.reduce(into: CanonicalCSV.line(columns)) { $0 += CanonicalCSV.line($1) }
  }

  /// The frozen population; its SHA-256 is the population digest.
  static func population(_ population: PopulationFacts, unit: String) -> [UInt8] {
    population.items.reduce(into: PopulationCSV.header) {
      $0 += PopulationCSV.line($1, unit: unit)
    }
  }

  /// What a person needs to recognise each record, one line a field.
  ///
  /// - Parameter blind: of the workpaper; a line of its own before all others.
  static func labels(_ population: PopulationFacts, blind: String) -> [UInt8] {
    let first = blind.isEmpty ? [] : CanonicalCSV.line(["", "blind", blind])
    return population.items.reduce(into: CanonicalCSV.line(["key", "field", "value"]) + first) {
      bytes, item in
      for label in item.labels {
        bytes += CanonicalCSV.line([item.key, label.field, label.value])
      }
    }
  }

  static func exceptions(_ exceptions: [ExceptionFacts]) -> [UInt8] {
    table(
      [
        "id", "code", "severity", "state", "disposition_reason", "kpi", "subject", "effect",
        "unit", "message", "locators",
      ],
      exceptions.lazy.map { facts in
        let e = facts.exception
        return [
          facts.id, e.code, e.severity.rawValue, facts.state, facts.dispositionReason, e.kpi,
          e.subject, e.effect.text, e.unit, e.message, e.locators.joined(separator: "\n"),
        ]
      })
  }

  /// One line an item; what fixes the draw stands in every line.
  static func draw(_ draw: DrawFacts, plan: PlanFacts?, unit: String) -> [UInt8] {
    table(
      [
        "order", "key", "basis", "ticket", "value", "unit", "locator", "round", "method", "seed",
        "population_sha256",
      ],
      draw.items.enumerated().lazy.map { index, item in
        [
          String(index + 1), item.key, item.basis.rawValue, item.ticket, item.value.description,
          unit, item.locator, String(draw.round), plan?.method ?? "", draw.seed,
          draw.populationDigest,
        ]
      })
  }

  static func results(_ results: [ResultFacts], unit: String) -> [UInt8] {
    table(
      [
        "round", "key", "outcome", "recorded", "audited", "unit", "reason", "evidence", "tester",
        "tested", "locator",
      ],
      results.lazy.map { result in
        [
          String(result.round), result.key, result.outcome.rawValue, result.recorded.description,
          result.audited?.description ?? "", unit, result.reason, result.evidence, result.tester,
          result.tested, result.locator,
        ]
      })
  }

  /// Keys of the population, one a line, in the order of the ledger.
  static func keys(_ population: PopulationFacts) -> [UInt8] {
    population.items.reduce(into: []) { $0 += Array($1.key.utf8) + [0x0A] }
  }
}

/// Tables about the sources.
extension Ledgers {
  static func sources(_ sources: [SourceFacts], _ taken: TakenFiles) -> [UInt8] {
    table(
      ["file", "sha256", "bytes", "format", "received", "path_in_pack"],
      sources.lazy.map { source in
        [
          source.file, source.digest, String(source.bytes), source.format, source.received,
          taken.path(ofSource: source.digest) ?? "",
        ]
      })
  }

  static func receipts(_ sources: [SourceFacts]) -> [UInt8] {
    table(
      [
        "file", "sha256", "table", "dataset", "rows_read", "accepted", "rejected", "blank_rows",
        "preamble_rows", "replaced_by",
      ],
      perTable(sources) { table in
        [
          [
            table.dataset, String(table.rowsRead), String(table.accepted), String(table.rejected),
            String(table.blankRows), String(table.preambleRows), table.replacedBy,
          ]
        ]
      })
  }

  static func controlTotals(_ sources: [SourceFacts]) -> [UInt8] {
    table(
      ["file", "sha256", "table", "field", "total", "unit"],
      perTable(sources) { $0.controlTotals.map { [$0.field, $0.total, $0.unit] } })
  }

  static func assumptions(_ sources: [SourceFacts]) -> [UInt8] {
    table(
      ["file", "sha256", "table", "assumption", "count"],
      perTable(sources) { $0.assumptions.map { [$0.text, String($0.count)] } })
  }

  static func rejects(_ sources: [SourceFacts]) -> [UInt8] {
    table(
      ["file", "sha256", "table", "locator", "code", "reason"],
      perTable(sources) { $0.rejects.map { [$0.locator, $0.code, $0.reason] } })
  }

  private static func perTable(
    _ sources: [SourceFacts], _ rows: (TableFacts) -> [[String]]
  ) -> [[String]] {
    sources.flatMap { source in
      source.tables.flatMap { table in
        rows(table).map { [source.file, source.digest, table.name] + $0 }
      }
    }
  }
}
