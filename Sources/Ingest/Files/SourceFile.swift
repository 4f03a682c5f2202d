package import Assurance
import Glibc
import Synchronization

/// A regular file as received: opened once, digested, its format told by its content.
///
/// The descriptor stays open, so that what is parsed is the file that was digested even if another
/// takes its name meanwhile.
package final class SourceFile: Sendable {
  /// The last component of the path.
  package let name: String
  /// As given.
  package let path: String
  /// Size in bytes, at least 1.
  package let bytes: Int
  /// An id of ``SourceFormats``.
  package let format: String
  package let bounds: Bounds
  let descriptor: Int32
  /// Bytes of the file that readers have asked for so far, for a progress bar.
  let position = Atomic<Int>(0)
  package var bytesRead: Int { position.load(ordering: .relaxed) }
  private let known = Mutex<String?>(nil)
  private let copy = Mutex<SourceCopy?>(nil)
  let stamp: FileStamp

  private init(path: String, head: SourceHead, format: String, stamp: FileStamp) {
    self.path = path
    self.stamp = stamp
    name = head.name
    bytes = head.fileBytes
    bounds = head.bounds
    descriptor = head.descriptor
    self.format = format
  }

  deinit {
    // The thread that copies, if there is one, reads by the descriptor.
    copy.withLock { $0 = nil }
    close(descriptor)
  }

  /// Opens a file.
  ///
  /// - Parameter digestingLater: digest the file when its digest is asked for, or while it is
  ///   copied, and not here.
  /// - Parameter asReport: whether it is a report to be read as text, of no source format.
  /// - Throws: `no-such-file`, `file-unreadable`, `not-a-regular-file`, `file-empty`,
  ///   `file-too-large`, or `format-unknown` and its like if nothing here reads it.
  package static func open(
    path: String, bounds: Bounds = .standard, digestingLater: Bool = false,
    asReport: Bool = false
  ) throws(AssureError) -> SourceFile {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    // Without O_NONBLOCK a named pipe would hang here.
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw openError(errno, path: path) }
    var isTaken = false
    defer { if !isTaken { close(descriptor) } }
    let status = try regular(descriptor, path: path, bounds: bounds)
    let size = Int(status.st_size)
    let head = SourceHead(
      name: name, bytes: try head(descriptor, name: name, count: min(size, 1 << 16)),
      descriptor: descriptor, fileBytes: size, bounds: bounds)
    let format = asReport ? "report" : try SourceFormats.recognise(head)
    let file = SourceFile(path: path, head: head, format: format, stamp: FileStamp(status))
    isTaken = true
    if !digestingLater { try file.digest() }
    return file
  }

  static func openError(_ number: Int32, path: String) -> AssureError {
    switch number {
    case ENOENT, ENOTDIR:
      AssureError(
        "no-such-file", place: path, "there is no such file",
        remedy: "check the path; relative paths start at the current folder")
    case EACCES, EPERM:
      AssureError(
        "file-unreadable", place: path, "permission is denied",
        remedy: "give your user the right to read it")
    default:
      AssureError(
        "file-unreadable", place: path, "it can't be opened: \(String(cString: strerror(number)))",
        remedy: "check the path and the disk")
    }
  }

  private static func regular(
    _ descriptor: Int32, path: String, bounds: Bounds
  ) throws(AssureError) -> stat {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw openError(errno, path: path) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR:
      throw AssureError(
        "not-a-regular-file", place: path, "this is a folder",
        remedy: "name the files in it, for example \(path)/*")
    default:
      throw AssureError(
        "not-a-regular-file", place: path, "this is a device or a pipe, not a file",
        remedy: "save the data to a file first")
    }
    let size = Int(status.st_size)
    guard size > 0 else {
      throw AssureError(
        "file-empty", place: path, "the file has no bytes",
        remedy: "ask for the export again; an empty file is no evidence of nothing")
    }
    guard size <= bounds.fileBytesMax else {
      throw AssureError(
        "file-too-large", place: path,
        "the file has \(size) bytes, more than the bound of \(bounds.fileBytesMax)",
        remedy: "split the export")
    }
    return status
  }

  /// SHA-256 in 64 lower-case hex digits; waits for it if need be.
  ///
  /// Where the file can't be read to its end it is 64 zeros, and ``finishCopy()`` throws.
  package var sha256: String { (try? digest()) ?? String(repeating: "0", count: 64) }

  @discardableResult
  private func digest() throws(AssureError) -> String {
    if let known = known.withLock({ $0 }) { return known }
    let found: String
    if let copied = try? copy.withLock({ $0 })?.digest() {
      found = copied
    } else {
      // Not copied, or the copy failed, which says nothing against the file.
      found = try SourceCopy.digest(descriptor, bytes: bytes, name: name)
    }
    known.withLock { $0 = found }
    return found
  }

  /// Begins to copy the file and to digest what is copied, in one pass on a thread of its own.
  ///
  /// - Parameter path: a file that is not there yet.
  package func startCopy(to path: String) throws(AssureError) {
    let copy = try SourceCopy(of: descriptor, bytes: bytes, name: name, to: path)
    self.copy.withLock { $0 = copy }
  }

  /// Waits until the copy is on the disk.
  ///
  /// - Throws: `cannot-write`, or `source-changed` if the file was written to since it was opened.
  package func finishCopy() throws(AssureError) {
    guard let copy = copy.withLock({ $0 }) else { return }
    try copy.finish()
    guard try copy.digest() == (try digest()), isUnchanged else {
      throw AssureError(
        "source-changed", place: path, "the file changed while it was being taken in",
        remedy: "close it elsewhere and give the command again")
    }
  }

  private static func head(
    _ descriptor: Int32, name: String, count: Int
  ) throws(AssureError) -> [UInt8] {
    var head = [UInt8](repeating: 0, count: count)
    let got = head.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, count, 0) }
    guard got >= 0 else { throw openError(errno, path: name) }
    head.removeLast(count - got)
    return head
  }

  /// The first bytes, at most `count`.
  func firstBytes(_ count: Int) throws(AssureError) -> [UInt8] {
    try Self.head(descriptor, name: name, count: min(count, bytes))
  }

  /// A locator in this file.
  package func locator(table: String, place: Locator.Place, line: Int = 0) -> Locator {
    Locator(file: name, source: sha256, table: table, place: place, line: line)
  }
}
