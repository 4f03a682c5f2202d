import CArchive
import Foundation

/// A tester at work: writes answers into the white cells of a worksheet, as a spreadsheet program
/// would, and leaves every other byte of the sheets as it is.
struct FilledWorksheet {
  /// What to write in one row; nil leaves the cell as it is.
  struct Answer {
    var result: String?
    var audited: String?
    var reason: String?
    var tester: String? = "Tester One"
    var tested: String? = "2022-01-10"
  }

  private var parts: [(name: String, bytes: [UInt8])]
  private let sheet: Int

  init(path: String) throws {
    parts = try Self.read(path)
    guard let sheet = parts.firstIndex(where: { $0.name == "xl/worksheets/sheet1.xml" }) else {
      throw Failure("\(path) has no first sheet")
    }
    self.sheet = sheet
  }

  /// How many items stand on the sheet.
  var count: Int { text.components(separatedBy: "<row ").count - 2 }

  private var text: String {
    get { String(decoding: parts[sheet].bytes, as: UTF8.self) }
    set { parts[sheet].bytes = Array(newValue.utf8) }
  }

  /// Writes the answer to the item of this number, from 1.
  mutating func fill(_ item: Int, _ answer: Answer) throws {
    let row = item + 1
    // The six white columns are the last ones; the last cell of the header says which.
    let header = text.components(separatedBy: "<row ").dropFirst().first ?? ""
    let cells = header.components(separatedBy: "<c r=\"").dropFirst()
    let columns = cells.map { String($0.prefix { $0.isLetter }) }.suffix(6)
    let values = [
      answer.result, answer.audited, answer.reason, nil, answer.tester, answer.tested,
    ]
    for (column, value) in zip(columns, values) {
      guard let value else { continue }
      let start = "<c r=\"\(column)\(row)\""
      guard let head = text.range(of: start),
        let tail = text.range(of: "/>", range: head.upperBound..<text.endIndex)
      else { throw Failure("there is no empty cell \(column)\(row)") }
      let style = text[head.upperBound..<tail.lowerBound]
      let isNumber = value == answer.audited && Double(value) != nil
      let cell =
        isNumber
        ? "\(start)\(style)><v>\(value)</v></c>"
        : "\(start)\(style) t=\"inlineStr\"><is><t>\(value)</t></is></c>"
      text = text.replacingCharacters(in: head.lowerBound..<tail.upperBound, with: cell)
    }
  }

  /// Fills in what a line of a transcript says: `IN OUT | all agreed | 3 misstated 12.5 why |
  /// 4 not supportable why | 5 open`.
  static func run(_ line: String, in folder: String) throws {
    let parts = line.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
    guard let files = parts.first, files.count == 2 else { throw Failure(line) }
    var worksheet = try FilledWorksheet(path: folder + "/" + files[0])
    var answers: [Int: Answer] = [:]
    for words in parts.dropFirst() {
      let reason = { (from: Int) in words.dropFirst(from).joined(separator: " ") }
      switch (words.first.flatMap { Int($0) }, words.dropFirst().first) {
      case (nil, "agreed"):
        for item in 1...worksheet.count { answers[item] = Answer(result: "agreed") }
      case (let item?, "misstated"):
        answers[item] = Answer(result: "misstated", audited: words[2], reason: reason(3))
      case (let item?, "not"): answers[item] = Answer(result: "not supportable", reason: reason(3))
      case (let item?, "open"): answers[item] = nil
      case (let item?, let word?): answers[item] = Answer(result: word, reason: reason(2))
      default: throw Failure(line)
      }
    }
    for (item, answer) in answers.sorted(by: { $0.key < $1.key }) {
      try worksheet.fill(item, answer)
    }
    try worksheet.write(to: folder + "/" + files[1])
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }
}

extension FilledWorksheet {
  private static func read(_ path: String) throws -> [(name: String, bytes: [UInt8])] {
    let archive = archive_read_new()
    defer { archive_read_free(archive) }
    archive_read_support_format_zip(archive)
    guard archive_read_open_filename(archive, path, 65536) == ARCHIVE_OK else {
      throw Failure("\(path) is no archive")
    }
    var parts: [(name: String, bytes: [UInt8])] = []
    var entry: OpaquePointer?
    while archive_read_next_header(archive, &entry) == ARCHIVE_OK {
      guard let name = archive_entry_pathname(entry) else { continue }
      var bytes = [UInt8](repeating: 0, count: Int(archive_entry_size(entry)))
      let count = archive_read_data(archive, &bytes, bytes.count)
      guard count == bytes.count else { throw Failure("\(path) is cut off") }
      parts.append((String(cString: name), bytes))
    }
    return parts
  }

  func write(to path: String) throws {
    let archive = archive_write_new()
    defer { archive_write_free(archive) }
    archive_write_set_format_zip(archive)
    guard archive_write_open_filename(archive, path) == ARCHIVE_OK else {
      throw Failure("\(path) cannot be written")
    }
    for (name, bytes) in parts {
      let entry = archive_entry_new()
      defer { archive_entry_free(entry) }
      archive_entry_set_pathname(entry, name)
      archive_entry_set_size(entry, Int64(bytes.count))
      archive_entry_set_filetype(entry, UInt32(0o100000))
      archive_entry_set_perm(entry, 0o644)
      archive_entry_set_mtime(entry, 1_640_995_200, 0)
      guard archive_write_header(archive, entry) == ARCHIVE_OK,
        archive_write_data(archive, bytes, bytes.count) == bytes.count
      else { throw Failure("\(path) cannot be written") }
    }
    archive_write_close(archive)
  }
}
