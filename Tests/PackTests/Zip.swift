/// Zips made byte by byte, so that they can lie.
enum Zip {
  struct Entry {
    let nameBytes: [UInt8]
    var data: [UInt8]
    var mode = 0o100644
    var flags = 0
    var method = 0
    var size: Int
    var localName: [UInt8]
    var localSize: Int?
    /// Bytes before the entry that no entry accounts for.
    var gap = 0

    var name: String { String(decoding: nameBytes, as: UTF8.self) }

    init(bytes name: [UInt8], _ data: [UInt8]) {
      (nameBytes, self.data, size, localName) = (name, data, data.count, name)
    }

    init(_ name: String, packed: [UInt8], size: Int) {
      self.init(bytes: Array(name.utf8), packed)
      (method, self.size) = (8, size)
    }

    init(
      _ name: String, _ text: String, mode: Int = 0o100644, flags: Int = 0, method: Int = 0,
      size: Int? = nil, localName: String? = nil, localSize: Int? = nil, gap: Int = 0
    ) {
      self.init(bytes: Array(name.utf8), Array(text.utf8))
      (self.mode, self.flags, self.method, self.gap) = (mode, flags, method, gap)
      self.size = size ?? data.count
      self.localName = Array((localName ?? name).utf8)
      self.localSize = localSize
    }
  }

  private static func words(_ width: Int, _ values: Int...) -> [UInt8] {
    values.flatMap { value in (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
  }

  static func bytes(_ entries: [Entry]) -> [UInt8] {
    var body: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      body += [UInt8](repeating: 0x20, count: entry.gap)
      let offset = body.count
      let start = words(2, 20, entry.flags, entry.method, 0, 0x21) + words(4, 0)
      body += words(4, 0x0403_4B50) + start
      body += words(4, entry.data.count, entry.localSize ?? entry.size)
      body += words(2, entry.localName.count, 0) + entry.localName + entry.data
      directory += words(4, 0x0201_4B50) + words(2, 0x0314) + start
      directory += words(4, entry.data.count, entry.size)
      directory += words(2, entry.nameBytes.count, 0, 0, 0, 0)
      directory += words(4, entry.mode << 16, offset) + entry.nameBytes
    }
    return body + directory + words(4, 0x0605_4B50)
      + words(2, 0, 0, entries.count, entries.count)
      + words(4, directory.count, body.count) + words(2, 0)
  }
}
