import Assurance

/// Files by their paths, to be read and never changed: a folder, or a zip that is not unpacked.
package protocol FileTree: Sendable {
  /// What lies there, no link followed.
  func listing() -> FolderListing
  /// Hands out a file in pieces; throws `file-unreadable`, and whatever `body` throws.
  func forEachPiece(of path: String, _ body: (UnsafeRawBufferPointer) throws -> Void) throws
}

extension FileTree {
  /// Whether a file of this name can be opened; not a byte more than its first piece is read.
  func has(_ path: String) -> Bool {
    var isThere = false
    do {
      try forEachPiece(of: path) { _ in
        isThere = true
        throw AssureError("enough", "the first piece is enough")
      }
      // An empty file has no pieces.
      return true
    } catch { return isThere }
  }

  /// The bytes of a file of at most `limit` bytes; nil if it is not there or longer.
  package func read(_ path: String, limit: Int = 64 << 20) -> [UInt8]? {
    var bytes: [UInt8] = []
    let done: Void? = try? forEachPiece(of: path) { piece in
      guard bytes.count + piece.count <= limit else {
        throw AssureError("file-too-long", place: path, "longer than \(limit) bytes")
      }
      bytes.append(contentsOf: piece)
    }
    return done == nil ? nil : bytes
  }
}

/// Files held in memory: a pack changed in a thousand ways without a disk.
package struct MemoryTree: FileTree {
  package var files: [String: [UInt8]]

  package init(files: [String: [UInt8]] = [:]) { self.files = files }

  /// Every file of another tree.
  package init(of other: any FileTree) {
    files = [:]
    for file in other.listing().files { files[file.path] = other.read(file.path, limit: .max) }
  }

  package func listing() -> FolderListing {
    FolderListing(
      files: files.map { FolderListing.File(path: $0.key, size: $0.value.count) }, odd: [])
  }

  package func forEachPiece(
    of path: String, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    guard let bytes = files[path] else {
      throw AssureError("file-unreadable", place: path, "not there")
    }
    try bytes.withUnsafeBytes(body)
  }
}
