/// A zip archive whose entries are stored as they are, with one fixed time (APPNOTE 6.3, 4.3).
enum StoredZip {
  static func bytes(_ entries: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var out: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let offset = out.count
      let name = Array(entry.name.utf8)
      let body = CRC32.of(entry.bytes)
      let size = UInt32(entry.bytes.count)
      // Version 2.0, names in UTF-8, stored, 1980-01-01 00:00.
      var common: [UInt8] = []
      for number: UInt16 in [20, 0x0800, 0, 0, 0x21] { common += little(number) }
      for number in [body, size, size] { common += little(number) }
      common += little(UInt16(name.count))
      out += little(UInt32(0x0403_4B50))
      out += common
      out += [0, 0]
      out += name
      out += entry.bytes
      directory += little(UInt32(0x0201_4B50))
      directory += little(UInt16(20))
      directory += common
      directory += [UInt8](repeating: 0, count: 12)
      directory += little(UInt32(offset))
      directory += name
    }
    let start = out.count
    out += directory
    out += little(UInt32(0x0605_4B50))
    out += little(UInt32(0))
    for number in [entries.count, entries.count] { out += little(UInt16(number)) }
    for number in [directory.count, start] { out += little(UInt32(number)) }
    return out + [0, 0]
  }

  private static func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }
}

/// The checksum of zip archives (ITU-T V.42, 8.1.1.6.2), a bit at a time: drafts are small.
enum CRC32 {
  static func of(_ bytes: [UInt8]) -> UInt32 {
    var register = UInt32.max
    for byte in bytes {
      register ^= UInt32(byte)
      for _ in 0..<8 { register = register & 1 == 1 ? register >> 1 ^ 0xEDB8_8320 : register >> 1 }
    }
    return ~register
  }
}
