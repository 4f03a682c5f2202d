import Assurance

/// Finds the tables and columns of named fields, or gives out the rows of one table.
///
/// A row is an element called `row` or `record`; a field is a child of it called `field`,
/// `column`, `col` or `value`, in any case, with an attribute `name`, or with `columnNumber` where
/// the columns are declared by number. A table is the nearest ancestor of the rows called
/// `table_data` or `table` that has a name. In an ADO recordset fields are the row's attributes,
/// whose names the schema explains.
final class NamedFieldHandler: XMLHandler {
  private enum Kind { case row, field, table, database, column, columnName, attributeType, other }

  private(set) var tables: [NamedTable]
  private let wanted: Int
  private let deliver: ((RowBuffer) throws -> Void)?
  private let row: RowBuffer

  private var kinds: [XMLName: Kind] = [:]
  private var stack: [Kind] = []
  private var tableNames: [(depth: Int, name: String)] = []
  private var database = ""
  private var table = 0
  private var column = 0
  private var isNil = false
  private var text: [UInt8] = []
  private var nName, nNAME, nNil, nKey, nNumber, nColumnNumber, nDataType: XMLName?
  /// Column names by number (SQuirreL), and by attribute (ADO).
  private var numbered: [String: String] = [:]
  private var numberedOpen: String?
  private var original: [XMLName: (name: String, type: String?)] = [:]
  private var attributeOpen: XMLName?

  init(
    bounds: Bounds, tables: [NamedTable] = [], wanted: Int = -1,
    deliver: ((RowBuffer) throws -> Void)? = nil
  ) {
    self.tables = tables
    self.wanted = wanted
    self.deliver = deliver
    row = RowBuffer(textMax: bounds.rowTextMax)
    super.init(bounds: bounds)
    for index in self.tables.indices { self.tables[index].count = 0 }
  }

  override func prepare() {
    nName = name("name")
    nNAME = name("NAME")
    nNil = name("nil")
    nKey = name("key")
    nNumber = name("number")
    nColumnNumber = name("columnNumber")
    nDataType = name("type")
  }

  private func kind(_ name: XMLName) -> Kind {
    if let known = kinds[name] { return known }
    let kind: Kind =
      switch String(cString: name).lowercased() {
      case "row", "record": .row
      case "field", "column", "col", "value": .field
      case "table_data", "table": .table
      case "database": .database
      case "name": .columnName
      case "attributetype": .attributeType
      default: .other
      }
    kinds[name] = kind
    return kind
  }

  override func start(_ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    var kind = kind(name)
    switch (kind, stack.last) {
    case (.row, _) where !stack.contains(.row): beginRow(attributes)
    case (.field, .row): kind = beginField(attributes) ? .field : .other
    case (.table, _):
      if let name = attributes.text(of: nName) ?? attributes.text(of: nNAME) {
        tableNames.append((depth, name))
      }
    case (.database, _): database = attributes.text(of: nName) ?? ""
    case (.field, .other) where attributes.value(of: nNumber) != nil:
      numberedOpen = attributes.text(of: nNumber)
      kind = .column
    case (.columnName, .column): text.removeAll(keepingCapacity: true)
    case (.attributeType, _): declare(attributes)
    case (.other, .attributeType): declareType(attributes)
    default: kind = .other
    }
    stack.append(kind)
  }

  override func text(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
    guard column > 0 || numberedOpen != nil else { return }
    guard text.count + count <= bounds.rowTextMax else {
      return fail(
        "text-too-long", "a field has more text than the bound of \(bounds.rowTextMax) bytes",
        remedy: "ask who made the file")
    }
    text.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
  }

  override func end(_ name: XMLName, _ namespace: XMLName?) {
    guard let kind = stack.popLast() else { return }
    switch kind {
    case .row: endRow()
    case .field: endField()
    case .table: if tableNames.last?.depth == depth + 1 { tableNames.removeLast() }
    case .columnName:
      if let number = numberedOpen {
        guard numbered.count < bounds.columnsMax else { return failColumns() }
        numbered[number] = String(decoding: text, as: UTF8.self)
        numberedOpen = nil
      }
    case .column: numberedOpen = nil
    case .attributeType: attributeOpen = nil
    case .database, .other: break
    }
  }

