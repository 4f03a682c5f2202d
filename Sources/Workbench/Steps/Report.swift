package import Assurance
import Foundation
import GRDB
package import Pack
import Trail

/// A draft assurance report, or why there is none.
package struct ReportDrafts: Sendable {
  /// One a language; empty where something stands in the way.
  package let drafts: [DraftReport]
  /// What must be done first, in order.
  package let blockers: [String]
  /// Whether the wording was compared with the text of the standard.
  package let isConfirmed: Bool
}

/// A claim of a draft about the work, against the file.
package struct WorkClaim: Sendable {
  package enum Standing: String, Sendable {
    /// The file shows the procedure.
    case shown
    /// The draft claims it and the file has nothing of it.
    case notInFile = "not in the file"
    /// The file shows it and the draft does not say so.
    case notClaimed = "not claimed"
  }

  package let procedure: String
  package let standing: Standing
  /// Line of the draft and the sentence; 0 and empty for what is not claimed.
  package let line: Int
  package let sentence: String
}

extension Engagement {
  /// Makes the drafts of a limited assurance report.
  ///
  /// - Parameters:
  ///   - date: the day it will bear; nil leaves it open.
  ///   - pack: the folder of the pack that it rests on, to print its digest; nil prints none.
  /// - Throws: `no-report-wording` if the policy set has none, `not-a-pack`.
  package func reportDrafts(date: Day?, pack: String? = nil) throws(AssureError) -> ReportDrafts {
    let wording = try reportWording()
    let blockers = try reportBlockers(date: date)
    guard blockers.isEmpty else {
      return ReportDrafts(drafts: [], blockers: blockers, isConfirmed: wording.isConfirmed)
    }
    var facts = try draftFacts(date: date)
    if let pack { facts.slip = try PackSlip(at: pack) }
    return ReportDrafts(
      drafts: ReportWording.languages.map { DraftReport(wording, facts: facts, language: $0) },
      blockers: [], isConfirmed: wording.isConfirmed)
  }

  private func reportWording() throws(AssureError) -> ReportWording {
    let place = "policies/\(settings.policies)/report.yaml"
    guard FileManager.default.fileExists(atPath: folder + "/" + place) else {
      throw AssureError(
        "no-report-wording", place: place, "the policy set has no wording of a report",
        remedy: "write it as the set hkex-esg-2021 does")
    }
    return try ReportWording.read(Folder.text(folder + "/" + place), file: place)
  }

  private func assuredKPIs() throws(AssureError) -> [KPIDefinition] {
    try inScope().map(\.kpi).filter { $0.status == .assured }
  }

  private func draftFacts(date: Day?) throws(AssureError) -> DraftReport.Facts {
    let assured = try assuredKPIs()
    let scope = assured.compactMap { kpi in
      reported.first { $0.kpi == kpi.name }.map {
        (titles: kpi.titles, printed: $0.printed, unit: $0.unit.code)
      }
    }
    let wanted = Set(assured.flatMap(\.criteria))
    return DraftReport.Facts(
      entity: settings.entity,
      period: "\(settings.period.first) – \(settings.period.last)",
      standard: settings.standard, edition: policy.name, date: date?.description, scope: scope,
      criteria: policy.criteria.filter { wanted.contains($0.id) }.map {
        "\($0.text) (\($0.source))"
      },
      done: try workDone())
  }

  /// Kinds of work that the file shows.
  package func workDone() throws(AssureError) -> Set<String> {
    try store.read { db in
      func has(_ sql: String) throws -> Bool { try Bool.fetchOne(db, sql: sql) ?? false }
      var done: Set<String> = []
      if try has("SELECT EXISTS (SELECT 1 FROM source)") { done.insert("sources") }
      if try has("SELECT EXISTS (SELECT 1 FROM check_run WHERE kpi <> 'tie-out')") {
        done.insert("checks")
      }
      if try has("SELECT EXISTS (SELECT 1 FROM result)") { done.insert("samples") }
      if try has("SELECT EXISTS (SELECT 1 FROM evaluation)") { done.insert("evaluations") }
      if try has("SELECT EXISTS (SELECT 1 FROM tie_run)") { done.insert("ties") }
      if try has(
        """
        SELECT EXISTS (SELECT 1 FROM trail_event
          WHERE json_extract(CAST(leaf AS TEXT), '$.event') = 'figures.reconciled')
        """)
      {
        done.insert("reconciled")
      }
      return done
    }
  }

