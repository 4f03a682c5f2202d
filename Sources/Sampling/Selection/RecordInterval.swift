import BigInt
public import Exact

/// Systematic selection by record: every `N/n`-th, from a start.
public enum RecordInterval {
  /// Records `ceil(start + j × N/n)`, `j = 0…n-1`, counted from 1.
  ///
  /// - Parameter start: `0 < start ≤ N/n`, drawn by chance. A pattern in the order of the records
  ///   carries over to the sample.
  /// - Throws: ``SamplingError``: duplicate key, empty population, size, start.
  public static func draw(
    keys: [String], size: Int, start: Rational
  ) throws(SamplingError) -> [String] {
    guard !keys.isEmpty else { throw .emptyPopulation }
    guard size >= 1, size <= keys.count else {
      throw .sampleSize("\(size) of \(keys.count) items")
    }
    var seen = Set<[UInt8]>()
    for key in keys where !seen.insert(Array(key.utf8)).inserted { throw .duplicateKey(key) }
    let interval = (try? Rational(keys.count) / Rational(size)) ?? .one
    guard start > .zero, start <= interval else {
      throw .parameter("a start lies in 0 < start <= \(interval); it is \(start)")
    }
    return (0..<size).map { index in
      keys[Int((start + Rational(index) * interval).ceiling) - 1]
    }
  }
}
