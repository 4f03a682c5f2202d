/// What a cell holds, as the file itself types it.
package enum CellKind: UInt8, Sendable {
  /// Text that the file declares to be text.
  case text
  /// A number, as written in the file.
  case number
  /// ISO text of a day, or of a day and a time.
  case date
  /// `true` or `false`.
  case boolean
  /// A spreadsheet error such as `#N/A`.
  case error
  /// Text of a format without types; what it is depends on its reader.
  case untyped
  /// A formula without a stored value: unknown, never zero.
  case unknown
}

/// One cell of a row: where its text lies in the row's bytes, and what it is.
package struct Cell: Sendable {
  package var offset: UInt32
  package var length: UInt32
  /// From 1.
  package var column: UInt32
  package var kind: CellKind
  /// Whether a formula made the value.
  package var isFormula: Bool
}

/// One row, filled by a format and lent to a sink; reused for the next row.
///
/// Text lies in one block of bytes and cells in another, so that a row costs no allocation once
/// both have grown to the widest row seen.
package final class RowBuffer {
  /// The row of the sheet or the number of the record, from 1.
  package var number: Int { rowNumber }
  /// The line in the file, from 1; 0 if unknown.
  package var line: Int { rowLine }
  package var isHidden: Bool { hides }
  package var count: Int { filled }

  // Private, all of them: only then is the compiler certain that no access overlaps another, and
  // asks nothing at run time.
  private var rowNumber = 0
  private var rowLine = 0
  private var hides = false
  private var filled = 0
  private var cells: UnsafeMutablePointer<Cell>
  private var cellCapacity = 64
  private var bytes: UnsafeMutablePointer<UInt8>
  private var capacity = 4096
  private var used = 0
  private let textMax: Int
  /// False for a buffer that shows rows which lie in a batch; it is read, never filled.
  private let isOwner: Bool
  /// Set once a cell's text would exceed the bound; the rest of that text is dropped.
  private(set) var overflowed = false

  init(textMax: Int) {
    self.textMax = textMax
    isOwner = true
    cells = .allocate(capacity: cellCapacity)
    bytes = .allocate(capacity: capacity)
  }

  /// A buffer without memory of its own, for ``lend(number:line:isHidden:text:cells:)``.
  init(lending: Void) {
    textMax = Bounds.standard.rowTextMax
    isOwner = false
    cellCapacity = 0
    capacity = 0
    cells = Self.noCells
    bytes = Self.noBytes
  }

  deinit {
    if isOwner {
      cells.deallocate()
      bytes.deallocate()
    }
  }

  // Never read or written: a row without cells still needs an address.
  private nonisolated(unsafe) static let noCells = UnsafeMutablePointer<Cell>.allocate(capacity: 1)
  private nonisolated(unsafe) static let noBytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)

  package subscript(index: Int) -> Cell {
    precondition(index < filled)
    return cells[index]
  }

  /// The text of a cell; valid until the row is changed.
  package func text(_ cell: Cell) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: bytes + Int(cell.offset), count: Int(cell.length))
  }

  /// The text of a cell as a `String`, bad UTF-8 replaced.
  package func string(_ cell: Cell) -> String { String(decoding: text(cell), as: UTF8.self) }

  /// The cell in a column, or nil. Cells stand in the order of the file, almost always ascending.
  package func cell(column: Int) -> Cell? {
    for index in 0..<count where cells[index].column == UInt32(column) { return cells[index] }
    return nil
  }

  /// The text of all cells.
  var allText: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: bytes, count: used) }

  func copyCells(to target: UnsafeMutablePointer<Cell>) {
    target.update(from: cells, count: filled)
  }

  /// Shows a row that lies elsewhere, until the next one is shown.
  func lend(
    number: Int, line: Int, isHidden: Bool, text: UnsafeMutableBufferPointer<UInt8>,
    cells: UnsafeMutableBufferPointer<Cell>
  ) {
    precondition(!isOwner)
    rowNumber = number
    rowLine = line
    hides = isHidden
    bytes = text.baseAddress ?? Self.noBytes
    used = text.count
    self.cells = cells.baseAddress ?? Self.noCells
    filled = cells.count
  }

  // MARK: Filling

  func start(number: Int, line: Int, isHidden: Bool = false) {
    rowNumber = number
    rowLine = line
    hides = isHidden
    filled = 0
    used = 0
    overflowed = false
  }

  /// The same row at another number.
  func renumber(_ number: Int) { rowNumber = number }

  /// Opens a cell; text appended from now on belongs to it.
  func open(column: Int, kind: CellKind, isFormula: Bool = false) {
    if filled == cellCapacity { growCells() }
    cells[filled] = Cell(
      offset: UInt32(truncatingIfNeeded: used), length: 0,
      column: UInt32(truncatingIfNeeded: column), kind: kind, isFormula: isFormula)
    filled += 1
  }

  func append(_ start: UnsafePointer<UInt8>, _ length: Int) {
    guard length > 0, !overflowed else { return }
    guard used + length <= textMax else {
      overflowed = true
      return
    }
    if used + length > capacity { grow(to: used + length) }
    (bytes + used).update(from: start, count: length)
    used += length
  }

  func append(_ text: UnsafeBufferPointer<UInt8>) {
    if let start = text.baseAddress { append(start, text.count) }
  }

  func append(_ text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  /// Closes the cell that is open; an empty one is dropped, unless it is a formula.
  func close() {
    guard filled > 0 else { return }
    let cell = filled - 1
    cells[cell].length = UInt32(truncatingIfNeeded: used) - cells[cell].offset
    guard cells[cell].length == 0 else { return }
    if cells[cell].isFormula {
      cells[cell].kind = .unknown
    } else {
      filled -= 1
    }
  }

  /// Changes what the open cell is.
  func retype(_ kind: CellKind) {
    if filled > 0 { cells[filled - 1].kind = kind }
  }

  func markFormula() {
    if filled > 0 { cells[filled - 1].isFormula = true }
  }

  /// Whether the open cell has text so far.
  var isOpenCellEmpty: Bool { filled == 0 || used == Int(cells[filled - 1].offset) }

  /// The text of the open cell so far; valid until it is changed.
  var openText: UnsafeBufferPointer<UInt8> {
    guard filled > 0 else { return UnsafeBufferPointer(start: nil, count: 0) }
    let offset = Int(cells[filled - 1].offset)
    return UnsafeBufferPointer(start: bytes + offset, count: used - offset)
  }

  /// Replaces the open cell's text.
  func replaceOpenText(_ text: String) {
    guard filled > 0 else { return }
    used = Int(cells[filled - 1].offset)
    append(text)
  }

  func replaceOpenText(_ text: UnsafeBufferPointer<UInt8>) {
    guard filled > 0 else { return }
    used = Int(cells[filled - 1].offset)
    append(text)
  }

  /// Cuts the open cell's text down to a part of itself.
  func keepOpenText(_ part: UnsafeBufferPointer<UInt8>) {
    guard filled > 0, let start = part.baseAddress else { return replaceOpenText("") }
    used = Int(cells[filled - 1].offset)
    // The two may overlap; they are the same block.
    (bytes + used).update(from: start, count: part.count)
    used += part.count
  }

  /// Resolves `_xHHHH_` escapes in the open cell's text.
  func resolveEscapes() {
    guard filled > 0 else { return }
    let offset = Int(cells[filled - 1].offset)
    used = offset + CharacterEscapes.resolve(bytes + offset, used - offset)
  }

  /// Takes the open cell back.
  func discard() {
    guard filled > 0 else { return }
    filled -= 1
    used = Int(cells[filled].offset)
  }

  /// Repeats the last closed cell in the next column.
  func repeatLast() {
    guard filled > 0 else { return }
    if filled == cellCapacity { growCells() }
    cells[filled] = cells[filled - 1]
    cells[filled].column += 1
    filled += 1
  }

  /// A copy that outlives the row, for the few rows before a header is known.
  func copy() -> RowBuffer {
    let copy = RowBuffer(textMax: textMax)
    copy.start(number: number, line: line, isHidden: isHidden)
    copy.append(bytes, used)
    while copy.cellCapacity < filled { copy.growCells() }
    copy.cells.update(from: cells, count: filled)
    copy.filled = filled
    return copy
  }

  private func growCells() {
    precondition(isOwner)
    let larger = UnsafeMutablePointer<Cell>.allocate(capacity: cellCapacity * 2)
    larger.update(from: cells, count: filled)
    cells.deallocate()
    cells = larger
    cellCapacity *= 2
  }

  private func grow(to needed: Int) {
    precondition(isOwner)
    var larger = capacity
    while larger < needed { larger *= 2 }
    let block = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    block.update(from: bytes, count: used)
    bytes.deallocate()
    bytes = block
    capacity = larger
  }
}
