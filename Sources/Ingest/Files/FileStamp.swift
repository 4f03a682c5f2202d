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
  /// digested. Where its state moved, it is digested again: a new name is no new content.
  ///
  /// The clock of some file systems ticks in milliseconds: a write that falls into the tick of the
  /// opening is not seen here.
  func checkUnchanged() throws(AssureError) {
    var status = stat()
    if fstat(descriptor, &status) == 0 {
      let now = FileStamp(status)
      if now == stamp { return }
      if now.bytes == bytes, try Self.digest(descriptor, name: name, bytes: bytes) == sha256 {
        return
      }
    }
    throw AssureError(
      "file-changed", place: name, "the file was changed while it was being read",
      remedy: "work on a copy that nothing else writes to")
  }
}
