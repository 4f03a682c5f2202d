import Exact

/// One value of a sheet in sixteen bytes.
struct HeldCell {
  enum Kind: UInt8 {
    /// A decimal of 64 bits: ``HeldCell/value`` over ten to the power of ``HeldCell/scale``.
    case number
    /// A position in the list of larger numbers.
    case wideNumber
    /// A position in the list of texts.
    case text
    /// A text too long to hold.
    case longText
    /// 0 or 1.
    case boolean
    /// A position in the list of texts.
    case error
    /// A day, as the number that spreadsheets count it by.
    case date
    /// A time, or a value that is not read: what it is worth is not known.
    case unknown
  }

  var value: Int64
  var row: Int32
  var kind: Kind
  var scale: UInt8 = 0
  /// Whether a formula made it.
  var isFormula = false
  /// Whether it is text that reads as a number.
  var isNumericText = false
}

/// What a range of one column holds.
struct RangeTotals {
  var sum = ExactDecimal.zero
  /// The sum of absolute values, for the bound of what binary64 may lose.
  var absolute = ExactDecimal.zero
  /// Numbers, and sums, that do not fit 128 bits.
  var overflows = 0
  var numbers = 0
  var filled = 0
  var booleans = 0
  var errors = 0
  var unknowns = 0
  var numericTexts = 0

  mutating func add(_ cell: HeldCell, _ value: ExactDecimal?) {
    filled += 1
    switch cell.kind {
    case .number, .wideNumber, .date:
      numbers += 1
      if let value { add(value, value.magnitude) } else { overflows += 1 }
    case .text, .longText: if cell.isNumericText { numericTexts += 1 }
    case .boolean: booleans += 1
    case .error: errors += 1
    case .unknown: unknowns += 1
    }
  }

  private mutating func add(_ value: ExactDecimal, _ magnitude: ExactDecimal) {
    guard let sum = try? sum + value, let absolute = try? absolute + magnitude else {
      overflows += 1
      return
    }
    self.sum = sum
    self.absolute = absolute
  }

  mutating func add(_ other: RangeTotals, times sign: Int = 1) {
    add(sign > 0 ? other.sum : -other.sum, sign > 0 ? other.absolute : -other.absolute)
    overflows += sign * other.overflows
    numbers += sign * other.numbers
    filled += sign * other.filled
    booleans += sign * other.booleans
    errors += sign * other.errors
    unknowns += sign * other.unknowns
    numericTexts += sign * other.numericTexts
  }
}

/// The values of one column, by row, with sums of blocks so that a range costs no walk through it.
final class HeldColumn {
  private(set) var cells: [HeldCell] = []
  private var isSorted = true
  /// What stands before each block of ``blockSize`` cells.
  private var prefixes: [RangeTotals] = []
  private static let blockSize = 64

  func append(_ cell: HeldCell) {
    if let last = cells.last, last.row >= cell.row { isSorted = false }
    cells.append(cell)
  }

  /// Brings rows that a file writes out of order into order.
  func sort() {
    guard !isSorted else { return }
    cells.sort { $0.row < $1.row }
    isSorted = true
  }

  /// The position of the first cell at a row or after it.
  func position(of row: Int) -> Int {
    var low = 0
    var high = cells.count
    while low < high {
      let middle = (low + high) / 2
      if Int(cells[middle].row) < row { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func cell(row: Int) -> HeldCell? {
    let position = position(of: row)
    return position < cells.count && Int(cells[position].row) == row ? cells[position] : nil
  }

  /// The cells of a range of rows.
  func cells(rows: ClosedRange<Int>) -> ArraySlice<HeldCell> {
    let first = position(of: rows.lowerBound)
    return cells[first..<max(first, position(of: rows.upperBound + 1))]
  }

  /// What a range of rows holds; the time does not grow with the range.
  func totals(rows: ClosedRange<Int>, _ value: (HeldCell) -> ExactDecimal?) -> RangeTotals {
    let first = position(of: rows.lowerBound)
    let end = max(first, position(of: rows.upperBound + 1))
    if prefixes.isEmpty, end - first > Self.blockSize * 2 { fillPrefixes(value) }
    var totals = RangeTotals()
    let (low, high) = (
      (first + Self.blockSize - 1) / Self.blockSize, end / Self.blockSize
    )
    guard low < high, !prefixes.isEmpty else {
      for cell in cells[first..<end] { totals.add(cell, value(cell)) }
      return totals
    }
    totals = prefixes[high]
    totals.add(prefixes[low], times: -1)
    for cell in cells[first..<(low * Self.blockSize)] { totals.add(cell, value(cell)) }
    for cell in cells[(high * Self.blockSize)..<end] { totals.add(cell, value(cell)) }
    return totals
  }

  private func fillPrefixes(_ value: (HeldCell) -> ExactDecimal?) {
    var running = RangeTotals()
    prefixes.reserveCapacity(cells.count / Self.blockSize + 2)
    for (position, cell) in cells.enumerated() {
      if position % Self.blockSize == 0 { prefixes.append(running) }
      running.add(cell, value(cell))
    }
    if cells.count % Self.blockSize == 0 { prefixes.append(running) }
  }
}
