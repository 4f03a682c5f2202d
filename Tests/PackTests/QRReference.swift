/// A slow and plain reader of QR codes, level M and byte mode alone, written from the tables of
/// the standard and not from the encoder: where modules of each kind lie is looked up, check
/// symbols are polynomials that must vanish.
struct QRReference {
  struct Unreadable: Error { let why: String }

  /// Check codewords a block, then how many blocks have how many data codewords (ISO/IEC
  /// 18004:2015, table 9; also thonky.com/qr-code-tutorial/error-correction-table).
  static let blocks: [Int: (checks: Int, parts: [(count: Int, data: Int)])] = [
    1: (10, [(1, 16)]), 2: (16, [(1, 28)]), 3: (26, [(1, 44)]), 4: (18, [(2, 32)]),
    5: (24, [(2, 43)]), 6: (16, [(4, 27)]), 7: (18, [(4, 31)]), 8: (22, [(2, 38), (2, 39)]),
    9: (22, [(3, 36), (2, 37)]), 10: (26, [(4, 43), (1, 44)]), 14: (24, [(4, 40), (5, 41)]),
    20: (26, [(3, 41), (13, 42)]), 25: (28, [(8, 47), (13, 48)]), 32: (28, [(10, 46), (23, 47)]),
    40: (28, [(18, 47), (31, 48)]),
  ]

  /// Middles of alignment patterns (annex E).
  static let alignment: [Int: [Int]] = [
    1: [], 2: [6, 18], 3: [6, 22], 4: [6, 26], 5: [6, 30], 6: [6, 34], 7: [6, 22, 38],
    8: [6, 24, 42], 9: [6, 26, 46], 10: [6, 28, 50], 14: [6, 26, 46, 66], 20: [6, 34, 62, 90],
    25: [6, 32, 58, 84, 110], 32: [6, 34, 60, 86, 112, 138], 40: [6, 30, 58, 86, 114, 142, 170],
  ]

  /// Format information of level M by mask, most significant bit first
  /// (thonky.com/qr-code-tutorial/format-version-tables; annex C gives mask 5 of M as an example).
  static let formats = [
    "101010000010010", "101000100100101", "101111001111100", "101101101001011",
    "100010111111001", "100000011001110", "100111110010111", "100101010100000",
  ]

  /// The bytes of a symbol, without its quiet zone.
  static func read(_ modules: [[Bool]]) throws -> [UInt8] {
    let side = modules.count
    let version = (side - 17) / 4
    guard side == 17 + 4 * version, let table = blocks[version], let middles = alignment[version]
    else { throw Unreadable(why: "side \(side)") }
    let mask = try format(modules)
    var bits: [Bool] = []
    var upward = true
    for right in [Int](stride(from: side - 1, to: 6, by: -2)) + [5, 3, 1] {
      for y in upward ? Array((0..<side).reversed()) : Array(0..<side) {
        for x in [right, right - 1] where !isPattern(x, y, side, version, middles) {
          bits.append(modules[y][x] != turns(mask, row: y, column: x))
        }
      }
      upward.toggle()
    }
    let words = stride(from: 0, through: bits.count - 8, by: 8).map { start in
      (0..<8).reduce(UInt8(0)) { $0 * 2 + (bits[start + $1] ? 1 : 0) }
    }
    let data = try corrected(words, table.checks, table.parts)
    return try bytes(data, countBits: version < 10 ? 8 : 16)
  }

  /// The mask, from two copies that must agree.
  private static func format(_ m: [[Bool]]) throws -> Int {
    let side = m.count
    let first =
      (0..<6).map { m[8][$0] } + [m[8][7], m[8][8], m[7][8]] + (0..<6).reversed().map { m[$0][8] }
    let second =
      (side - 7..<side).reversed().map { m[$0][8] } + (side - 8..<side).map { m[8][$0] }
    let texts = [first, second].map { $0.map { $0 ? "1" : "0" }.joined() }
    guard texts[0] == texts[1], let mask = formats.firstIndex(of: texts[0]) else {
      throw Unreadable(why: "format \(texts)")
    }
    return mask
  }

