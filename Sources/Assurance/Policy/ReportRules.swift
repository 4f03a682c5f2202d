/// What a policy set tries on the printed figures, beside recalculation.
package struct ReportRules: Sendable {
  /// From `relations.csv`.
  package let relations: [Relation]
  /// From `bases.csv`: what a share is a share of.
  package let bases: [String: String]
}

extension ReportRules {
  /// Reads `relations: relations.csv` and `bases: bases.csv` of `policy.yaml`, where they stand.
  static func read(
    _ root: PolicyNode, files: [String: String], place: String
  ) throws(AssureError) -> ReportRules {
    func text(_ key: String) throws(AssureError) -> (text: String, file: String)? {
      guard let path = try root.optional(key)?.text() else { return nil }
      guard let text = files[path] else {
        throw root.error("policy-missing-file", "`\(path)` is missing", remedy: "write it")
      }
      return (text, "\(place)/\(path)")
    }
    var book = FigureBook(year: 0)
    if let bases = try text("bases") { try book.addBases(csv: bases.text, file: bases.file) }
    var relations: [Relation] = []
    if let list = try text("relations") {
      relations = try Relation.read(csv: list.text, file: list.file)
      try check(relations)
    }
    return ReportRules(relations: relations, bases: book.bases)
  }

  private static func check(_ relations: [Relation]) throws(AssureError) {
    let names = Set(relations.map(\.id))
    for relation in relations {
      if let unknown = relation.form.relations.first(where: { !names.contains($0) }) {
        throw AssureError(
          "policy-unknown-relation", place: relation.place,
          "`\(relation.id)` names the relation `\(unknown)`, which is not listed",
          remedy: "add it or correct its name")
      }
    }
  }
}
