/// The names of SpreadsheetML 2003 that matter here, as pointers of one parse.
struct SpreadsheetMLNames {
  var spreadsheet: XMLName?
  var worksheet, table, row, cell, data, visible, options, column: XMLName?
  var index, name, type, formula, hidden, span, across, down, arrayRange: XMLName?
  var height, width, refersTo, range: XMLName?
  var book, linked, namesList, filter, path, date1904, precision, calculation: XMLName?

  init() {}

  init(_ name: (StaticString) -> XMLName?) {
    spreadsheet = name("urn:schemas-microsoft-com:office:spreadsheet")
    worksheet = name("Worksheet")
    table = name("Table")
    row = name("Row")
    cell = name("Cell")
    data = name("Data")
    visible = name("Visible")
    options = name("WorksheetOptions")
    column = name("Column")
    index = name("Index")
    self.name = name("Name")
    type = name("Type")
    formula = name("Formula")
    hidden = name("Hidden")
    span = name("Span")
    across = name("MergeAcross")
    down = name("MergeDown")
    arrayRange = name("ArrayRange")
    height = name("Height")
    width = name("Width")
    refersTo = name("RefersTo")
    range = name("Range")
    book = name("ExcelWorkbook")
    linked = name("SupBook")
    namesList = name("Names")
    filter = name("AutoFilter")
    path = name("Path")
    date1904 = name("Date1904")
    precision = name("PrecisionAsDisplayed")
    calculation = name("Calculation")
  }
}