  private static func isPattern(
    _ x: Int, _ y: Int, _ side: Int, _ version: Int, _ middles: [Int]
  ) -> Bool {
    if x == 6 || y == 6 { return true }
    if x < 9 && (y < 9 || y >= side - 8) || x >= side - 8 && y < 9 { return true }
    if version >= 7, x < 6 && y >= side - 11 || y < 6 && x >= side - 11 { return true }
    for a in middles {
      for b in middles where abs(a - x) <= 2 && abs(b - y) <= 2 {
        let last = middles[middles.count - 1]
        if (a == 6 && b == 6) || (a == 6 && b == last) || (a == last && b == 6) { continue }
        return true
      }
    }
    return false
  }

  /// Table 10, with i the row and j the column.
  private static func turns(_ mask: Int, row i: Int, column j: Int) -> Bool {
    let values = [
      (i + j) % 2, i % 2, j % 3, (i + j) % 3, (i / 2 + j / 3) % 2, (i * j) % 2 + (i * j) % 3,
      ((i * j) % 2 + (i * j) % 3) % 2, ((i + j) % 2 + (i * j) % 3) % 2,
    ]
    return values[mask] == 0
  }

  /// The data, if every block is without error.
  private static func corrected(
    _ words: [UInt8], _ checks: Int, _ parts: [(count: Int, data: Int)]
  ) throws -> [UInt8] {
    let sizes = parts.flatMap { Array(repeating: $0.data, count: $0.count) }
    var blocks = sizes.map { _ in [UInt8]() }
    var next = words.makeIterator()
    for place in 0..<(sizes.max() ?? 0) {
      for block in sizes.indices where place < sizes[block] {
        guard let word = next.next() else { throw Unreadable(why: "too few codewords") }
        blocks[block].append(word)
      }
    }
    for _ in 0..<checks {
      for block in sizes.indices {
        guard let word = next.next() else { throw Unreadable(why: "too few codewords") }
        blocks[block].append(word)
      }
    }
    for (number, block) in blocks.enumerated() {
      for power in 0..<checks where value(of: block, at: root(power)) != 0 {
        throw Unreadable(why: "block \(number) has an error")
      }
    }
    return zip(blocks, sizes).flatMap { $0.prefix($1) }
  }

  private static func root(_ power: Int) -> UInt8 { (0..<power).reduce(1) { a, _ in times(a, 2) } }

  private static func value(of terms: [UInt8], at x: UInt8) -> UInt8 {
    terms.reduce(0) { times($0, x) ^ $1 }
  }

  /// Multiplies as polynomials over bits, then divides by 100011101.
  static func times(_ a: UInt8, _ b: UInt8) -> UInt8 {
    var product = 0
    for bit in 0..<8 where b >> bit & 1 == 1 { product ^= Int(a) << bit }
    for bit in stride(from: 15, through: 8, by: -1) where product >> bit & 1 == 1 {
      product ^= 0b1_0001_1101 << (bit - 8)
    }
    return UInt8(product)
  }

  private static func bytes(_ data: [UInt8], countBits: Int) throws -> [UInt8] {
    let bits = data.flatMap { word in (0..<8).reversed().map { Int(word >> $0 & 1) } }
    func number(_ start: Int, _ length: Int) -> Int {
      bits[start..<start + length].reduce(0) { $0 * 2 + $1 }
    }
    guard number(0, 4) == 4 else { throw Unreadable(why: "mode \(number(0, 4))") }
    let count = number(4, countBits)
    guard 4 + countBits + 8 * count <= bits.count else { throw Unreadable(why: "length \(count)") }
    return (0..<count).map { UInt8(number(4 + countBits + 8 * $0, 8)) }
  }
}
