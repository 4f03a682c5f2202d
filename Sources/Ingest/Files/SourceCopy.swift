import Assurance
import Crypto
import Glibc
import Synchronization

/// Digests a file while it is copied: the bytes digested are the bytes written.
final class SourceCopy: Sendable {
  private let path: String
  private let work: CopyWork
  private let thread: Mutex<PipeThread>

  /// Begins.
  ///
  /// - Throws: `cannot-write` if the copy can't be made.
  init(of source: Int32, bytes: Int, name: String, to path: String) throws(AssureError) {
    self.path = path
    let target = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard target >= 0 else { throw Self.failed(path) }
    let work = CopyWork(source: source, bytes: bytes, name: name, target: target, path: path)
    self.work = work
    thread = Mutex(try PipeThread { work.run() })
  }

  deinit {
    // Nobody waits for it any more.
    work.isStopped.store(true, ordering: .relaxed)
    thread.withLock { $0.join() }
  }

  /// SHA-256 in hex of all bytes copied; waits until they are.
  func digest() throws(AssureError) -> String {
    thread.withLock { $0.join() }
    guard let outcome = work.outcome else { throw Self.failed(path) }
    return try outcome.get()
  }

  /// Waits until the copy is whole and on the disk.
  func finish() throws(AssureError) {
    _ = try digest()
    guard fsync(work.target) == 0 else { throw Self.failed(path) }
  }

  /// SHA-256 in hex of a file.
  static func digest(_ source: Int32, bytes: Int, name: String) throws(AssureError) -> String {
    let work = CopyWork(source: source, bytes: bytes, name: name, target: -1, path: name)
    work.run()
    return try (work.outcome ?? .failure(failed(name))).get()
  }

  static func failed(_ path: String) -> AssureError {
    AssureError(
      "cannot-write", place: path, "the source cannot be copied into the engagement",
      remedy: "check that the folder may be written and has room")
  }
}

/// What the thread does. Its outcome is read once the thread has been joined.
private final class CopyWork: @unchecked Sendable {
  private static let block = 1 << 20
  /// How much is written before the disk is asked to begin: the end need not wait for all of it.
  private static let stretch = 16 << 20

  let target: Int32
  let isStopped = Atomic<Bool>(false)
  private(set) var outcome: Result<String, AssureError>?
  private let source: Int32
  private let bytes: Int
  private let name: String
  private let path: String

  init(source: Int32, bytes: Int, name: String, target: Int32, path: String) {
    self.source = source
    self.bytes = bytes
    self.name = name
    self.target = target
    self.path = path
  }

  deinit { if target >= 0 { close(target) } }

  func run() {
    do throws(AssureError) { outcome = .success(try copy()) } catch { outcome = .failure(error) }
  }

  private func copy() throws(AssureError) -> String {
    var hash = SHA256()
    let buffer = UnsafeMutableRawPointer.allocate(byteCount: Self.block, alignment: 4096)
    defer { buffer.deallocate() }
    var offset = 0
    var begun = 0
    // No more than there was when the file was opened: one that grows would never end.
    while !isStopped.load(ordering: .relaxed), offset < bytes {
      let got = pread(source, buffer, min(Self.block, bytes - offset), offset)
      guard got >= 0 else { throw SourceFile.openError(errno, path: name) }
      if got == 0 { break }
      hash.update(bufferPointer: UnsafeRawBufferPointer(start: buffer, count: got))
      if target >= 0 {
        try write(buffer, got)
        if offset + got - begun >= Self.stretch {
          // Linux begins to write the range out, and waits for nothing.
          posix_fadvise(target, begun, offset + got - begun, POSIX_FADV_DONTNEED)
          begun = offset + got
        }
      }
      offset += got
    }
    return Self.hex(hash.finalize())
  }

  private func write(_ buffer: UnsafeMutableRawPointer, _ count: Int) throws(AssureError) {
    var done = 0
    while done < count {
      let put = Glibc.write(target, buffer + done, count - done)
      if put < 0, errno == EINTR { continue }
      guard put > 0 else { throw SourceCopy.failed(path) }
      done += put
    }
  }

  private static func hex(_ digest: SHA256.Digest) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in digest {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
