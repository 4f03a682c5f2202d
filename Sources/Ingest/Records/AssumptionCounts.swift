/// What rows take for granted, each counted once a value of a row that was accepted.
final class AssumptionCounts {
  private var known: [(field: Int, text: String)] = []
  private var counts: [Int] = []
  /// Positions that the row being read has used.
  private var row: [Int] = []

  /// The position of an assumption, the same for the same words.
  func position(_ field: Int, _ text: String) -> Int {
    if let index = known.firstIndex(where: { $0.field == field && $0.text == text }) {
      return index
    }
    known.append((field, text))
    counts.append(0)
    return known.count - 1
  }

  /// The row that is read takes it for granted.
  func note(_ position: Int) { row.append(position) }

  /// Forgets what the row took for granted.
  func clear() { if !row.isEmpty { row.removeAll(keepingCapacity: true) } }

  /// The row was accepted.
  func count() {
    for position in row { counts[position] += 1 }
    clear()
  }

  /// What the row takes for granted so far.
  var current: [(field: Int, text: String)] { row.map { known[$0] } }

  /// What accepted rows took for granted, with how often, for one field.
  func counted(_ field: Int) -> [(text: String, count: Int)] {
    zip(known, counts).filter { $0.field == field && $1 > 0 }.map { ($0.text, $1) }
  }
}
