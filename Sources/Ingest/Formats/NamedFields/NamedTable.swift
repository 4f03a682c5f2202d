/// A table as its named fields show it.
struct NamedTable {
  let name: String
  /// The database the dump names; empty if none.
  let database: String
  /// As the database calls it; ``name`` tells tables of several databases apart.
  let ownName: String
  var columns: [String] = []
  /// What the file says a column's type is, where it does.
  var types: [Int: String] = [:]
  var count = 0
  var nils: [Int: Int] = [:]
  var empties: [Int: Int] = [:]
  var filled: [Int: Int] = [:]

  /// The number of a column, from 1, made when it is first seen.
  mutating func column(_ name: String) -> Int {
    if let index = columns.firstIndex(of: name) { return index + 1 }
    columns.append(name)
    return columns.count
  }

  var remarks: [Remark] {
    var remarks: [Remark] = []
    let words = columns.indices.compactMap { index -> String? in
      let column = index + 1
      let absent = count - (nils[column] ?? 0) - (empties[column] ?? 0) - (filled[column] ?? 0)
      let parts = [
        (nils[column] ?? 0, "NULL"), (empties[column] ?? 0, "empty"), (max(0, absent), "absent"),
      ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
      return parts.isEmpty ? nil : "`\(columns[index])` \(parts.joined(separator: ", "))"
    }
    if !words.isEmpty {
      remarks.append(Remark(code: "no-value", message: words.joined(separator: "; ")))
    }
    if !types.isEmpty {
      let words = types.sorted { $0.key < $1.key }.map { "`\(columns[$0.key - 1])` \($0.value)" }
      remarks.append(
        Remark(
          code: "declared-types",
          message: "the file declares (values are read as the policy says): "
            + words.joined(separator: "; ")))
    }
    return remarks
  }
}
