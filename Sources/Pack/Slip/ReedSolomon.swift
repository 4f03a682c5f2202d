/// Check symbols over the field of 256 elements that QR codes use.
enum ReedSolomon {
  /// Product modulo x⁸ + x⁴ + x³ + x² + 1 (ISO/IEC 18004:2015, 7.5.2).
  static func product(_ a: UInt8, _ b: UInt8) -> UInt8 {
    var (rest, shifted, sum) = (b, UInt16(a), UInt16(0))
    while rest > 0 {
      if rest & 1 == 1 { sum ^= shifted }
      shifted <<= 1
      if shifted & 0x100 > 0 { shifted ^= 0x11D }
      rest >>= 1
    }
    return UInt8(sum)
  }

  /// (x − 1)(x − 2)(x − 4)… of this degree, without its leading one, highest power first.
  static func generator(_ degree: Int) -> [UInt8] {
    var terms = [UInt8](repeating: 0, count: degree)
    terms[degree - 1] = 1
    var root: UInt8 = 1
    for _ in 0..<degree {
      for index in 0..<degree {
        terms[index] = product(terms[index], root)
        if index + 1 < degree { terms[index] ^= terms[index + 1] }
      }
      root = product(root, 2)
    }
    return terms
  }

  /// What is left of the data, shifted by the degree, after division by the generator.
  static func checks(_ data: some Sequence<UInt8>, generator: [UInt8]) -> [UInt8] {
    var rest = [UInt8](repeating: 0, count: generator.count)
    for byte in data {
      let factor = byte ^ rest.removeFirst()
      rest.append(0)
      for index in rest.indices { rest[index] ^= product(generator[index], factor) }
    }
    return rest
  }
}
