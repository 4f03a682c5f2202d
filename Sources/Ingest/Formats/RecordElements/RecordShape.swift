/// What the kind of a file says of its record paths beyond what repeats.
///
/// Databases write a table with one row as one element, which repeats nothing. Where the kind is
/// known, such an element is a table all the same.
struct RecordShape {
  let root: PathNode?
  let schema: InlineSchema

  /// The paths that are tables even with one record.
  ///
  /// Children of an Access export's `dataroot`, of any root with an inline schema, of the data set
  /// in a diffgram and of its earlier versions, and the inner rows of Socrata's `rows.xml`.
  var tablePaths: Set<String> {
    guard let root else { return [] }
    var parents: [PathNode] = []
    let isExport = root.path == "/dataroot" || (schema.isPresent && root.path != "/schema")
    if isExport { parents.append(root) }
    if let diffgram = root.path == "/diffgram" ? root : root.child("diffgram") {
      parents += diffgram.children.filter { $0.step != "errors" }
    }
    if root.path == "/response", let row = root.child("row"), row.child("row") != nil {
      parents.append(row)
    }
    let tables = parents.flatMap(\.children).filter { !["schema", "diffgram"].contains($0.step) }
    return Set(tables.map(\.path))
  }

  /// Whether an attribute is a diffgram's own and no column of the table.
  func isBookkeeping(_ node: PathNode, _ attribute: String) -> Bool {
    ["id", "parentId", "rowOrder", "hasChanges", "hasErrors"].contains(attribute)
      && node.path.split(separator: "/").dropLast(2).last == "diffgram"
  }

  /// Why records of a path are no present ones: a diffgram keeps what rows were before.
  func supersededBy(_ node: PathNode) -> String? {
    guard node.path.split(separator: "/").dropLast().suffix(2) == ["diffgram", "before"] else {
      return nil
    }
    return "earlier versions of rows that were changed or deleted"
  }

  /// Tables that the schema declares and of which the file has no row.
  var fileRemarks: [Remark] {
    guard schema.isPresent, let root else { return [] }
    var names: Set<String> = []
    var pending = [root]
    while let node = pending.popLast() {
      names.insert(node.step)
      pending += node.children
    }
    let missing = schema.tables.filter { !names.contains($0) }
    guard !missing.isEmpty else { return [] }
    let words = missing.prefix(20).map { "`\($0)`" }.joined(separator: ", ")
    return [
      Remark(
        code: "declared-without-rows",
        message: "the schema in the file declares tables of which it has no row: \(words)")
    ]
  }

  func remarks(_ node: PathNode, columns: [String]) -> [Remark] {
    var remarks: [Remark] = []
    let words = Self.leaves(node).compactMap { leaf -> String? in
      guard leaf.node.nilCount + leaf.node.emptyCount > 0, columns.count <= 1000 else { return nil }
      let absent = leaf.isOnce ? max(0, node.count - leaf.node.count) : 0
      let parts = [
        (leaf.node.nilCount, "nil"), (leaf.node.emptyCount, "empty"), (absent, "absent"),
      ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
      return "`\(leaf.node.path.dropFirst(node.path.count + 1))` \(parts.joined(separator: ", "))"
    }
    if !words.isEmpty {
      let rest = words.count > 12 ? " and \(words.count - 12) more" : ""
      remarks.append(
        Remark(code: "no-value", message: words.prefix(12).joined(separator: "; ") + rest))
    }
    if schema.isPresent, let declared = schema.columns[node.step] {
      let words = declared.filter { !$0.type.isEmpty }.prefix(60).map { "`\($0.name)` \($0.type)" }
      if !words.isEmpty {
        remarks.append(
          Remark(
            code: "declared-types",
            message: "the file declares (values are read as the policy says): "
              + words.joined(separator: "; ")))
      }
    }
    return remarks
  }

  /// The elements without children below a record, and whether each stands once in it at most.
  private static func leaves(_ node: PathNode) -> [(node: PathNode, isOnce: Bool)] {
    var leaves: [(PathNode, Bool)] = []
    var pending: [(PathNode, Bool)] = node.children.reversed().map { ($0, !$0.repeats) }
    while let (next, isOnce) = pending.popLast() {
      if next.children.isEmpty { leaves.append((next, isOnce)) }
      pending += next.children.reversed().map { ($0, isOnce && !$0.repeats) }
    }
    return leaves
  }
}

extension PathNode {
  /// The last step of the path.
  var step: String { path.split(separator: "/").last.map(String.init) ?? "" }
  func child(_ step: String) -> PathNode? { children.first { $0.step == step } }
}
