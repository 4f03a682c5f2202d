/// The engagement as a reader of its file needs it.
package struct EngagementFacts: Sendable {
  package var id: String
  package var entity: String
  package var period: Period
  /// The assurance standard with its edition, as written in engagement.yaml.
  package var standard: String
  /// `limited` or `reasonable`.
  package var level: String
  package var policySet: String
  package var policyEdition: String
  /// SHA-256 over the policy files, in hex.
  package var policyDigest: String
  package var team: [(name: String, role: String)]
  /// Name and version of the software.
  package var tool: String

  package init(
    id: String, entity: String, period: Period, standard: String, level: String,
    policySet: String, policyEdition: String, policyDigest: String,
    team: [(name: String, role: String)], tool: String
  ) {
    self.id = id
    self.entity = entity
    self.period = period
    self.standard = standard
    self.level = level
    self.policySet = policySet
    self.policyEdition = policyEdition
    self.policyDigest = policyDigest
    self.team = team
    self.tool = tool
  }
}

/// A source file as received, and what became of each of its rows.
package struct SourceFacts: Sendable {
  package var file: String
  /// SHA-256 in hex.
  package var digest: String
  package var bytes: Int
  /// Identifier of the format it was read as.
  package var format: String
  /// When it was taken in: UTC, `YYYY-MM-DDTHH:MM:SSZ`.
  package var received: String
  package var tables: [TableFacts]

  package init(
    file: String, digest: String, bytes: Int, format: String, received: String, tables: [TableFacts]
  ) {
    self.file = file
    self.digest = digest
    self.bytes = bytes
    self.format = format
    self.received = received
    self.tables = tables
  }
}

/// A table of a source: `rowsRead = accepted + rejected`, always.
package struct TableFacts: Sendable {
  package var name: String
  /// The dataset it was read into; empty if none.
  package var dataset: String
  package var rowsRead: Int
  package var accepted: Int
  package var rejected: Int
  package var blankRows: Int
  package var preambleRows: Int
  /// Sum of each decimal field over accepted records, with unit.
  package var controlTotals: [(field: String, total: String, unit: String)]
  /// Conversions and readings that were assumed, with how often.
  package var assumptions: [(text: String, count: Int)]
  package var rejects: [(locator: String, code: String, reason: String)]
  /// SHA-256 in hex of the source whose table took its place; empty while its records count.
  package var replacedBy: String

  package init(
    name: String, dataset: String, rowsRead: Int, accepted: Int, rejected: Int, blankRows: Int,
    preambleRows: Int, controlTotals: [(field: String, total: String, unit: String)],
    assumptions: [(text: String, count: Int)],
    rejects: [(locator: String, code: String, reason: String)], replacedBy: String = ""
  ) {
    self.name = name
    self.dataset = dataset
    self.rowsRead = rowsRead
    self.accepted = accepted
    self.rejected = rejected
    self.blankRows = blankRows
    self.preambleRows = preambleRows
    self.controlTotals = controlTotals
    self.assumptions = assumptions
    self.rejects = rejects
    self.replacedBy = replacedBy
  }
}
