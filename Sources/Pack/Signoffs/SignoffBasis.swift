package import Assurance
package import Trail

/// What sign-offs are judged by, taken from a log and from people's lists.
package enum SignoffBasis {
  /// - Parameters:
  ///   - signoffs: those whose quoted heads are looked up in the log.
  ///   - signers: the reader's list, or the engagement's own.
  ///   - scopes: the files of each scope as they are now.
  ///   - events: the exact bytes of each leaf of the log, in order.
  ///   - told: the same events as they were meant; nil where no values are at hand.
  ///   - terms: the team and its sections, as written down.
  package static func basis(
    engagement: String, origin: String, signoffs: [Signoff], signers: AllowedSigners,
    scopes: [SignoffScope: [Statement.Covered]], events: [[UInt8]], told: [[UInt8]]? = nil,
    roles: Set<SignoffRole>,
    people: [(signer: String, person: String)], terms: Terms? = nil
  ) throws -> SignoffBoard.Basis {
    var log = LogIndex(rootsAt: Set(signoffs.map(\.statement.fields.head.size)))
    log.append(events)
    return SignoffBoard.Basis(
      engagement: engagement, origin: origin, signers: signers, roots: log.roots,
      events: log.statements, scopes: scopes,
      rules: rules(roles, people, terms, Workflow(events: told ?? events)))
  }

  /// The same from a pack's content and its log.
  static func basis(
    _ content: PackContent, log: LogIndex, signers: AllowedSigners,
    revoked: RevokedKeys = RevokedKeys(), scopes: [SignoffScope: [Statement.Covered]],
    later: [[UInt8]] = []
  ) -> SignoffBoard.Basis {
    SignoffBoard.Basis(
      engagement: content.engagement.id,
      // A checkpoint that can't be read is a finding of its own and breaks no signature.
      origin: content.trail.head?.origin ?? "assure/engagement/" + content.engagement.id,
      signers: signers, revoked: revoked, roots: log.roots, events: log.statements,
      scopes: scopes,
      rules: rules(
        Set(content.engagement.team.compactMap { SignoffRole(rawValue: $0.role) }),
        content.signing?.people ?? [], content.signing?.terms,
        content.trail.workflow(with: later)))
  }

  private static func rules(
    _ roles: Set<SignoffRole>, _ people: [(signer: String, person: String)], _ terms: Terms?,
    _ workflow: Workflow
  ) -> SignoffRules {
    var rules = SignoffRules(roles: roles)
    rules.people = Dictionary(
      people.map { ($0.signer, $0.person) }, uniquingKeysWith: { first, _ in first })
    rules.members = Set(terms?.members.map(\.name) ?? [])
    rules.sections = terms?.kpisBySection ?? [:]
    rules.workflow = workflow
    return rules
  }

  /// The files of each scope that can be compared in a pack, with their digests.
  ///
  /// - Parameter digest: of the file at a path; nil if it is not there.
  static func scopes(
    _ content: PackContent, digest: (String) throws -> Digest?
  ) rethrows -> [SignoffScope: [Statement.Covered]] {
    func covered(_ paths: [String]) throws -> [Statement.Covered] {
      try paths.compactMap { path in
        try digest(path).map { Statement.Covered(digest: $0, path: path) }
      }
    }
    var scopes: [SignoffScope: [Statement.Covered]] = [:]
    // What a redaction changed can't be set against what was signed.
    for paper in content.workpapers where content.redaction?.hides(paper) != true {
      scopes[.workpaper(paper.kpi.name)] = try covered(PackPaths.scope(of: paper))
    }
    guard let terms = content.signing?.terms else { return scopes }
    for (section, kpis) in terms.kpisBySection {
      let parts = kpis.compactMap { scopes[.workpaper($0)] }
      if parts.count == kpis.count { scopes[.section(section)] = joined(parts) }
    }
    scopes[.team] = try covered(PackPaths.team)
    for coolingOff in [false, true] {
      scopes[.independence(coolingOff: coolingOff)] = try covered([Terms.engagementPath])
    }
    return scopes
  }

  /// The files of several scopes, each once, in the order of their paths.
  package static func joined(_ parts: [[Statement.Covered]]) -> [Statement.Covered] {
    var seen: Set<String> = []
    return parts.joined().filter { seen.insert($0.path).inserted }.sorted {
      $0.path.utf8.lexicographicallyPrecedes($1.path.utf8)
    }
  }

  /// A list of signers, its refusal as a sentence.
  package static func signers(
    _ bytes: [UInt8], _ place: String
  ) throws(AssureError) -> AllowedSigners {
    do { return try AllowedSigners(parsing: bytes) } catch {
      throw AssureError(
        "signers-malformed", place: place, "\(error)",
        remedy: "write lines as in `man ssh-keygen`, ALLOWED SIGNERS")
    }
  }
}
