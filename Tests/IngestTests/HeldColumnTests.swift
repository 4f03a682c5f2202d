import Exact
import Testing

@testable import Ingest

/// Running totals of blocks against a walk through every cell.
@Suite struct HeldColumnTests {
  private func value(_ cell: HeldCell) -> ExactDecimal? {
    try? ExactDecimal(coefficient: Int128(cell.value), scale: Int(cell.scale))
  }

  @Test(arguments: 0..<12) func totalsOfAnyRange(seed: Int) throws {
    var random = SplitMix(state: UInt64(seed))
    let column = HeldColumn()
    var cells: [HeldCell] = []
    let kinds: [HeldCell.Kind] = [
      .number, .number, .number, .text, .boolean, .error, .unknown, .date,
    ]
    let count = [0, 1, 63, 64, 65, 128, 129, 700][seed % 8]
    var row = 0
    for _ in 0..<count {
      row += Int.random(in: 1...3, using: &random)
      let cell = HeldCell(
        value: Int64.random(in: -9_999...9_999, using: &random), row: Int32(row),
        kind: kinds[Int.random(in: 0..<kinds.count, using: &random)],
        scale: UInt8.random(in: 0...4, using: &random),
        isNumericText: Bool.random(using: &random))
      cells.append(cell)
    }
    // Rows out of order are put in order.
    for cell in seed < 6 ? cells : cells.shuffled(using: &random) { column.append(cell) }
    column.sort()
    for _ in 0..<200 {
      let ends = [0, 0].map { _ in Int.random(in: 1...(row + 2), using: &random) }
      let rows = min(ends[0], ends[1])...max(ends[0], ends[1])
      let found = column.totals(rows: rows) { value($0) }
      let inside = cells.filter { rows.contains(Int($0.row)) }
      let numbers = inside.filter { $0.kind == .number || $0.kind == .date }.compactMap {
        value($0)
      }
      var sum = Rational.zero
      var absolute = Rational.zero
      for number in numbers {
        sum = sum + Rational(number)
        absolute = absolute + Rational(number.magnitude)
      }
      #expect(Rational(found.sum) == sum && Rational(found.absolute) == absolute)
      #expect(found.numbers == numbers.count && found.filled == inside.count)
      #expect(found.errors == inside.count { $0.kind == .error })
      #expect(found.booleans == inside.count { $0.kind == .boolean })
      #expect(found.unknowns == inside.count { $0.kind == .unknown })
      #expect(found.numericTexts == inside.count { $0.kind == .text && $0.isNumericText })
      #expect(found.overflows == 0)
    }
  }
}
