/// An operation that cannot go on: where, why, and what to do about it.
///
/// Printed as `assure: error: <place>: <reason>` and `assure: hint: <remedy>`, lower case, no full
/// stop. Two errors are equal if their codes are: tests name the code, transcripts the words.
package struct AssureError: Error, Sendable {
  /// A stable short name in kebab case, such as `unknown-kpi`.
  package let code: String
  /// The file, line, table or cell at fault; empty if the whole command is.
  package let place: String
  package let reason: String
  /// What the user can do; empty only if nothing can be done.
  package let remedy: String

  package init(_ code: String, place: String = "", _ reason: String, remedy: String = "") {
    self.code = code
    self.place = place
    self.reason = reason
    self.remedy = remedy
  }
}

extension AssureError: Equatable {
  package static func == (a: AssureError, b: AssureError) -> Bool { a.code == b.code }
}

extension AssureError: CustomStringConvertible {
  package var description: String { place.isEmpty ? reason : place + ": " + reason }
}
