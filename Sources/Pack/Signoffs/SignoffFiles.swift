import Assurance
import Trail

/// Sign-offs as files of a pack, and back.
enum SignoffFiles {
  /// Statements, signatures, people and the list of signers.
  static func write(_ signing: SigningFacts) -> [(path: String, bytes: [UInt8])] {
    var files: [(path: String, bytes: [UInt8])] = [
      (PackPaths.allowedSigners, signing.allowedSigners),
      (PackPaths.people, people(signing.people)),
    ]
    if let terms = signing.terms {
      files.append((Terms.engagementPath, terms.engagementTable))
      files.append((Terms.teamPath, terms.teamTable))
    }
    for signoff in signing.signoffs {
      files.append((PackPaths.signoffs + PackPaths.statement(signoff), signoff.statement.bytes))
      files.append((PackPaths.signoffs + PackPaths.signature(signoff), signoff.signature))
    }
    return files
  }

  static let columns = ["signer", "person"]

  private static func people(_ people: [(signer: String, person: String)]) -> [UInt8] {
    people.sorted { $0.signer.utf8.lexicographicallyPrecedes($1.signer.utf8) }
      .reduce(CanonicalCSV.line(columns)) { $0 + CanonicalCSV.line([$1.signer, $1.person]) }
  }

  /// What a pack has under `data/signoffs`; nil if it has no such folder.
  ///
  /// - Throws: `text-malformed` for a statement that can't be read, or that lacks its signature.
  static func read(
    _ folder: any FileTree, _ listing: FolderListing
  ) throws(AssureError) -> SigningFacts? {
    guard let listed = folder.read(PackPaths.people, limit: 1 << 20) else { return nil }
    let rows = try CSVText.rows(listed, columns: columns, place: PackPaths.people)
    guard let signers = folder.read(PackPaths.allowedSigners, limit: AllowedSigners.byteCountMax)
    else {
      throw AssureError(
        "text-malformed", place: PackPaths.allowedSigners, "sign-offs without a list of signers")
    }
    return SigningFacts(
      signoffs: try statements(in: PackPaths.signoffs, folder, listing), allowedSigners: signers,
      people: rows.map { (signer: $0[0], person: $0[1]) }, terms: try terms(folder))
  }

  /// Who does what, in both tables; nil if the pack has neither.
  private static func terms(_ folder: any FileTree) throws(AssureError) -> Terms? {
    var rows: [[String]] = []
    for path in [Terms.engagementPath, Terms.teamPath] {
      guard let bytes = folder.read(path, limit: 1 << 20) else { return nil }
      rows += try CSVText.rows(bytes, columns: Terms.columns, place: path)
    }
    guard let terms = Terms(rows: rows) else {
      throw AssureError("text-malformed", place: Terms.teamPath, "a row of no known kind")
    }
    return terms
  }

  /// Every statement in a folder with its signature, in the order of their numbers.
  static func statements(
    in place: String, _ folder: any FileTree, _ listing: FolderListing
  ) throws(AssureError) -> [Signoff] {
    var signoffs: [Signoff] = []
    for path in listing.files.map(\.path)
    where path.hasPrefix(place) && path.hasSuffix(".txt") {
      let bytes = folder.read(path, limit: Statement.byteCountMax) ?? []
      let armour =
        folder.read(String(path.dropLast(4)) + ".sig", limit: SSHSignature.byteCountMax) ?? []
      let statement: Statement
      do { statement = try Statement(parsing: bytes) } catch {
        throw AssureError("text-malformed", place: path, "\(error)")
      }
      let signoff = Signoff(statement: statement, signature: armour)
      guard !armour.isEmpty, path == place + PackPaths.statement(signoff) else {
        throw AssureError(
          "text-malformed", place: path,
          armour.isEmpty ? "its signature is not beside it" : "it is not named as it says")
      }
      signoffs.append(signoff)
    }
    return signoffs.sorted { $0.statement.fields.number < $1.statement.fields.number }
  }
}
