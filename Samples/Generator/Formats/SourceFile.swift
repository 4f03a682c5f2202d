/// A file of a delivery: its tables, and the format they are written in.
struct SourceFile {
  enum Layout {
    case spreadsheetML, flatODF, workbook
    case delimited(Charset)
    case records(ElementShape)
  }
  var name: String
  var layout: Layout
  var sheets: [Sheet]

  init(_ name: String, _ layout: Layout, _ sheets: [Sheet]) {
    self.name = name
    self.layout = layout
    self.sheets = sheets
    // A delimited file is one table, which readers call by the name of the file.
    if case .delimited = layout { for i in sheets.indices { self.sheets[i].name = name } }
  }

  var bytes: [UInt8] {
    switch layout {
    case .spreadsheetML: Array(SpreadsheetML.text(sheets).utf8)
    case .flatODF: Array(FlatODF.text(sheets).utf8)
    case .workbook: Workbook.bytes(sheets)
    case .delimited(let charset):
      // The system that writes GB 18030 is a Unix, the others are not.
      charset.bytes(
        sheets.map { Delimited.text($0, lineEnd: charset == .gb18030 ? "\n" : "\r\n") }.joined())
    case .records(let shape): Array(sheets.map(shape.text).joined().utf8)
    }
  }

  /// Where these handles stand, as far as they are here.
  func places(of handles: Set<String>) -> [String: Placement] {
    var places: [String: Placement] = [:]
    for sheet in sheets where Self.holds(sheet, handles) {
      let more =
        if case .records(let shape) = layout { shape.places(sheet, name) } else {
          sheet.places(name)
        }
      places.merge(more) { first, _ in first }
    }
    return places.filter { handles.contains($0.key) }
  }

  private static func holds(_ sheet: Sheet, _ handles: Set<String>) -> Bool {
    sheet.totals.map { handles.contains($0.handle) } ?? false
      || sheet.rows.contains { handles.contains($0.handle) }
  }
}
