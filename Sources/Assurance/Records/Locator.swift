/// Where a value stands: a source file by digest, a table in it, and a cell or a field.
///
/// One canonical text: `name@digest12#table!place`, where `place` is a cell such as `C7` or a whole
/// row such as `7:7` for spreadsheets and delimited text, and `[12]/Volume` or `[12]` for
/// the twelfth record of a record path. A table name that holds anything but letters, digits, `_`,
/// `-`, `.` or `/` is put in single quotes, quotes doubled, as spreadsheets do. The digest decides;
/// the name is a courtesy.
package struct Locator: Hashable, Sendable {
  /// The file's name as received, without folders.
  package let file: String
  /// SHA-256 of the file, 64 lower-case hex digits.
  package let source: String
  /// Sheet name, or record path from the root such as `/Export/Reading`.
  package let table: String
  package let place: Place
  /// The line in the file on which the row or record begins, from 1; 0 if the format has none.
  package let line: Int

  package enum Place: Hashable, Sendable {
    /// A cell; row and column from 1.
    case cell(row: Int, column: Int)
    /// A whole row, from 1.
    case row(Int)
    /// A field of a record; the record counted from 1 along its path. `@x` is an attribute.
    case field(record: Int, name: String)
    /// A whole record.
    case record(Int)
    /// The whole table.
    case table
  }

  package init(file: String, source: String, table: String, place: Place, line: Int = 0) {
    self.file = file
    self.source = source
    self.table = table
    self.place = place
    self.line = line
  }

  /// Letters of a spreadsheet column: 1 is `A`, 27 is `AA`.
  package static func letters(column: Int) -> String {
    var column = column
    var letters: [UInt8] = []
    while column > 0 {
      letters.append(UInt8(ascii: "A") + UInt8((column - 1) % 26))
      column = (column - 1) / 26
    }
    return String(decoding: letters.reversed(), as: UTF8.self)
  }
}

extension Locator: CustomStringConvertible {
  package var description: String { "\(file)@\(source.prefix(12))#\(Self.quoted(table))\(suffix)" }

  /// The part after the table: `!C7`, `!7:7`, `[12]/Volume`, `[12]`, or nothing.
  package var suffix: String {
    switch place {
    case .cell(let row, let column): "!" + Self.letters(column: column) + String(row)
    case .row(let row): "!\(row):\(row)"
    case .field(let record, let name): "[\(record)]/\(name)"
    case .record(let record): "[\(record)]"
    case .table: ""
    }
  }

  private static func quoted(_ name: String) -> String {
    // Properties of scalars are slow to look up, and most names are plain.
    if !name.isEmpty, name.utf8.allSatisfy(isPlain) { return name }
    let plain = name.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
        || "_-./".unicodeScalars.contains($0)
    }
    return plain && !name.isEmpty
      ? name
      : "'" + name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
        + "'"
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: "/"):
      true
    default: false
    }
  }
}
