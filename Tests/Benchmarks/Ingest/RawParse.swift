import CLibXML2
import Crypto
import Glibc

/// What any reader of a file must spend: parsing it and doing nothing.
enum RawParse {
  /// libxml2's SAX2 interface in pull mode with callbacks that count; elements and bytes of text.
  static func xml(_ path: String) throws -> Int {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { throw BenchmarkError("cannot read \(path)") }
    defer { close(file) }
    var sax = xmlSAXHandler()
    sax.initialized = UInt32(XML_SAX2_MAGIC)
    sax.startElementNs = { user, _, _, _, _, _, _, _, _ in
      user?.assumingMemoryBound(to: Int.self).pointee += 1
    }
    sax.endElementNs = { _, _, _, _ in }
    sax.characters = { _, _, _ in }
    sax.ignorableWhitespace = sax.characters
    let count = UnsafeMutablePointer<Int>.allocate(capacity: 1)
    count.initialize(to: 0)
    defer { count.deallocate() }
    let descriptor = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    descriptor.initialize(to: file)
    defer { descriptor.deallocate() }
    guard
      let context = xmlCreateIOParserCtxt(
        &sax, count,
        { user, buffer, size in
          guard let user, let buffer else { return -1 }
          let file = user.assumingMemoryBound(to: Int32.self).pointee
          return Int32(truncatingIfNeeded: read(file, buffer, Int(size)))
        }, nil, descriptor, XML_CHAR_ENCODING_NONE)
    else { throw BenchmarkError("libxml2 does not start") }
    defer { xmlFreeParserCtxt(context) }
    xmlCtxtUseOptions(
      context, Int32(XML_PARSE_NONET.rawValue) | Int32(XML_PARSE_NOENT.rawValue))
    guard xmlParseDocument(context) == 0 else { throw BenchmarkError("\(path) is damaged") }
    return count.pointee
  }

  /// A scan for delimiters, quotes and line ends, byte by byte; the number of fields.
  static func csv(_ path: String) throws -> Int {
    var fields = 0
    var quoted = false
    try blocks(path) { block in
      for byte in block {
        if byte == UInt8(ascii: "\"") { quoted.toggle() }
        if !quoted, byte == UInt8(ascii: ",") || byte == 10 { fields += 1 }
      }
    }
    return fields
  }

  /// SHA-256 of the file.
  static func hash(_ path: String) throws -> Int {
    var hash = SHA256()
    try blocks(path) { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    return hash.finalize().withUnsafeBytes { Int($0[0]) }
  }

  private static func blocks(
    _ path: String, _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) throws {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { throw BenchmarkError("cannot read \(path)") }
    defer { close(file) }
    let size = 1 << 20
    let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    defer { buffer.deallocate() }
    while true {
      let got = read(file, buffer, size)
      guard got >= 0 else { throw BenchmarkError("cannot read \(path)") }
      if got == 0 { return }
      body(UnsafeBufferPointer(start: buffer, count: got))
    }
  }
}
