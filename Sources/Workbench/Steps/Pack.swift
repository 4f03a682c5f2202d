package import Assurance
import Exact
import Foundation
import GRDB
package import Pack
import TieOut
import Trail

extension Engagement {
  /// Writes an evidence pack and records its digest.
  ///
  /// The pack shows the engagement as of the last event before this one: packing twice without a
  /// change in between gives the same bytes.
  ///
  /// - Parameters:
  ///   - names: the KPIs; empty for all.
  ///   - folder: must not exist yet.
  package func pack(
    kpis names: [String], to folder: String, tool: String
  ) throws(AssureError) -> EvidencePack.Receipt {
    try refuseChange("pack.written")
    var kpis: [KPIDefinition] = []
    for name in names { kpis.append(contentsOf: try withRatios(kpi(abbreviated: name))) }
    if names.isEmpty { kpis = policy.kpis }
    let content = try content(kpis: kpis, tool: tool)
    let journal = try PackJournal(folder: self.folder)
    // Whatever goes wrong leaves the entry: the next command looks whether the folder is there.
    defer { journal.release() }
    let receipt: EvidencePack.Receipt
    do {
      receipt = try EvidencePack.write(content, to: folder) { receipt in
        try journal.write(
          PackJournal.Entry(receipt: receipt, kpis: kpis.map(\.name), actor: actor))
      }
    } catch let error as AssureError {
      throw error
    } catch {
      throw AssureError(
        "cannot-write", place: folder, "the pack cannot be written: \(error)",
        remedy: "check that the folder above may be written and has room")
    }
    let entry = PackJournal.Entry(receipt: receipt, kpis: kpis.map(\.name), actor: actor)
    let at = try Moment.now()
    try store.commit(actor: actor, at: at) { _ in (entry.event, ()) }
    journal.clear()
    return receipt
  }

  /// A KPI, the ratios that rest on it and what those rest on, in the policy's order.
  private func withRatios(_ kpi: KPIDefinition) -> [KPIDefinition] {
    var names: Set<String> = [kpi.name]
    for other in policy.kpis {
      let parts = other.measure.kpis
      if parts.contains(kpi.name) { names.formUnion(parts + [other.name]) }
    }
    return policy.kpis.filter { names.contains($0.name) }
  }

  private func content(kpis: [KPIDefinition], tool: String) throws(AssureError) -> PackContent {
    let trail = try trailForPack()
    var workpapers: [Workpaper] = []
    for kpi in kpis { workpapers.append(try workpaper(kpi)) }
    let sources = try sources()
    var originals: [PackFile] = []
    for source in sources {
      originals.append(
        try packFile(
          path: sourcePath(digest: source.digest), name: source.file, digest: source.digest))
    }
    var policies: [PackFile] = []
    for (path, text) in try Folder.texts(folder + "/policies/" + settings.policies)
      .sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
    {
      policies.append(PackFile(name: path, bytes: Array(text.utf8)))
    }
    for name in ["engagement.yaml", "reported.csv"]
    where FileManager.default.fileExists(atPath: folder + "/" + name) {
      policies.append(
        PackFile(
          name: "engagement/" + name, bytes: Array(try Folder.text(folder + "/" + name).utf8)))
    }
    let (out, back) = try worksheets(of: kpis)
    let tied = try lastTieOut()
    var attachments: [PackFile] = []
    if let tied { attachments.append(try reportFile(tied)) }
    return PackContent(
      engagement: engagementFacts(tool: tool),
      asOf: trail.asOf, sources: sources, workpapers: workpapers, originals: originals,
      worksheetsOut: out, worksheetsIn: back,
      attachments: attachments + (try self.attachments(of: workpapers)),
      policies: policies, trail: trail.facts, signing: try signingFacts(), tieOut: tied)
  }

  /// The tied report as it was received.
  private func reportFile(_ report: TiedReport) throws(AssureError) -> PackFile {
    try packFile(
      path: sourcePath(digest: report.digest), name: report.file, digest: report.digest)
  }

