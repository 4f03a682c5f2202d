import Assurance
import CArchive
import Glibc
import Synchronization

/// A zip archive whose entries are read as streams. Entry names are labels, never paths.
final class ZipPackage {
  let name: String
  let bounds: Bounds
  private let descriptor: Int32
  private let fileBytes: Int
  private var file: SourceFile?
  /// Folded name to its position in the archive. Folded: `\` is `/`, no leading `/`, lower case.
  private(set) var entries: [String: Int] = [:]
  /// Inflated so far, of all entries, on any thread.
  fileprivate let produced = Atomic<Int>(0)

  /// Lists an archive.
  ///
  /// - Throws: what ``ZipDirectory`` refuses, and `zip-duplicate-entry`.
  init(descriptor: Int32, fileBytes: Int, name: String, bounds: Bounds) throws(AssureError) {
    self.descriptor = descriptor
    self.fileBytes = fileBytes
    self.name = name
    self.bounds = bounds
    _ = try ZipDirectory(
      descriptor: descriptor, fileBytes: fileBytes, name: name, bounds: bounds)
    let reader = try ZipStream(package: self)
    var position = 0
    while let entry = try reader.next() {
      guard position < bounds.zipEntriesMax else {
        throw AssureError(
          "zip-too-many-entries", place: name,
          "the archive has more entries than the bound of \(bounds.zipEntriesMax)",
          remedy: "ask who made the file")
      }
      let folded = Self.fold(entry)
      guard entries.updateValue(position, forKey: folded) == nil else {
        throw AssureError(
          "zip-duplicate-entry", place: name,
          "two entries of the archive are called `\(folded.prefix(80))`, so programs may differ in"
            + " what they show", remedy: "open the file in a spreadsheet program and save it again")
      }
      position += 1
    }
  }

  convenience init(_ file: SourceFile) throws(AssureError) {
    try self.init(
      descriptor: file.descriptor, fileBytes: file.bytes, name: file.name, bounds: file.bounds)
    self.file = file
  }

  static func fold(_ name: String) -> String {
    let bytes = name.utf8.lazy.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 }
    return String(decoding: bytes.drop { $0 == UInt8(ascii: "/") }, as: UTF8.self).lowercased()
  }

  /// The bytes of an entry, or nil if there is none of that name.
  ///
  /// - Parameter isShown: whether the reading is told as progress.
  func input(_ entry: String, isShown: Bool = true) throws(AssureError) -> ByteInput? {
    guard let position = entries[Self.fold(entry)] else { return nil }
    let reader = try ZipStream(package: self, isShown: isShown)
    for _ in 0...position { _ = try reader.next() }
    return ZipEntryInput(reader, entry: entry)
  }

  fileprivate func source(isShown: Bool) -> ZipSource {
    ZipSource(descriptor: descriptor, bytes: fileBytes, file: isShown ? file : nil)
  }

  fileprivate var bytes: Int { fileBytes }
}

/// The archive's own bytes, for libarchive's callbacks.
private final class ZipSource {
  let descriptor: Int32
  let bytes: Int
  var offset = 0
  let buffer = UnsafeMutableRawPointer.allocate(byteCount: 1 << 16, alignment: 16)

  /// Told how far the reading has come.
  let file: SourceFile?

  init(descriptor: Int32, bytes: Int, file: SourceFile?) {
    self.file = file
    self.descriptor = descriptor
    self.bytes = bytes
  }

  deinit { buffer.deallocate() }
}

/// One pass over the entries of an archive.
private final class ZipStream {
  let package: ZipPackage
  let archive: OpaquePointer
  private let source: ZipSource

  init(package: ZipPackage, isShown: Bool = true) throws(AssureError) {
    self.package = package
    source = package.source(isShown: isShown)
    guard let archive = archive_read_new() else {
      throw AssureError("zip-damaged", place: package.name, "the reader could not start")
    }
    self.archive = archive
    archive_read_support_format_zip(archive)
    archive_read_set_callback_data(archive, Unmanaged.passUnretained(source).toOpaque())
    archive_read_set_read_callback(archive, readArchive)
    archive_read_set_seek_callback(archive, seekArchive)
    archive_read_set_skip_callback(archive, skipArchive)
    guard archive_read_open1(archive) == ARCHIVE_OK else { throw damaged() }
  }

