package import Assurance
import Foundation
import Pack
import Trail

extension Engagement {
  /// Writes every sign-off of a pack or amendment into its `seal/`: what the log has and the folder
  /// lacks, because a copy was made before it or a command was killed.
  ///
  /// Giving it twice changes nothing.
  ///
  /// - Returns: the names of the sign-offs there.
  /// - Throws: `pack-unknown` if the log has no pack of this digest.
  @discardableResult
  package func seal(_ folder: String) throws(AssureError) -> [String] {
    let path = folder + "/tagmanifest-sha256.txt"
    guard let data = FileManager.default.contents(atPath: path) else {
      throw AssureError(
        "folder-unreadable", place: folder, "it has no tagmanifest-sha256.txt",
        remedy: "name the folder of a pack")
    }
    let digest = Digest(of: Array(data)).hex
    guard try isKnown(pack: digest) else {
      throw AssureError(
        "pack-unknown", place: folder, "no pack with the digest \(digest) is in the log",
        remedy: "name a pack of this engagement, as it was written")
    }
    let signoffs = try store.read { try StatementTable.all($0) }.filter { $0.pack == digest }
    for (signoff, _) in signoffs { try seal(folder, with: signoff) }
    return signoffs.map(\.signoff.name)
  }

  /// Whether the log says that a pack or amendment of this digest was written.
  func isKnown(pack digest: String) throws(AssureError) -> Bool {
    try store.read { db in
      try TrailTables.lines(db).contains { line in
        guard line.contains(digest) else { return false }
        let json = try CanonicalJSON(parsing: Array(line.utf8))
        return ["pack.written", "amendment.written"].contains(json["event"]?.string)
          && json["facts"]?["digest"]?.string == digest
      }
    }
  }
}

/// A note beside the store that a pack is being signed, so that a sign-off whose command was killed
/// between the log and `seal/` is put there by the next command.
enum SealJournal {
  private static func path(_ engagement: String) -> String { engagement + "/.assure/sealing" }

  static func note(_ folder: String, in engagement: String) throws(AssureError) {
    try Folder.make(engagement + "/.assure")
    let absolute = URL(fileURLWithPath: folder).standardizedFileURL.path
    try Folder.write(Array(absolute.utf8), to: path(engagement))
    _ = Folder.sync(engagement + "/.assure")
  }

  static func clear(_ engagement: String) { unlink(path(engagement)) }

  /// Fills the `seal/` that a killed command left. A folder that is gone is left alone.
  static func recover(_ engagement: Engagement) {
    guard let data = FileManager.default.contents(atPath: path(engagement.folder)),
      let folder = String(validating: Array(data), as: UTF8.self)
    else { return }
    do throws(AssureError) {
      try engagement.seal(folder)
    } catch {
      guard ["folder-unreadable", "pack-unknown"].contains(error.code) else { return }
    }
    clear(engagement.folder)
  }
}