  private func beginRow(_ attributes: XMLAttributes) {
    let name = tableNames.last?.name ?? "records"
    if let known = tables.firstIndex(where: { $0.ownName == name && $0.database == database }) {
      table = known
    } else {
      let isTaken = tables.contains { $0.name == name }
      tables.append(
        NamedTable(
          name: isTaken ? "\(database).\(name)" : name, database: database, ownName: name))
      table = tables.count - 1
      if tables.count > bounds.tablesMax {
        fail(
          "too-many-tables", "the file has more tables than the bound of \(bounds.tablesMax)",
          remedy: "split it")
      }
    }
    tables[table].count += 1
    row.start(number: tables[table].count, line: line)
    for index in 0..<attributes.count {
      guard let name = attributes.name(index) else { continue }
      let declared = original[name]
      let label = declared?.name ?? "@" + String(cString: name)
      let column = tables[table].column(label)
      if let type = declared?.type { tables[table].types[column] = type }
      put(column, attributes.value(index))
    }
    if tables[table].columns.count > bounds.columnsMax { failColumns() }
  }

  /// Whether it is a field with a name.
  private func beginField(_ attributes: XMLAttributes) -> Bool {
    var label = attributes.text(of: nName) ?? attributes.text(of: nNAME)
    if label == nil, let number = attributes.text(of: nColumnNumber) {
      label = numbered[number] ?? "column \(number)"
    }
    guard let label else { return false }
    let column = tables[table].column(label)
    isNil = false
    for index in 0..<attributes.count {
      guard let name = attributes.name(index), name != nName, name != nNAME,
        name != nColumnNumber
      else { continue }
      let value = attributes.value(index)
      if name == nNil {
        isNil = value.trimmed.equals("true") || value.trimmed.equals("1")
      } else {
        put(tables[table].column(label + "/@" + String(cString: name)), value)
      }
    }
    guard tables[table].columns.count <= bounds.columnsMax else {
      failColumns()
      return false
    }
    self.column = column
    text.removeAll(keepingCapacity: true)
    return true
  }

  private func failColumns() {
    fail(
      "too-many-columns", "a table has more columns than the bound of \(bounds.columnsMax)",
      remedy: "ask who made the file")
  }

  private func endField() {
    text.withUnsafeBufferPointer { text in
      if isNil, text.isBlank {
        tables[table].nils[column, default: 0] += 1
      } else if text.isBlank {
        tables[table].empties[column, default: 0] += 1
      } else {
        put(column, text)
      }
    }
    column = 0
  }

  private func put(_ column: Int, _ value: UnsafeBufferPointer<UInt8>) {
    guard !value.isBlank else { return }
    tables[table].filled[column, default: 0] += 1
    guard deliver != nil, table == wanted else { return }
    row.open(column: column, kind: .untyped)
    row.append(value.trimmed)
    row.close()
  }

  private func endRow() {
    guard let deliver, table == wanted else { return }
    guard !row.overflowed else {
      return fail(
        "text-too-long", "a row has more text than the bound of \(bounds.rowTextMax) bytes",
        remedy: "ask who made the file")
    }
    attempt { try deliver(row) }
  }

  /// `<s:AttributeType name="c0" rs:name="Customer ID">`: the row's attribute `c0` is that column.
  private func declare(_ attributes: XMLAttributes) {
    var short: UnsafeBufferPointer<UInt8>?
    var long: String?
    for index in 0..<attributes.count where attributes.name(index) == nName {
      if attributes.namespace(index) == nil {
        short = attributes.value(index)
      } else {
        long = String(decoding: attributes.value(index), as: UTF8.self)
      }
    }
    guard let short, let key = context?.lookUp(short) else { return }
    guard original.count < bounds.columnsMax else { return failColumns() }
    attributeOpen = key
    original[key] = (long ?? String(decoding: short, as: UTF8.self), nil)
  }

  private func declareType(_ attributes: XMLAttributes) {
    guard let key = attributeOpen, let type = attributes.text(of: nDataType) else { return }
    original[key]?.type = type
  }
}
