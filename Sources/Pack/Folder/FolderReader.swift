package import Assurance

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder read from its own descriptor: each part of a path is opened in turn and no link is
/// followed, so that nothing outside is ever read.
package final class FolderReader: FileTree {
  package let path: String
  let descriptor: Int32

  /// - Throws: `folder-unreadable` if there is no such folder.
  package init(path: String) throws(AssureError) {
    self.path = path
    descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw AssureError(
        "folder-unreadable", place: path, SystemError.text(errno),
        remedy: "name the folder that holds bagit.txt")
    }
  }

  deinit { close(descriptor) }

  /// Opens a file below; -1 if it isn't there, is no regular file, or a part of its path is a link.
  func open(_ path: String) -> Int32 {
    var parent = descriptor
    defer { if parent != descriptor { close(parent) } }
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { String(decoding: Array($0), as: UTF8.self) }
    guard parts.allSatisfy({ !["", ".", ".."].contains($0) && !$0.utf8.contains(0) }) else {
      return -1
    }
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      let flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | (isLast ? 0 : O_DIRECTORY)
      let next = openat(parent, part, flags)
      if parent != descriptor { close(parent) }
      parent = descriptor
      guard next >= 0 else { return -1 }
      if isLast {
        return Self.isRegular(next)
          ? next
          : {
            close(next)
            return -1
          }()
      }
      parent = next
    }
    return -1
  }

  private static func isRegular(_ file: Int32) -> Bool {
    var status = stat()
    return fstat(file, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  package func listing() -> FolderListing { FolderListing(self) }

  /// Hands out a file in pieces of at most 256 KiB.
  ///
  /// - Throws: `file-unreadable`, and whatever `body` throws.
  package func forEachPiece(
    of path: String, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let file = open(path)
    guard file >= 0 else {
      throw AssureError("file-unreadable", place: path, "not there, or not a regular file")
    }
    defer { close(file) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = Glibc.read(file, buffer.baseAddress, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else {
        throw AssureError("file-unreadable", place: path, SystemError.text(errno))
      }
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }
}

enum SystemError {
  static func text(_ number: Int32) -> String {
    strerror(number).map { String(cString: $0).lowercased() } ?? "error \(number)"
  }
}