  deinit { archive_read_free(archive) }

  /// The name of the next entry, or nil after the last.
  func next() throws(AssureError) -> String? {
    var entry: OpaquePointer?
    let code = archive_read_next_header(archive, &entry)
    if code == ARCHIVE_EOF { return nil }
    guard code == ARCHIVE_OK || code == ARCHIVE_WARN, let entry else { throw damaged() }
    guard archive_entry_is_encrypted(entry) == 0 else {
      throw AssureError(
        "zip-encrypted", place: package.name, "the archive is encrypted",
        remedy: "ask for it without a password")
    }
    if let text = archive_entry_pathname_utf8(entry) { return String(cString: text) }
    return archive_entry_pathname(entry).map { String(cString: $0) } ?? ""
  }

  func damaged() -> AssureError {
    let message =
      archive_error_string(archive).map { String(cString: $0) } ?? "it is no zip archive"
    return AssureError(
      "zip-damaged", place: package.name, "the archive is damaged or cut off: \(message)",
      remedy: "copy it again from where it came, or ask for it again")
  }
}

/// The inflated bytes of one entry, bounded in size and ratio.
private final class ZipEntryInput: ByteInput {
  private let stream: ZipStream
  private let entry: String
  private var produced = 0

  init(_ stream: ZipStream, entry: String) {
    self.stream = stream
    self.entry = entry
  }

  override func read(into buffer: UnsafeMutableRawPointer, count: Int) -> Int {
    let got = archive_read_data(stream.archive, buffer, count)
    guard got >= 0 else {
      failure = stream.damaged()
      return -1
    }
    produced += got
    let all = stream.package.produced.add(got, ordering: .relaxed).newValue
    let bounds = stream.package.bounds
    let place = "\(stream.package.name), entry \(entry)"
    if produced > bounds.zipEntryBytesMax {
      failure = AssureError(
        "zip-entry-too-large", place: place,
        "it inflates to more than the bound of \(bounds.zipEntryBytesMax) bytes",
        remedy: "ask who made the file")
      return -1
    }
    // All entries count: many that inflate alike do what one could not.
    if all > 32 << 20, all / bounds.zipRatioMax > stream.package.bytes {
      failure = AssureError(
        "zip-ratio", place: place,
        "with it the archive inflates to more than \(bounds.zipRatioMax) times its size",
        remedy: "this is how archives attack; ask who made the file")
      return -1
    }
    return got
  }
}

private func readArchive(
  _: OpaquePointer?, _ user: UnsafeMutableRawPointer?,
  _ buffer: UnsafeMutablePointer<UnsafeRawPointer?>?
) -> Int {
  guard let user, let buffer else { return -1 }
  return Unmanaged<ZipSource>.fromOpaque(user)._withUnsafeGuaranteedRef { source in
    let got = pread(source.descriptor, source.buffer, 1 << 16, source.offset)
    if got > 0 { source.offset += got }
    source.file?.position.store(source.offset, ordering: .relaxed)
    buffer.pointee = UnsafeRawPointer(source.buffer)
    return got
  }
}

private func seekArchive(
  _: OpaquePointer?, _ user: UnsafeMutableRawPointer?, _ offset: Int64, _ whence: Int32
) -> Int64 {
  guard let user else { return -1 }
  return Unmanaged<ZipSource>.fromOpaque(user)._withUnsafeGuaranteedRef { source in
    let base =
      switch whence {
      case SEEK_SET: 0
      case SEEK_CUR: source.offset
      default: source.bytes
      }
    let (target, over) = base.addingReportingOverflow(Int(offset))
    guard !over, target >= 0 else { return Int64(ARCHIVE_FATAL) }
    source.offset = target
    return Int64(target)
  }
}

private func skipArchive(
  _: OpaquePointer?, _ user: UnsafeMutableRawPointer?, _ count: Int64
) -> Int64 {
  guard let user, count > 0 else { return 0 }
  return Unmanaged<ZipSource>.fromOpaque(user)._withUnsafeGuaranteedRef { source in
    let step = min(Int(count), max(0, source.bytes - source.offset))
    source.offset += step
    return Int64(step)
  }
}
