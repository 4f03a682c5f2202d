import Assurance
import Ingest
import Testing

/// Encodings of delimited text and XML. The bytes were made by Python's codecs (3.11).
@Suite struct EncodingTests {
  // swift-format-ignore
  static let delimited: [(name: String, site: String, hex: String)] = [
    ("GB18030", "总部", "b5d8b5e32cd3c3cbaec1bf0ad7dcb2bf2c31322e350a"),
    ("BIG5-HKSCS", "總部", "a661c2492ca5cea4f4b6710ac160b3a12c31322e350a"),
    ("CP932", "東京本社ビル", "926e935f2c8e67977097ca0a938c8b9e967b8ed08372838b2c31322e350a"),
    ("EUC-JP", "東京本社ビル", "c3cfc5c02cbbc8cdd1cecc0ac5ecb5fecbdcbcd2a5d3a5eb2c31322e350a"),
    ("ISO-2022-JP", "東京本社ビル", "1b2442434f45401b28422c1b24423b484d514e4c1b28420a1b2442456c357e4b5c3c522553256b1b28422c31322e350a"),
    ("WINDOWS-1251", "Москва", "cce5f1f2ee2ccee1fab8ec20e2eee4fb0acceef1eae2e02c31322e350a"),
    ("KOI8-R", "Москва", "edc5d3d4cf2cefc2dfa3cd20d7cfc4d90aedcfd3cbd7c12c31322e350a"),
    ("WINDOWS-1252", "Köln", "476562e47564652c4772f6df650a4bf66c6e2c31322e350a"),
    ("UTF-16LE", "總部", "fffe3057de9e2c002875346ccf910a003d7ee8902c00310032002e0035000a00"),
    ("UTF-16BE", "總部", "57309ede002c75286c3491cf000a7e3d90e8002c00310032002e0035000a"),
    ("UTF-32LE", "總部", "fffe000030570000de9e00002c00000028750000346c0000cf9100000a0000003d7e0000e89000002c00000031000000320000002e000000350000000a000000"),
    ("UTF-32BE", "總部", "0000573000009ede0000002c0000752800006c34000091cf0000000a00007e3d000090e80000002c00000031000000320000002e000000350000000a"),
    ("UTF-8", "總部", "efbbbfe59cb0e9bb9e2ce794a8e6b0b4e9878f0ae7b8bde983a82c31322e350a"),
    ("UTF-8", "總部", "e59cb0e9bb9e2ce794a8e6b0b4e9878f0ae7b8bde983a82c31322e350a"),
  ]

