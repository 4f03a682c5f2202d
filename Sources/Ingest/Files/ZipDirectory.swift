import Assurance
import Glibc

/// The central directory of a zip archive (APPNOTE 6.3.9), checked before anything is unpacked.
///
/// A zip archive says everything twice: in its directory, and before each entry. Programs differ in
/// which they believe, so an archive in which the two differ is refused, as are entries that share
/// bytes (Fifield 2019: how one file becomes a thousand), names that could be taken for paths, and
/// entries that are links. libarchive unpacks; what it is given has passed here.
struct ZipDirectory {
  struct Entry {
    var name: [UInt8]
    var flags: Int
    var method: Int
    var packedBytes: Int
    var fileType: Int
    var headerOffset: Int
  }

  private let file: ZipBytes
  private let bounds: Bounds
  private(set) var entries: [Entry] = []

  /// Reads and checks.
  ///
  /// - Throws: `zip-damaged`, `zip-too-many-entries`, `zip-entry-name`, `zip-encrypted`,
  ///   `zip-method`, `zip-link-entry`, `zip-headers-differ` or `zip-overlap`.
  init(descriptor: Int32, fileBytes: Int, name: String, bounds: Bounds) throws(AssureError) {
    file = ZipBytes(descriptor: descriptor, bytes: fileBytes, name: name)
    self.bounds = bounds
    let end = try ZipEnd.find(in: file)
    guard end.entries <= bounds.zipEntriesMax else {
      throw AssureError(
        "zip-too-many-entries", place: name,
        "the archive has \(end.entries) entries, more than the bound of \(bounds.zipEntriesMax)",
        remedy: "ask who made the file")
    }
    var at = end.directory
    for _ in 0..<end.entries {
      let (entry, next) = try entry(at: at, end: end)
      entries.append(entry)
      at = next
    }
    guard at == end.directory + end.directoryBytes else {
      throw file.damaged("its directory holds more than its \(end.entries) entries")
    }
    for entry in entries { try check(entry) }
    try checkOverlap(end.directory)
  }

  private func entry(at: Int, end: ZipEnd) throws(AssureError) -> (Entry, Int) {
    let limit = end.directory + end.directoryBytes
    guard at + 46 <= limit else { throw file.damaged("its directory is shorter than it says") }
    let head = try file.read(at, 46)
    guard head.u32(0) == 0x0201_4B50 else { throw file.damaged("its directory is damaged") }
    let (nameBytes, extraBytes, commentBytes) = (head.u16(28), head.u16(30), head.u16(32))
    guard at + 46 + nameBytes + extraBytes + commentBytes <= limit else {
      throw file.damaged("its directory is shorter than it says")
    }
    guard nameBytes <= bounds.zipNameBytesMax else {
      throw AssureError(
        "zip-entry-name", place: file.name,
        "an entry's name has \(nameBytes) bytes, more than the bound of \(bounds.zipNameBytesMax)",
        remedy: "ask who made the file")
    }
    let rest = try file.read(at + 46, nameBytes + extraBytes)
    var entry = Entry(
      name: Array(rest.bytes[..<nameBytes]), flags: head.u16(8), method: head.u16(10),
      packedBytes: head.u32(20), fileType: 0, headerOffset: head.u32(42))
    // Made on Unix: the upper half of the attributes is the mode.
    if head.u16(4) >> 8 == 3 { entry.fileType = head.u16(40) & 0o170000 }
    let wide = [head.u32(24), head.u32(20), head.u32(42)].map { $0 == 0xFFFF_FFFF }
    if wide.contains(true) {
      try Self.widen(&entry, wide, ZipField(bytes: Array(rest.bytes[nameBytes...])), file)
    }
    entry.headerOffset = min(entry.headerOffset, file.bytes) + end.shift
    return (entry, at + 46 + nameBytes + extraBytes + commentBytes)
  }

