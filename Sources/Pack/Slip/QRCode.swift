/// Bytes as a QR code: ISO/IEC 18004:2015, byte mode, error correction level M, the smallest
/// version that holds them, the mask of least penalty. The same bytes give the same symbol.
struct QRCode {
  /// 1 to 40.
  let version: Int
  /// 0 to 7.
  let mask: Int
  /// Rows from above, modules from the left; true is dark. Without the quiet zone, which must be
  /// four modules of light on every side.
  let modules: [[Bool]]
  var side: Int { modules.count }

  /// Nil if there are more than 2,331 bytes.
  init?(_ bytes: [UInt8]) {
    guard let version = (1...40).first(where: { QRBlocks($0).holds(bytes.count) }) else {
      return nil
    }
    self.version = version
    let words = QRBlocks(version).codewords(bytes)
    let all = (0..<8).map { QRGrid(version: version, codewords: words, mask: $0) }
    let penalties = all.map(\.penalty)
    mask = penalties.indices.min { penalties[$0] < penalties[$1] } ?? 0
    modules = all[mask].dark
  }
}

/// How the codewords of a version are shared out over blocks (table 9 of the standard, level M).
struct QRBlocks {
  let version: Int
  /// Codewords for data and checks together.
  let total: Int
  let count: Int
  /// Check codewords of each block.
  let checks: Int
  var data: Int { total - count * checks }

  init(_ version: Int) {
    self.version = version
    var modules = (16 * version + 128) * version + 64
    if version >= 2 {
      let marks = version / 7 + 2
      modules -= (25 * marks - 10) * marks - 55
      if version >= 7 { modules -= 36 }
    }
    total = modules / 8
    checks = Self.checkCounts[version - 1]
    count = Self.blockCounts[version - 1]
  }

  func holds(_ bytes: Int) -> Bool { 4 + countBits + 8 * bytes <= 8 * data }

  private var countBits: Int { version < 10 ? 8 : 16 }

  /// Data and checks, interleaved, in the order in which they are placed.
  func codewords(_ bytes: [UInt8]) -> [UInt8] {
    let words = dataWords(bytes)
    let generator = ReedSolomon.generator(checks)
    let short = data / count
    let long = data % count
    var blocks: [ArraySlice<UInt8>] = []
    for block in 0..<count {
      let length = short + (block >= count - long ? 1 : 0)
      let start = blocks.last?.endIndex ?? 0
      blocks.append(words[start..<start + length])
    }
    let ends = blocks.map { ReedSolomon.checks($0, generator: generator) }
    var result: [UInt8] = []
    for offset in 0...short {
      for block in blocks where offset < block.count {
        result.append(block[block.startIndex + offset])
      }
    }
    for offset in 0..<checks { result += ends.map { $0[offset] } }
    return result
  }

  /// Mode, length, bytes, terminator and padding (7.4).
  func dataWords(_ bytes: [UInt8]) -> [UInt8] {
    var bits: [Bool] = []
    func append(_ value: Int, _ length: Int) {
      for place in stride(from: length - 1, through: 0, by: -1) {
        bits.append(value >> place & 1 == 1)
      }
    }
    append(0b0100, 4)
    append(bytes.count, countBits)
    for byte in bytes { append(Int(byte), 8) }
    append(0, min(4, 8 * data - bits.count))
    append(0, (8 - bits.count % 8) % 8)
    var words = stride(from: 0, to: bits.count, by: 8).map { start in
      bits[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | ($1 ? 1 : 0) }
    }
    let padding: [UInt8] = [0xEC, 0x11]
    words += (0..<data - words.count).map { padding[$0 % 2] }
    return words
  }

  private static let checkCounts = [
    10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28,
    28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
  ]
  private static let blockCounts = [
    1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25,
    26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
  ]
}
