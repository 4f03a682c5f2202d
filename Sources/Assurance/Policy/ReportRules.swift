/// What a policy set tries on the printed figures, beside recalculation.
package struct ReportRules: Sendable {
  /// From `relations.csv`.
  package let relations: [Relation]
  /// From `bases.csv`: what a share is a share of.
  package let bases: [String: String]
  /// From `targets.csv`.
  package let targets: [Target]
  /// From `restatements.csv`: figures of earlier periods.
  package let restatements: [Restatement]
  /// From `index.csv`: codes that the report's index must answer.
  package let disclosures: [DisclosureIndex.Requirement]
  /// From `standards.csv`: numbers of standards by their body.
  package let standards: [String: [String]]
}

extension ReportRules {
  /// Reads what `relations`, `bases`, `targets`, `restatements`, `index` and `standards` of
  /// `policy.yaml` name.
  static func read(
    _ root: PolicyNode, files: [String: String], kpis: [KPIDefinition], place: String
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
    let targets = try text("targets").map { (file) throws(AssureError) in
      try Target.read(csv: file.text, file: file.file)
    }
    let restatements = try text("restatements").map { (file) throws(AssureError) in
      try Restatement.read(csv: file.text, file: file.file, kpis: kpis)
    }
    let disclosures = try text("index").map { (file) throws(AssureError) in
      try DisclosureIndex.requirements(csv: file.text, file: file.file)
    }
    var standards: [String: [String]] = [:]
    if let list = try text("standards") {
      let table = try HeadedRows(csv: list.text, file: list.file, code: "standards")
      try table.require(["body", "number"])
      for row in table.rows { standards[row["body"], default: []].append(row["number"]) }
    }
    return ReportRules(
      relations: relations, bases: book.bases, targets: targets ?? [],
      restatements: restatements ?? [], disclosures: disclosures ?? [],
      standards: standards)
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
