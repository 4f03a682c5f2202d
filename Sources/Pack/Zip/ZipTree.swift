package import Assurance

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A zip of one folder, read where it lies and never unpacked.
///
/// The whole directory is judged before a byte of a file is read: one top folder, no name twice, no
/// links or devices, nothing between the entries, local headers as in the directory. What is wrong
/// is in the listing, as a folder's oddities are.
package final class ZipTree: FileTree {
  private let path: String
  private let descriptor: Int32
  private let entries: [String: (entry: ZipEntry, data: Int)]
  private let listed: FolderListing

  /// Bytes of a file beyond which it may not be packed tighter than ``ratioMax``.
  static let ratioFrom = 16 << 20
  static let ratioMax = 250

  /// - Throws: `folder-unreadable` if the file can't be opened; a malformed zip is in the listing.
  package init(path: String) throws(AssureError) {
    self.path = path
    descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw AssureError("folder-unreadable", place: path, SystemError.text(errno))
    }
    var reading = ZipReading(descriptor: descriptor)
    reading.run()
    entries = reading.entries
    listed = FolderListing(
      files: entries.map { FolderListing.File(path: $0.key, size: $0.value.entry.size) },
      odd: reading.odd, emptyFolders: reading.emptyFolders)
  }

  deinit { close(descriptor) }

  /// Whether a path names a regular file, and so no folder.
  static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Whether its first bytes are those of a zip, empty or not.
  var beginsAsZip: Bool {
    var bytes: [UInt8] = [0, 0]
    return pread(descriptor, &bytes, 2, 0) == 2 && bytes == Array("PK".utf8)
  }

  package func listing() -> FolderListing { listed }

  package func forEachPiece(
    of file: String, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    guard let (entry, start) = entries[file] else {
      throw AssureError("file-unreadable", place: file, "not there")
    }
    guard entry.method == 8 else { return try stored(entry, start, body) }
    var packed: [UInt8] = []
    packed.reserveCapacity(entry.packedSize)
    try stored(entry, start) { packed.append(contentsOf: $0) }
    try packed.withUnsafeBytes { bytes in
      var inflate = Inflate(bytes, limit: entry.size)
      try inflate.run(body)
      guard inflate.written == entry.size else {
        throw AssureError("file-unreadable", place: file, "not of the size it is said to have")
      }
    }
  }

  private func stored(
    _ entry: ZipEntry, _ start: Int, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
    defer { buffer.deallocate() }
    var done = 0
    while done < entry.packedSize {
      let wanted = min(buffer.count, entry.packedSize - done)
      let count = pread(descriptor, buffer.baseAddress, wanted, off_t(start + done))
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        throw AssureError("file-unreadable", place: path, "the zip ends early")
      }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      done += count
    }
  }
}
