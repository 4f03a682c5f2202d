import Crypto

/// SHA-256 and SHA-512 of a file, in one pass and constant memory (256 KiB).
package struct FileDigests: Hashable, Sendable {
  package let sha256: Digest
  /// 128 lower-case hexadecimal digits.
  package let sha512: String
  /// Bytes read.
  package let byteCount: Int

  /// Reads a regular file; a link in the last part of the path is refused. Throws `fileUnreadable`.
  package init(path: String) throws {
    try self.init { try RegularFile.read(path: path, $0) }
  }

  /// Reads an open regular file from where it stands to its end; the caller closes it.
  package init(descriptor: Int32, name: String) throws {
    try self.init { try RegularFile.read(descriptor: descriptor, name: name, $0) }
  }

  private init(reading: ((UnsafeRawBufferPointer) throws -> Void) throws -> Int) throws {
    var short = SHA256()
    var long = SHA512()
    byteCount = try reading { chunk in
      short.update(bufferPointer: chunk)
      long.update(bufferPointer: chunk)
    }
    sha256 = short.finalize().withUnsafeBytes { Digest(raw: $0) }
    sha512 = long.finalize().withUnsafeBytes { Hex.text($0) }
  }
}
