/// How a system writes its records as XML: every vendor has its own names and nesting.
struct ElementShape {
  /// Names of the elements around the records, outermost first; the last is the record.
  var path: [String]
  /// Fields that are attributes of the record; the others are elements.
  var attributes: Set<String> = []
  /// A namespace for all elements, with a prefix or without.
  var namespace = ""
  var prefix = ""

  /// The path by which readers name the table.
  var table: String { "/" + path.joined(separator: "/") }

  func label(_ sheet: Sheet, _ column: Int) -> String {
    (attributes.contains(sheet.fields[column]) ? "@" : "") + sheet.header[column]
  }

  func text(_ sheet: Sheet) -> String {
    let p = prefix.isEmpty ? "" : prefix + ":"
    var out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- \(Notice.text) -->\n"
    for (depth, name) in path.dropLast().enumerated() {
      out += "<\(p)\(name)"
      if depth == 0, !namespace.isEmpty {
        out += (prefix.isEmpty ? " xmlns" : " xmlns:" + prefix) + "=\"\(namespace)\""
      }
      out += ">\n"
    }
    let record = p + (path.last ?? "record")
    for row in sheet.rows { out += self.record(record, row, sheet, p) }
    for name in path.dropLast().reversed() { out += "</\(p)\(name)>\n" }
    return out
  }

  private func record(_ name: String, _ row: SheetRow, _ sheet: Sheet, _ p: String) -> String {
    var head = "<" + name
    var body = ""
    for (column, cell) in row.cells.enumerated() {
      guard let value = cell.plain else { continue }
      if attributes.contains(sheet.fields[column]) {
        head += " \(sheet.header[column])=\"\(xmlEscaped(value))\""
      } else {
        let element = p + sheet.header[column]
        body += "<\(element)>\(xmlEscaped(value))</\(element)>"
      }
    }
    return body.isEmpty ? head + "/>\n" : head + ">" + body + "</\(name)>\n"
  }

  func places(_ sheet: Sheet, _ file: String) -> [String: Placement] {
    var labels: [String: String] = [:]
    for (column, field) in sheet.fields.enumerated() { labels[field] = label(sheet, column) }
    var places: [String: Placement] = [:]
    for (index, row) in sheet.rows.enumerated() {
      places[row.handle] = Placement(
        file: file, table: table, place: .record(index + 1), fields: sheet.fields, labels: labels)
    }
    return places
  }
}

extension Cell {
  /// The value as text; nil for an empty cell.
  var plain: String? {
    switch self {
    case .empty: nil
    case .text(let text): text
    case .number(let number): number
    case .date(let date): date.text
    }
  }
}