  // swift-format-ignore
  static let documents: [(name: String, site: String, hex: String)] = [
    ("GB18030", "总部", "3c3f786d6c2076657273696f6e3d22312e302220656e636f64696e673d2247423138303330223f3e3c723e3c613e3c733ed7dcb2bf3c2f733e3c2f613e3c613e3c733e783c2f733e3c2f613e3c2f723e"),
    ("GBK", "总部", "3c3f786d6c2076657273696f6e3d22312e302220656e636f64696e673d2247424b223f3e3c723e3c613e3c733ed7dcb2bf3c2f733e3c2f613e3c613e3c733e783c2f733e3c2f613e3c2f723e"),
    ("GB2312", "总部", "3c3f786d6c2076657273696f6e3d22312e302220656e636f64696e673d22474232333132223f3e3c723e3c613e3c733ed7dcb2bf3c2f733e3c2f613e3c613e3c733e783c2f733e3c2f613e3c2f723e"),
    ("Big5", "總部", "3c3f786d6c2076657273696f6e3d22312e302220656e636f64696e673d2242696735223f3e3c723e3c613e3c733ec160b3a13c2f733e3c2f613e3c613e3c733e783c2f733e3c2f613e3c2f723e"),
    ("Shift_JIS", "本社", "3c3f786d6c2076657273696f6e3d22312e302220656e636f64696e673d2253686966745f4a4953223f3e3c723e3c613e3c733e967b8ed03c2f733e3c2f613e3c613e3c733e783c2f733e3c2f613e3c2f723e"),
    ("EUC-JP", "本社", "3c3f786d6c2076657273696f6e3d22312e302220656e636f64696e673d224555432d4a50223f3e3c723e3c613e3c733ecbdcbcd23c2f733e3c2f613e3c613e3c733e783c2f733e3c2f613e3c2f723e"),
    ("ISO-2022-JP", "本社", "3c3f786d6c2076657273696f6e3d22312e302220656e636f64696e673d2249534f2d323032322d4a50223f3e3c723e3c613e3c733e1b24424b5c3c521b28423c2f733e3c2f613e3c613e3c733e783c2f733e3c2f613e3c2f723e"),
    ("windows-1250", "Łódź", "3c3f786d6c2076657273696f6e3d22312e302220656e636f64696e673d2277696e646f77732d31323530223f3e3c723e3c613e3c733ea3f3649f3c2f733e3c2f613e3c613e3c733e783c2f733e3c2f613e3c2f723e"),
    ("windows-1251", "Москва", "3c3f786d6c2076657273696f6e3d22312e302220656e636f64696e673d2277696e646f77732d31323531223f3e3c723e3c613e3c733ecceef1eae2e03c2f733e3c2f613e3c613e3c733e783c2f733e3c2f613e3c2f723e"),
    ("windows-1252", "Köln", "3c3f786d6c2076657273696f6e3d22312e302220656e636f64696e673d2277696e646f77732d31323532223f3e3c723e3c613e3c733e4bf66c6e3c2f733e3c2f613e3c613e3c733e783c2f733e3c2f613e3c2f723e"),
    ("windows-1253", "Αθήνα", "3c3f786d6c2076657273696f6e3d22312e302220656e636f64696e673d2277696e646f77732d31323533223f3e3c723e3c613e3c733ec1e8deede13c2f733e3c2f613e3c613e3c733e783c2f733e3c2f613e3c2f723e"),
    ("windows-1254", "İzmir", "3c3f786d6c2076657273696f6e3d22312e302220656e636f64696e673d2277696e646f77732d31323534223f3e3c723e3c613e3c733edd7a6d69723c2f733e3c2f613e3c613e3c733e783c2f733e3c2f613e3c2f723e"),
    ("windows-1257", "Rīga", "3c3f786d6c2076657273696f6e3d22312e302220656e636f64696e673d2277696e646f77732d31323537223f3e3c723e3c613e3c733e52ee67613c2f733e3c2f613e3c613e3c733e783c2f733e3c2f613e3c2f723e"),
    ("windows-874", "ไทย", "3c3f786d6c2076657273696f6e3d22312e302220656e636f64696e673d2277696e646f77732d383734223f3e3c723e3c613e3c733ee4b7c23c2f733e3c2f613e3c613e3c733e783c2f733e3c2f613e3c2f723e"),
    ("KOI8-R", "Москва", "3c3f786d6c2076657273696f6e3d22312e302220656e636f64696e673d224b4f49382d52223f3e3c723e3c613e3c733eedcfd3cbd7c13c2f733e3c2f613e3c613e3c733e783c2f733e3c2f613e3c2f723e"),
    ("ISO-8859-15", "Œuvre", "3c3f786d6c2076657273696f6e3d22312e302220656e636f64696e673d2249534f2d383835392d3135223f3e3c723e3c613e3c733ebc757672653c2f733e3c2f613e3c613e3c733e783c2f733e3c2f613e3c2f723e"),
    ("EUC-KR", "서울", "3c3f786d6c2076657273696f6e3d22312e302220656e636f64696e673d224555432d4b52223f3e3c723e3c613e3c733ebcadbfef3c2f733e3c2f613e3c613e3c733e783c2f733e3c2f613e3c2f723e"),
    ("UTF-16", "總部", "fffe3c003f0078006d006c002000760065007200730069006f006e003d00220031002e0030002200200065006e0063006f00640069006e0067003d0022005500540046002d003100360022003f003e003c0072003e003c0061003e003c0073003e003d7ee8903c002f0073003e003c002f0061003e003c0061003e003c0073003e0078003c002f0073003e003c002f0061003e003c002f0072003e00"),
    ("UTF-32", "總部", "fffe00003c0000003f000000780000006d0000006c0000002000000076000000650000007200000073000000690000006f0000006e0000003d00000022000000310000002e000000300000002200000020000000650000006e000000630000006f00000064000000690000006e000000670000003d000000220000005500000054000000460000002d0000003300000032000000220000003f0000003e0000003c000000720000003e0000003c000000610000003e0000003c000000730000003e0000003d7e0000e89000003c0000002f000000730000003e0000003c0000002f000000610000003e0000003c000000610000003e0000003c000000730000003e000000780000003c0000002f000000730000003e0000003c0000002f000000610000003e0000003c0000002f000000720000003e000000"),
    ("UTF-8", "總部", "efbbbf3c3f786d6c2076657273696f6e3d22312e302220656e636f64696e673d225554462d38223f3e3c723e3c613e3c733ee7b8bde983a83c2f733e3c2f613e3c613e3c733e783c2f733e3c2f613e3c2f723e"),
  ]

