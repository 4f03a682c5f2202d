import Assurance

/// What is known of a file before anything is parsed.
package struct SourceHead: Sendable {
  package let name: String
  /// The first bytes, at most 64 KiB.
  package let bytes: [UInt8]
  let descriptor: Int32
  package let fileBytes: Int
  package let bounds: Bounds
  /// For zip archives the folded names of the entries.
  package internal(set) var zipEntries: Set<String>?

  init(name: String, bytes: [UInt8], descriptor: Int32, fileBytes: Int, bounds: Bounds) {
    self.name = name
    self.bytes = bytes
    self.descriptor = descriptor
    self.fileBytes = fileBytes
    self.bounds = bounds
  }
}

/// What a user may say about a file that the file does not say itself.
package struct ReadOptions: Sendable {
  /// For repeating-record XML: the record path, such as `/Export/Reading`; else found.
  package var recordPath: String?
  /// For delimited text: the encoding by its iconv name; else detected and reported.
  package var encoding: String?
  /// For delimited text: the delimiter's byte; else detected and reported.
  package var delimiter: UInt8?
  /// Whether the file's own tables were read before, so that record paths hold nothing new.
  var isRestating = false

  package init(recordPath: String? = nil, encoding: String? = nil, delimiter: UInt8? = nil) {
    self.recordPath = recordPath
    self.encoding = encoding
    self.delimiter = delimiter
  }
}

/// A way to read foreign bytes as tables. One format a file in this folder, one line in the list.
package protocol SourceFormat: Sendable {
  /// A stable lower-case name.
  static var id: String { get }
  /// Whether the content, never the name, looks like this format.
  static func recognises(_ head: SourceHead, root: XMLRoot?) -> Bool
  /// Streams every table of the file into the sink.
  static func read(_ file: SourceFile, options: ReadOptions, into sink: RowSink) throws
}

/// The formats, in the order in which they are asked.
package enum SourceFormats {
  package static let all: [any SourceFormat.Type] = [
    SpreadsheetML2003.self,
    XLSX.self,
    FlatODF.self,
    PackagedODF.self,
    XBRL.self,
    InlineXBRL.self,
    GreenButton.self,
    AuditFile.self,
    UBL.self,
    BuildingSync.self,
    NamedFields.self,
    RecordXML.self,
    DelimitedText.self,
  ]

  static func recognise(_ head: SourceHead) throws(AssureError) -> String {
    try refuseKnownForeign(head)
    var head = head
    if head.bytes.starts(with: [0x50, 0x4B]) {
      head.zipEntries = Set(
        try ZipPackage(
          descriptor: head.descriptor, fileBytes: head.fileBytes, name: head.name,
          bounds: head.bounds
        ).entries.keys)
    }
    let root = head.looksLikeXML ? try XMLRoot.read(head) : nil
    for format in all where format.recognises(head, root: root) {
      if format == DelimitedText.self { try refuseMisnamed(head) }
      return format.id
    }
    if let entries = head.zipEntries {
      let binary = entries.contains { $0.hasSuffix("workbook.bin") }
      throw AssureError(
        "format-not-supported", place: head.name,
        binary
          ? "this is a binary workbook (.xlsb)" : "this is a zip archive without a spreadsheet",
        remedy: binary ? "save it as .xlsx" : "unpack it and name the files in it")
    }
    throw AssureError(
      "format-unknown", place: head.name, "the content is of no format that is read here",
      remedy: "export it as XML, .xlsx, .fods or .csv")
  }

  /// Reads the file as the format that was recognised.
  package static func read(
    _ file: SourceFile, options: ReadOptions = ReadOptions(), into sink: RowSink
  ) throws {
    for format in all where format.id == file.format {
      try format.read(file, options: options, into: sink)
      return try file.checkUnchanged()
    }
  }

  /// Text under the name of another format is a damaged file, not a table of one column.
  private static func refuseMisnamed(_ head: SourceHead) throws(AssureError) {
    for suffix in [".xml", ".fods", ".xlsx", ".xlsm", ".ods"]
    where head.name.lowercased().hasSuffix(suffix) {
      throw AssureError(
        "content-not-as-named", place: head.name, "the name ends in \(suffix), the content is not",
        remedy: "the file is damaged or misnamed; ask for the export again, or name it .csv")
    }
  }

  /// Names formats that people hand over often and that are not read.
  private static func refuseKnownForeign(_ head: SourceHead) throws(AssureError) {
    let known: [(magic: [UInt8], what: String, remedy: String)] = [
      (
        [0xD0, 0xCF, 0x11, 0xE0], "this is an old binary or a password-protected Office file",
        "open it and save it as .xlsx without a password"
      ),
      ([0x1F, 0x8B], "this is a gzip archive", "unpack it first"),
      (Array("%PDF".utf8), "this is a PDF", "ask for the data behind it"),
      (Array("Rar!".utf8), "this is a RAR archive", "unpack it first"),
      ([0x37, 0x7A, 0xBC, 0xAF], "this is a 7-Zip archive", "unpack it first"),
      ([0x89, 0x50, 0x4E, 0x47], "this is a picture", "ask for the data behind it"),
      ([0xFF, 0xD8, 0xFF], "this is a picture", "ask for the data behind it"),
    ]
    for format in known where head.bytes.starts(with: format.magic) {
      throw AssureError(
        "format-not-supported", place: head.name, format.what, remedy: format.remedy)
    }
  }
}
