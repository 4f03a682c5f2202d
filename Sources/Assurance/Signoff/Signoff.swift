package import Trail

/// A statement and its signature, as the store keeps them and a pack carries them.
package struct Signoff: Hashable, Sendable {
  package let statement: Statement
  /// SSH signature in armour over the statement's bytes, in the namespace of its role.
  package let signature: [UInt8]
  // Of the statement, read once: every sign-off is compared with those before it.
  package let scope: SignoffScope?
  package let role: SignoffRole?
  package let decision: SignoffDecision?

  package init(statement: Statement, signature: [UInt8]) {
    self.statement = statement
    self.signature = signature
    scope = SignoffScope(statement.fields.scope)
    role = SignoffRole(rawValue: statement.fields.role)
    decision = SignoffDecision(rawValue: statement.fields.decision)
  }

  /// Number, role and name, safe as a file name: `0002-reviewer-bob_example.org`.
  package var name: String {
    let fields = statement.fields
    let number = String(fields.number)
    let zeros = String(repeating: "0", count: max(0, 4 - number.utf8.count))
    let signer = String(
      decoding: fields.signer.utf8.map { byte in
        let isKept =
          (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte) || byte == 0x2E || byte == 0x2D
        return isKept ? byte : 0x5F
      }.prefix(60), as: UTF8.self)
    return "\(zeros)\(number)-\(fields.role)-\(signer)"
  }
}

/// How a sign-off stands. Computed from bytes whenever it is asked for, and stored nowhere.
package enum SignoffState: Hashable, Sendable {
  /// It is what its signer saw, and all of it.
  case current
  /// Files that it covers have other bytes now, or are gone.
  case stale([String])
  /// What it covers is as it was, but the scope has further files that its signer did not see.
  case scopeGrew([String])
  /// What it covered changed, and its role has signed what is there now, in the statement of that
  /// number.
  case superseded(Int)
  /// What it covers is not here to be compared.
  case elsewhere
  /// Taken back by its signer, in the statement of that number.
  case withdrawn(Int)
  /// The key was not allowed this name and role at that time, or is revoked.
  case void(String)
  /// What must be signed before it was not.
  case outOfOrder(String)
  /// Signed by somebody who may not: who did the work, or took part where nobody may have.
  case notIndependent(String)
  /// No statement of this engagement's, or not the statement that was signed.
  case broken(String)

  /// One or two words, the same in every output.
  package var word: String {
    switch self {
    case .current: "current"
    case .stale: "stale"
    case .scopeGrew: "scope grew"
    case .superseded: "signed again"
    case .elsewhere: "not here"
    case .withdrawn: "withdrawn"
    case .void: "void"
    case .outOfOrder: "out of order"
    case .notIndependent: "not independent"
    case .broken: "broken"
    }
  }

  /// What is behind the word; empty for a current one.
  package var detail: String {
    switch self {
    case .current: ""
    case .superseded(let number): "changed since, signed again in statement \(number)"
    case .elsewhere: "what it covers is not here to be compared"
    case .stale(let paths): "changed since: \(paths.joined(separator: ", "))"
    case .scopeGrew(let paths): "not seen by its signer: \(paths.joined(separator: ", "))"
    case .withdrawn(let number): "taken back in statement \(number)"
    case .void(let why), .outOfOrder(let why), .notIndependent(let why), .broken(let why): why
    }
  }

  /// Whether its signer could make it good by signing again.
  package var isOutdated: Bool {
    switch self {
    case .stale, .scopeGrew: true
    default: false
    }
  }

  /// Whether it was signed as it should be, whatever happened to the files since.
  package var isProper: Bool {
    if case .superseded = self { return true }
    return self == .current || self == .elsewhere || isOutdated
  }
}