  func engagementFacts(tool: String) -> EngagementFacts {
    EngagementFacts(
      id: settings.id, entity: settings.entity, period: settings.period,
      standard: settings.standard, level: settings.level, policySet: policy.name,
      policyEdition: policy.edition, policyDigest: policyDigest, team: settings.team, tool: tool)
  }

  /// The content of one workpaper, without originals, worksheets and earlier signatures: what a
  /// sign-off of it covers does not depend on them.
  func contentForSigning(_ kpi: KPIDefinition) throws(AssureError) -> PackContent {
    var content = try content(kpis: [kpi], tool: "assure")
    content.originals = []
    content.worksheetsOut = []
    content.worksheetsIn = []
    content.attachments = try attachments(of: content.workpapers)
    content.tieOut = nil
    content.signing = nil
    return content
  }

  /// Every file that was attached to one of these workpapers, once.
  private func attachments(of papers: [Workpaper]) throws(AssureError) -> [PackFile] {
    var files: [PackFile] = []
    for paper in papers {
      for one in paper.evidence {
        let name = paper.fileName(of: one)
        guard !files.contains(where: { $0.name == name && $0.digest == one.digest }) else {
          continue
        }
        files.append(
          try packFile(path: sourcePath(digest: one.digest), name: name, digest: one.digest))
      }
    }
    return files
  }

  func packFile(path: String, name: String, digest: String) throws(AssureError) -> PackFile {
    let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? nil
    guard let size else {
      throw AssureError(
        "source-lost", place: path, "the kept copy of \(name) is not there",
        remedy: "put the file with this digest back under its name")
    }
    return PackFile(
      name: name, digest: digest, size: size,
      bytes: .stream { piece in
        try FilePieces.read(path, piece)
      })
  }

  /// What went out for the rounds of these KPIs, written afresh, and what came back, as kept.
  private func worksheets(of kpis: [KPIDefinition]) throws(AssureError) -> ([PackFile], [PackFile])
  {
    var out: [PackFile] = []
    var back: [PackFile] = []
    for kpi in kpis {
      let (rounds, returned) = try store.read { db in
        (
          try Int.fetchAll(
            db, sql: "SELECT round FROM draw WHERE kpi = ? ORDER BY round", arguments: [kpi.name]),
          try Row.fetchAll(
            db, sql: "SELECT file, digest FROM worksheet WHERE kpi = ? ORDER BY id",
            arguments: [kpi.name]
          ).map { (file: $0["file"] as String, digest: $0["digest"] as String) }
        )
      }
      for round in rounds {
        let bytes = try worksheet(kpi: kpi, round: round)
        out.append(PackFile(name: "\(kpi.name)-round-\(round).xlsx", bytes: bytes))
      }
      var seen: Set<String> = []
      for (number, sheet) in returned.enumerated() where seen.insert(sheet.digest).inserted {
        back.append(
          try packFile(
            path: sourcePath(digest: sheet.digest), name: "\(number + 1)-\(sheet.file)",
            digest: sheet.digest))
      }
    }
    return (out, back)
  }

  func trailForPack() throws(AssureError) -> (facts: Pack.TrailFacts, asOf: String) {
    let note = try checkpoint()
    let key = try logSigner().key.vkey
    let policy = try logPolicy()
    let salts = try store.salts()
    return try store.read { db in
      let leaves = try TrailTables.leaves(db)
      let last = try leaves.last.map { try CanonicalJSON(parsing: $0) }
      return (
        Pack.TrailFacts(
          events: leaves, checkpoint: note.bytes, key: key, policy: policy,
          anchors: try AnchorTable.all(db), values: try SaltTable.all(db),
          redactionKey: salts.derived(
            ["redaction", String(leaves.count), try TrailTables.root(db).hex])),
        last?["at"]?.string ?? ""
      )
    }
  }
}

/// A file in pieces of 256 KiB.
private enum FilePieces {
  static func read(_ path: String, _ piece: (UnsafeRawBufferPointer) throws -> Void) throws {
    let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? handle.close() }
    while let data = try handle.read(upToCount: 1 << 18), !data.isEmpty {
      try data.withUnsafeBytes(piece)
    }
  }
}
