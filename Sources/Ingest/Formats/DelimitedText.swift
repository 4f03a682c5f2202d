import Assurance

/// Comma, semicolon, tab or bar separated text (RFC 4180 quoting), in any encoding that is told or
/// found. What was found is reported, never assumed silently. Row numbers count records, blank
/// lines included, as a spreadsheet that opens the file would.
package enum DelimitedText: SourceFormat {
  package static let id = "delimited"

  package static func recognises(_ head: SourceHead, root: XMLRoot?) -> Bool {
    guard root == nil, head.zipEntries == nil else { return false }
    let encoding = TextEncoding.detect(head.bytes, isWhole: head.bytes.count == head.fileBytes)
    return encoding.name.hasPrefix("UTF-16") || encoding.name.hasPrefix("UTF-32")
      || !head.bytes.contains(0)
  }

  package static func read(
    _ file: SourceFile, options: ReadOptions, into sink: RowSink
  ) throws {
    let head = try file.firstBytes(1 << 16)
    var encoding = TextEncoding.detect(head, isWhole: head.count == file.bytes)
    if let name = options.encoding { encoding = encoding.replaced(by: name) }
    let text =
      TranscodingInput.decode(Array(head.dropFirst(encoding.mark)), as: encoding.name) ?? ""
    let delimiter = options.delimiter ?? Delimiter.detect(text)
    let certainty = encoding.isCertain ? "" : ", the likeliest of those that fit"
    let character = Delimiter.name(delimiter)
    sink.remark(
      Remark(
        code: "text-form",
        message: "read as \(encoding.name)\(certainty), fields separated by \(character)"))
    let input = try TranscodingInput(
      FileInput(file, skipping: encoding.mark), encoding: encoding.name, place: file.name)
    let wanted = try sink.begin(TableHead(name: file.name))
    let parser = DelimitedParser(file: file, delimiter: delimiter, sink: wanted ? sink : RowSink())
    try parser.run(input)
    try sink.end(parser.tail)
  }
}

extension TextEncoding {
  /// The encoding a user names; a byte order mark that is there is skipped all the same.
  fileprivate func replaced(by name: String) -> TextEncoding {
    TextEncoding(named: name, mark: mark)
  }
}

/// Which byte separates fields.
enum Delimiter {
  static let candidates = [",", ";", "\t", "|"].compactMap { $0.utf8.first }

  static func name(_ byte: UInt8) -> String {
    byte == 9 ? "tabs" : "`\(String(decoding: [byte], as: UTF8.self))`"
  }

  /// The candidate that splits the most of the first 200 lines into the same number (at least two)
  /// of fields, more fields first; a comma if none does.
  static func detect(_ text: String) -> UInt8 {
    var best: (delimiter: UInt8, score: Int) = (UInt8(ascii: ","), 0)
    for candidate in candidates {
      var counts: [Int: Int] = [:]
      for count in fieldCounts(text, candidate) where count > 1 { counts[count, default: 0] += 1 }
      guard let common = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else {
        continue
      }
      let score = common.value * 1000 + common.key
      if score > best.score { best = (candidate, score) }
    }
    return best.delimiter
  }

  private static func fieldCounts(_ text: String, _ delimiter: UInt8) -> [Int] {
    var counts: [Int] = []
    var fields = 1
    var quoted = false
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { quoted.toggle() }
      guard !quoted else { continue }
      if byte == delimiter { fields += 1 }
      if byte == 10 {
        counts.append(fields)
        fields = 1
        if counts.count == 200 { break }
      }
    }
    if fields > 1 { counts.append(fields) }
    return counts
  }
}

/// The state machine of RFC 4180, with either line end and quotes doubled inside quotes.
private final class DelimitedParser {
  private let file: SourceFile
  private let delimiter: UInt8
  private let sink: RowSink
  private let row: RowBuffer
  private var line = 1
  private var column = 1
  private var number = 1
  private var quoteLine = 0
  private var state = State.fieldStart
  private var lastWasReturn = false
  private(set) var tail = TableTail()

