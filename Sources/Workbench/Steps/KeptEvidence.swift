import Assurance
import Foundation
import Trail

/// A file of any kind, taken in as evidence: copied byte for byte to its digest's place.
///
/// Nothing in it is read. It is copied to a neighbour, flushed and renamed, as sources are.
struct KeptEvidence {
  /// As it was called, without folders.
  let name: String
  /// SHA-256 in hex.
  let digest: String
  let size: Int

  /// Bytes in a piece of evidence, at most: 1 GiB.
  static let byteCountMax = 1 << 30

  /// - Throws: `no-such-file`, `not-a-regular-file`, `file-empty`, `file-too-large`,
  ///   `cannot-write`.
  static func keep(_ path: String, in folder: String) throws(AssureError) -> KeptEvidence {
    let name = URL(fileURLWithPath: path).lastPathComponent
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw AssureError(
        "no-such-file", place: path, "there is no file of this name that can be read",
        remedy: "check the path; relative paths start at the current folder")
    }
    defer { close(descriptor) }
    try check(descriptor, path: path)
    try Folder.make(folder)
    let partial = folder + "/.evidence-\(ProcessInfo.processInfo.processIdentifier)"
    unlink(partial)
    defer { unlink(partial) }
    guard let (digest, size) = copy(descriptor, to: partial) else { throw unwritable(partial) }
    chmod(partial, 0o444)
    guard rename(partial, folder + "/" + digest) == 0, Folder.sync(folder) else {
      throw unwritable(folder)
    }
    return KeptEvidence(name: name, digest: digest, size: size)
  }

  private static func check(_ descriptor: Int32, path: String) throws(AssureError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw AssureError(
        "not-a-regular-file", place: path, "this is no file but a folder or a device",
        remedy: "attach each file by its name")
    }
    guard status.st_size > 0 else {
      throw AssureError(
        "file-empty", place: path, "the file has no bytes", remedy: "ask for it again")
    }
    guard status.st_size <= byteCountMax else {
      throw AssureError(
        "file-too-large", place: path, "the file has more than \(byteCountMax) bytes",
        remedy: "split it, or attach the part that matters")
    }
  }

  /// - Returns: nil if reading or writing failed.
  private static func copy(_ from: Int32, to path: String) -> (digest: String, size: Int)? {
    let target = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard target >= 0 else { return nil }
    defer { close(target) }
    var stream = DigestStream()
    var size = 0
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(from, &piece, piece.count)
      guard count >= 0 else { return nil }
      guard count > 0 else { break }
      stream.update(Array(piece[..<count]))
      guard write(target, piece, count) == count else { return nil }
      size += count
    }
    guard fsync(target) == 0 else { return nil }
    return (stream.digest().hex, size)
  }

  private static func unwritable(_ path: String) -> AssureError {
    AssureError(
      "cannot-write", place: path, "the file cannot be copied into the engagement",
      remedy: "check that the folder may be written and has room")
  }
}
