package import Assurance
import Crypto
import Glibc

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
  /// SHA-256 in 64 lower-case hex digits.
  package let sha256: String
  /// An id of ``SourceFormats``.
  package let format: String
  package let bounds: Bounds
  let descriptor: Int32
  let stamp: FileStamp

  private init(
    path: String, head: SourceHead, sha256: String, format: String, stamp: FileStamp
  ) {
    self.path = path
    self.stamp = stamp
    name = head.name
    bytes = head.fileBytes
    bounds = head.bounds
    descriptor = head.descriptor
    self.sha256 = sha256
    self.format = format
  }

  deinit { close(descriptor) }

  /// Opens a file.
  ///
  /// - Throws: `no-such-file`, `file-unreadable`, `not-a-regular-file`, `file-empty`,
  ///   `file-too-large`, or `format-unknown` and its like if nothing here reads it.
  package static func open(
    path: String, bounds: Bounds = .standard
  ) throws(AssureError) -> SourceFile {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    // Without O_NONBLOCK a named pipe would hang here.
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw openError(errno, path: path) }
    do {
      let status = try regular(descriptor, path: path, bounds: bounds)
      let size = Int(status.st_size)
      let head = SourceHead(
        name: name, bytes: try head(descriptor, name: name, count: min(size, 1 << 16)),
        descriptor: descriptor, fileBytes: size, bounds: bounds)
      let format = try SourceFormats.recognise(head)
      let sha256 = try digest(descriptor, name: name, bytes: size)
      return SourceFile(
        path: path, head: head, sha256: sha256, format: format, stamp: FileStamp(status))
    } catch {
      close(descriptor)
      throw error
    }
  }

  private static func openError(_ number: Int32, path: String) -> AssureError {
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

  /// Of as many bytes as there were at the opening: a file that grows would never end.
  static func digest(
    _ descriptor: Int32, name: String, bytes: Int
  ) throws(AssureError) -> String {
    var hash = SHA256()
    let size = 1 << 20
    let buffer = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    defer { buffer.deallocate() }
    var offset = 0
    while offset < bytes {
      let got = pread(descriptor, buffer, min(size, bytes - offset), offset)
      guard got >= 0 else { throw openError(errno, path: name) }
      if got == 0 { break }
      hash.update(bufferPointer: UnsafeRawBufferPointer(start: buffer, count: got))
      offset += got
    }
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in hash.finalize() {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
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
