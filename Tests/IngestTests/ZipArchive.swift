/// Writes zip archives by hand (APPNOTE 6.3.9), stored and not deflated, honest or not: what the
/// tests need and no library writes.
struct ZipArchive {
  struct Entry {
    var name: [UInt8]
    var bytes: [UInt8]
    /// Of the local header; the directory has `name`.
    var localName: [UInt8]?
    var flags = 0x800
    var method = 0
    /// Said, where it is not the truth.
    var packedSize: Int?
    var size: Int?
    var crc: UInt32?
    /// Unix mode; 0 for an archive of another system.
    var mode = 0
    /// Puts the entry's header here instead of where it lies.
    var headerOffset: Int?
    var isWide = false

    init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }

    init(_ name: String, _ bytes: [UInt8]) {
      self.name = Array(name.utf8)
      self.bytes = bytes
    }
  }

  var entries: [Entry] = []
  /// Said, where it is not the truth.
  var count: Int?
  var prefix: [UInt8] = []
  var comment: [UInt8] = []
  var hasDirectory = true

  var bytes: [UInt8] {
    var out = prefix
    var offsets: [Int] = []
    for entry in entries {
      offsets.append(out.count)
      let name = entry.localName ?? entry.name
      out += [0x50, 0x4B, 3, 4] + Self.u16(20) + common(entry)
      let wide = wideSizes(entry)
      out += Self.u16(name.count) + Self.u16(wide.count) + name + wide + entry.bytes
    }
    guard hasDirectory else { return out }
    let start = out.count
    for (entry, offset) in zip(entries, offsets) {
      out += directory(entry, offset: entry.headerOffset ?? offset)
    }
    let number = count ?? entries.count
    out += [0x50, 0x4B, 5, 6] + Self.u16(0) + Self.u16(0) + Self.u16(number) + Self.u16(number)
    let size = out.count - start - 12
    return out + Self.u32(size) + Self.u32(start) + Self.u16(comment.count) + comment
  }

  private func common(_ entry: Entry) -> [UInt8] {
    let wide = 0xFFFF_FFFF
    return Self.u16(entry.flags) + Self.u16(entry.method) + Self.u32(0)
      + Self.u32(Int(entry.crc ?? Self.crc(entry.bytes)))
      + Self.u32(entry.isWide ? wide : entry.packedSize ?? entry.bytes.count)
      + Self.u32(entry.isWide ? wide : entry.size ?? entry.bytes.count)
  }

  private func directory(_ entry: Entry, offset: Int) -> [UInt8] {
    let extra = wideSizes(entry)
    let madeBy = entry.mode == 0 ? 20 : 3 << 8 | 20
    return [0x50, 0x4B, 1, 2] + Self.u16(madeBy) + Self.u16(20) + common(entry)
      + Self.u16(entry.name.count) + Self.u16(extra.count) + Self.u16(0) + Self.u16(0)
      + Self.u16(0) + Self.u32(entry.mode << 16) + Self.u32(offset) + entry.name + extra
  }

  /// The zip64 extra field.
  private func wideSizes(_ entry: Entry) -> [UInt8] {
    guard entry.isWide else { return [] }
    let sizes = [entry.size ?? entry.bytes.count, entry.packedSize ?? entry.bytes.count]
    return Self.u16(1) + Self.u16(16) + sizes.flatMap { Self.u32($0) + Self.u32($0 >> 32) }
  }

  static func u16(_ value: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
  }

  static func u32(_ value: Int) -> [UInt8] { u16(value) + u16(value >> 16) }

  /// What one byte does to a CRC-32.
  private static let crcTable: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
  }

  /// CRC-32 of IEEE 802.3.
  static func crc(_ bytes: [UInt8]) -> UInt32 {
    let table = crcTable
    return bytes.withUnsafeBufferPointer { all in
      var crc: UInt32 = 0xFFFF_FFFF
      for byte in all { crc = crc >> 8 ^ table[Int((crc ^ UInt32(byte)) & 255)] }
      return ~crc
    }
  }
}

extension ZipArchive {
  /// The smallest workbook that is one, with the parts given in place of its own.
  static func workbook(_ parts: [String: [UInt8]] = [:]) -> ZipArchive {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    let package = "http://schemas.openxmlformats.org/package/2006/relationships"
    let plain: [(String, String)] = [
      ("[Content_Types].xml", "<Types/>"),
      (
        "_rels/.rels",
        "<Relationships xmlns=\"\(package)\"><Relationship Id=\"r1\""
          + " Type=\"\(office)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
      ),
      (
        "xl/workbook.xml",
        "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><sheets>"
          + "<sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"\(package)\">"
          + "<Relationship Id=\"r1\" Type=\"\(office)/worksheet\" Target=\"worksheets/s.xml\"/>"
          + "<Relationship Id=\"r2\" Type=\"\(office)/styles\" Target=\"styles.xml\"/>"
          + "<Relationship Id=\"r3\" Type=\"\(office)/sharedStrings\" Target=\"strings.xml\"/>"
          + "</Relationships>"
      ),
      (
        "xl/styles.xml",
        "<styleSheet xmlns=\"\(main)\"><numFmts><numFmt numFmtId=\"170\""
          + " formatCode=\"yyyy\\-mm\"/></numFmts><cellXfs><xf numFmtId=\"0\"/>"
          + "<xf numFmtId=\"14\"/><xf numFmtId=\"170\"/></cellXfs></styleSheet>"
      ),
      (
        "xl/strings.xml",
        "<sst xmlns=\"\(main)\"><si><t>one</t></si><si><r><t>t</t></r><r><t>wo</t></r></si></sst>"
      ),
      (
        "xl/worksheets/s.xml",
        "<worksheet xmlns=\"\(main)\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>"
          + "<c r=\"B1\" s=\"1\"><v>44197</v></c></row></sheetData></worksheet>"
      ),
    ]
    var archive = ZipArchive()
    for (name, text) in plain {
      archive.entries.append(parts[name].map { Entry(name, $0) } ?? Entry(name, text))
    }
    return archive
  }

  /// An .ods file with that content.
  static func openDocument(_ content: [UInt8]) -> ZipArchive {
    ZipArchive(entries: [
      Entry("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
      Entry("content.xml", content),
    ])
  }
}
