package import Assurance
import Exact

/// One accepted row as canonical bytes, lent to a sink and filled again for the next row.
///
/// What ``Assurance/Record`` says in `String`s, without one of them: fields in the order of the
/// dataset, each the canonical text of its value.
package final class RecordRow {
  package let dataset: String
  package var source: RecordSource { RecordSource(table: table, row: row, line: line) }
  /// The table it stands in.
  package private(set) var table: SourceTable
  /// The number of fields.
  package let count: Int

  private struct Value {
    var offset = 0
    /// -1 where the source has no value.
    var length = -1
    var isDecimal = false
    var scale = 0
    var coefficient: Int128 = 0
  }

  // Private, all of them: only then does an access cost no question at run time.
  private let types: [FieldType]
  private let values: UnsafeMutablePointer<Value>
  private var row: Int
  private var line: Int
  private var filled = 0
  private var bytes: UnsafeMutablePointer<UInt8>
  private var capacity = 1024
  private var used = 0
  private var keyStart = 0

  package init(dataset: String, types: [FieldType], source: RecordSource) {
    self.dataset = dataset
    self.types = types
    table = source.table
    row = source.row
    line = source.line
    count = types.count
    values = .allocate(capacity: max(count, 1))
    values.initialize(repeating: Value(), count: max(count, 1))
    bytes = .allocate(capacity: capacity)
  }

  /// The same as a record of these types.
  package convenience init(_ record: Record, types: [FieldType]) {
    self.init(dataset: record.dataset, types: types, source: record.source)
    for value in record.values { put(value) }
    keyStart = used
    var key = record.key
    key.withUTF8 { append($0) }
  }

  deinit {
    values.deallocate()
    bytes.deallocate()
  }

  /// The canonical text of a field, or nil if it has no value; valid until the row changes.
  package func text(_ field: Int) -> UnsafeBufferPointer<UInt8>? {
    precondition(field < filled)
    let value = values[field]
    guard value.length >= 0 else { return nil }
    return UnsafeBufferPointer(start: bytes + value.offset, count: value.length)
  }

  /// The business key as ``Assurance/Record/key`` has it.
  package var key: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: bytes + keyStart, count: used - keyStart)
  }

  /// Its row and line, without its table.
  var place: (row: Int, line: Int) { (row, line) }
  /// The bytes of key and values together.
  var size: Int { used }

  /// The same as a record.
  package var record: Record {
    Record(
      dataset: dataset, key: String(decoding: key, as: UTF8.self),
      values: (0..<count).map { field in
        text(field).flatMap {
          FieldValue(canonical: String(decoding: $0, as: UTF8.self), type: types[field])
        }
      }, source: source)
  }

  // MARK: Filling

  func start(_ source: RecordSource) {
    table = source.table
    start(row: source.row, line: source.line)
  }

  /// The same table's next record.
  func start(row: Int, line: Int) {
    self.row = row
    self.line = line
    filled = 0
    used = 0
  }

  func putNone() {
    values[filled].length = -1
    values[filled].isDecimal = false
    filled += 1
  }

  func put(_ text: UnsafeBufferPointer<UInt8>) {
    let start = used
    append(text)
    close(start)
  }

  func put(_ text: String) {
    var text = text
    text.withUTF8 { put($0) }
  }

  func put(_ value: FieldValue?) {
    guard let value else { return putNone() }
    put(value.canonical)
    guard case .decimal(let number) = value else { return }
    setDecimal(number.coefficient, number.scale)
  }

  /// A decimal without trailing zeros, below 10^19 without its point.
  func put(digits coefficient: UInt64, scale: Int, isNegative: Bool) {
    let start = used
    reserve(scale + 24)
    if isNegative, coefficient > 0 { push(UInt8(ascii: "-")) }
    // Backwards from the place where the last digit will stand.
    var digits = 1
    var power: UInt64 = 10
    while digits < 19, coefficient >= power {
      digits += 1
      power = power &* 10
    }
    digits = max(digits, scale + 1)
    let end = used + digits + (scale > 0 ? 1 : 0)
    var rest = coefficient
    var index = end - 1
    for position in 0..<digits {
      if position == scale, scale > 0 {
        bytes[index] = UInt8(ascii: ".")
        index -= 1
      }
      let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 10)
      bytes[index] = 48 + UInt8(truncatingIfNeeded: remainder)
      rest = quotient
      index -= 1
    }
    used = end
    close(start)
    setDecimal(isNegative ? -Int128(coefficient) : Int128(coefficient), scale)
  }

  private func setDecimal(_ coefficient: Int128, _ scale: Int) {
    values[filled - 1].isDecimal = true
    values[filled - 1].coefficient = coefficient
    values[filled - 1].scale = scale
  }

  /// The number in a field, for sums.
  func decimal(_ field: Int) -> (coefficient: Int128, scale: Int)? {
    values[field].isDecimal ? (values[field].coefficient, values[field].scale) : nil
  }

  /// Joins the key of these fields, as ``Assurance/Record/key(_:)`` does.
  func putKey(_ fields: [Int]) {
    precondition(filled == count)
    keyStart = used
    for (index, field) in fields.enumerated() {
      if index > 0 {
        reserve(1)
        push(UInt8(ascii: "/"))
      }
      let length = values[field].length
      guard length > 0 else { continue }
      reserve(length * 3)
      let text = UnsafeBufferPointer(start: bytes + values[field].offset, count: length)
      var isPlain = true
      for byte in text where byte == UInt8(ascii: "%") || byte == UInt8(ascii: "/") {
        isPlain = false
      }
      if isPlain {
        append(text)
        continue
      }
      for byte in text {
        if byte == UInt8(ascii: "%") || byte == UInt8(ascii: "/") {
          push(UInt8(ascii: "%"))
          push(UInt8(ascii: "2"))
          push(byte == UInt8(ascii: "%") ? UInt8(ascii: "5") : UInt8(ascii: "F"))
        } else {
          push(byte)
        }
      }
    }
  }

  private func close(_ start: Int) {
    values[filled].offset = start
    values[filled].length = used - start
    values[filled].isDecimal = false
    filled += 1
  }

  private func append(_ text: UnsafeBufferPointer<UInt8>) {
    guard let start = text.baseAddress, text.count > 0 else { return }
    reserve(text.count)
    (bytes + used).update(from: start, count: text.count)
    used += text.count
  }

  private func push(_ byte: UInt8) {
    bytes[used] = byte
    used += 1
  }

  private func reserve(_ more: Int) {
    guard used + more > capacity else { return }
    while capacity < used + more { capacity *= 2 }
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: bytes, count: used)
    bytes.deallocate()
    bytes = larger
  }
}
