/// Something about the report itself that a reviewer must look at.
package struct DisclosureFinding: Sendable, Hashable {
  package let code: String
  /// The code, mark, target or figure it is about.
  package let subject: String
  package let message: String
  /// Where it stands.
  package let place: String

  package init(code: String, subject: String, message: String, place: String) {
    self.code = code
    self.subject = subject
    self.message = message
    self.place = place
  }
}
