import Assurance
import Glibc
import Synchronization

/// A stream of bytes that a parser pulls. A class because C callbacks hold it.
class ByteInput {
  /// Why the last read failed.
  final var failure: AssureError?
  /// Whether the bytes are UTF-8 whatever an XML declaration in them says.
  final var isTranscoded = false
  /// The encoding that the bytes look like, for a file whose own statement is wrong.
  var likelyEncoding: String? { nil }

  /// Reads at most `count` bytes; 0 at the end, -1 after setting ``failure``.
  func read(into buffer: UnsafeMutableRawPointer, count: Int) -> Int { 0 }
}

/// The bytes of an open file, from the start, without moving its offset.
final class FileInput: ByteInput {
  /// Parsers ask for some thousand bytes at a time; the system is asked for more.
  private static let block = 1 << 16

  private let file: SourceFile
  private var offset: Int
  private let buffer: UnsafeMutableRawPointer
  private var next = 0
  private var end = 0

  init(_ file: SourceFile, skipping: Int = 0) {
    self.file = file
    offset = skipping
    buffer = .allocate(byteCount: Self.block, alignment: 64)
  }

  deinit { buffer.deallocate() }

  override var likelyEncoding: String? {
    guard let bytes = try? file.firstBytes(1 << 16) else { return nil }
    return TextEncoding.detect(bytes, isWhole: bytes.count == file.bytes).name
  }

  override func read(into target: UnsafeMutableRawPointer, count: Int) -> Int {
    if next == end {
      if count >= Self.block { return fetch(into: target, count: count) }
      let got = fetch(into: buffer, count: Self.block)
      guard got > 0 else { return got }
      next = 0
      end = got
    }
    let length = min(count, end - next)
    memcpy(target, buffer + next, length)
    next += length
    return length
  }

  private func fetch(into target: UnsafeMutableRawPointer, count: Int) -> Int {
    // No further than the digest went; growth is told at the end.
    let got = pread(file.descriptor, target, min(count, max(0, file.bytes - offset)), offset)
    if got < 0 {
      failure = AssureError(
        "file-unreadable", place: file.name, "reading stopped at byte \(offset)",
        remedy: "copy the file again from where it came")
      return -1
    }
    offset += got
    file.position.store(offset, ordering: .relaxed)
    if got == 0, offset < file.bytes {
      failure = AssureError(
        "file-changed", place: file.name,
        "the file ends at byte \(offset), it had \(file.bytes) when it was opened",
        remedy: "work on a copy that nothing else writes to")
      return -1
    }
    return got
  }
}

/// Bytes in memory.
final class MemoryInput: ByteInput {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  override var likelyEncoding: String? { TextEncoding.detect(bytes, isWhole: false).name }

  override func read(into buffer: UnsafeMutableRawPointer, count: Int) -> Int {
    let length = min(count, bytes.count - offset)
    guard length > 0 else { return 0 }
    bytes.withUnsafeBytes { source in
      if let base = source.baseAddress { buffer.copyMemory(from: base + offset, byteCount: length) }
    }
    offset += length
    return length
  }
}
