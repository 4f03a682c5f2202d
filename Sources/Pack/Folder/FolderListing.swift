#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What lies in a folder, listed without following any link.
package struct FolderListing: Sendable {
  package struct File: Hashable, Sendable {
    package let path: String
    package let size: Int
  }
  /// Anything but a regular file or a folder, or a name that is no text.
  package struct Odd: Hashable, Sendable {
    package let path: String
    package let code: String
    package let message: String

    package init(path: String, code: String, message: String) {
      (self.path, self.code, self.message) = (path, code, message)
    }
  }

  /// Sorted by the bytes of the path.
  package private(set) var files: [File] = []
  package private(set) var folders: [String] = []
  package private(set) var emptyFolders: [String] = []
  package private(set) var odd: [Odd] = []

  /// At most so many entries, and folders so deep; beyond, it stops with `too-many`, `too-deep`.
  package static let entryMax = 200_000
  package static let depthMax = 20

  package init(_ folder: FolderReader) {
    let root = openat(folder.descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard root >= 0 else { return }
    walk(root, prefix: "", depth: 0)
    sort()
  }

  /// A listing that something other than a folder gives: folders are those of the files' paths.
  init(files: [File], odd: [Odd], emptyFolders: [String] = []) {
    (self.files, self.odd, self.emptyFolders) = (files, odd, emptyFolders)
    var seen: Set<String> = []
    for path in files.map(\.path) + emptyFolders.map({ $0 + "/x" }) {
      var parts = path.split(separator: "/").dropLast()
      while !parts.isEmpty, seen.insert(parts.joined(separator: "/")).inserted {
        parts = parts.dropLast()
      }
    }
    folders = Array(seen)
    sort()
  }

  private mutating func sort() {
    let precedes: (String, String) -> Bool = { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    files.sort { precedes($0.path, $1.path) }
    folders.sort(by: precedes)
    emptyFolders.sort(by: precedes)
    odd.sort { precedes($0.path, $1.path) }
  }

  /// Takes over the descriptor. Depth is bounded by ``depthMax``.
  private mutating func walk(_ descriptor: Int32, prefix: String, depth: Int) {
    guard let names = Self.names(descriptor) else { return }
    defer { close(descriptor) }
    if names.isEmpty, !prefix.isEmpty { emptyFolders.append(String(prefix.dropLast())) }
    for name in names {
      guard files.count + folders.count < Self.entryMax else {
        if odd.last?.code != "too-many" {
          odd.append(Odd(path: prefix, code: "too-many", message: "more than \(Self.entryMax)"))
        }
        return
      }
      guard let text = String(validating: name, as: UTF8.self) else {
        let shown = prefix + String(decoding: name, as: UTF8.self)
        odd.append(Odd(path: shown, code: "name-not-text", message: "the name is not UTF-8"))
        continue
      }
      add(text, in: descriptor, prefix: prefix, depth: depth)
    }
  }

  private mutating func add(_ name: String, in parent: Int32, prefix: String, depth: Int) {
    let path = prefix + name
    var status = stat()
    guard fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      odd.append(Odd(path: path, code: "unreadable", message: SystemError.text(errno)))
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: files.append(File(path: path, size: Int(status.st_size)))
    case S_IFDIR:
      folders.append(path)
      guard depth < Self.depthMax else {
        odd.append(Odd(path: path, code: "too-deep", message: "folders deeper than allowed"))
        return
      }
      let child = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard child >= 0 else {
        odd.append(Odd(path: path, code: "unreadable", message: SystemError.text(errno)))
        return
      }
      walk(child, prefix: path + "/", depth: depth + 1)
    case S_IFLNK: odd.append(Odd(path: path, code: "link", message: "a symbolic link"))
    default:
      odd.append(Odd(path: path, code: "special-file", message: "neither a file nor a folder"))
    }
  }

  /// Names in a folder as bytes, sorted; nil, with the descriptor closed, if it can't be listed.
  private static func names(_ descriptor: Int32) -> [[UInt8]]? {
    let copy = dup(descriptor)
    guard copy >= 0, let stream = fdopendir(copy) else {
      close(descriptor)
      return nil
    }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }
}
