/// The names of ODF that matter here, as pointers of one parse.
struct ODFNames {
  var tableSpace, officeSpace, textSpace: XMLName?
  var table, row, rowGroup, headerRows, rows, cell, covered, database, tracked: XMLName?
  var paragraph, space, tab, lineBreak, ruby, spaceCount: XMLName?
  var style, tableProperties, display, styleName, name, visibility: XMLName?
  var columnElement, columnGroup, headerColumns, columns, source: XMLName?
  var namedRange, namedExpression, rangeAddress, expression, databaseRange, target: XMLName?
  var filter, module, listener, nullDate, settings, precision: XMLName?
  var arrayRows, link, dateValue: XMLName?
  var rowsRepeated, columnsRepeated, columnsSpanned, rowsSpanned, valueType, formula: XMLName?
  /// `office:value` and its like.
  var values: [XMLName?] = []

  init() {}

  init(_ name: (StaticString) -> XMLName?) {
    tableSpace = name("urn:oasis:names:tc:opendocument:xmlns:table:1.0")
    officeSpace = name("urn:oasis:names:tc:opendocument:xmlns:office:1.0")
    textSpace = name("urn:oasis:names:tc:opendocument:xmlns:text:1.0")
    table = name("table")
    row = name("table-row")
    rowGroup = name("table-row-group")
    headerRows = name("table-header-rows")
    rows = name("table-rows")
    cell = name("table-cell")
    covered = name("covered-table-cell")
    database = name("database-ranges")
    tracked = name("tracked-changes")
    paragraph = name("p")
    space = name("s")
    tab = name("tab")
    lineBreak = name("line-break")
    ruby = name("ruby-text")
    spaceCount = name("c")
    style = name("style")
    tableProperties = name("table-properties")
    display = name("display")
    styleName = name("style-name")
    self.name = name("name")
    visibility = name("visibility")
    columnElement = name("table-column")
    columnGroup = name("table-column-group")
    headerColumns = name("table-header-columns")
    columns = name("table-columns")
    source = name("table-source")
    namedRange = name("named-range")
    namedExpression = name("named-expression")
    rangeAddress = name("cell-range-address")
    expression = name("expression")
    databaseRange = name("database-range")
    target = name("target-range-address")
    filter = name("filter")
    module = name("module")
    listener = name("event-listener")
    nullDate = name("null-date")
    settings = name("calculation-settings")
    precision = name("precision-as-shown")
    arrayRows = name("number-matrix-rows-spanned")
    link = name("href")
    dateValue = name("date-value")
    rowsRepeated = name("number-rows-repeated")
    columnsRepeated = name("number-columns-repeated")
    columnsSpanned = name("number-columns-spanned")
    rowsSpanned = name("number-rows-spanned")
    valueType = name("value-type")
    formula = name("formula")
    values = [
      name("value"), name("date-value"), name("time-value"), name("boolean-value"),
      name("string-value"),
    ]
  }
}
