import Crypto

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// SHA-256 and SHA-512 of a file, in one pass and constant memory (256 KiB).
package struct FileDigests: Hashable, Sendable {
  package let sha256: Digest
  /// 128 lower-case hexadecimal digits.
  package let sha512: String
  /// Bytes read.
  package let byteCount: Int

  private static let chunkSize = 256 * 1024

  /// Reads a regular file or whatever else the path opens; a link in the last part is refused.
  package init(path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw FileDigests.unreadable(path, errno) }
    defer { close(descriptor) }
    try self.init(descriptor: descriptor, name: path)
  }

  /// Reads an open file from where it stands to its end; the caller closes it.
  package init(descriptor: Int32, name: String) throws {
    var short = SHA256()
    var long = SHA512()
    let byteCount = try FileDigests.chunks(of: descriptor, name: name) { chunk in
      short.update(bufferPointer: chunk)
      long.update(bufferPointer: chunk)
    }
    sha256 = short.finalize().withUnsafeBytes { Digest(raw: $0) }
    sha512 = long.finalize().withUnsafeBytes { Hex.text($0) }
    self.byteCount = byteCount
  }

  /// Hands out the rest of an open file in pieces and returns the number of bytes.
  static func chunks(
    of descriptor: Int32, name: String, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Int {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkSize, alignment: 16)
    defer { buffer.deallocate() }
    var total = 0
    while true {
      let count = read(descriptor, buffer.baseAddress, chunkSize)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw unreadable(name, errno) }
      if count == 0 { return total }
      total += count
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  static func unreadable(_ name: String, _ number: Int32) -> TrailError {
    let reason = strerror(number).map { String(cString: $0) } ?? "error \(number)"
    return TrailError(.fileUnreadable, "\(name): \(reason)")
  }
}
