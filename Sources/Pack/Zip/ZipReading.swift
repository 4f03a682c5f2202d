#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Judges the directory of a zip.
struct ZipReading {
  static let codes = [
    "zip-encrypted", "zip-header-differs", "zip-hidden", "zip-malformed", "zip-method", "zip-path",
    "zip-ratio", "zip-top", "zip-twice",
  ]

  private let descriptor: Int32
  private(set) var entries: [String: (entry: ZipEntry, data: Int)] = [:]
  private(set) var odd: [FolderListing.Odd] = []
  private(set) var emptyFolders: [String] = []
  private var top: String?
  private var spans: [(start: Int, end: Int, slack: Bool)] = []
  private var seen: Set<String> = []
  private var folders: Set<String> = []

  init(descriptor: Int32) { self.descriptor = descriptor }

  private mutating func add(_ code: String, _ path: String, _ message: String) {
    odd.append(FolderListing.Odd(path: path, code: code, message: message))
  }

  private func read(_ offset: Int, _ count: Int) -> [UInt8]? {
    guard offset >= 0, count >= 0 else { return nil }
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let got = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress?.advanced(by: done), count - done, off_t(offset + done))
      }
      if got < 0 && errno == EINTR { continue }
      guard got > 0 else { return nil }
      done += got
    }
    return bytes
  }

  mutating func run() {
    guard let (start, size, count) = directory(), let bytes = read(start, size) else {
      add("zip-malformed", "", "no zip, or one whose directory can't be read (zip64 is not)")
      return
    }
    guard count <= FolderListing.entryMax else {
      add("too-many", "", "\(count) entries, more than \(FolderListing.entryMax)")
      return
    }
    var at = 0
    let all = bytes.withUnsafeBytes { raw in
      (0..<count).compactMap { _ in ZipEntry.read(raw, at: &at) }
    }
    guard all.count == count, at == size else {
      add("zip-malformed", "", "the directory is not the entries that it counts")
      return
    }
    for entry in all { take(entry) }
    checkSpans(upTo: start)
    let parents = Set(
      entries.keys.flatMap { path -> [String] in
        let parts = path.split(separator: "/").dropLast()
        return parts.indices.map { parts[...$0].joined(separator: "/") }
      })
    emptyFolders = folders.filter { folder in
      !parents.contains(folder) && !folders.contains { $0.hasPrefix(folder + "/") }
    }
    for path in entries.keys where parents.contains(path) {
      add("zip-twice", path, "a file and a folder of one name")
    }
  }

  /// Start, size and count of the central directory, which must end where its end record begins.
  private func directory() -> (Int, Int, Int)? {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    let length = Int(status.st_size)
    let tailSize = min(length, 22 + 0xFFFF)
    guard length >= 22, let tail = read(length - tailSize, tailSize) else { return nil }
    return tail.withUnsafeBytes { bytes in
      for at in stride(from: bytes.count - 22, through: 0, by: -1)
      where bytes.word32(at) == 0x0605_4B50 && at + 22 + bytes.word16(at + 20) == bytes.count {
        let count = bytes.word16(at + 10)
        let (size, start) = (bytes.word32(at + 12), bytes.word32(at + 16))
        guard bytes.word32(at + 4) == 0, bytes.word16(at + 8) == count, count != 0xFFFF,
          start + size == length - tailSize + at
        else { return nil }
        return (start, size, count)
      }
      return nil
    }
  }

  private mutating func take(_ entry: ZipEntry) {
    guard let name = String(validating: entry.name, as: UTF8.self) else {
      return add("name-not-text", String(decoding: entry.name, as: UTF8.self), "not UTF-8")
    }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let inner = entry.isFolder ? parts.dropLast() : parts[...]
    let isInside = inner.allSatisfy { !["", ".", ".."].contains($0) }
    guard !inner.isEmpty, isInside, BagText.escapes(name) == nil else {
      return add("zip-path", name, "a path that leads out of the zip, or none")
    }
    let first = String(inner[inner.startIndex])
    if top == nil { top = first }
    guard top == first, entry.isFolder || inner.count > 1 else {
      return add("zip-top", name, "not below the one folder \(top ?? "")")
    }
    let path = inner.dropFirst().joined(separator: "/")
    guard seen.insert(path).inserted else {
      return add("zip-twice", path, "the zip has two entries of this name")
    }
    guard isPlain(entry, path), let data = data(of: entry, path) else { return }
    if entry.isFolder {
      if !path.isEmpty { folders.insert(path) }
    } else {
      entries[path] = (entry, data)
    }
  }

  private mutating func isPlain(_ entry: ZipEntry, _ path: String) -> Bool {
    let kind = entry.mode & 0xF000
    if kind == 0xA000 {
      add("link", path, "a symbolic link")
    } else if kind != 0 && kind != (entry.isFolder ? 0x4000 : 0x8000) {
      add("special-file", path, "neither a file nor a folder")
    } else if entry.isEncrypted {
      add("zip-encrypted", path, "encrypted")
    } else if entry.method != 0 && entry.method != 8 {
      add("zip-method", path, "packed by method \(entry.method), which is not read")
    } else if entry.method == 0 && entry.size != entry.packedSize {
      add("zip-malformed", path, "stored, but of two sizes")
    } else if entry.isFolder && entry.size != 0 {
      add("zip-malformed", path, "a folder with bytes")
    } else if entry.size > ZipTree.ratioFrom,
      entry.size / max(1, entry.packedSize) > ZipTree.ratioMax
    {
      add("zip-ratio", path, "packed \(entry.size / max(1, entry.packedSize)) times: a bomb")
    } else {
      return true
    }
    return false
  }

  /// Where the bytes of an entry begin, once its local header agrees.
  private mutating func data(of entry: ZipEntry, _ path: String) -> Int? {
    guard let header = read(entry.offset, ZipEntry.localSize) else {
      add("zip-malformed", path, "its header is not there")
      return nil
    }
    let (nameSize, extraSize) = header.withUnsafeBytes { ($0.word16(26), $0.word16(28)) }
    let name = read(entry.offset + ZipEntry.localSize, nameSize) ?? []
    guard header.withUnsafeBytes({ entry.agrees(withLocal: $0, name: name) }) else {
      add("zip-header-differs", path, "its header says otherwise than the directory")
      return nil
    }
    let data = entry.offset + ZipEntry.localSize + nameSize + extraSize
    spans.append((entry.offset, data + entry.packedSize, entry.hasDescriptor))
    return data
  }

  /// Entries follow each other without gap or overlap, descriptors of 12 to 24 bytes aside.
  private mutating func checkSpans(upTo end: Int) {
    guard odd.isEmpty else { return }
    var expected = 0
    var slack = false
    for span in spans.sorted(by: { $0.start < $1.start }) + [(end, end, false)] {
      let gap = span.start - expected
      guard slack ? [12, 16, 20, 24].contains(gap) : gap == 0 else {
        return add("zip-hidden", "", "bytes between the entries, or entries that overlap")
      }
      (expected, slack) = (span.end, span.slack)
    }
  }
}
