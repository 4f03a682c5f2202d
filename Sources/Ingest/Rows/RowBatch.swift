/// Rows on their way from the thread that parses to the one that checks and stores.
///
/// Text, cells and rows lie in one block each; batches are filled, read and filled again, so that
/// a row costs no allocation and no reference count.
final class RowBatch {
  private struct Mark {
    var number: Int
    var line: Int
    var firstCell: UInt32
    var cells: UInt32
    var firstByte: Int
    var bytes: Int
    var isHidden: Bool
  }

  /// A batch is handed over once it holds this many bytes of text, cells, or rows.
  static let bytesFull = 256 << 10
  static let cellsFull = 32 << 10
  static let rowsFull = 4 << 10

  private var bytes: UnsafeMutablePointer<UInt8>
  private var byteCapacity = RowBatch.bytesFull * 2
  private var used = 0
  private var cells: UnsafeMutablePointer<Cell>
  private var cellCapacity = RowBatch.cellsFull * 2
  private var cellCount = 0
  private let marks: UnsafeMutablePointer<Mark>
  private(set) var count = 0

  init() {
    bytes = .allocate(capacity: byteCapacity)
    cells = .allocate(capacity: cellCapacity)
    marks = .allocate(capacity: RowBatch.rowsFull)
  }

  deinit {
    bytes.deallocate()
    cells.deallocate()
    marks.deallocate()
  }

  var isFull: Bool {
    used >= Self.bytesFull || cellCount >= Self.cellsFull || count == Self.rowsFull
  }

  /// Appends a copy of a row. The batch must not be full.
  func append(_ row: RowBuffer) {
    let text = row.allText
    if used + text.count > byteCapacity { growBytes(to: used + text.count) }
    if cellCount + row.count > cellCapacity { growCells(to: cellCount + row.count) }
    if let start = text.baseAddress { (bytes + used).update(from: start, count: text.count) }
    row.copyCells(to: cells + cellCount)
    marks[count] = Mark(
      number: row.number, line: row.line, firstCell: UInt32(truncatingIfNeeded: cellCount),
      cells: UInt32(truncatingIfNeeded: row.count), firstByte: used, bytes: text.count,
      isHidden: row.isHidden)
    used += text.count
    cellCount += row.count
    count += 1
  }

  /// Lends a row by way of a buffer that owns nothing; valid until the batch is emptied.
  func lend(_ index: Int, as row: RowBuffer) {
    precondition(index < count)
    let mark = marks[index]
    row.lend(
      number: mark.number, line: mark.line, isHidden: mark.isHidden,
      text: UnsafeMutableBufferPointer(start: bytes + mark.firstByte, count: mark.bytes),
      cells: UnsafeMutableBufferPointer(
        start: cells + Int(mark.firstCell), count: Int(mark.cells)))
  }

  /// Empties the batch; what one huge row made it grow to is given back.
  func empty() {
    used = 0
    cellCount = 0
    count = 0
    if byteCapacity > Self.bytesFull * 4 {
      bytes.deallocate()
      byteCapacity = Self.bytesFull * 2
      bytes = .allocate(capacity: byteCapacity)
    }
    if cellCapacity > Self.cellsFull * 4 {
      cells.deallocate()
      cellCapacity = Self.cellsFull * 2
      cells = .allocate(capacity: cellCapacity)
    }
  }

  private func growBytes(to needed: Int) {
    while byteCapacity < needed { byteCapacity *= 2 }
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: byteCapacity)
    larger.update(from: bytes, count: used)
    bytes.deallocate()
    bytes = larger
  }

  private func growCells(to needed: Int) {
    while cellCapacity < needed { cellCapacity *= 2 }
    let larger = UnsafeMutablePointer<Cell>.allocate(capacity: cellCapacity)
    larger.update(from: cells, count: cellCount)
    cells.deallocate()
    cells = larger
  }
}
