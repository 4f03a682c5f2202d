package import Trail

/// What a reader brings herself. Whatever she does not bring is taken from the pack, as a claim,
/// and that is said.
package struct ReaderTrust: Sendable {
  /// What came of a time-stamp token.
  package enum TokenVerdict: Hashable, Sendable {
    /// It is by an authority that the reader trusts.
    case good(UTCTime)
    case wrong(String)
    /// It could not be checked, with the reason.
    case notChecked(String)
  }

  /// Who may sign in which role.
  package var signers: AllowedSigners?
  package var revoked = RevokedKeys()
  /// The log's key and the witnesses that count.
  package var policy: LogPolicy?
  /// Heads that were kept elsewhere: printed on a report, in a mail, in somebody's statement.
  package var heads: [ToldHead] = []
  /// Checks an RFC 3161 reply over bytes; nil where there is no tool or no authority to check by.
  package var token: (@Sendable (_ stamped: [UInt8], _ reply: [UInt8]) -> TokenVerdict)?

  package init(signers: AllowedSigners? = nil) { self.signers = signers }
}
