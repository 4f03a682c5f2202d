import Foundation

/// A slow and simple reading of the sample files by regular expressions: rows of cells by number.
///
/// It knows no more of the formats than these files use, and shares no code with the generator's
/// writers or with any reader of the program.
struct NaiveTable {
  var name: String
  /// Row or record number to column letter or element name to text.
  var rows: [Int: [String: String]] = [:]

  /// The rows below the header as values by header text, in order.
  func records(header first: String) -> [[String: String]] {
    guard let row = rows.keys.sorted().first(where: { rows[$0]?.values.contains(first) == true }),
      let header = rows[row]
    else { return [] }
    return rows.keys.sorted().filter { $0 > row }.compactMap { number in
      var record: [String: String] = [:]
      for (column, name) in header { record[name] = rows[number]?[column] }
      return record.isEmpty ? nil : record
    }
  }
}

enum NaiveReading {
  static func tables(_ file: URL) throws -> [NaiveTable] {
    let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    switch file.pathExtension {
    case "csv": return [delimited(text, file.lastPathComponent)]
    case "fods": return flat(text)
    case "xlsx": return [workbook(text)]
    default: return text.contains("FacilityExport") ? [records(text)] : spreadsheetML(text)
    }
  }

  static func letter(_ column: Int) -> String {
    String(decoding: [UInt8(64 + column)], as: UTF8.self)
  }

  /// The value of an attribute in a tag, or nil.
  private static func attribute(_ name: String, _ tag: some StringProtocol) -> String? {
    guard let start = tag.range(of: " \(name)=\"") else { return nil }
    return String(tag[start.upperBound...].prefix { $0 != "\"" })
  }

  private static func spreadsheetML(_ text: String) -> [NaiveTable] {
    text.components(separatedBy: "<Worksheet").dropFirst().map { sheet in
      var table = NaiveTable(name: attribute("ss:Name", sheet) ?? "")
      var row = 0
      for part in sheet.components(separatedBy: "<Row").dropFirst() {
        row = attribute("ss:Index", part.prefix { $0 != ">" }).flatMap { Int($0) } ?? row + 1
        var column = 0
        for cell in part.components(separatedBy: "<Cell").dropFirst() {
          let tag = cell.prefix { $0 != ">" }
          column = attribute("ss:Index", tag).flatMap { Int($0) } ?? column + 1
          let data = cell.components(separatedBy: "<Data").last ?? ""
          let value = data.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" }
          table.rows[row, default: [:]][letter(column)] = String(value)
          column += attribute("ss:MergeAcross", tag).flatMap { Int($0) } ?? 0
        }
      }
      return table
    }
  }

  private static func flat(_ text: String) -> [NaiveTable] {
    text.components(separatedBy: "<table:table ").dropFirst().map { sheet in
      var table = NaiveTable(name: attribute("table:name", " " + sheet) ?? "")
      for (index, part) in sheet.components(separatedBy: "<table:table-row").dropFirst()
        .enumerated()
      {
        var column = 0
        for cell in part.components(separatedBy: "table-cell").dropFirst() {
          guard cell.first == " " || cell.first == "/" else { continue }
          let tag = cell.prefix { $0 != ">" }
          column += attribute("table:number-columns-repeated", tag).flatMap { Int($0) } ?? 1
          let stored = attribute("office:value", tag) ?? attribute("office:date-value", tag)
          let shown = cell.components(separatedBy: "<text:p>").dropFirst().first
            .map { String($0.prefix { $0 != "<" }) }
          if let value = stored ?? shown {
            table.rows[index + 1, default: [:]][letter(column)] = value
          }
        }
      }
      return table
    }
  }

  /// The archive's entries are stored, so the sheet can be read where it lies.
  private static func workbook(_ text: String) -> NaiveTable {
    var table = NaiveTable(
      name: attribute("name", text.range(of: "<sheet ").map { text[$0.lowerBound...] } ?? "") ?? "")
    for cell in text.components(separatedBy: "<c r=\"").dropFirst() {
      let reference = cell.prefix { $0 != "\"" }
      let value = cell.range(of: "<t>") ?? cell.range(of: "<v>")
      guard let value, let row = Int(reference.drop { $0.isLetter }) else { continue }
      table.rows[row, default: [:]][String(reference.prefix { $0.isLetter })] = String(
        cell[value.upperBound...].prefix { $0 != "<" })
    }
    return table
  }

  private static func records(_ text: String) -> NaiveTable {
    var table = NaiveTable(name: "/FacilityExport/Reading")
    let plain = text.replacingOccurrences(of: "fm:", with: "")
    for (index, part) in plain.components(separatedBy: "<Reading").dropFirst().enumerated() {
      var record: [String: String] = [:]
      for name in ["site", "meter", "role", "parent"] {
        record["@" + name] = attribute(name, part.prefix { $0 != ">" })
      }
      for name in ["Month", "From", "To", "Volume", "Unit", "Status"] {
        record[name] = part.range(of: "<\(name)>").map {
          String(part[$0.upperBound...].prefix { $0 != "<" })
        }
      }
      table.rows[index + 1] = record
    }
    return table
  }

  static func delimited(_ text: String, _ name: String) -> NaiveTable {
    var table = NaiveTable(name: name)
    let lines = text.replacingOccurrences(of: "\r\n", with: "\n").components(separatedBy: "\n")
    for (index, line) in lines.enumerated() where !line.isEmpty {
      var cells = [""]
      var isQuoted = false
      for character in line {
        switch character {
        case "\"": isQuoted.toggle()
        case "," where !isQuoted: cells.append("")
        default: cells[cells.count - 1].append(character)
        }
      }
      for (column, cell) in cells.enumerated() where !cell.isEmpty {
        table.rows[index + 1, default: [:]][letter(column + 1)] = cell
      }
    }
    return table
  }
}
