import Testing

@testable import Pack

/// QR codes against the standard's worked example, published tables, and a slow reader.
@Suite struct QRTests {
  /// ISO/IEC 18004:2015, annex I: "01234567" as 1-M; and "HELLO WORLD" as 1-M, the example of
  /// thonky.com/qr-code-tutorial.
  @Test func checkWords() {
    let generator = ReedSolomon.generator(10)
    let numbers: [UInt8] = [0x10, 0x20, 0x0C, 0x56, 0x61, 0x80] + padding(10)
    #expect(
      ReedSolomon.checks(numbers, generator: generator)
        == [0xA5, 0x24, 0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55])
    let words: [UInt8] = [32, 91, 11, 120, 209, 114, 220, 77, 67, 64] + padding(6)
    #expect(
      ReedSolomon.checks(words, generator: generator)
        == [196, 35, 39, 119, 235, 215, 231, 226, 93, 23])
  }

  private func padding(_ count: Int) -> [UInt8] { (0..<count).map { $0 % 2 == 0 ? 0xEC : 0x11 } }

  /// Annex A: the generator of degree 7 has exponents 87, 229, 146, 149, 238, 102, 21.
  @Test func generator() {
    var power: [UInt8] = [1]
    for _ in 1..<255 { power.append(QRReference.times(power[power.count - 1], 2)) }
    #expect(ReedSolomon.generator(7) == [87, 229, 146, 149, 238, 102, 21].map { power[$0] })
  }

  @Test func productOverAllPairs() {
    for a in UInt8.min...UInt8.max {
      for b in UInt8.min...UInt8.max where ReedSolomon.product(a, b) != QRReference.times(a, b) {
        Issue.record("\(a) × \(b)")
      }
    }
  }

  @Test func formatInformation() {
    let texts = (0..<8).map { mask in
      let bits = String(QRGrid.format(mask), radix: 2)
      return String(repeating: "0", count: 15 - bits.count) + bits
    }
    #expect(texts == QRReference.formats)
  }

  /// Annex D gives version 7; thonky.com/qr-code-tutorial/format-version-tables the others.
  @Test(arguments: [
    (7, "000111110010010100"), (8, "001000010110111100"), (9, "001001101010011001"),
    (10, "001010010011010011"), (40, "101000110001101001"),
  ])
  func versionInformation(_ version: Int, _ bits: String) {
    #expect(QRGrid.version(version) == Int(bits, radix: 2))
  }

  @Test func alignmentPatterns() {
    for (version, places) in QRReference.alignment {
      #expect(QRGrid.alignment(version) == places, "version \(version)")
    }
  }

  @Test func blocks() {
    for (version, table) in QRReference.blocks {
      let blocks = QRBlocks(version)
      #expect(blocks.checks == table.checks, "version \(version)")
      #expect(blocks.count == table.parts.reduce(0) { $0 + $1.count }, "version \(version)")
      #expect(
        blocks.data == table.parts.reduce(0) { $0 + $1.count * $1.data }, "version \(version)")
    }
  }

  /// Table 7: bytes at level M, and one more needs the next version.
  @Test(arguments: [
    (1, 14), (2, 26), (3, 42), (4, 62), (5, 84), (6, 106), (7, 122), (8, 152), (9, 180), (10, 213),
    (14, 362), (20, 666), (40, 2331),
  ])
  func everyVersionIsRead(_ version: Int, _ capacity: Int) throws {
    for count in version > 10 ? [capacity] : [capacity, capacity - 1, capacity - 9] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + $0 / 7 + version) }
      let code = try #require(QRCode(bytes))
      #expect(code.version == version)
      #expect(try QRReference.read(code.modules) == bytes, "\(count) bytes")
    }
    #expect(QRBlocks(version).holds(capacity) && !QRBlocks(version).holds(capacity + 1))
  }

  /// Each of the masks is read, whichever is chosen.
  @Test(arguments: 0..<8) func everyMaskIsRead(_ mask: Int) throws {
    let bytes = Array("the masks make no difference to what is read".utf8)
    let grid = QRGrid(version: 4, codewords: QRBlocks(4).codewords(bytes), mask: mask)
    #expect(try QRReference.read(grid.dark) == bytes)
  }

  @Test func tooMuch() { #expect(QRCode([UInt8](repeating: 65, count: 2332))?.version == nil) }

  @Test func nothingIsRead() throws {
    let code = try #require(QRCode([]))
    #expect(code.version == 1)
    #expect(try QRReference.read(code.modules) == [])
  }
}
