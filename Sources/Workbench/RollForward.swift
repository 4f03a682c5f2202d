package import Assurance
import Foundation
import Pack
import Trail

/// A new engagement with the structure of an earlier one: its team, keys, sections, rules and
/// policies. No sources, no evidence, no figures, no signatures, no conclusions.
package enum RollForward {
  /// What was made, and what it follows.
  package struct Summary: Sendable {
    package let made: EngagementFolder.Summary
    package let follows: String
    /// The digest of the earlier engagement's locked pack, or of its last; empty if it has none.
    package let pack: String
  }

  /// - Throws: `engagement-exists`, and what opening the earlier engagement throws.
  package static func create(
    folder: String, from earlier: String, actor: String
  ) throws(AssureError) -> Summary {
    guard !FileManager.default.fileExists(atPath: folder + "/engagement.yaml") else {
      throw AssureError(
        "engagement-exists", place: folder, "there is an engagement.yaml here already",
        remedy: "choose another folder")
    }
    let old = try Engagement(folder: earlier, actor: actor)
    let locked = try old.workflow().locked
    let pack = if let locked { locked.pack } else { try old.lastPack() ?? "" }
    let id = URL(fileURLWithPath: folder).standardizedFileURL.lastPathComponent
    try Folder.make(folder + "/keys")
    try Folder.write(
      Array(text(old.settings, id: id, pack: pack).utf8), to: folder + "/engagement.yaml")
    if FileManager.default.fileExists(atPath: old.signersPath) {
      try Folder.write(
        Array(try Folder.text(old.signersPath).utf8), to: folder + "/keys/allowed_signers")
    }
    let made = try EngagementFolder.create(
      folder: folder, policies: earlier + "/policies/" + old.settings.policies, actor: actor,
      follows: (old.settings.id, pack))
    return Summary(made: made, follows: old.settings.id, pack: pack)
  }

  /// The settings of the next period, thresholds left to be decided anew.
  static func text(_ old: EngagementSettings, id: String, pack: String) -> String {
    func scalar(_ text: String) -> String { EngagementFolder.scalar(text) }
    let period = next(old.period)
    var lines = [
      "# Follows the engagement \(old.id)" + (pack.isEmpty ? "." : ", pack \(pack)."),
      "# Structure only: decide about thresholds and everything else anew.",
      "engagement: \(scalar(id))", "entity: \(scalar(old.entity))",
      "period: {first: \(period.first), last: \(period.last)}",
      "standard: \(scalar(old.standard))", "level: \(old.level)",
      "policies: \(scalar(old.policies))", "assembly: \(old.assemblyDays)", "team:",
    ]
    for (name, role) in old.team {
      let signers = old.signers.filter { $0.person == name }.map { scalar($0.signer) }
      let own = signers.isEmpty ? "" : ", signers: [\(signers.joined(separator: ", "))]"
      lines.append("  - {name: \(scalar(name)), role: \(scalar(role))\(own)}")
    }
    if !old.sections.isEmpty { lines.append("sections:") }
    for (name, kpis) in old.sections {
      lines.append("  - {name: \(scalar(name)), kpis: [\(kpis.joined(separator: ", "))]}")
    }
    if !old.evidence.isEmpty { lines.append("evidence:") }
    for rule in old.evidence {
      lines.append(
        "  - {kpi: \(rule.kpi), minimum: \(rule.minimum.rawValue), reason: \(scalar(rule.reason))}")
    }
    lines.append("materiality: []")
    lines += old.materiality.map {
      "#  - {kpi: \($0.kpi), overall: …, performance: …, trivial: …, reason: …}"
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The same days a year later; a last day of February stays one.
  static func next(_ period: Period) -> Period {
    func later(_ day: Day) -> Day {
      let (year, month, number) = day.civil
      let isLast = day.adding(days: 1).civil.day == 1
      let end = Month(year: year + 1, month: month).days
      return Day(year: year + 1, month: month, day: isLast ? end : min(number, end)) ?? day
    }
    return Period(later(period.first), later(period.last)) ?? period
  }
}
