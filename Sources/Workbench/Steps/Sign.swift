package import Assurance
import Foundation
import Pack
package import Trail

/// What somebody wants to sign.
package struct SigningWish: Sendable {
  /// The KPI whose workpaper it is; nil for a pack.
  package var kpi: String?
  /// The folder of the pack; nil for a workpaper.
  package var pack: String?
  package var role: SignoffRole
  package var decision: SignoffDecision
  /// Number of the statement taken back.
  package var withdraws: Int?
  package var signer: String
  package var comment: String?

  package init(
    kpi: String? = nil, pack: String? = nil, role: SignoffRole, decision: SignoffDecision,
    withdraws: Int? = nil, signer: String, comment: String? = nil
  ) {
    self.kpi = kpi
    self.pack = pack
    self.role = role
    self.decision = decision
    self.withdraws = withdraws
    self.signer = signer
    self.comment = comment
  }
}

extension Engagement {
  /// Who may sign, edited by people; its bytes go into every pack.
  var signersPath: String { folder + "/keys/allowed_signers" }

  /// The text that would be signed, from the state as it is now. Changes nothing.
  ///
  /// - Throws: `signer-unknown`, `sign-order`, `sign-independence` and what else forbids it.
  package func statement(_ wish: SigningWish) throws(AssureError) -> Statement {
    let board = try signoffBoard()
    let scope = try scope(of: wish)
    try refuse(wish, scope, board)
    let covers: [Statement.Covered]
    var withdraws: Digest?
    if wish.decision == .withdrawn {
      let earlier = try withdrawn(wish, board)
      (covers, withdraws) = (earlier.covers, earlier.digest)
    } else {
      covers = try covered(wish)
    }
    let made = try Moment.now()
    let origin = "assure/engagement/" + settings.id
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
          engagement: settings.id, number: number, scope: scope.description,
          role: wish.role.rawValue, decision: wish.decision.rawValue, withdraws: withdraws,
          signer: wish.signer, made: time, head: head, comment: wish.comment), covers: covers)
    } catch {
      throw AssureError(
        "statement-refused", place: "\(scope)", "the statement cannot be written: \(error)",
        remedy: "names and comments are one line of visible characters; an engagement's name is "
          + "letters, digits, dots, dashes and underscores")
    }
  }

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
    let pack = try wish.pack.map { (folder) throws(AssureError) in try packDigest(folder) } ?? ""
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
    if let folder = wish.pack { try seal(folder, with: signoff) }
    return signoff
  }

  /// How every sign-off stands now, by the engagement's own list of signers.
  package func signoffBoard() throws(AssureError) -> SignoffBoard {
    let all = try store.read { try StatementTable.all($0) }
    guard !all.isEmpty else {
      return SignoffBoard(
        [],
        SignoffBoard.Basis(
          engagement: settings.id, origin: "", signers: try noSigners(), roots: [:], events: [:],
          scopes: [:], roles: roles))
    }
    var scopes: [SignoffScope: [Statement.Covered]] = [:]
    for (signoff, _) in all {
      guard case .workpaper(let name) = signoff.scope, policy.kpi(name) != nil,
        scopes[.workpaper(name)] == nil
      else { continue }
      scopes[.workpaper(name)] = try files(of: name)
    }
    do {
      let lines = try store.read { try TrailTables.lines($0) }
      return SignoffBoard(
        all.map(\.signoff),
        try SignoffBasis.basis(
          engagement: settings.id, origin: "assure/engagement/" + settings.id,
          signoffs: all.map(\.signoff), signers: try signers(), scopes: scopes,
          events: lines.map { Array($0.utf8) }, roles: roles, people: settings.signers))
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
      people: settings.signers)
  }

  private var roles: Set<SignoffRole> {
    Set(settings.team.compactMap { SignoffRole(rawValue: $0.role) })
  }

  private func noSigners() throws(AssureError) -> AllowedSigners {
    try SignoffBasis.signers([], signersPath)
  }

  private func signers() throws(AssureError) -> AllowedSigners {
    guard FileManager.default.fileExists(atPath: signersPath) else {
      throw AssureError(
        "no-signers", place: signersPath, "the engagement has no list of who may sign",
        remedy: "write lines such as: alice@example.org namespaces=\"preparer@assure\" ssh-ed25519 "
          + "AAAA…")
    }
    return try SignoffBasis.signers(
      Array(try Folder.text(signersPath).utf8), "keys/allowed_signers")
  }

  // MARK: What may not be signed

  private func scope(of wish: SigningWish) throws(AssureError) -> SignoffScope {
    if let name = wish.kpi { return .workpaper(try kpi(abbreviated: name).name) }
    if wish.pack != nil { return .pack }
    throw AssureError(
      "nothing-to-sign", place: "sign", "neither a KPI nor a pack is named",
      remedy: "add --kpi NAME for a workpaper or --pack DIR for a pack")
  }

  private func refuse(
    _ wish: SigningWish, _ scope: SignoffScope, _ board: SignoffBoard
  ) throws(AssureError) {
    guard settings.signers.isEmpty || settings.signers.contains(where: { $0.signer == wish.signer })
    else {
      throw AssureError(
        "signer-unknown", place: "engagement.yaml", "\(wish.signer) is nobody of the team",
        remedy: "add the name under `signers:` of a member")
    }
    guard wish.decision.agrees else { return }
    let person = settings.signers.first { $0.signer == wish.signer }?.person ?? wish.signer
    guard wish.decision == wish.role.decision else {
      throw AssureError(
        "sign-decision", place: "--decision \(wish.decision.rawValue)",
        "a \(wish.role.rawValue) says \(wish.role.decision.rawValue), rejected or withdrawn",
        remedy: "leave --decision out")
    }
    switch SignoffBoard.breach(
      wish.role, scope, person, earlier: board.entries, roles: roles)
    {
    case .outOfOrder(let why):
      throw AssureError(
        "sign-order", place: "\(scope)", why, remedy: "ask for that signature first")
    case .notIndependent(let why):
      throw AssureError(
        "sign-independence", place: "\(scope)", why,
        remedy: "somebody else must sign as \(wish.role.rawValue)")
    default: break
    }
    guard case .workpaper = scope,
      let below = wish.role.before.first(where: roles.contains),
      let entry = board.last(below, scope), entry.state.isOutdated
    else { return }
    throw AssureError(
      "sign-order", place: "\(scope)",
      "the \(below.rawValue)’s signature is \(entry.state.word): \(entry.state.detail)",
      remedy: "the \(below.rawValue) looks again and signs first")
  }

  private func withdrawn(
    _ wish: SigningWish, _ board: SignoffBoard
  ) throws(AssureError) -> Statement {
    let found = board.entries.first { $0.signoff.statement.fields.number == wish.withdraws }
    guard let earlier = found?.signoff.statement, earlier.fields.signer == wish.signer,
      earlier.fields.role == wish.role.rawValue
    else {
      throw AssureError(
        "nothing-to-withdraw", place: "--withdraws \(wish.withdraws ?? 0)",
        "\(wish.signer) made no statement of that number as \(wish.role.rawValue)",
        remedy: "see `assure signoffs`")
    }
    return earlier
  }

  // MARK: What is covered

  private func covered(_ wish: SigningWish) throws(AssureError) -> [Statement.Covered] {
    if let name = wish.kpi { return try files(of: try kpi(abbreviated: name).name) }
    guard let folder = wish.pack, let digest = Digest(hex: try packDigest(folder)) else {
      return []
    }
    return [Statement.Covered(digest: digest, path: "tagmanifest-sha256.txt")]
  }

  private func files(of kpi: String) throws(AssureError) -> [Statement.Covered] {
    do {
      return try EvidencePack.scope(of: try contentForSigning(self.kpi(kpi)))
    } catch let error as AssureError { throw error } catch {
      throw AssureError("cannot-sign", place: kpi, "its workpaper cannot be written: \(error)")
    }
  }

  /// The digest of a pack that is whole.
  private func packDigest(_ folder: String) throws(AssureError) -> String {
    let verdict = try PackVerifier.verify(folder)
    guard verdict.word != .broken else {
      throw AssureError(
        "pack-broken", place: folder, verdict.line, remedy: "run `assure verify \(folder)`")
    }
    return verdict.digest
  }
}
