import Assurance

/// Raw deflate (RFC 1951), from one piece of memory to pieces of at most 64 KiB.
///
/// Own code, because a zip is read without being unpacked and nothing else here needs zlib. Every
/// malformed stream is refused; nothing is written beyond what the caller allows.
struct Inflate {
  private let input: UnsafeRawBufferPointer
  private var at = 0
  private var bits: UInt64 = 0
  private var bitCount = 0

  /// The last 32 KiB and what is not handed out yet.
  private var window = [UInt8](repeating: 0, count: 1 << 16)
  private var filled = 0
  private(set) var written = 0
  private let limit: Int

  /// - Parameter limit: bytes of output, at most.
  init(_ input: UnsafeRawBufferPointer, limit: Int) {
    self.input = input
    self.limit = limit
  }

  /// - Throws: `zip-data` if the stream is not deflate, does not end with the input, or is longer
  ///   than allowed; and what `body` throws.
  mutating func run(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    var isLast = false
    while !isLast {
      isLast = try take(1) == 1
      switch try take(2) {
      case 0: try stored(body)
      case 1: try codes(.fixedLengths, .fixedDistances, body)
      case 2:
        let (lengths, distances) = try dynamic()
        try codes(lengths, distances, body)
      default: throw malformed
      }
    }
    try flush(keeping: 0, body)
    guard at == input.count, bitCount < 8 else { throw malformed }
  }

  private var malformed: AssureError { AssureError("zip-data", "the compressed data is malformed") }

  private mutating func fill() {
    while bitCount <= 48, at < input.count {
      bits |= UInt64(input[at]) << UInt64(bitCount)
      at += 1
      bitCount += 8
    }
  }

  private mutating func take(_ count: Int) throws -> Int {
    if bitCount < count { fill() }
    guard bitCount >= count else { throw malformed }
    let value = Int(bits & (1 << UInt64(count) - 1))
    bits >>= UInt64(count)
    bitCount -= count
    return value
  }

  private mutating func symbol(_ code: HuffmanCode) throws -> Int {
    if bitCount < 15 { fill() }
    let entry = code.table[Int(bits & 0x7FFF)]
    let length = Int(entry & 15)
    guard length > 0, length <= bitCount else { throw malformed }
    bits >>= UInt64(length)
    bitCount -= length
    return Int(entry >> 4)
  }

  private mutating func put(
    _ byte: UInt8, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    if filled == window.count { try flush(keeping: 1 << 15, body) }
    window[filled] = byte
    filled += 1
  }

  /// Where in the window what was not handed out begins.
  private var pending = 0

  private mutating func flush(
    keeping kept: Int, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    written += filled - pending
    guard written <= limit else { throw malformed }
    if filled > pending {
      try window.withUnsafeBytes {
        try body(UnsafeRawBufferPointer(rebasing: $0[pending..<filled]))
      }
    }
    let keep = min(kept, filled)
    for index in 0..<keep { window[index] = window[filled - keep + index] }
    (filled, pending) = (keep, keep)
  }

  private mutating func stored(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let odd = bitCount % 8
    _ = try take(odd)
    let count = try take(16)
    guard try take(16) == ~count & 0xFFFF else { throw malformed }
    for _ in 0..<count { try put(UInt8(try take(8)), body) }
  }

  private mutating func dynamic() throws -> (HuffmanCode, HuffmanCode) {
    let lengthCount = try take(5) + 257
    let distanceCount = try take(5) + 1
    let codeCount = try take(4) + 4
    guard lengthCount <= 286, distanceCount <= 30 else { throw malformed }
    var lengths = [UInt8](repeating: 0, count: 19)
    for index in 0..<codeCount { lengths[Self.order[index]] = UInt8(try take(3)) }
    guard let code = HuffmanCode(lengths) else { throw malformed }
    var all: [UInt8] = []
    while all.count < lengthCount + distanceCount {
      let symbol = try symbol(code)
      switch symbol {
      case 0...15: all.append(UInt8(symbol))
      case 16:
        guard let last = all.last else { throw malformed }
        all += Array(repeating: last, count: 3 + (try take(2)))
      case 17: all += Array(repeating: 0, count: 3 + (try take(3)))
      default: all += Array(repeating: 0, count: 11 + (try take(7)))
      }
    }
    guard all.count == lengthCount + distanceCount, all[256] > 0,
      let first = HuffmanCode(Array(all[..<lengthCount])),
      let second = HuffmanCode(Array(all[lengthCount...]))
    else { throw malformed }
    return (first, second)
  }

  private mutating func codes(
    _ lengths: HuffmanCode, _ distances: HuffmanCode,
    _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    while true {
      let symbol = try symbol(lengths)
      if symbol < 256 {
        try put(UInt8(symbol), body)
        continue
      }
      if symbol == 256 { return }
      guard symbol <= 285 else { throw malformed }
      let length = Self.lengthBase[symbol - 257] + (try take(Self.lengthBits[symbol - 257]))
      let code = try self.symbol(distances)
      guard code < 30 else { throw malformed }
      let distance = Self.distanceBase[code] + (try take(Self.distanceBits[code]))
      if filled + length > window.count { try flush(keeping: 1 << 15, body) }
      guard distance <= filled else { throw malformed }
      for _ in 0..<length {
        window[filled] = window[filled - distance]
        filled += 1
      }
    }
  }

  private static let order = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]
  private static let lengthBase = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBase = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
    2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
  ]
  private static let distanceBits = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13,
    13,
  ]
}

/// A canonical Huffman code as a table over the next 15 bits: symbol times 16, plus its length.
struct HuffmanCode {
  let table: [UInt16]

  /// Nil for lengths that give one bit pattern two meanings.
  init?(_ lengths: [UInt8]) {
    var counts = [Int](repeating: 0, count: 16)
    for length in lengths { counts[Int(length)] += 1 }
    counts[0] = 0
    var next = [Int](repeating: 0, count: 16)
    var code = 0
    for length in 1...15 {
      code = (code + counts[length - 1]) << 1
      next[length] = code
      guard code + counts[length] <= 1 << length else { return nil }
    }
    var table = [UInt16](repeating: 0, count: 1 << 15)
    for (symbol, length) in lengths.enumerated() where length > 0 {
      let value = next[Int(length)]
      next[Int(length)] += 1
      var reversed = 0
      for bit in 0..<Int(length) where value >> bit & 1 == 1 {
        reversed |= 1 << (Int(length) - 1 - bit)
      }
      let entry = UInt16(symbol << 4) | UInt16(length)
      for index in stride(from: reversed, to: 1 << 15, by: 1 << Int(length)) {
        table[index] = entry
      }
    }
    self.table = table
  }

  private init(fixed lengths: [UInt8]) { table = HuffmanCode(lengths)?.table ?? [] }

  static let fixedLengths = HuffmanCode(
    fixed: Array(repeating: 8, count: 144) + Array(repeating: 9, count: 112)
      + Array(repeating: 7, count: 24) + Array(repeating: 8, count: 8))
  static let fixedDistances = HuffmanCode(fixed: Array(repeating: 5, count: 30))
}
