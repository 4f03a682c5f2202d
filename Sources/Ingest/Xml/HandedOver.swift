/// What is left of a document of which a part was read: its open elements written once more, the
/// bytes already fetched, and the input behind them.
final class HandedOver: ByteInput {
  /// The line of each open element's tag, and of the first byte that is left.
  let lines: [Int]
  /// Where in its line that byte is, from 1.
  let column: Int
  /// Whether the root was closed; an empty element then stands for it.
  let isBehindRoot: Bool
  private let first: [UInt8]
  private var next = 0
  private let input: ByteInput

  init(
    opening: [UInt8], lines: [Int], column: Int, isBehindRoot: Bool, left: [UInt8],
    input: ByteInput
  ) {
    self.column = column
    first = (isBehindRoot ? Array("<x/>".utf8) : opening) + left
    self.lines = isBehindRoot ? [1] + lines : lines
    self.isBehindRoot = isBehindRoot
    self.input = input
    super.init()
    isTranscoded = input.isTranscoded
  }

  override var likelyEncoding: String? { input.likelyEncoding }

  /// How many start tags were written that the handler has seen.
  var replayed: Int { lines.count - 1 }

  override func read(into buffer: UnsafeMutableRawPointer, count: Int) -> Int {
    guard next < first.count else { return input.read(into: buffer, count: count) }
    let length = min(count, first.count - next)
    UnsafeMutableRawBufferPointer(start: buffer, count: length)
      .copyBytes(from: first[next..<next + length])
    next += length
    return length
  }

  /// Writes a start tag with the namespaces that it declares.
  static func write(
    _ name: XMLName, _ declared: [(prefix: XMLName?, uri: XMLName?)], to bytes: inout [UInt8]
  ) {
    bytes += Array("<\(String(cString: name))".utf8)
    for one in declared {
      let attribute = one.prefix.map { "xmlns:" + String(cString: $0) } ?? "xmlns"
      bytes += Array(" \(attribute)=\"".utf8)
      for byte in (one.uri.map { String(cString: $0) } ?? "").utf8 {
        let isPlain = byte > 32 && !"<&\"".utf8.contains(byte)
        bytes += isPlain ? [byte] : Array("&#\(byte);".utf8)
      }
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: ">"))
  }
}
