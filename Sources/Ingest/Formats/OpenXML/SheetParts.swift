/// The formulas of one worksheet part, for those who ask for them.
struct SheetFormulas {
  private let type, sharedIndex: XMLName?
  private var row = 0
  private var column = 0
  private var shared: Int?
  private var isArray = false
  private var text: [UInt8] = []

  init(_ name: (StaticString) -> XMLName?) {
    type = name("t")
    sharedIndex = name("si")
  }

  mutating func begin(_ attributes: XMLAttributes, row: Int, column: Int) {
    self.row = row
    self.column = column
    text.removeAll(keepingCapacity: true)
    let kind = attributes.value(of: type)
    shared = kind?.equals("shared") == true ? attributes.integer(of: sharedIndex) : nil
    isArray = kind?.equals("array") == true || kind?.equals("dataTable") == true
  }

  /// Adds text; what goes beyond the longest formula is dropped, and such a formula is not read.
  mutating func append(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
    guard text.count <= FormulaParser.bytesMax else { return }
    text.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
  }

  func end() -> SourceFormula {
    SourceFormula(
      row: row, column: column, text: String(decoding: text, as: UTF8.self), syntax: .a1,
      shared: shared, isArray: isArray)
  }
}

/// What a worksheet part says beside its cells.
struct SheetParts {
  private let column, merge, filter, filterColumn: XMLName?
  private let reference, first, last, hidden, width: XMLName?
  private var open: (range: String, isActive: Bool)?

  init(_ name: (StaticString) -> XMLName?) {
    column = name("col")
    merge = name("mergeCell")
    filter = name("autoFilter")
    filterColumn = name("filterColumn")
    reference = name("ref")
    first = name("min")
    last = name("max")
    hidden = name("hidden")
    width = name("width")
  }

  /// The part that a start tag makes known at once.
  mutating func part(
    _ name: XMLName, _ attributes: XMLAttributes, depth: Int
  ) -> WorkbookPart? {
    if name == column {
      return hiddenColumns(attributes)
    } else if name == merge {
      return attributes.text(of: reference).map { .merge($0) }
    } else if name == filter, depth == 2 {
      // Custom views hold filters too, deeper down.
      open = (attributes.text(of: reference) ?? "", false)
    } else if name == filterColumn, depth == 3 {
      open?.isActive = true
    }
    return nil
  }

  /// The part that an end tag completes; the depth is that of its parent.
  mutating func end(_ name: XMLName, depth: Int) -> WorkbookPart? {
    guard name == filter, depth == 1, let filter = open else { return nil }
    open = nil
    return .filter(filter.range, isActive: filter.isActive)
  }

  private func hiddenColumns(_ attributes: XMLAttributes) -> WorkbookPart? {
    let flag = attributes.value(of: hidden)
    let isHidden =
      flag?.equals("1") == true || flag?.equals("true") == true
      || attributes.value(of: width)?.equals("0") == true
    guard isHidden, let low = attributes.integer(of: first), low >= 1 else { return nil }
    let high = min(attributes.integer(of: last) ?? low, FormulaReference.columnsMax)
    return .hiddenColumns(low...max(low, high))
  }
}

/// Tables within a sheet (list objects): a small part each, found by the sheet's relations.
final class SheetTableHandler: XMLHandler {
  private(set) var parts: [WorkbookPart] = []
  private var tableName = ""
  private var nTable, nName, nReference, nFilter, nColumn: XMLName?
  private var filter: (range: String, isActive: Bool)?

  override func prepare() {
    nTable = name("table")
    nName = name("displayName")
    nReference = name("ref")
    nFilter = name("autoFilter")
    nColumn = name("filterColumn")
  }

  override func start(_ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    if name == nTable, depth == 1 {
      let range = attributes.text(of: nReference) ?? ""
      parts.append(.table(attributes.text(of: nName) ?? "", range: range))
    } else if name == nFilter {
      filter = (attributes.text(of: nReference) ?? "", false)
    } else if name == nColumn {
      filter?.isActive = true
    }
  }

  override func end(_ name: XMLName, _ namespace: XMLName?) {
    guard name == nFilter, let filter else { return }
    parts.append(.filter(filter.range, isActive: filter.isActive))
    self.filter = nil
  }

  /// The tables of a sheet, by the sheet's relations.
  static func read(_ package: ZipPackage, sheet: String) throws -> [WorkbookPart] {
    var parts: [WorkbookPart] = []
    for relation in try Relations.read(package, of: sheet)
    where relation.type.hasSuffix("/table") && parts.count < package.bounds.tablesMax {
      guard let input = try package.input(relation.target) else { continue }
      let handler = SheetTableHandler(bounds: package.bounds)
      try XMLReader.parse(input, handler: handler, place: "\(package.name), \(relation.target)")
      parts += handler.parts
    }
    return parts
  }
}
