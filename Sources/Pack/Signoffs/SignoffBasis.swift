package import Assurance
package import Trail

/// What sign-offs are judged by, taken from a log and from people's lists.
package enum SignoffBasis {
  /// - Parameters:
  ///   - signoffs: those whose quoted heads are looked up in the log.
  ///   - signers: the reader's list, or the engagement's own.
  ///   - scopes: the files of each scope as they are now.
  ///   - events: the exact bytes of each leaf of the log, in order.
  package static func basis(
    engagement: String, origin: String, signoffs: [Signoff], signers: AllowedSigners,
    scopes: [SignoffScope: [Statement.Covered]], events: [[UInt8]], roles: Set<SignoffRole>,
    people: [(signer: String, person: String)]
  ) throws -> SignoffBoard.Basis {
    var log = LogIndex(rootsAt: Set(signoffs.map(\.statement.fields.head.size)))
    log.append(events)
    return SignoffBoard.Basis(
      engagement: engagement, origin: origin, signers: signers, roots: log.roots,
      events: log.statements, scopes: scopes, roles: roles, people: dictionary(people))
  }

  /// The same from a pack's content and its log.
  static func basis(
    _ content: PackContent, log: LogIndex, signers: AllowedSigners,
    revoked: RevokedKeys = RevokedKeys(), scopes: [SignoffScope: [Statement.Covered]]
  ) -> SignoffBoard.Basis {
    SignoffBoard.Basis(
      engagement: content.engagement.id, origin: content.trail.head?.origin ?? "",
      signers: signers, revoked: revoked, roots: log.roots, events: log.statements,
      scopes: scopes,
      roles: Set(content.engagement.team.compactMap { SignoffRole(rawValue: $0.role) }),
      people: dictionary(content.signing?.people ?? []))
  }

  private static func dictionary(_ people: [(signer: String, person: String)]) -> [String: String] {
    Dictionary(people.map { ($0.signer, $0.person) }, uniquingKeysWith: { first, _ in first })
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
