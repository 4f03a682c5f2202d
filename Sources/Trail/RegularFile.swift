#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reading of plain files in pieces: no link is followed, no device or pipe is waited for.
enum RegularFile {
  private static let chunkSize = 256 * 1024

  /// Opens a file and hands out its bytes in pieces; returns how many there were.
  static func read(
    path: String, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Int {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw unreadable(path, errno) }
    defer { close(descriptor) }
    return try read(descriptor: descriptor, name: path, body)
  }

  /// Hands out the rest of an open file, which must be a regular one.
  static func read(
    descriptor: Int32, name: String, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Int {
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { throw unreadable(name, errno) }
    guard info.st_mode & S_IFMT == S_IFREG else {
      throw TrailError(.fileUnreadable, "\(name): not a regular file")
    }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkSize, alignment: 16)
    defer { buffer.deallocate() }
    var total = 0
    while true {
      let count = systemRead(descriptor, buffer.baseAddress, chunkSize)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw unreadable(name, errno) }
      if count == 0 { return total }
      total += count
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  private static func unreadable(_ name: String, _ number: Int32) -> TrailError {
    let reason = strerror(number).map { String(cString: $0) } ?? "error \(number)"
    return TrailError(.fileUnreadable, "\(name): \(reason)")
  }
}

/// read(2), outside the type whose methods have its name.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int)
  -> Int
{
  read(descriptor, buffer, count)
}
