package import Assurance
package import Trail

/// What is printed on a report and kept elsewhere: a pack's digest and the head of its log.
///
/// A pack can't hold its own digest, and a head proves nothing as long as nobody outside has it. So
/// the slip is never in a pack: it is printed with the report, mailed to the entity and to the
/// quality reviewer. `assure verify --head SLIP` holds a pack against it later.
package struct PackSlip: Hashable, Sendable {
  /// The engagement's identifier.
  package let engagement: String
  /// SHA-256 of `tagmanifest-sha256.txt`.
  package let digest: Digest
  /// The longest head that the folder itself has: of its seal, else of its log.
  package let head: Checkpoint

  /// Reads a pack; whether its files are whole is for `verify`.
  ///
  /// - Throws: `not-a-pack`.
  package init(of tree: any FileTree) throws(AssureError) {
    let notes = [PackPaths.sealCheckpoint, PackPaths.checkpoint].lazy
      .compactMap { tree.read($0, limit: SignedNote.byteCountMax) }
    guard let list = tree.read(PackPaths.tagManifests[0]), let note = notes.first,
      let head = Self.head(note), let build = tree.read(PackPaths.build),
      let name = try? JSONFields(bytes: build, place: PackPaths.build)
        .nested("engagement", EngagementText.read).id
    else {
      throw AssureError(
        "not-a-pack", place: "", "no evidence pack: its list, build file or checkpoint is missing",
        remedy: "name the folder that holds bagit.txt")
    }
    (engagement, digest, self.head) = (VisibleText.of(name), Digest(of: list), head)
  }

  /// The same of a folder or a zip.
  package init(at path: String) throws(AssureError) {
    do throws(AssureError) { try self.init(of: try PackOpening.tree(at: path)) } catch {
      throw AssureError(error.code, place: path, error.reason, remedy: error.remedy)
    }
  }

  private static func head(_ note: [UInt8]) -> Checkpoint? {
    let text = (try? SignedNote(parsing: note))?.text ?? note
    return try? Checkpoint(parsing: text)
  }

  /// The three lines, as they are printed and as the QR code has them.
  package var lines: [String] {
    [
      "assure pack \(engagement)", "sha256 \(digest.hex)",
      "\(head.origin) \(head.size) \(head.root.base64)",
    ]
  }

  package var text: String { lines.map { $0 + "\n" }.joined() }
}
