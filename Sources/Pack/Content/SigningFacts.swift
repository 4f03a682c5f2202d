package import Assurance

/// Who signed what, and who may.
package struct SigningFacts: Sendable {
  /// In the order of their numbers.
  package var signoffs: [Signoff]
  /// The engagement's own list, in the form of `ssh-keygen`. A reader brings her own: a copy that
  /// comes with the pack is a claim.
  package var allowedSigners: [UInt8]
  /// From a signer's name to the person, so that two keys of one person are one person.
  package var people: [(signer: String, person: String)]
  /// Who does what; nil in packs of a time before it was written down.
  package var terms: Terms?

  package init(
    signoffs: [Signoff], allowedSigners: [UInt8], people: [(signer: String, person: String)],
    terms: Terms? = nil
  ) {
    self.signoffs = signoffs
    self.allowedSigners = allowedSigners
    self.people = people
    self.terms = terms
  }
}