  private enum State { case fieldStart, plain, quoted, quoteInQuoted }

  init(file: SourceFile, delimiter: UInt8, sink: RowSink) {
    self.file = file
    self.delimiter = delimiter
    self.sink = sink
    row = RowBuffer(textMax: file.bounds.rowTextMax)
  }

  func run(_ input: ByteInput) throws {
    let size = 1 << 16
    let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    defer { buffer.deallocate() }
    begin()
    while true {
      let got = input.read(into: buffer, count: size)
      if got < 0 { throw input.failure ?? AssureError("file-unreadable", "reading stopped") }
      if got == 0 { break }
      try consume(UnsafeBufferPointer(start: buffer, count: got))
    }
    guard state != .quoted else {
      throw AssureError(
        "unclosed-quote", place: "\(file.name):\(quoteLine)",
        "a quote opened on this line is not closed before the end of the file",
        remedy: "the file was cut off, or a quote inside a field is not doubled")
    }
    if state != .fieldStart || column > 1 {
      tail.remarks.append(
        Remark(
          code: "no-final-newline", message: "the last line has no line end: is the file whole?",
          row: number))
      try endRow()
    }
  }

  private func begin() {
    row.start(number: number, line: line)
    column = 1
    row.open(column: 1, kind: .untyped)
    state = .fieldStart
  }

  private func consume(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    guard let base = bytes.baseAddress else { return }
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      switch state {
      case .quoted:
        if byte == UInt8(ascii: "\"") {
          state = .quoteInQuoted
        } else {
          var end = index
          while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            if bytes[end] == 10 { line += 1 }
            end += 1
          }
          row.append(base + index, end - index)
          index = end
          continue
        }
      case .fieldStart where byte == UInt8(ascii: "\""):
        state = .quoted
        quoteLine = line
      case .quoteInQuoted where byte == UInt8(ascii: "\""):
        row.append(base + index, 1)
        state = .quoted
      default:
        index = try plain(bytes, base, at: index)
        continue
      }
      lastWasReturn = false
      index += 1
    }
  }

  /// One delimiter, line end or run of plain bytes; the index behind it.
  private func plain(
    _ bytes: UnsafeBufferPointer<UInt8>, _ base: UnsafePointer<UInt8>, at start: Int
  ) throws -> Int {
    let byte = bytes[start]
    if byte == delimiter {
      row.close()
      column += 1
      guard column <= file.bounds.columnsMax else { throw tooManyColumns() }
      row.open(column: column, kind: .untyped)
      state = .fieldStart
      lastWasReturn = false
      return start + 1
    }
    if byte == 10 || byte == 13 {
      if byte == 10, lastWasReturn {
        lastWasReturn = false
        return start + 1
      }
      line += 1
      lastWasReturn = byte == 13
      try endRow()
      return start + 1
    }
    lastWasReturn = false
    state = .plain
    var end = start + 1
    while end < bytes.count, bytes[end] != delimiter, bytes[end] != 10, bytes[end] != 13 {
      end += 1
    }
    row.append(base + start, end - start)
    return end
  }

  private func endRow() throws {
    row.close()
    guard !row.overflowed else {
      throw AssureError(
        "text-too-long", place: "\(file.name):\(row.line)",
        "the row has more text than the bound of \(file.bounds.rowTextMax) bytes",
        remedy: "name the delimiter with --delimiter, or look for a quote that is not closed")
    }
    if row.count > 0 { try sink.row(row) }
    number += 1
    begin()
  }

  private func tooManyColumns() -> AssureError {
    AssureError(
      "too-many-columns", place: "\(file.name):\(line)",
      "the row has more fields than the bound of \(file.bounds.columnsMax)",
      remedy: "name the delimiter with --delimiter")
  }
}
