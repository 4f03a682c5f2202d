import Glibc

/// Records as lines of bytes, many at a time: row, line, key and values, separated by tabs, and
/// where in the bytes each of them lies. What is stored and what is digested are the same bytes.
package final class RecordLines {
  /// Where a text lies.
  package struct Span {
    package var offset: UInt32
    /// -1 where the record has no value.
    package var length: Int32
  }

  /// Enough is collected once there are this many records or bytes.
  private static let recordsFull = 2 << 10
  private static let bytesFull = 192 << 10

  /// Texts a record: the key and the fields.
  package let width: Int
  // Private, all of them: only then does an access cost no question at run time.
  private var filled = 0
  private var used = 0
  private var capacity = 0
  private var room = 0
  private var bytes: UnsafeMutablePointer<UInt8>
  private var spans: UnsafeMutablePointer<Span>
  private var places: UnsafeMutablePointer<(row: Int, line: Int)>

  package init(fields: Int) {
    width = fields + 1
    bytes = .allocate(capacity: 1)
    spans = .allocate(capacity: 1)
    places = .allocate(capacity: 1)
  }

  deinit {
    bytes.deallocate()
    spans.deallocate()
    places.deallocate()
  }

  package var count: Int { filled }
  package var isFull: Bool { filled == Self.recordsFull || used >= Self.bytesFull }
  /// The lines; valid until the next is appended.
  package var text: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: bytes, count: used) }
  /// For each record ``width`` texts, the key first.
  package var texts: UnsafePointer<Span> { UnsafePointer(spans) }
  package var records: UnsafePointer<(row: Int, line: Int)> { UnsafePointer(places) }

  /// Empties it; what one huge record made it grow to is given back.
  ///
  /// - Parameter isLast: give all memory back.
  package func empty(isLast: Bool = false) {
    if isLast || capacity > Self.bytesFull * 8 {
      used = 0
      resize(bytes: 0, records: isLast ? 0 : room)
    }
    filled = 0
    used = 0
  }

  /// Appends a record with as many fields as there is room for. There must be room.
  package func append(_ record: RecordRow) {
    precondition(filled < Self.recordsFull && record.count == width - 1)
    if filled == room { resize(bytes: capacity, records: max(64, room * 2)) }
    let (row, line) = record.place
    places[filled] = (row, line)
    reserve(record.size + 48 + width)
    append(row)
    bytes[used] = 9
    used += 1
    append(line)
    var span = spans + filled * width
    span.pointee = append(record.key)
    for field in 0..<record.count {
      span += 1
      if let text = record.text(field) {
        span.pointee = append(text)
      } else {
        bytes[used] = 9
        used += 1
        span.pointee = Span(offset: 0, length: -1)
      }
    }
    bytes[used] = 10
    used += 1
    filled += 1
  }

  private func append(_ number: Int) {
    var digits = 1
    var power = 10
    while digits < 19, number >= power {
      digits += 1
      power = power &* 10
    }
    var rest = number
    for position in 1...digits {
      let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 10)
      bytes[used + digits - position] = 48 + UInt8(truncatingIfNeeded: remainder)
      rest = quotient
    }
    used += digits
  }

  /// A tab and the bytes.
  @inline(__always)
  private func append(_ text: UnsafeBufferPointer<UInt8>) -> Span {
    bytes[used] = 9
    used += 1
    if let start = text.baseAddress { memcpy(bytes + used, start, text.count) }
    let span = Span(
      offset: UInt32(truncatingIfNeeded: used), length: Int32(truncatingIfNeeded: text.count))
    used += text.count
    return span
  }

  private func reserve(_ more: Int) {
    guard used + more > capacity else { return }
    resize(bytes: max(1 << 12, capacity * 2, (used + more) * 2), records: room)
  }

  private func resize(bytes newCapacity: Int, records newRoom: Int) {
    if newCapacity != capacity {
      bytes = Self.moved(bytes, used, to: newCapacity)
      capacity = newCapacity
    }
    guard newRoom != room else { return }
    let kept = min(filled, newRoom)
    spans = Self.moved(spans, kept * width, to: newRoom * width)
    places = Self.moved(places, kept, to: newRoom)
    room = newRoom
  }

  private static func moved<Item>(
    _ old: UnsafeMutablePointer<Item>, _ count: Int, to capacity: Int
  ) -> UnsafeMutablePointer<Item> {
    let new = UnsafeMutablePointer<Item>.allocate(capacity: max(capacity, 1))
    new.update(from: old, count: count)
    old.deallocate()
    return new
  }
}
