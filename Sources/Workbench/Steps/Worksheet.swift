package import Assurance
import Exact
import Foundation
import GRDB
import Ingest
import Trail

/// What an import did with each row of a worksheet.
package struct WorksheetOutcomeFacts: Sendable {
  package let kpi: String
  package let round: Int
  /// New results taken in.
  package let taken: Int
  /// Results that were there already and are the same.
  package let same: Int
  /// Items of the draw that still have no result.
  package let open: Int
  /// What could not be taken, with the cell: shown, never overwritten.
  package let conflicts: [(locator: String, code: String, reason: String)]
  /// Whether the same bytes were taken in before; then nothing was changed.
  package var wasKnown = false
}

extension Engagement {
  /// The worksheet's path for a KPI and round.
  package func worksheetPath(kpi: String, round: Int) -> String {
    folder + "/worksheets/out/\(kpi)-round-\(round).xlsx"
  }

  /// Writes the worksheet of a drawn round for the tester; the same draw gives the same bytes.
  ///
  /// A worksheet that somebody has begun to fill in where it lies is left as it is.
  ///
  /// - Throws: `worksheet-in-the-way` if another file has its name.
  package func writeWorksheet(kpi name: String, round: Int) throws(AssureError) -> String {
    let kpi = try kpi(abbreviated: name)
    let (identity, draw) = try identity(kpi, round: round)
    let path = worksheetPath(kpi: kpi.name, round: round)
    try Folder.make(URL(fileURLWithPath: path).deletingLastPathComponent().path)
    let bytes = try worksheet(kpi, identity: identity, draw: draw)
    if let there = FileManager.default.contents(atPath: path) {
      guard there != Data(bytes) else { return path }
      let begun = try? WorksheetReturn.read(SourceFile.open(path: path))
      guard begun?.identity == identity else {
        throw AssureError(
          "worksheet-in-the-way", place: path, "another file is where the worksheet belongs",
          remedy: "move it elsewhere and give the command again")
      }
      return path
    }
    try Folder.write(bytes, to: path)
    return path
  }

  /// The worksheet of a drawn round as it goes out.
  func worksheet(kpi: KPIDefinition, round: Int) throws(AssureError) -> [UInt8] {
    let (identity, draw) = try identity(kpi, round: round)
    return try worksheet(kpi, identity: identity, draw: draw)
  }

  private func worksheet(
    _ kpi: KPIDefinition, identity: WorksheetIdentity, draw: DrawFacts
  ) throws(AssureError) -> [UInt8] {
    var headers: [String] = []
    for item in draw.items {
      for label in item.labels where !headers.contains(label.field) { headers.append(label.field) }
    }
    let content = WorksheetContent(
      identity: identity, labelHeaders: headers,
      items: draw.items.map { item in
        WorksheetItem(
          key: item.key,
          labels: headers.map { header in item.labels.first { $0.field == header }?.value ?? "" },
          recorded: item.value.description, unit: kpi.unit.code, locator: item.locator)
      })
    try Folder.make(folder + "/.assure")
    let partial =
      folder + "/.assure/worksheet.partial-\(ProcessInfo.processInfo.processIdentifier)"
    unlink(partial)
    defer { unlink(partial) }
    try content.write(to: partial, created: Moment.seconds(of: draw.drawn))
    guard let data = FileManager.default.contents(atPath: partial) else {
      throw AssureError(
        "cannot-write", place: partial, "the worksheet cannot be written",
        remedy: "check the folder")
    }
    return [UInt8](data)
  }

  private func identity(
    _ kpi: KPIDefinition, round: Int
  ) throws(AssureError) -> (WorksheetIdentity, DrawFacts) {
    let found = try store.read { db in
      (
        try PlanTable.facts(kpi: kpi.name, round: round, db),
        try DrawTable.facts(kpi: kpi.name, round: round, db)
      )
    }
    guard let plan = found.0, let draw = found.1 else {
      throw Self.notDrawn(kpi, round: round)
    }
    let identity = WorksheetIdentity(
      engagement: settings.id, kpi: kpi.name, round: round, planDigest: plan.digest,
      populationDigest: draw.populationDigest, drawDigest: DrawTable.digest(draw), seed: draw.seed)
    return (identity, draw)
  }

