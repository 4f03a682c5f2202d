package import Assurance
import Foundation
import Trail

/// Making an engagement's folder.
package enum EngagementFolder {
  /// What was made.
  package struct Summary: Sendable {
    package let id: String
    package let policySet: String
    package let policyDigest: String
  }

  /// Makes the folder, copies the policy set into it, writes the files to fill in, opens the trail.
  ///
  /// Files that a person has put there before are kept: `engagement.yaml`, `reported.csv`, and a
  /// policy set under `policies/`.
  ///
  /// - Parameter follows: an earlier engagement and the digest of its pack, for the first event.
  /// - Throws: `engagement-exists` if there is a store already.
  package static func create(
    folder: String, policies: String, actor: String,
    follows: (engagement: String, pack: String)? = nil
  ) throws(AssureError) -> Summary {
    let manager = FileManager.default
    guard !manager.fileExists(atPath: folder + "/assure.sqlite") else {
      throw AssureError(
        "engagement-exists", place: folder, "there is an engagement here already",
        remedy: "work in it, or choose another folder")
    }
    let name = URL(fileURLWithPath: policies).standardizedFileURL.lastPathComponent
    let texts = try Folder.texts(policies)
    _ = try PolicySet.read(texts, place: policies)
    for sub in [
      "", "/policies", "/report", "/sources", "/worksheets/out", "/worksheets/in", "/packs",
    ] {
      try Folder.make(folder + sub)
    }
    let target = folder + "/policies/" + name
    if !manager.fileExists(atPath: target) { try copy(texts, to: target) }
    let id = URL(fileURLWithPath: folder).standardizedFileURL.lastPathComponent
    try write(template(id: id, policies: name), to: folder + "/engagement.yaml")
    try write(Self.reported, to: folder + "/reported.csv")
    try openTrail(folder: folder, actor: actor, follows: follows)
    let engagement = try Engagement(folder: folder, actor: actor)
    return Summary(
      id: engagement.settings.id, policySet: engagement.policy.name,
      policyDigest: engagement.policyDigest)
  }

  /// Copies a policy set by way of a neighbour: a set that is there is whole.
  private static func copy(_ texts: [String: String], to target: String) throws(AssureError) {
    let partial = target + ".partial-\(ProcessInfo.processInfo.processIdentifier)"
    for (path, text) in texts {
      try Folder.make(URL(fileURLWithPath: partial + "/" + path).deletingLastPathComponent().path)
      try Folder.write(Array(text.utf8), to: partial + "/" + path)
    }
    guard rename(partial, target) == 0 else {
      throw AssureError(
        "cannot-write", place: target, "the policy set cannot be put into place",
        remedy: "check that the folder may be written")
    }
  }

  /// A name as YAML: in quotes unless it is a plain word.
  static func scalar(_ name: String) -> String {
    let isPlain =
      name.first.map { $0.isLetter } ?? false
      && name.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || "0123456789-_".unicodeScalars.contains($0)
      }
    return isPlain ? name : "'" + name.replacing("'", with: "''") + "'"
  }

  /// Makes the store under another name with its first event in it, then gives it its name.
  private static func openTrail(
    folder: String, actor: String, follows: (engagement: String, pack: String)?
  ) throws(AssureError) {
    let partial = folder + "/.assure-making.sqlite"
    for ending in ["", "-wal", "-shm"] { unlink(partial + ending) }
    do {
      let store = try Store(path: partial, creating: true)
      let settings = try Folder.text(folder + "/engagement.yaml")
      let at = try Moment.now()
      try store.commit(actor: actor, at: at) { _ in
        var facts: CanonicalJSON.Object = ["settings": .string(Digest(ofText: settings).hex)]
        if let follows {
          facts["follows"] = .string(follows.engagement)
          facts["followsPack"] = .string(follows.pack)
        }
        return (Event("engagement.opened", facts), ())
      }
      try store.close()
    }
    guard rename(partial, folder + "/assure.sqlite") == 0 else {
      throw AssureError(
        "cannot-write", place: folder, "the store cannot be put into place",
        remedy: "check that the folder may be written")
    }
  }

  private static func write(_ text: String, to path: String) throws(AssureError) {
    guard !FileManager.default.fileExists(atPath: path) else { return }
    try Folder.write(Array(text.utf8), to: path)
  }

  private static let reported = """
    # The figures as printed, one a line; figures with commas in double quotes.
    kpi,printed,unit,place,note

    """

  private static func template(id: String, policies: String) -> String {
    """
    # One assurance engagement. Edited by people; its digest goes into the trail with every step.
    engagement: \(scalar(id))
    entity: Name of the reporting entity
    period: {first: 2021-01-01, last: 2021-12-31}
    standard: ISAE 3000 (Revised)
    level: limited          # limited or reasonable
    policies: \(scalar(policies))
    team:
      - {name: Name, role: preparer}    # preparer, reviewer, partner or eqr
    #  - {name: Name, role: reviewer, signers: [name@example.org]}   # as in keys/allowed_signers
    # Thresholds a KPI in its own unit: a share (overall: of the figure; others: of overall) or an amount.
    materiality: []
    #  - kpi: water-consumption
    #    overall: 5%
    #    performance: 75%
    #    trivial: 5%
    #    reason: why this share
    # Workpapers that are signed together, evidence that a risk asks for, days to the locked file.
    # sections: [{name: environment, kpis: [water-consumption]}]
    # evidence: [{kpi: water-consumption, minimum: external-copy, reason: why}]
    # assembly: 60          # 14, 45 or 60

    """
  }
}
