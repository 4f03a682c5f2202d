import Assurance

/// Records that are read once for several KPIs: figures by gender, age and region rest on one
/// roster.
final class RecordShelf {
  /// A record and the row of its dataset's table.
  struct Kept {
    let id: Int64
    let record: Assurance.Record
  }

  private var kept: [String: [Kept]] = [:]

  /// The records of a dataset, sorted by key, then place; nil if they were not read yet.
  subscript(dataset: String) -> [Kept]? {
    get { kept[dataset] }
    set { kept[dataset] = newValue }
  }

  /// Lets go of every dataset but these.
  func keep(_ datasets: Set<String>) { kept = kept.filter { datasets.contains($0.key) } }

  /// Puts records that share a key in the order of source digest, table and row; the others stay.
  static func sortByPlace(_ records: inout [Kept]) {
    var first = 0
    while first < records.count {
      var end = first + 1
      while end < records.count, records[end].record.key == records[first].record.key { end += 1 }
      if end - first > 1 {
        let inOrder = records[first..<end].sorted { precedes($0.record.source, $1.record.source) }
        records.replaceSubrange(first..<end, with: inOrder)
      }
      first = end
    }
  }

  private static func precedes(_ a: RecordSource, _ b: RecordSource) -> Bool {
    if a.table.source != b.table.source { return a.table.source < b.table.source }
    if a.table.name != b.table.name {
      return a.table.name.utf8.lexicographicallyPrecedes(b.table.name.utf8)
    }
    return a.row < b.row
  }
}