  /// Takes the sizes that 32 bits do not hold from the zip64 extra field (4.5.3).
  private static func widen(
    _ entry: inout Entry, _ wide: [Bool], _ extra: ZipField, _ file: ZipBytes
  ) throws(AssureError) {
    var at = 0
    while at + 4 <= extra.bytes.count {
      let size = extra.u16(at + 2)
      guard extra.u16(at) == 1 else {
        at += 4 + size
        continue
      }
      var values: [Int] = []
      var place = at + 4
      for isWide in wide {
        guard isWide else {
          values.append(0)
          continue
        }
        guard place + 8 <= min(at + 4 + size, extra.bytes.count),
          let value = extra.u64(place)
        else { throw file.damaged("a large entry's size is missing") }
        values.append(value)
        place += 8
      }
      if wide[1] { entry.packedBytes = values[1] }
      if wide[2] { entry.headerOffset = values[2] }
      return
    }
    throw file.damaged("a large entry's size is missing")
  }

  private func check(_ entry: Entry) throws(AssureError) {
    try checkName(entry)
    guard entry.flags & 0x2041 == 0 else {
      throw AssureError(
        "zip-encrypted", place: file.name, "the archive is encrypted",
        remedy: "ask for it without a password")
    }
    guard entry.method == 0 || entry.method == 8 else {
      throw AssureError(
        "zip-method", place: file.place(entry),
        "it is packed by method \(entry.method); spreadsheets are deflated or stored",
        remedy: "open the file in a spreadsheet program and save it again")
    }
    let isPlain = [0, Int(S_IFREG), Int(S_IFDIR)].contains(entry.fileType)
    guard isPlain else {
      throw AssureError(
        "zip-link-entry", place: file.place(entry),
        "it is a link or a device, not a file; nothing it names was opened",
        remedy: "this is how archives attack; ask who made the file")
    }
    let head = try localHeader(entry)
    guard head.u16(8) == entry.method, head.u16(6) & 1 == 0, head.u16(26) == entry.name.count,
      try file.read(entry.headerOffset + 30, entry.name.count).bytes == entry.name
    else {
      throw AssureError(
        "zip-headers-differ", place: file.place(entry),
        "the archive's directory and the entry itself say different things, so programs may differ"
          + " in what they show", remedy: "ask who made the file")
    }
  }

  private func localHeader(_ entry: Entry) throws(AssureError) -> ZipField {
    guard entry.headerOffset >= 0, entry.headerOffset <= file.bytes - 30 else {
      throw file.damaged("an entry lies outside the file")
    }
    let head = try file.read(entry.headerOffset, 30)
    guard head.u32(0) == 0x0403_4B50 else { throw file.damaged("an entry has no header") }
    return head
  }

  /// A name is only ever a label here; one that looks like a path elsewhere was made to be one.
  private func checkName(_ entry: Entry) throws(AssureError) {
    let text = String(decoding: entry.name, as: UTF8.self)
    let steps = text.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
    let isDrive = entry.name.count > 1 && entry.name[1] == UInt8(ascii: ":")
    guard !entry.name.isEmpty, entry.name.first != UInt8(ascii: "/"), !isDrive,
      !steps.contains(".."), !entry.name.contains(where: { $0 < 32 })
    else {
      throw AssureError(
        "zip-entry-name", place: file.name,
        "an entry's name is empty, starts at the root or a drive, climbs up, or holds a control"
          + " character", remedy: "this is how archives attack; ask who made the file")
    }
  }

  private func checkOverlap(_ directory: Int) throws(AssureError) {
    var free = 0
    for entry in entries.sorted(by: { $0.headerOffset < $1.headerOffset }) {
      guard entry.headerOffset >= free else {
        throw AssureError(
          "zip-overlap", place: file.place(entry), "entries of the archive share bytes",
          remedy: "this is how archives attack; ask who made the file")
      }
      let head = try localHeader(entry)
      let start = entry.headerOffset + 30 + head.u16(26) + head.u16(28)
      let (end, over) = start.addingReportingOverflow(entry.packedBytes)
      guard !over, end <= directory else { throw file.damaged("an entry lies outside the file") }
      free = end
    }
  }
}

