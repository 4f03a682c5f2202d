import Assurance
import CLibXML2
import Glibc

/// Turns bytes of another encoding into UTF-8 while they are read; bad bytes are an error.
final class TranscodingInput: ByteInput {
  private let source: ByteInput
  private let encoding: String
  private let place: String
  private let converter: iconv_t
  private var pending = [UInt8](repeating: 0, count: 1 << 16)
  private var pendingCount = 0
  private var atEnd = false
  /// Whether ASCII stands for itself wherever a character may begin.
  private let keepsASCII: Bool
  /// Lines read so far, for the place of an error.
  private var lines = 1

  init(_ source: ByteInput, encoding: String, place: String) throws(AssureError) {
    self.source = source
    self.encoding = encoding
    self.place = place
    guard let converter = iconv_open("UTF-8", encoding),
      converter != UnsafeMutableRawPointer(bitPattern: -1)
    else {
      throw AssureError(
        "encoding-unknown", place: place, "no encoding is called `\(encoding)`",
        remedy: "use a name that `iconv --list` prints")
    }
    self.converter = converter
    keepsASCII = encoding == "UTF-8"
  }

  deinit { iconv_close(converter) }

  override func read(into buffer: UnsafeMutableRawPointer, count: Int) -> Int {
    while true {
      if !atEnd, pendingCount < 64 { guard refill() else { return -1 } }
      if pendingCount == 0 { return 0 }
      let produced = convert(into: buffer, count: count)
      if produced != 0 { return produced }
      guard !atEnd else {
        failure = bad("the text ends within a character")
        return -1
      }
      guard refill() else { return -1 }
    }
  }

  private func refill() -> Bool {
    let room = pending.count - pendingCount
    guard room > 0 else { return true }
    let got = pending.withUnsafeMutableBytes { all -> Int in
      guard let base = all.baseAddress else { return 0 }
      return source.read(into: base + pendingCount, count: room)
    }
    guard got >= 0 else {
      failure = source.failure
      return false
    }
    if got == 0 { atEnd = true }
    pendingCount += got
    return true
  }

  /// Converts what it can; 0 if more input is needed, -1 for bad bytes.
  private func convert(into buffer: UnsafeMutableRawPointer, count: Int) -> Int {
    if keepsASCII, let kept = keep(into: buffer, count: count) { return kept }
    var outLeft = count
    var bytesLeft = pendingCount
    var invalid = false
    pending.withUnsafeMutableBytes { all in
      guard let base = all.baseAddress else { return }
      var input: UnsafeMutablePointer<CChar>? = base.assumingMemoryBound(to: CChar.self)
      var output: UnsafeMutablePointer<CChar>? = buffer.assumingMemoryBound(to: CChar.self)
      let result = iconv(converter, &input, &bytesLeft, &output, &outLeft)
      invalid = result == -1 && errno == EILSEQ
      (base).copyMemory(from: base + (pendingCount - bytesLeft), byteCount: bytesLeft)
    }
    pendingCount = bytesLeft
    let produced = count - outLeft
    countLines(buffer, produced)
    if produced == 0, invalid {
      failure = bad("the bytes are no text of that encoding")
      return -1
    }
    return produced
  }

  /// Hands on the ASCII that stands next, as it is; nil if it is little or none.
  private func keep(into buffer: UnsafeMutableRawPointer, count: Int) -> Int? {
    let length = pending.withUnsafeMutableBytes { all -> Int in
      guard let base = all.baseAddress else { return 0 }
      let run = Self.leadingASCII(base, min(count, pendingCount))
      // Half a character at the end, or much that is not ASCII, is the converter's.
      guard run >= 64 else { return 0 }
      buffer.copyMemory(from: base, byteCount: run)
      base.copyMemory(from: base + run, byteCount: pendingCount - run)
      return run
    }
    guard length > 0 else { return nil }
    pendingCount -= length
    countLines(buffer, length)
    return length
  }

  private static func leadingASCII(_ start: UnsafeMutableRawPointer, _ count: Int) -> Int {
    var index = 0
    while index + 8 <= count {
      let word = start.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      if word & 0x8080_8080_8080_8080 != 0 { break }
      index += 8
    }
    while index < count, start.load(fromByteOffset: index, as: UInt8.self) < 128 { index += 1 }
    return index
  }

  private func countLines(_ start: UnsafeMutableRawPointer, _ count: Int) {
    var found = 0
    for byte in UnsafeRawBufferPointer(start: start, count: count) where byte == 10 { found += 1 }
    lines += found
  }

  private func bad(_ what: String) -> AssureError {
    AssureError(
      "encoding-invalid", place: "\(place):\(lines)", "read as \(encoding), \(what)",
      remedy: "name the encoding with --encoding, or export it again as UTF-8")
  }

  /// Whether all of the bytes are text of the encoding, a character cut at the end allowed; the
  /// text, or nil.
  static func decode(_ bytes: [UInt8], as encoding: String) -> String? {
    guard let input = try? TranscodingInput(MemoryInput(bytes), encoding: encoding, place: "")
    else { return nil }
    var text: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let got = chunk.withUnsafeMutableBytes { bytes -> Int in
        guard let base = bytes.baseAddress else { return 0 }
        return input.read(into: base, count: bytes.count)
      }
      if got > 0 {
        text.append(contentsOf: chunk[..<got])
      } else {
        let cut = input.pendingCount <= 4 && input.atEnd
        return got == 0 || cut ? String(decoding: text, as: UTF8.self) : nil
      }
    }
  }
}
