package import Assurance
import Foundation
import GRDB
import Pack
package import Trail

/// The log's own key: it signs heads of this engagement's log and nothing else.
///
/// `.assure/log.key` holds it, readable by its owner alone. It comes into being when a head is
/// first signed. Whoever holds it can sign another history: what stands against that is outside,
/// in the heads that people sign, print and send.
enum LogKey {
  /// Names a file with a key to take when an engagement has none yet, for a firm that keeps its
  /// keys elsewhere.
  static let variable = "ASSURE_LOG_KEY"

  /// The key of an engagement, under the name of its log; made if there is none.
  ///
  /// - Throws: `log-key` if the file is no key or may be read by others; `cannot-write`.
  static func signer(folder: String, origin: String) throws(AssureError) -> NoteSigner {
    let path = folder + "/.assure/log.key"
    if !FileManager.default.fileExists(atPath: path) {
      try Folder.make(folder + "/.assure")
      try SecretFile.keep(try fresh(origin).skey, at: path)
    }
    return try named(origin, try read(path, isOwn: true), path)
  }

  private static func fresh(_ origin: String) throws(AssureError) -> NoteSigner {
    if let given = ProcessInfo.processInfo.environment[variable], !given.isEmpty {
      return try named(origin, try read(given, isOwn: false), given)
    }
    do { return try NoteSigner.random(name: origin) } catch {
      throw AssureError(
        "log-name", place: "engagement.yaml", "the log cannot be called \(origin)",
        remedy: "an engagement's name has no blank and no plus")
    }
  }

  private static func named(
    _ origin: String, _ signer: NoteSigner, _ path: String
  ) throws(AssureError) -> NoteSigner {
    do { return try signer.named(origin) } catch { throw refusal(path, "\(error)") }
  }

  private static func refusal(_ path: String, _ why: String) -> AssureError {
    AssureError(
      "log-key", place: path, "it is no key of a log: \(why)",
      remedy: "restore the file from a copy; without it, later heads are signed by another key")
  }

  private static func read(_ path: String, isOwn: Bool) throws(AssureError) -> NoteSigner {
    guard FileManager.default.fileExists(atPath: path), !isOwn || SecretFile.isPrivate(path) else {
      throw AssureError(
        "log-key", place: path, "the log's key is not there, or others may read it",
        remedy: "chmod 600 \(path)")
    }
    let text = try Folder.text(path)
    do { return try NoteSigner(skey: String(text.prefix { $0 != "\n" })) } catch {
      throw refusal(path, "\(error)")
    }
  }
}

extension Engagement {
  /// The log's name in heads and statements.
  var logOrigin: String { "assure/engagement/" + settings.id }

  /// What signs heads of this engagement's log.
  func logSigner() throws(AssureError) -> NoteSigner {
    try LogKey.signer(folder: folder, origin: logOrigin)
  }

  /// Which witnesses count, as people wrote it down; nil if nobody did.
  func logPolicy() throws(AssureError) -> [UInt8]? {
    let path = folder + "/keys/policy"
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let bytes = Array(try Folder.text(path).utf8)
    do { _ = try LogPolicy(parsing: bytes) } catch {
      throw AssureError(
        "policy-malformed", place: "keys/policy", "\(error)",
        remedy: "write it as https://c2sp.org/tlog-policy has it")
    }
    return bytes
  }

  /// The log's head as a signed note, kept in the store.
  package func checkpoint() throws(AssureError) -> SignedNote {
    let signer = try logSigner()
    let (size, root) = try store.read { db in
      (try TrailTables.size(db), try TrailTables.root(db))
    }
    do {
      let note = try Checkpoint(origin: logOrigin, size: size, root: root).signed(by: signer)
      try store.keep(note, size: size)
      return note
    } catch let error as AssureError { throw error } catch {
      throw AssureError("log-name", place: "engagement.yaml", "\(error)")
    }
  }

  /// Puts a pack's sign-off into its `seal/`, with what proves it.
  func seal(_ folder: String, with signoff: Signoff) throws(AssureError) {
    let signer = try logSigner()
    let (lines, values) = try store.read { (try TrailTables.leaves($0), try SaltTable.all($0)) }
    let size = try EvidencePack.eventCount(of: folder)
    do {
      let files = try PackSeal.files(
        adding: signoff, events: lines, values: values, packSize: size, log: signer)
      try Folder.make(folder + "/seal")
      for (path, bytes) in files { try Folder.write(bytes, to: folder + "/" + path) }
    } catch let error as AssureError { throw error } catch {
      throw AssureError("cannot-seal", place: folder, "\(error)")
    }
  }
}
