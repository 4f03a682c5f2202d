import Assurance

/// Office Open XML workbooks (ECMA-376), transitional and strict: .xlsx and .xlsm.
///
/// Read: all cell types, shared and inline strings with rich text (phonetic guides left out),
/// 1900 and 1904 dates by number format, formulas with their stored values, hidden sheets, rows and
/// columns, filters, tables within sheets, defined names. Macros and external links are named,
/// never run or opened. Not read: charts, pivots, comments.
package enum XLSX: SourceFormat {
  package static let id = "xlsx"

  package static func recognises(_ head: SourceHead, root: XMLRoot?) -> Bool {
    head.zipEntries?.contains { $0.hasSuffix("workbook.xml") } ?? false
  }

  package static func read(
    _ file: SourceFile, options: ReadOptions, into sink: RowSink
  ) throws {
    let package = try ZipPackage(file)
    let workbook = try WorkbookParts.read(package)
    for remark in workbook.remarks(package) { sink.remark(remark) }
    if sink.wantsParts {
      for part in try workbook.parts(package) { try sink.part(part) }
    }
    let styles = try StyleDates.read(package, part: workbook.stylesPart)
    var strings: SharedStrings?
    defer { strings?.stop() }
    for sheet in workbook.sheets {
      guard try sink.begin(TableHead(name: sheet.name)) else { continue }
      let known = try strings ?? SharedStrings.begin(package, part: workbook.stringsPart)
      strings = known
      do {
        try read(
          sheet, of: package, styles: styles, strings: known,
          dates: workbook.is1904 ? .from1904 : .from1900, into: sink)
      } catch let error as AssureError {
        // Strings that can't be read are the cause of what their absence led to.
        try known.finish()
        throw error
      }
    }
    try strings?.finish()
  }

  private static func read(
    _ sheet: WorkbookParts.Sheet, of package: ZipPackage, styles: StyleDates,
    strings: SharedStrings, dates: SerialDate, into sink: RowSink
  ) throws {
    let place = "\(package.name), \(sheet.name)"
    guard let input = try package.input(sheet.part) else {
      throw AssureError(
        "xlsx-part-missing", place: place,
        "the workbook names the part \(sheet.part), which is not in the file",
        remedy: "open the file in a spreadsheet program and save it again")
    }
    let handler = SheetHandler(
      bounds: package.bounds, sink: sink, styles: styles, strings: strings, dates: dates)
    try XMLReader.parse(input, handler: handler, place: place)
    handler.tail.visibility = sheet.visibility
    if sink.wantsParts {
      for part in try SheetTableHandler.read(package, sheet: sheet.part) { try sink.part(part) }
    }
    try sink.end(handler.tail)
  }
}
