package import Assurance

/// Reads a published report in any form that is known here: its content tells which.
package enum ReportReader {
  /// Opens a report; its digest is taken with it.
  ///
  /// - Throws: what ``SourceFile`` refuses, and `report-too-large`.
  package static func open(
    path: String, bounds: Bounds = .standard
  ) throws(AssureError) -> SourceFile {
    let file = try SourceFile.open(path: path, bounds: bounds, asReport: true)
    guard file.bytes <= bounds.reportBytesMax else {
      throw AssureError(
        "report-too-large", place: file.name,
        "the report has \(file.bytes) bytes, more than the bound of \(bounds.reportBytesMax)",
        remedy: "no report is as large; name the report itself")
    }
    return file
  }

  /// The text of a report.
  ///
  /// - Throws: `report-not-text`, `report-too-long`, `pdf-…`, `docx-…`, `html-…`, `zip-…`, `xml-…`.
  package static func read(_ file: SourceFile) throws(AssureError) -> ReportDocument {
    let head = try file.firstBytes(1 << 16)
    do {
      if head.starts(with: Array("%PDF-".utf8)) { return try PDFReport.read(file) }
      if head.starts(with: [0x50, 0x4B, 3, 4]) { return try DocxReport.read(file) }
      if HTMLReport.recognises(head) { return try HTMLReport.read(file) }
      return try document(file, form: .text, text: try text(of: file))
    } catch let error as AssureError {
      throw error
    } catch {
      throw AssureError("report-unreadable", place: file.name, "it can't be read: \(error)")
    }
  }

  static func document(
    _ file: SourceFile, form: ReportDocument.Form, text: String, facts: [ReportFact] = [],
    remarks: [String] = []
  ) throws(AssureError) -> ReportDocument {
    ReportDocument(
      name: file.name, sha256: file.sha256, bytes: file.bytes, form: form, text: text,
      facts: facts, remarks: remarks)
  }

  /// All bytes of a file as text, line ends as line feeds.
  static func text(of file: SourceFile) throws(AssureError) -> String {
    guard file.bytes <= file.bounds.reportTextMax else { throw tooLong(file) }
    let bytes = try file.firstBytes(file.bytes)
    let encoding = TextEncoding.detect(bytes, isWhole: true)
    let own = Array(bytes.dropFirst(encoding.mark))
    guard let text = TranscodingInput.decode(own, as: encoding.name),
      !text.utf8.contains(where: isNoText)
    else {
      throw AssureError(
        "report-not-text", place: file.name, "the file is no text, HTML, .docx or PDF",
        remedy: "save the report as one of these")
    }
    guard text.utf8.contains(0x0D) else { return text }
    return text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
  }

  /// Control characters other than tabs, line ends and page ends.
  private static func isNoText(_ byte: UInt8) -> Bool {
    byte < 9 || byte == 0x0B || (byte > 0x0D && byte < 0x20)
  }

  static func tooLong(_ file: SourceFile) -> AssureError {
    AssureError(
      "report-too-long", place: file.name,
      "the report's text is longer than the bound of \(file.bounds.reportTextMax) bytes",
      remedy: "no report is as long; name the report itself")
  }
}
