package import Assurance
import Foundation
import Pack
import Trail

/// What a statement about a scope covers, and by which list of keys it is signed.
extension Engagement {
  /// Who may sign, edited by people; its bytes go into every pack.
  var signersPath: String { folder + "/keys/allowed_signers" }

  func signers() throws(AssureError) -> AllowedSigners {
    try SignoffBasis.signers(try signersText(), "keys/allowed_signers")
  }

  private func signersText() throws(AssureError) -> [UInt8] {
    guard FileManager.default.fileExists(atPath: signersPath) else {
      throw AssureError(
        "no-signers", place: signersPath, "the engagement has no list of who may sign",
        remedy: "write lines such as: alice@example.org namespaces=\"preparer@assure\" ssh-ed25519 "
          + "AAAA…")
    }
    return Array(try Folder.text(signersPath).utf8)
  }

  /// The team and what it agreed on, in the form in which it is signed.
  package var terms: Terms {
    var terms = Terms()
    terms.engagement = [
      Terms.Pair("id", settings.id), Terms.Pair("entity", settings.entity),
      Terms.Pair("period", settings.period.description),
      Terms.Pair("standard", settings.standard), Terms.Pair("level", settings.level),
    ]
    terms.members = settings.team.map { Terms.Pair($0.name, $0.role) }
    terms.signers = settings.signers.map { Terms.Pair($0.signer, $0.person) }
    terms.sections = settings.sections.flatMap { section in
      section.kpis.map { Terms.Pair(section.name, $0) }
    }
    terms.minimum = settings.evidence.map { Terms.Pair($0.kpi, $0.minimum.rawValue) }
    // What the policy knows and the engagement does not name is no part of it; one that names
    // nothing yet is about all that its policy has.
    let named = Set(reported.map(\.kpi)).union(settings.materiality.map(\.kpi))
    terms.assured = policy.kpis.filter {
      $0.status == .assured && (named.isEmpty || named.contains($0.name))
    }.map(\.name)
    terms.assemblyDays = settings.assemblyDays
    return terms
  }

  /// The files that a statement covers, with their digests.
  func covered(_ wish: SigningWish) throws(AssureError) -> [Statement.Covered] {
    switch wish.scope {
    case .workpaper(let name): return try files(of: name)
    case .section(let name):
      guard let kpis = terms.kpisBySection[name] else {
        throw AssureError(
          "unknown-section", place: "--section \(name)", "the engagement has no such section",
          remedy: "add it under `sections:` in engagement.yaml")
      }
      return try union(of: kpis)
    case .team: return try team()
    case .independence: return [engagementFile]
    case .pack, .report:
      return [Statement.Covered(digest: try digest(of: wish), path: "tagmanifest-sha256.txt")]
    case .amendment:
      return [
        Statement.Covered(digest: try digest(of: wish), path: "tagmanifest-sha256.txt"),
        Statement.Covered(
          digest: try amended(by: wish.folder ?? ""), path: Amendment.amendedPath),
      ]
    }
  }

  private func digest(of wish: SigningWish) throws(AssureError) -> Digest {
    guard let folder = wish.folder, let digest = Digest(hex: try packDigest(folder)) else {
      throw AssureError(
        "nothing-to-sign", place: "\(wish.scope)", "no folder is named",
        remedy: "name it with --pack DIR")
    }
    return digest
  }

  private func union(of kpis: [String]) throws(AssureError) -> [Statement.Covered] {
    var parts: [[Statement.Covered]] = []
    for kpi in kpis { parts.append(try files(of: kpi)) }
    return SignoffBasis.joined(parts)
  }

  private var engagementFile: Statement.Covered {
    Statement.Covered(digest: Digest(of: terms.engagementTable), path: Terms.engagementPath)
  }

  private func team() throws(AssureError) -> [Statement.Covered] {
    [
      Statement.Covered(digest: Digest(of: try signersText()), path: "data/keys/allowed_signers"),
      engagementFile,
      Statement.Covered(digest: Digest(of: terms.teamTable), path: Terms.teamPath),
    ]
  }

  private func files(of kpi: String) throws(AssureError) -> [Statement.Covered] {
    do {
      return try EvidencePack.scope(of: try contentForSigning(self.kpi(kpi)))
    } catch let error as AssureError { throw error } catch {
      throw AssureError("cannot-sign", place: kpi, "its workpaper cannot be written: \(error)")
    }
  }

  /// The files of the scopes that were signed, as they are now.
  func scopes(of signoffs: [Signoff]) throws(AssureError) -> [SignoffScope: [Statement.Covered]] {
    var scopes: [SignoffScope: [Statement.Covered]] = [:]
    var papers: [String: [Statement.Covered]] = [:]
    func paper(_ kpi: String) throws(AssureError) -> [Statement.Covered] {
      if let known = papers[kpi] { return known }
      let files = try files(of: kpi)
      papers[kpi] = files
      return files
    }
    for scope in Set(signoffs.compactMap(\.scope)) {
      switch scope {
      case .workpaper(let name):
        if policy.kpi(name) != nil { scopes[scope] = try paper(name) }
      case .section(let name):
        guard let kpis = terms.kpisBySection[name] else { continue }
        var parts: [[Statement.Covered]] = []
        for kpi in kpis { parts.append(try paper(kpi)) }
        scopes[scope] = SignoffBasis.joined(parts)
      case .team: scopes[scope] = try team()
      case .independence: scopes[scope] = [engagementFile]
      case .pack, .report, .amendment: continue
      }
    }
    return scopes
  }

  /// The digest of a pack that is whole.
  func packDigest(_ folder: String) throws(AssureError) -> String {
    let verdict = try PackVerifier.verify(folder)
    guard verdict.word != .broken else {
      throw AssureError(
        "pack-broken", place: folder, verdict.line, remedy: "run `assure verify \(folder)`")
    }
    return verdict.digest
  }
}
