/// A file in a zip, as its central directory says (APPNOTE.TXT 6.3.10, section 4.3.12).
struct ZipEntry {
  let name: [UInt8]
  let method: Int
  let flags: Int
  let crc: UInt32
  let packedSize: Int
  let size: Int
  /// Of the local header.
  let offset: Int
  /// Upper half of the external attributes where a Unix system made the entry, else 0.
  let mode: Int

  var isEncrypted: Bool { flags & 0x41 != 0 }
  /// Sizes stand behind the data.
  var hasDescriptor: Bool { flags & 8 != 0 }
  var isFolder: Bool { name.last == UInt8(ascii: "/") }

  static let centralSize = 46
  static let localSize = 30

  /// Reads the entry at an offset of the directory; gives where the next begins.
  static func read(_ bytes: UnsafeRawBufferPointer, at: inout Int) -> ZipEntry? {
    guard at + centralSize <= bytes.count, bytes.word32(at) == 0x0201_4B50 else { return nil }
    let lengths = [28, 30, 32].map { bytes.word16(at + $0) }
    let nameStart = at + centralSize
    let next = nameStart + lengths.reduce(0, +)
    guard next <= bytes.count else { return nil }
    let isUnix = bytes.word16(at + 4) >> 8 == 3
    let entry = ZipEntry(
      name: Array(bytes[nameStart..<(nameStart + lengths[0])]), method: bytes.word16(at + 10),
      flags: bytes.word16(at + 8), crc: UInt32(truncatingIfNeeded: bytes.word32(at + 16)),
      packedSize: bytes.word32(at + 20), size: bytes.word32(at + 24),
      offset: bytes.word32(at + 42), mode: isUnix ? bytes.word32(at + 38) >> 16 : 0)
    at = next
    return entry
  }

  /// Whether a local header says the same; the descriptor's three fields may be nought there.
  func agrees(withLocal header: UnsafeRawBufferPointer, name local: [UInt8]) -> Bool {
    guard header.word32(0) == 0x0403_4B50, header.word16(6) == flags, header.word16(8) == method,
      local == name
    else { return false }
    let said = [header.word32(14), header.word32(18), header.word32(22)]
    return said == [Int(crc), packedSize, size] || (hasDescriptor && said == [0, 0, 0])
  }
}

extension UnsafeRawBufferPointer {
  func word16(_ at: Int) -> Int { Int(self[at]) | Int(self[at + 1]) << 8 }
  func word32(_ at: Int) -> Int { word16(at) | word16(at + 2) << 16 }
}