  static func bytes(_ hex: String) -> [UInt8] {
    let digits = Array(hex.utf8).map { $0 < 58 ? $0 - 48 : $0 - 87 }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] * 16 + digits[$0 + 1] }
  }

  @Test(arguments: delimited)
  func delimitedTextIsFoundAndSaid(_ name: String, site: String, hex: String) throws {
    let file = try TemporaryFile("data.csv", Self.bytes(hex))
    let tables = try TableSummary.read(file.open())
    #expect(tables[0].rows == 2)
    let note = try #require(tables[0].notices.first { $0.code == "text-form" })
    #expect(note.message.hasPrefix("read as \(name)"))
    let isCertain = name.hasPrefix("UTF") || name == "ISO-2022-JP"
    #expect(note.message.contains("the likeliest") == !isCertain)
    #expect(tables[0].lastCell?.value == "12.5")
    // The same under its name, whatever was found.
    let named = try TableSummary.read(file.open(), options: ReadOptions(encoding: name))
    #expect(named[0].firstCell == tables[0].firstCell)
  }

  /// European text is not taken for Chinese where its letters stand inside words.
  @Test func latinWordsAreNotChinese() throws {
    // Zażółć, €uro in Windows-1250: iconv's BIG5 would read `Za鄴單`.
    let file = try TemporaryFile("data.csv", Self.bytes("5a61bff3b3e62c760a5a61bff3b3e62c310a"))
    let note = try TableSummary.read(file.open())[0].notices[0]
    #expect(note.message.hasPrefix("read as WINDOWS-1252"))
    let named = try TableSummary.read(
      file.open(), options: ReadOptions(encoding: "windows-1250"))
    #expect(named[0].firstCell?.value == "Zażółć")
  }

  @Test(arguments: documents)
  func documentsSayTheirEncoding(_ name: String, site: String, hex: String) throws {
    let file = try TemporaryFile("data.xml", Self.bytes(hex))
    let tables = try TableSummary.read(file.open())
    #expect(tables[0].name == "/r/a")
    #expect(tables[0].firstCell?.value == site)
  }

  /// A declaration that is wrong is a sentence that says what the bytes look like.
  @Test(arguments: [
    ("UTF-8", "d7dcb2bf", "GB18030"), ("UTF-8", "c1609da1", "BIG5-HKSCS"),
    ("UTF-16", "e7b8bde983a8", "UTF-8"), ("Shift_JIS", "e7b8bde983a8ff", "WINDOWS-1252"),
    ("x-mad-e-up", "41", "UTF-8"),
  ])
  func wrongDeclaration(_ declared: String, hex: String, looks: String) throws {
    let text =
      Array("<?xml version=\"1.0\" encoding=\"\(declared)\"?><r><a><s>".utf8)
      + Self.bytes(hex) + Array("</s></a><a><s>x</s></a></r>".utf8)
    do {
      let tables = try TableSummary.read(TemporaryFile("data.xml", text).open())
      Issue.record("read as \(tables[0].firstCell?.value ?? "")")
    } catch let error as AssureError {
      #expect(error.code == "xml-encoding")
      #expect(error.reason.hasPrefix("the text is not in the encoding it declares"))
      #expect(error.reason.hasSuffix("its bytes look like \(looks)"))
    }
  }

  /// A document type in UTF-32 is one.
  @Test func doctypeInUTF32() throws {
    let text = "<!DOCTYPE r [<!ENTITY x \"y\">]><r>&x;</r>"
    let bytes = text.utf8.flatMap { byte -> [UInt8] in [0, 0, 0, byte] }
    #expect(
      code { _ = try TemporaryFile("d.xml", [0, 0, 0xFE, 0xFF] + bytes).open() } == "xml-doctype")
  }
}
