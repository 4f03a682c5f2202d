import Assurance

/// Writes a pack as a zip: stored, names in the order of their bytes, one time, no extra fields.
///
/// The same pack gives the same bytes, whoever zips it where.
package enum ZipWriter {
  /// The zip of a folder's files below one top folder, piece by piece.
  ///
  /// - Parameters:
  ///   - top: name of the folder in the zip.
  ///   - time: `YYYY-MM-DDTHH:MM:SSZ`, written as the time of every entry.
  /// - Throws: `zip-too-large` beyond 4 GiB or 65,534 files; `unsafe-name`; what reading and `body`
  ///   throw.
  package static func write(
    _ tree: any FileTree, top: String, time: String,
    _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let listing = tree.listing()
    guard listing.odd.isEmpty, SafeName.isSafe(path: top), !top.utf8.contains(UInt8(ascii: "/"))
    else {
      throw AssureError(
        "unsafe-name", place: listing.odd.first?.path ?? top, "it can’t go into a zip of a pack")
    }
    let total = listing.files.reduce(0) { $0 + $1.size + 2 * ($1.path.utf8.count + 120) }
    guard total < 0xFFFF_0000, listing.files.count < 0xFFFF else {
      throw AssureError(
        "zip-too-large", place: top, "a pack of 4 GiB or 65,535 files does not fit a plain zip",
        remedy: "use tar, or send the folder")
    }
    let stamp = dosTime(time)
    var directory: [UInt8] = []
    var offset = 0
    for file in listing.files {
      let name = Array("\(top)/\(file.path)".utf8)
      let (crc, size) = try checksum(tree, file.path)
      let shared =
        words16(20, 0x0800, 0) + stamp + words32(crc, size, size) + words16(name.count, 0)
      let header = words32(0x0403_4B50) + shared + name
      try header.withUnsafeBytes(body)
      try tree.forEachPiece(of: file.path, body)
      directory +=
        words32(0x0201_4B50) + words16(0x0314) + shared + words16(0, 0, 0)
        + words32(0x81A4_0000, offset) + name
      offset += header.count + size
    }
    let count = listing.files.count
    let end =
      words32(0x0605_4B50) + words16(0, 0, count, count) + words32(directory.count, offset)
      + words16(0)
    try (directory + end).withUnsafeBytes(body)
  }

  private static func words16(_ values: Int...) -> [UInt8] {
    values.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
  }

  private static func words32(_ values: Int...) -> [UInt8] {
    values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
  }

  /// Time and date of MS-DOS, two seconds fine.
  private static func dosTime(_ text: String) -> [UInt8] {
    let numbers = text.utf8.split { !(0x30...0x39).contains($0) }
      .map { Int(String(decoding: Array($0), as: UTF8.self)) ?? 0 }
    guard numbers.count == 6, numbers[0] >= 1980 else { return words16(0, 0x0021) }
    return words16(
      numbers[3] << 11 | numbers[4] << 5 | numbers[5] / 2,
      (numbers[0] - 1980) << 9 | numbers[1] << 5 | numbers[2])
  }

  /// CRC-32 (ISO 3309) and size of a file.
  private static func checksum(_ tree: any FileTree, _ path: String) throws -> (Int, Int) {
    var crc: UInt32 = ~0
    var size = 0
    try tree.forEachPiece(of: path) { piece in
      size += piece.count
      table.withUnsafeBufferPointer { table in
        for byte in piece { crc = table[Int((crc ^ UInt32(byte)) & 0xFF)] ^ (crc >> 8) }
      }
    }
    return (Int(~crc), size)
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { crc, _ in
      crc & 1 == 1 ? 0xEDB8_8320 ^ (crc >> 1) : crc >> 1
    }
  }
}
