package import Exact

/// A statement about printed figures that arithmetic can try: a sum, a tie, a share, a bound.
package struct Relation: Sendable {
  package let id: String
  /// A word for its kind, such as `sum` or `tie`; only shown.
  package let type: String
  /// As written.
  package let expression: String
  package let form: RelationForm
  package let unit: String
  package let note: String
  package let place: String
  /// Whether it should hold; false for a probe that should not.
  package let isExpected: Bool
}

extension Relation {
  /// Reads `id,type,expression,unit,note,expected` rows; other columns are left alone.
  ///
  /// - Parameter takesWords: whether text that is not of the language is kept as a relation that
  ///   cannot be told, as in a list made by hand; a policy's own list is refused for it.
  /// - Throws: `relation-header`, `relation-row`, `relation-twice` or `relation-syntax`.
  package static func read(
    csv: String, file: String, takesWords: Bool = false
  ) throws(AssureError) -> [Relation] {
    let table = try HeadedRows(csv: csv, file: file, code: "relation")
    try table.require(["id", "expression"])
    var relations: [Relation] = []
    var seen: Set<String> = []
    for row in table.rows {
      guard seen.insert(row["id"]).inserted else {
        throw AssureError(
          "relation-twice", place: row.place, "the relation `\(row["id"])` stands twice",
          remedy: "rename or remove one")
      }
      var form: RelationForm
      do { form = try RelationParser.parse(row["expression"], place: row.place) } catch {
        guard takesWords else { throw error }
        form = .words(error.reason)
      }
      relations.append(
        Relation(
          id: row["id"], type: row["type"], expression: row["expression"],
          form: form, unit: row["unit"],
          note: row["note"], place: row.place, isExpected: row["expected"] != "no"))
    }
    return relations
  }
}

/// How a relation comes out.
package enum RelationVerdict: String, Sendable, CaseIterable {
  /// The printed numbers give the printed result.
  case atFaceValue = "recomputes at face value"
  /// They do not, but numbers that round to them do.
  case withinRounding = "possible within rounding"
  /// No numbers that round to what is printed satisfy it.
  case impossible
  /// Nothing is printed to compare with, a figure is missing, or its words leave it open.
  case cannotTell = "cannot tell"

  /// `yes`, `no` or `cannot tell`: whether the relation can be true.
  package var holds: String {
    switch self {
    case .atFaceValue, .withinRounding: "yes"
    case .impossible: "no"
    case .cannotTell: "cannot tell"
    }
  }
}

/// A relation with what came out of it.
package struct RelationResult: Sendable {
  package let relation: Relation
  package let verdict: RelationVerdict
  /// Whether the value computed from the printed numbers rounds to the printed one; nil if nothing
  /// is printed to round to.
  package let roundsToReported: Bool?
  /// The left side; nil if it could not be computed.
  package let computed: RelationValue?
  /// The right side at face value, if there is one.
  package let reported: Rational?
  /// Computed less reported.
  package let difference: Rational?
  /// Why, in words, where the verdict alone does not say.
  package let reason: String
}
