/// A thing this room refuses to go on with.
///
/// A refusal of somebody's bytes is data for a report: the code is stable, the message is for
/// people.
package struct TrailError: Error, Hashable, Sendable {
  /// Stable name of the refusal.
  package enum Code: String, CaseIterable, Sendable {
    case checkpointMalformed, checkpointOrigin
    case fileUnreadable
    case hashMissing
    case jsonMalformed, jsonNotCanonical
    case keyMalformed
    case lineTooLong, lineUnfinished
    case noteMalformed, noteSignatureWrong, noteUnsigned
    case policyMalformed
    case proofMalformed, proofWrong
    case rangeOutside
    case revocationMalformed, revocationUnsupported
    case signatureMalformed, signatureUnsupported, signatureWrong
    case signerRevoked, signerUnknown, signersMalformed
    case statementMalformed
  }

  package let code: Code
  /// What was met and why it is refused; lower case, no full stop.
  package let message: String
  /// Line number from 1, where the input has lines.
  package let line: Int?

  package init(_ code: Code, _ message: String, line: Int? = nil) {
    self.code = code
    self.message = message
    self.line = line
  }
}

extension TrailError: CustomStringConvertible {
  package var description: String {
    line.map { "line \($0): \(message)" } ?? message
  }
}
