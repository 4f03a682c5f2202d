/// The numbers of the rows that were seen, as ranges: rows in order cost one range.
struct RowNumbers {
  private var ranges: [ClosedRange<Int>] = []

  /// Adds a number; false if it was there.
  mutating func insert(_ number: Int) -> Bool {
    guard let last = ranges.last, number <= last.upperBound else {
      if let last = ranges.last, number == last.upperBound + 1 {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
      return true
    }
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < number { low = middle + 1 } else { high = middle }
    }
    guard number < ranges[low].lowerBound else { return false }
    let touchesNext = number + 1 == ranges[low].lowerBound
    let touchesBefore = low > 0 && ranges[low - 1].upperBound + 1 == number
    switch (touchesBefore, touchesNext) {
    case (true, true):
      ranges[low - 1] = ranges[low - 1].lowerBound...ranges[low].upperBound
      ranges.remove(at: low)
    case (true, false): ranges[low - 1] = ranges[low - 1].lowerBound...number
    case (false, true): ranges[low] = number...ranges[low].upperBound
    case (false, false): ranges.insert(number...number, at: low)
    }
    return true
  }
}
