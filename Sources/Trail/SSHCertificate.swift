/// A certificate by which a firm's key vouches for a person's key (PROTOCOL.certkeys).
///
/// Parsing checks the form and the authority's signature, not whether the authority is trusted.
package struct SSHCertificate: Hashable, Sendable {
  /// The person's key, without what is certified of it.
  package let key: SSHPublicKey
  package let serial: UInt64
  /// Free text of the authority.
  package let keyID: String
  /// Exact names; none certifies none.
  package let principals: [String]
  /// First second of validity, Unix time.
  package let validAfter: UInt64
  /// First second after validity, Unix time.
  package let validBefore: UInt64
  package let authority: SSHPublicKey

  private static let mark = "-cert-v01@openssh.com"

  /// Whether a key type is a certificate's.
  static func isCertificate(_ type: String) -> Bool { type.hasSuffix(mark) }

  /// Reads a certificate and checks the authority's signature.
  ///
  /// Refused: host certificates, certificates over certificates, and critical options: OpenSSH
  /// passes them over for files, but they limit what was certified.
  package init(_ certificate: SSHPublicKey) throws {
    var reader = SSHWireReader(certificate.blob, refusing: .keyMalformed)
    let (type, fieldCount) = try SSHCertificate.plain(try reader.text())
    _ = try reader.string()
    var plain = SSHWireWriter()
    plain.string(type)
    for _ in 0..<fieldCount { plain.string(try reader.string()) }
    key = try SSHPublicKey(blob: plain.bytes)
    serial = try reader.uint64()
    guard try reader.uint32() == 1 else {
      throw TrailError(.signatureUnsupported, "certificate is not of a user")
    }
    keyID = try reader.text()
    var names = SSHWireReader(try reader.string(), refusing: .keyMalformed)
    var principals: [String] = []
    while !names.isAtEnd { principals.append(try names.text()) }
    self.principals = principals
    validAfter = try reader.uint64()
    validBefore = try reader.uint64()
    guard try reader.string().isEmpty else {
      throw TrailError(.signatureUnsupported, "certificate has critical options")
    }
    _ = try reader.string()
    _ = try reader.string()
    authority = try SSHPublicKey(blob: try reader.string())
    guard !SSHCertificate.isCertificate(authority.type) else {
      throw TrailError(.keyMalformed, "certificate is signed by a certificate")
    }
    let signature = try reader.string()
    try reader.end()
    let signed = Array(certificate.blob.dropLast(4 + signature.count))
    try SSHKeyCheck.check(signature: signature, by: authority, over: signed)
  }

  /// The plain type and how many fields its key has.
  private static func plain(_ type: String) throws -> (type: String, fieldCount: Int) {
    switch type.dropLast(isCertificate(type) ? mark.count : 0) {
    case "ssh-ed25519": return ("ssh-ed25519", 1)
    case "ecdsa-sha2-nistp256": return ("ecdsa-sha2-nistp256", 2)
    case "ecdsa-sha2-nistp384": return ("ecdsa-sha2-nistp384", 2)
    case "ecdsa-sha2-nistp521": return ("ecdsa-sha2-nistp521", 2)
    case "ssh-rsa": return ("ssh-rsa", 2)
    case "sk-ssh-ed25519": return ("sk-ssh-ed25519@openssh.com", 2)
    case "sk-ecdsa-sha2-nistp256": return ("sk-ecdsa-sha2-nistp256@openssh.com", 3)
    default:
      throw TrailError(.signatureUnsupported, "certificates of type \(type) are not supported")
    }
  }

  /// Demands that it names this principal and holds at this time.
  func check(principal: String, at time: UTCTime) throws {
    guard principals.contains(where: { $0.isSame(as: principal) }) else {
      throw TrailError(.signerUnknown, "certificate is not for \(principal)")
    }
    let seconds = UInt64(time.unixSeconds)
    guard seconds >= validAfter, seconds < validBefore else {
      throw TrailError(.signerUnknown, "certificate is not valid at \(time)")
    }
  }
}
