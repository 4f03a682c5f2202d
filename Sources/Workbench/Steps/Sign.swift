package import Assurance
import Foundation
import Pack
package import Trail

/// What somebody wants to sign.
package struct SigningWish: Sendable {
  /// What it is about; KPIs by their full name.
  package var scope: SignoffScope
  /// The folder of the pack or of the amendment; nil for all else.
  package var folder: String?
  package var role: SignoffRole
  package var decision: SignoffDecision
  /// Number of the statement taken back.
  package var withdraws: Int?
  package var signer: String
  package var comment: String?

  /// - Parameter decision: nil for what the role says of such a scope.
  package init(
    scope: SignoffScope, folder: String? = nil, role: SignoffRole,
    decision: SignoffDecision? = nil, withdraws: Int? = nil, signer: String,
    comment: String? = nil
  ) {
    self.scope = scope
    self.folder = folder
    self.role = role
    self.decision = decision ?? .usual(role, scope)
    self.withdraws = withdraws
    self.signer = signer
    self.comment = comment
  }
}

extension Engagement {
  /// The text that would be signed, from the state as it is now. Changes nothing.
  ///
  /// - Throws: `signer-unknown`, `sign-order`, `sign-independence` and what else forbids it.
  package func statement(_ wish: SigningWish) throws(AssureError) -> Statement {
    let board = try signoffBoard()
    try refuse(wish, board)
    let covers: [Statement.Covered]
    var withdraws: Digest?
    if wish.decision == .withdrawn {
      let earlier = try withdrawn(wish, board)
      (covers, withdraws) = (earlier.covers, earlier.digest)
    } else {
      covers = try covered(wish)
    }
    let made = try Moment.now()
    let (head, number) = try store.read { db in
      (
        Statement.Head(
          origin: origin, size: try TrailTables.size(db), root: try TrailTables.root(db)),
        try StatementTable.last(db) + 1
      )
    }
    do {
      guard let time = UTCTime(made) else { throw TrailError(.statementMalformed, made) }
      return try Statement(
        composing: Statement.Fields(
          engagement: settings.id, number: number, scope: wish.scope.description,
          role: wish.role.rawValue, decision: wish.decision.rawValue, withdraws: withdraws,
          signer: wish.signer, made: time, head: head, comment: wish.comment), covers: covers)
    } catch {
      throw AssureError(
        "statement-refused", place: "\(wish.scope)", "the statement cannot be written: \(error)",
        remedy: "names and comments are one line of visible characters; an engagement's name is "
          + "letters, digits, dots, dashes and underscores")
    }
  }

  /// The log's name.
  var origin: String { "assure/engagement/" + settings.id }

  /// Signs a statement with a key, checks the signature, and records both.
  ///
  /// - Parameter statement: as ``statement(_:)`` gave it and the signer saw it; refused if the
  ///   engagement has changed since.
  package func sign(
    _ statement: Statement, wish: SigningWish, key: String
  ) throws(AssureError) -> Signoff {
    let signoff = Signoff(statement: statement, signature: try KeySigner.sign(statement, key: key))
    do {
      _ = try SSHSignature(armored: signoff.signature).verified(
        message: statement.bytes, principal: statement.fields.signer,
        namespace: statement.namespace, at: statement.fields.made, signers: try signers())
    } catch let error as AssureError { throw error } catch {
      throw AssureError(
        "signer-unknown", place: signersPath, "\(error)",
        remedy: "the line is: NAME namespaces=\"\(statement.namespace)\" KEYTYPE KEY")
    }
    let pack = try wish.folder.map { (folder) throws(AssureError) in try packDigest(folder) } ?? ""
    if let folder = wish.folder { try SealJournal.note(folder, in: self.folder) }
    try store.commit(actor: actor, at: statement.fields.made.description) { db in
      guard try TrailTables.size(db) == statement.fields.head.size,
        try StatementTable.last(db) + 1 == statement.fields.number
      else {
        throw AssureError(
          "statement-outdated", place: statement.fields.scope,
          "the engagement changed while this was being signed; nothing was recorded",
          remedy: "look again and give the command again")
      }
      return (try StatementTable.insert(signoff, pack: pack, db), ())
    }
    if let folder = wish.folder {
      try seal(folder, with: signoff)
      SealJournal.clear(self.folder)
    }
    return signoff
  }

  /// How every sign-off stands now, by the engagement's own list of signers.
  package func signoffBoard() throws(AssureError) -> SignoffBoard {
    let signoffs = try store.read { try StatementTable.all($0).map(\.signoff) }
    do {
      let (leaves, told) = try store.read { db in
        (try TrailTables.leaves(db), try TrailTables.told(db))
      }
      return SignoffBoard(
        signoffs,
        try SignoffBasis.basis(
          engagement: settings.id, origin: origin, signoffs: signoffs,
          signers: try signoffs.isEmpty ? SignoffBasis.signers([], signersPath) : signers(),
          scopes: try scopes(of: signoffs), events: leaves, told: told, roles: terms.roles,
          people: settings.signers, terms: terms))
    } catch let error as AssureError { throw error } catch {
      throw AssureError("store-damaged", place: store.path, "the log cannot be read: \(error)")
    }
  }

  /// What a pack says of signing; nil as long as nobody has signed.
  func signingFacts() throws(AssureError) -> SigningFacts? {
    let signoffs = try store.read { try StatementTable.all($0).map(\.signoff) }
    guard !signoffs.isEmpty else { return nil }
    _ = try signers()
    return SigningFacts(
      signoffs: signoffs, allowedSigners: Array(try Folder.text(signersPath).utf8),
      people: settings.signers, terms: terms)
  }

  /// Notes, declarations, requests and evidence, from the log.
  package func workflow() throws(AssureError) -> Workflow {
    Workflow(events: try store.read { try TrailTables.told($0) })
  }
}
