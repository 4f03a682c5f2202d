/// A cell to be written.
enum Cell {
  case empty
  case text(String)
  /// A decimal, as it is to stand in the file.
  case number(String)
  case date(Date)
}

/// One data row; `handle` is how faults find it again.
struct SheetRow {
  var handle: String
  var cells: [Cell]
  var isHidden = false
}

/// A table of a spreadsheet before it is written in a format.
struct Sheet {
  var name: String
  /// Rows above the header; the first says that the data is made up.
  var titles: [String]
  var header: [String]
  /// The policy's field names of the columns, in order; empty for a column no field takes.
  var fields: [String]
  var rows: [SheetRow]
  /// A row of totals below the rows.
  var totals: SheetRow?
  /// Header cells that cover the next column too, counted from 0; that column has an empty cell.
  var mergedHeaders: Set<Int> = []
  /// Number of data rows after which one row is left empty.
  var gapAfter: Int?

  /// Row number of the header: titles, one empty row, header.
  var headerRow: Int { titles.count + 2 }

  /// The rows with their row numbers from 1, totals last.
  var numbered: [(number: Int, row: SheetRow)] {
    var numbered: [(Int, SheetRow)] = []
    var number = headerRow
    for (index, row) in rows.enumerated() {
      number += index == gapAfter ? 2 : 1
      numbered.append((number, row))
    }
    if let totals { numbered.append((number + 1, totals)) }
    return numbered
  }

  /// Where the rows and the header stand when written to `file`.
  func places(_ file: String) -> [String: Placement] {
    var places: [String: Placement] = [
      "header:\(file)/\(name)": Placement(
        file: file, table: name, place: .row(headerRow), fields: fields)
    ]
    for (number, row) in numbered {
      places[row.handle] = Placement(file: file, table: name, place: .row(number), fields: fields)
    }
    return places
  }

  static func letter(_ column: Int) -> String {
    String(UnicodeScalar(UInt8(ascii: "A") + UInt8(column)))
  }
}

/// Where a record or row came to stand.
struct Placement {
  enum Place {
    /// A row of a sheet or of delimited text.
    case row(Int)
    /// A record of repeating-record XML.
    case record(Int)
  }
  var file: String
  var table: String
  var place: Place
  /// Field names by column.
  var fields: [String]
  /// For records of XML, the names in the file by field; empty for ``RecordXML``.
  var labels: [String: String] = [:]

  /// `17:17`, `E17`, `[12]` or `[12]/Volume`.
  func text(_ field: String?) -> String {
    switch place {
    case .row(let row):
      guard let field, let column = fields.firstIndex(of: field) else { return "\(row):\(row)" }
      return "\(Sheet.letter(column))\(row)"
    case .record(let record):
      guard let field else { return "[\(record)]" }
      return "[\(record)]/" + (labels.isEmpty ? RecordXML.name(field) : labels[field] ?? field)
    }
  }
}

/// Escapes text for element content and attributes.
func xmlEscaped(_ text: String) -> String {
  var result = ""
  for character in text {
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    default: result.append(character)
    }
  }
  return result
}