  /// What stands in the way of a report, in the order in which it is best done.
  private func reportBlockers(date: Day?) throws(AssureError) -> [String] {
    var blockers: [String] = []
    if settings.level != "limited" {
      blockers.append("the wording is for limited assurance; the level is \(settings.level)")
    }
    let assured = try assuredKPIs()
    if assured.isEmpty { blockers.append("no figure is in the scope of assurance") }
    for readiness in try status() where readiness.status == KPIStatus.assured.rawValue {
      blockers += readiness.blockers.map { "\(readiness.kpi): \($0)" }
    }
    for kpi in assured where !reported.contains(where: { $0.kpi == kpi.name }) {
      blockers.append("\(kpi.name): reported.csv has no printed figure")
    }
    for kpi in assured where !settings.materiality.contains(where: { $0.kpi == kpi.name }) {
      blockers.append("\(kpi.name): engagement.yaml sets no materiality")
    }
    blockers += try tieOutBlockers()
    if !settings.team.contains(where: { $0.role == SignoffRole.partner.rawValue }) {
      blockers.append("engagement.yaml names no partner, who takes responsibility for the report")
    }
    if let date { blockers += try dateBlockers(date) }
    return blockers
  }

  private func tieOutBlockers() throws(AssureError) -> [String] {
    guard try lastTieOut() != nil else {
      return ["the report's text was not tied: run `assure tie-out FILE`"]
    }
    let open = try exceptions(kpis: [TieOutFindings.register]).count { $0.state == "open" }
    return open > 0 ? ["tie-out: decide about \(open) open exceptions"] : []
  }

  /// A report bears no day before the end of the period, nor before the last work it rests on.
  private func dateBlockers(_ date: Day) throws(AssureError) -> [String] {
    var blockers: [String] = []
    if date <= settings.period.last {
      blockers.append("\(date) is not after the period, which ends on \(settings.period.last)")
    }
    let last = try store.read { db in
      try String.fetchOne(
        db,
        sql: """
          SELECT max(json_extract(CAST(leaf AS TEXT), '$.at')) FROM trail_event
          WHERE json_extract(CAST(leaf AS TEXT), '$.event') NOT IN ('pack.written', 'report.drafted')
          """)
    }
    if let last, let day = Day(String(last.prefix(10))), date < day {
      blockers.append("\(date) is before \(day), when work that the report rests on was done")
    }
    return blockers
  }

  /// Sets what a draft says was done against what the file shows.
  ///
  /// - Parameter text: the draft's text, as ``ReportSource`` reads it.
  package func workClaims(in text: String) throws(AssureError) -> [WorkClaim] {
    let done = try workDone()
    let sentences = Self.sentences(text)
    var claims: [WorkClaim] = []
    for procedure in try reportWording().procedures {
      let found = sentences.filter { sentence in
        let lower = sentence.text.lowercased()
        return procedure.words.contains { $0.allSatisfy { lower.contains($0) } }
      }
      let isDone = done.contains(procedure.needs)
      for sentence in found {
        claims.append(
          WorkClaim(
            procedure: procedure.name, standing: isDone ? .shown : .notInFile,
            line: sentence.line, sentence: sentence.text))
      }
      if found.isEmpty, isDone {
        claims.append(
          WorkClaim(procedure: procedure.name, standing: .notClaimed, line: 0, sentence: ""))
      }
    }
    return claims
  }

  private static func sentences(_ text: String) -> [(line: Int, text: String)] {
    var sentences: [(line: Int, text: String)] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      for piece in line.split(whereSeparator: { ".。；;!！".contains($0) }) {
        let words = piece.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if !words.isEmpty { sentences.append((index + 1, words)) }
      }
    }
    return sentences
  }

  /// Writes the drafts as HTML and .docx and records their digests.
  ///
  /// - Returns: the paths written.
  package func write(_ drafts: [DraftReport], to target: String) throws(AssureError) -> [String] {
    try Folder.make(target)
    var paths: [String] = []
    var digests: [CanonicalJSON] = []
    for draft in drafts {
      let name = "assurance-report.\(draft.language)"
      for (ending, bytes) in [("html", Array(draft.html.utf8)), ("docx", draft.docx)] {
        let path = "\(target)/\(name).\(ending)"
        try Folder.write(bytes, to: path)
        paths.append(path)
        digests.append([
          "file": .string("\(name).\(ending)"), "sha256": .string(Digest(of: bytes).hex),
        ])
      }
    }
    let files = digests
    let at = try Moment.now()
    try store.commit(actor: actor, at: at) { _ in
      (Event("report.drafted", ["files": .array(files)]), ())
    }
    return paths
  }
}
