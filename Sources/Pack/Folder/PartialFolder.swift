import Assurance
import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder that is written beside its place and takes it in one step.
///
/// Until ``finish()`` it is called `.<name>.partial-<process>`, which nobody takes for a pack; a
/// process that is killed leaves that and nothing else. Files are flushed before the rename.
struct PartialFolder {
  private let target: String
  private let parent: String
  let path: String
  private var folders: Set<String> = []
  private let flushing = Flushing()

  /// - Throws: `pack-exists`, `folder-unwritable`.
  init(target: String) throws(AssureError) {
    var trimmed = target
    while trimmed.utf8.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    self.target = trimmed
    let bytes = Array(trimmed.utf8)
    let slash = bytes.lastIndex(of: UInt8(ascii: "/"))
    let name = String(decoding: bytes[(slash.map { $0 + 1 } ?? 0)...], as: UTF8.self)
    parent = slash.map { $0 == 0 ? "/" : String(decoding: bytes[..<$0], as: UTF8.self) } ?? "."
    guard !["", ".", ".."].contains(name) else {
      throw AssureError("pack-name", place: target, "it names no new folder")
    }
    try Self.refuseExisting(trimmed)
    guard access(parent, F_OK) == 0 else {
      throw AssureError(
        "folder-unwritable", place: parent, "the folder above the pack does not exist",
        remedy: "make it, or give another name with -o")
    }
    path = parent + "/." + name + ".partial-" + String(getpid())
    // A folder of that name is left from a killed process whose number came round again.
    Self.remove(path)
    try Self.make(path)
  }

  private static func refuseExisting(_ path: String) throws(AssureError) {
    var status = stat()
    guard lstat(path, &status) != 0 else {
      throw AssureError(
        "pack-exists", place: path, "there is something of this name already",
        remedy: "give another name with -o; a pack is never overwritten")
    }
  }

  private static func make(_ path: String) throws(AssureError) {
    guard mkdir(path, 0o755) == 0, chmod(path, 0o755) == 0 else { throw failure(path) }
  }

  private static func failure(_ path: String) -> AssureError {
    AssureError(
      "folder-unwritable", place: path, SystemError.text(errno),
      remedy: "check the folder, its rights and the space on the disk")
  }

  /// Writes a file with its folders, mode 0644 whatever the umask, and has it flushed by
  /// ``finish()``.
  ///
  /// - Returns: the bytes written.
  mutating func write(_ file: String, _ bytes: PackBytes) throws -> Int {
    var folder = path
    for part in file.split(separator: "/").dropLast() {
      folder += "/" + part
      if folders.insert(folder).inserted { try Self.make(folder) }
    }
    let name = path + "/" + file
    let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.failure(name) }
    defer { close(descriptor) }
    var size = 0
    try bytes.forEachPiece { piece in
      size += piece.count
      var rest = piece
      while !rest.isEmpty {
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { throw Self.failure(name) }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
    guard fchmod(descriptor, 0o644) == 0 else { throw Self.failure(name) }
    flushing.start(name)
    return size
  }

  /// Takes the place, if nothing has taken it meanwhile.
  func finish() throws(AssureError) {
    if let name = flushing.failed() { throw Self.failure(name) }
    for folder in folders.sorted() + [path] { try Self.flush(folder) }
    try Self.refuseExisting(target)
    // An empty folder made in between would be replaced by rename; nothing in it is lost.
    guard rename(path, target) == 0 else { throw Self.failure(target) }
    try Self.flush(parent)
  }

  private static func flush(_ folder: String) throws(AssureError) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(folder) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(folder) }
  }

  /// Removes what was written, after an error.
  func discard() {
    _ = flushing.failed()
    Self.remove(path)
  }

  private static func remove(_ path: String) {
    guard let folder = try? FolderReader(path: path) else { return }
    let listing = FolderListing(folder)
    for file in listing.files { unlink(path + "/" + file.path) }
    for odd in listing.odd { unlink(path + "/" + odd.path) }
    for child in listing.folders.reversed() { rmdir(path + "/" + child) }
    rmdir(path)
  }
}

/// Flushes files to the disk while others are written and hashed.
private final class Flushing: Sendable {
  private let queue = DispatchQueue(label: "assure.flushing")
  private let wrong = Mutex<String?>(nil)

  func start(_ name: String) {
    queue.async { [self] in
      let descriptor = open(name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
      let isFlushed = descriptor >= 0 && fsync(descriptor) == 0
      if descriptor >= 0 { close(descriptor) }
      if !isFlushed { wrong.withLock { $0 = $0 ?? name } }
    }
  }

  /// Waits for all of them; a file that could not be flushed.
  func failed() -> String? {
    queue.sync {}
    return wrong.withLock { $0 }
  }
}