  /// Takes results back. What conflicts is listed and left; the rest is taken.
  ///
  /// - Throws: `worksheet-other-round` if the worksheet is of another engagement, KPI, round or
  ///   draw.
  package func importWorksheet(path: String) throws(AssureError) -> WorksheetOutcomeFacts {
    try refuseChange("worksheet.imported")
    let file = try SourceFile.open(path: path)
    let returned = try WorksheetReturn.read(file)
    let kpi = try kpi(returned.identity.kpi)
    let (expected, draw) = try identity(kpi, round: returned.identity.round)
    guard returned.identity == expected else {
      let differences = Self.differences(returned.identity, expected)
      throw AssureError(
        "worksheet-other-round", place: file.name,
        "this worksheet is not of the draw in this engagement: \(differences)",
        remedy: "send back the file in worksheets/out, filled in")
    }
    let importer = Self.importer(returned, kpi: kpi, draw: draw, worksheet: file.sha256)
    if let known = try known(importer, returned) { return known }
    try KeptCopy.keep(file, folder: folder + "/.assure/sources")
    let at = try Moment.now()
    return try store.commit(actor: actor, at: at) { db in
      var importer = importer
      let facts = try importer.takeAll(of: returned, db)
      try db.execute(
        sql:
          "INSERT INTO worksheet(kpi, round, direction, file, digest, at) VALUES (?, ?, 'in', ?, ?, ?)",
        arguments: [kpi.name, expected.round, file.name, file.sha256, at])
      return (
        Event(
          "worksheet.imported",
          [
            "kpi": .string(kpi.name), "round": .integer(Int64(expected.round)),
            "file": .string(file.name), "sha256": .string(file.sha256),
            "results": .array(importer.taken), "conflicts": .integer(Int64(facts.conflicts.count)),
          ]), facts
      )
    }
  }

  private static func importer(
    _ returned: WorksheetReturn, kpi: KPIDefinition, draw: DrawFacts, worksheet: String
  ) -> ResultImporter {
    var importer = ResultImporter(
      kpi: kpi.name, round: draw.round, draw: draw, worksheet: worksheet)
    for problem in returned.problems where problem.code != "result-missing" {
      importer.conflicts.append((problem.locator.description, problem.code, problem.reason))
    }
    return importer
  }

  /// What an import of the same bytes said, if there was one: every result of it is there, so that
  /// nothing is taken and no event is due.
  private func known(
    _ importer: ResultImporter, _ returned: WorksheetReturn
  ) throws(AssureError) -> WorksheetOutcomeFacts? {
    try store.read { db in
      let isKnown = try Bool.fetchOne(
        db,
        sql: """
          SELECT 1 FROM worksheet WHERE kpi = ? AND round = ? AND digest = ? AND direction = 'in'
          """, arguments: [importer.kpi, importer.round, importer.worksheet])
      guard isKnown == true else { return nil }
      var importer = importer
      var facts = try importer.takeAll(of: returned, db)
      facts.wasKnown = true
      return facts
    }
  }

  private static func differences(_ a: WorksheetIdentity, _ b: WorksheetIdentity) -> String {
    let pairs = [
      ("engagement", a.engagement, b.engagement), ("round", "\(a.round)", "\(b.round)"),
      ("seed", a.seed, b.seed), ("plan", a.planDigest, b.planDigest),
      ("population", a.populationDigest, b.populationDigest), ("draw", a.drawDigest, b.drawDigest),
    ]
    return pairs.filter { $0.1 != $0.2 }.map(\.0).joined(separator: ", ") + " differ"
  }
}