/// The end of central directory record (4.3.16), with its zip64 form (4.3.14) where there is one.
struct ZipEnd {
  var entries = 0
  var directory = 0
  var directoryBytes = 0
  /// Bytes before the archive, which its offsets do not count.
  var shift = 0

  /// Without this record entries at the end may be missing, and nothing else would tell.
  static func find(in file: ZipBytes) throws(AssureError) -> ZipEnd {
    let count = min(file.bytes, 22 + 65_535)
    let tail = try file.read(file.bytes - count, count)
    for start in stride(from: count - 22, through: 0, by: -1)
    where tail.u32(start) == 0x0605_4B50 && start + 22 + tail.u16(start + 20) <= count {
      let place = file.bytes - count + start
      var end = ZipEnd(
        entries: tail.u16(start + 10), directory: tail.u32(start + 16),
        directoryBytes: tail.u32(start + 12))
      var behind = place
      if let wide = try wide(before: place, in: file) { (end, behind) = wide }
      end.shift = behind - end.directoryBytes - end.directory
      guard end.directory >= 0, end.directoryBytes >= 0, end.shift >= 0 else {
        throw file.damaged("its directory lies outside the file")
      }
      end.directory += end.shift
      return end
    }
    throw AssureError(
      "zip-damaged", place: file.name,
      "the archive has no directory at its end: it was cut off",
      remedy: "copy it again from where it came, or ask for it again")
  }

  private static func wide(
    before place: Int, in file: ZipBytes
  ) throws(AssureError) -> (ZipEnd, Int)? {
    guard place >= 20 else { return nil }
    let locator = try file.read(place - 20, 20)
    guard locator.u32(0) == 0x0706_4B50 else { return nil }
    guard let at = locator.u64(8), at <= place - 76 else {
      throw file.damaged("its directory lies outside the file")
    }
    let record = try file.read(at, 56)
    guard record.u32(0) == 0x0606_4B50, let entries = record.u64(32),
      let bytes = record.u64(40), let directory = record.u64(48), bytes <= file.bytes,
      directory <= file.bytes
    else { throw file.damaged("its directory is damaged") }
    return (ZipEnd(entries: entries, directory: directory, directoryBytes: bytes), at)
  }
}

/// Reads pieces of an archive.
struct ZipBytes {
  let descriptor: Int32
  let bytes: Int
  let name: String

  func read(_ offset: Int, _ count: Int) throws(AssureError) -> ZipField {
    guard offset >= 0, count >= 0, offset <= bytes - count else {
      throw damaged("a part of it lies outside the file")
    }
    var piece = [UInt8](repeating: 0, count: count)
    let got = piece.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, count, offset) }
    guard got == count else { throw damaged("it could not be read to its end") }
    return ZipField(bytes: piece)
  }

  func place(_ entry: ZipDirectory.Entry) -> String {
    "\(name), entry \(String(decoding: entry.name.prefix(80), as: UTF8.self))"
  }

  func damaged(_ reason: String) -> AssureError {
    AssureError(
      "zip-damaged", place: name, "the archive is damaged or cut off: \(reason)",
      remedy: "copy it again from where it came, or ask for it again")
  }
}

/// Little-endian numbers in a piece of an archive.
struct ZipField {
  let bytes: [UInt8]

  func u16(_ at: Int) -> Int { Int(bytes[at]) | Int(bytes[at + 1]) << 8 }
  func u32(_ at: Int) -> Int { u16(at) | u16(at + 2) << 16 }
  /// nil where the number does not fit an offset.
  func u64(_ at: Int) -> Int? { u32(at + 4) < 1 << 31 ? u32(at) | u32(at + 4) << 32 : nil }
}
