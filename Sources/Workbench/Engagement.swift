package import Assurance
import Foundation
import Trail

/// One assurance job: a folder with settings, policy, printed figures and a store.
///
/// The steps of the work are methods in `Steps/`. Each reads the settings, the policy and the
/// printed figures afresh when the engagement is opened, and records their digests in the trail
/// with every step that used them.
package final class Engagement: Sendable {
  package let folder: String
  package let settings: EngagementSettings
  package let policy: PolicySet
  /// SHA-256 over the policy's files: their paths and digests, sorted.
  package let policyDigest: String
  package let settingsDigest: String
  package let reported: [ReportedValue]
  package let reportedDigest: String
  package let store: Store
  /// Who works; written into every event.
  package let actor: String

  /// Opens the engagement in a folder.
  ///
  /// - Throws: `no-engagement` if there is no `engagement.yaml`; policy errors with file and line.
  package init(folder: String, actor: String) throws(AssureError) {
    self.folder = folder
    self.actor = actor
    let settingsPath = folder + "/engagement.yaml"
    guard FileManager.default.fileExists(atPath: settingsPath) else {
      throw AssureError(
        "no-engagement", place: folder, "there is no engagement.yaml here",
        remedy:
          "make an engagement with `assure init DIR --policies SET`, or name one with --engagement")
    }
    let settingsText = try Folder.text(settingsPath)
    settingsDigest = Digest(ofText: settingsText).hex
    settings = try EngagementSettings.read(settingsText, file: "engagement.yaml")
    let policies = folder + "/policies/" + settings.policies
    guard FileManager.default.fileExists(atPath: policies + "/policy.yaml") else {
      throw AssureError(
        "no-such-policy", place: "engagement.yaml",
        "the policy set `\(settings.policies)` is not in the engagement's folder policies/",
        remedy: "correct `policies:`, or copy the set's folder there")
    }
    let files = try Folder.texts(policies)
    policyDigest = Self.digest(of: files)
    policy = try PolicySet.read(files, place: "policies/" + settings.policies)
    let reportedPath = folder + "/reported.csv"
    let reportedText =
      FileManager.default.fileExists(atPath: reportedPath) ? try Folder.text(reportedPath) : ""
    reportedDigest = Digest(ofText: reportedText).hex
    reported = try ReportedValue.read(csv: reportedText, file: "reported.csv")
    store = try Store(path: folder + "/assure.sqlite")
    try checkAgreement()
    PackJournal.recover(self)
    SealJournal.recover(self)
  }

  /// Names in the settings and the printed figures must be those of the policy.
  private func checkAgreement() throws(AssureError) {
    let known = policy.kpis.map(\.name)
    let remedy = "one of: \(known.joined(separator: ", "))"
    for rule in settings.materiality where !known.contains(rule.kpi) {
      throw AssureError(
        "unknown-kpi", place: "engagement.yaml",
        "materiality is set for `\(rule.kpi)`, which is no KPI of the policy",
        remedy: remedy)
    }
    let named = settings.sections.flatMap(\.kpis) + settings.evidence.map(\.kpi)
    if let kpi = named.first(where: { !known.contains($0) }) {
      throw AssureError(
        "unknown-kpi", place: "engagement.yaml",
        "`\(kpi)`, under sections or evidence, is no KPI of the policy", remedy: remedy)
    }
    for value in reported where !known.contains(value.kpi) {
      throw AssureError(
        "unknown-kpi", place: value.place, "`\(value.kpi)` is no KPI of the policy", remedy: remedy)
    }
    guard policy.sampling.level(settings.level) != nil else {
      throw AssureError(
        "unknown-level", place: "policies/\(settings.policies)/sampling.yaml",
        "there are no sampling rules for the level `\(settings.level)`",
        remedy: "add them under `levels:`")
    }
  }

  /// The KPI of that name.
  package func kpi(_ name: String) throws(AssureError) -> KPIDefinition {
    guard let kpi = policy.kpi(name) else {
      throw AssureError(
        "unknown-kpi", place: "--kpi \(name)", "the policy `\(policy.name)` has no such KPI",
        remedy: "one of: \(policy.kpis.map(\.name).joined(separator: ", "))")
    }
    return kpi
  }

  /// The KPI named, or the only one whose name begins so: `water` for `water-consumption` where it
  /// is the only assured flow of that prefix.
  package func kpi(abbreviated name: String) throws(AssureError) -> KPIDefinition {
    if policy.kpi(name) != nil { return try kpi(name) }
    let matches = policy.kpis.filter { $0.name.hasPrefix(name + "-") }
    let sampled = matches.filter { $0.measure.hasPopulation }
    if let only = sampled.count == 1 ? sampled.first : matches.count == 1 ? matches.first : nil {
      return only
    }
    return try kpi(name)
  }

  private static func digest(of files: [String: String]) -> String {
    var stream = DigestStream()
    for (path, text) in files.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      stream.update(Array("\(Digest(ofText: text).hex)  \(path)\n".utf8))
    }
    return stream.digest().hex
  }
}
