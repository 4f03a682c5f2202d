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
    case .delimited(let charset): charset.bytes(sheets.map(Delimited.text).joined())
    case .records(let shape): Array(sheets.map(shape.text).joined().utf8)
    }
  }

  /// From handle to place.
  var places: [String: Placement] {
    var places: [String: Placement] = [:]
    for sheet in sheets {
      let more =
        if case .records(let shape) = layout { shape.places(sheet, name) } else {
          sheet.places(name)
        }
      places.merge(more) { first, _ in first }
    }
    return places
  }
}
