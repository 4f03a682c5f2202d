import Assurance
import Glibc

/// What the system says of a file's state: it moves with every write, and can't be set back. It
/// moves also when the file is renamed, or another name of it is removed.
struct FileStamp: Sendable, Equatable {
  let bytes: Int
  private let modified, changed: [Int]

  init(_ status: stat) {
    bytes = Int(status.st_size)
    modified = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    changed = [status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
  }
}

extension SourceFile {
  /// Refuses a file that was written to since it was opened, so that what was read is what was
  /// digested.
  func checkUnchanged() throws(AssureError) {
    guard !isUnchanged else { return }
    throw AssureError(
      "file-changed", place: name, "the file was changed while it was being read",
      remedy: "work on a copy that nothing else writes to")
  }

  /// Whether nothing was written to it since it was opened. Where its state moved, it is digested
  /// again: a new name is no new content.
  ///
  /// The clock of some file systems ticks in milliseconds: a write that falls into the tick of the
  /// opening is not seen here.
  var isUnchanged: Bool {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return false }
    let now = FileStamp(status)
    if now == stamp { return true }
    guard now.bytes == bytes,
      let again = try? SourceCopy.digest(descriptor, bytes: bytes, name: name)
    else { return false }
    return again == sha256
  }
}
