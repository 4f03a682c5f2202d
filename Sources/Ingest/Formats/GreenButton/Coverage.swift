/// The time that intervals cover, as ranges that do not touch.
///
/// Readings in order keep one range, so that memory grows with gaps and not with readings.
struct Coverage {
  enum Overlap { case none, partial, whole }
  private var starts: [Int] = []
  private var ends: [Int] = []
  /// Ranges kept at most; beyond them overlaps are no longer told.
  static let rangesMax = 200_000
  private(set) var isFull = false

  /// Adds a range, start included and end not, and tells how much of it was covered.
  mutating func add(_ start: Int, _ end: Int) -> Overlap {
    guard end > start, !isFull else { return .none }
    // The first range that ends at or behind the start.
    var low = 0
    var high = ends.count
    while low < high {
      let middle = (low + high) / 2
      if ends[middle] < start { low = middle + 1 } else { high = middle }
    }
    var last = low
    var covered = 0
    var from = start
    var to = end
    while last < starts.count, starts[last] <= end {
      covered += max(0, min(ends[last], end) - max(starts[last], start))
      from = min(from, starts[last])
      to = max(to, ends[last])
      last += 1
    }
    starts.replaceSubrange(low..<last, with: CollectionOfOne(from))
    ends.replaceSubrange(low..<last, with: CollectionOfOne(to))
    isFull = starts.count >= Self.rangesMax
    if covered == 0 { return .none }
    return covered >= end - start ? .whole : .partial
  }
}
