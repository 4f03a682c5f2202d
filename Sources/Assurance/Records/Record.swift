package import Exact

/// A value of a field, typed as its dataset declares.
package enum FieldValue: Hashable, Sendable {
  case text(String)
  case decimal(ExactDecimal)
  case day(Day)
  case month(Month)
  /// The identifier of one of the field's declared choices.
  case choice(String)

  /// One canonical text per value, the form in which it is stored, digested and exported.
  package var canonical: String {
    switch self {
    case .text(let text), .choice(let text): text
    case .decimal(let decimal): decimal.description
    case .day(let day): day.description
    case .month(let month): month.description
    }
  }

  /// The inverse of ``canonical`` for a field of the type given; nil if the text is not canonical.
  package init?(canonical text: String, type: FieldType) {
    switch type {
    case .text: self = .text(text)
    case .choice: self = .choice(text)
    case .decimal:
      guard let value = ExactDecimal(text) else { return nil }
      self = .decimal(value)
    case .date:
      guard let value = Day(text) else { return nil }
      self = .day(value)
    case .month:
      guard let value = Month(text) else { return nil }
      self = .month(value)
    }
  }
}

/// One accepted row of a dataset, with the places its values came from.
package struct Record: Sendable {
  /// The dataset's name.
  package let dataset: String
  /// The business key: canonical key values, each percent-encoded for `%` and `/`, joined by `/`.
  package let key: String
  /// A value for each field of the dataset, in its order; nil where the source has none.
  package let values: [FieldValue?]
  package let source: RecordSource

  package init(dataset: String, key: String, values: [FieldValue?], source: RecordSource) {
    self.dataset = dataset
    self.key = key
    self.values = values
    self.source = source
  }

  /// Joins key values so that different lists never give the same key.
  package static func key(_ parts: [String]) -> String {
    parts.map { part in
      guard part.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "/") }) else {
        return part
      }
      var text = ""
      for character in part.unicodeScalars {
        switch character {
        case "%": text += "%25"
        case "/": text += "%2F"
        default: text.unicodeScalars.append(character)
        }
      }
      return text
    }.joined(separator: "/")
  }
}

/// Where a record came from, and how its fields map to places there.
package struct RecordSource: Hashable, Sendable {
  package let table: SourceTable
  /// The row of the sheet, or the number of the record along its path; from 1.
  package let row: Int
  /// The line in the file, from 1; 0 if the format has none.
  package let line: Int

  package init(table: SourceTable, row: Int, line: Int) {
    self.table = table
    self.row = row
    self.line = line
  }

  /// The whole row or record.
  package var locator: Locator {
    Locator(
      file: table.file, source: table.source, table: table.name,
      place: table.isRecordPath ? .record(row) : .row(row), line: line)
  }

  /// The place of one field; the whole row if the field has no column of its own.
  package func locator(field: String) -> Locator {
    guard let column = table.columns[field] else { return locator }
    let place: Locator.Place =
      switch column {
      case .number(let number): .cell(row: row, column: number)
      case .name(let name): .field(record: row, name: name)
      }
    return Locator(
      file: table.file, source: table.source, table: table.name, place: place, line: line)
  }
}

/// A table that was read into a dataset, and which of its columns feed which field.
package final class SourceTable: Hashable, Sendable {
  /// The file's name as received.
  package let file: String
  /// SHA-256 of the file in hex; waits where the file is being digested yet.
  package var source: String { digest() }
  private let digest: @Sendable () -> String
  /// Sheet name or record path.
  package let name: String
  /// From a field's name to its column.
  package let columns: [String: Column]
  /// Whether ``name`` is a record path, whose rows are records and whose columns have names.
  package let isRecordPath: Bool

  package enum Column: Hashable, Sendable {
    /// A spreadsheet column, from 1.
    case number(Int)
    /// An attribute (`@id`) or a child element path (`Period/Start`).
    case name(String)
  }

  package convenience init(
    file: String, source: String, name: String, columns: [String: Column], isRecordPath: Bool
  ) {
    self.init(
      file: file, digest: { source }, name: name, columns: columns, isRecordPath: isRecordPath)
  }

  /// - Parameter digest: gives SHA-256 of the file in hex, always the same.
  package init(
    file: String, digest: @escaping @Sendable () -> String, name: String,
    columns: [String: Column], isRecordPath: Bool
  ) {
    self.file = file
    self.digest = digest
    self.name = name
    self.columns = columns
    self.isRecordPath = isRecordPath
  }

  package static func == (a: SourceTable, b: SourceTable) -> Bool {
    a === b || (a.source == b.source && a.name == b.name && a.columns == b.columns)
  }
  package func hash(into hasher: inout Hasher) {
    hasher.combine(source)
    hasher.combine(name)
  }
}
