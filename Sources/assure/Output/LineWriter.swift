import Foundation

/// Standard output in large pieces, for answers of many lines. Flush it at the end.
struct LineWriter {
  private var bytes: [UInt8] = []
  private static let pieceSize = 1 << 16

  mutating func say(_ line: String) {
    put(line)
    bytes.append(UInt8(ascii: "\n"))
  }

  mutating func put(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    if bytes.count >= Self.pieceSize { flush() }
  }

  mutating func put(_ more: [UInt8]) {
    bytes.append(contentsOf: more)
    if bytes.count >= Self.pieceSize { flush() }
  }

  mutating func flush() {
    FileHandle.standardOutput.write(Data(bytes))
    bytes.removeAll(keepingCapacity: true)
  }
}
