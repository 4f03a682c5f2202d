import Assurance
import Foundation
import Trail

/// The engagement's secret from which salts are made: `.assure/salt.key`, for its owner alone.
///
/// It comes into being with the first event. Nothing is ever checked by it: every salt is kept
/// beside its value. Once no more events come it can be destroyed; from then on a value whose row
/// is destroyed as well can't be found again by anybody, not even by trying.
enum SaltKey {
  /// Names a file with the secret to take when an engagement has none yet: 64 hexadecimal digits.
  static let variable = "ASSURE_SALT_KEY"

  /// The secret of the engagement whose store lies in a folder; made if there is none.
  ///
  /// - Throws: `salt-key` if the file is no secret or may be read by others; `cannot-write`.
  static func source(folder: String) throws(AssureError) -> SaltSource {
    let path = folder + "/.assure/salt.key"
    if !FileManager.default.fileExists(atPath: path) {
      try Folder.make(folder + "/.assure")
      try SecretFile.keep(try fresh().hex, at: path)
    }
    return try read(path, isOwn: true)
  }

  private static func fresh() throws(AssureError) -> SaltSource {
    guard let given = ProcessInfo.processInfo.environment[variable], !given.isEmpty else {
      return .random()
    }
    return try read(given, isOwn: false)
  }

  private static func read(_ path: String, isOwn: Bool) throws(AssureError) -> SaltSource {
    guard !isOwn || SecretFile.isPrivate(path) else {
      throw AssureError(
        "salt-key", place: path, "the secret of the salts is not there, or others may read it",
        remedy: "chmod 600 \(path)")
    }
    guard let source = SaltSource(hex: String(try Folder.text(path).prefix { $0 != "\n" })) else {
      throw AssureError(
        "salt-key", place: path, "it is no secret of salts: 64 hexadecimal digits in one line",
        remedy: "restore the file from a copy; salts are kept, so a new one does no harm")
    }
    return source
  }
}

/// Files that only their owner may read.
enum SecretFile {
  /// Whether a file is there and nobody else may read or write it.
  static func isPrivate(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & 0o077 == 0
  }

  /// Writes one line whole, unless another command was first.
  static func keep(_ line: String, at path: String) throws(AssureError) {
    let partial = path + ".partial-\(ProcessInfo.processInfo.processIdentifier)"
    unlink(partial)
    defer { unlink(partial) }
    let bytes = Array((line + "\n").utf8)
    let descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw unwritable(path) }
    let isWritten = write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
    close(descriptor)
    guard isWritten, link(partial, path) == 0 || errno == EEXIST else { throw unwritable(path) }
  }

  private static func unwritable(_ path: String) -> AssureError {
    AssureError(
      "cannot-write", place: path, "the secret cannot be written",
      remedy: "check that the folder may be written and has room")
  }
}
