/// A zip archive whose entries are stored, not compressed (PKWARE APPNOTE 6.3.10, sections 4.3.7,
/// 4.3.12 and 4.3.16), all dated 1980-01-01.
enum StoredZip {
  static func bytes(_ entries: [(name: String, text: String)]) -> [UInt8] {
    var out: [UInt8] = []
    var directory: [UInt8] = []
    for (name, text) in entries {
      let data = Array(text.utf8)
      let nameBytes = Array(name.utf8)
      // Version needed, flags (UTF-8 names), stored, time, date, then the sizes.
      var common = little(20, 2) + little(0x0800, 2) + little(0, 2) + little(0, 2)
      common += little(0x0021, 2) + little(Int(crc32(data)), 4)
      common += little(data.count, 4) + little(data.count, 4)
      common += little(nameBytes.count, 2) + little(0, 2)
      directory += little(0x0201_4b50, 4) + little(20, 2) + common + little(0, 2) + little(0, 2)
      directory += little(0, 2) + little(0, 4) + little(out.count, 4) + nameBytes
      out += little(0x0403_4b50, 4) + common + nameBytes + data
    }
    let start = out.count
    out += directory
    out += little(0x0605_4b50, 4) + little(0, 2) + little(0, 2) + little(entries.count, 2)
    out += little(entries.count, 2) + little(directory.count, 4) + little(start, 4) + little(0, 2)
    return out
  }

  private static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// The checksum of ISO 3309, reflected polynomial EDB88320.
  static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = (crc >> 1) ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return ~crc
  }
}
