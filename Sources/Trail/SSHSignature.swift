import Crypto
import Synchronization

/// A file signature as `ssh-keygen -Y sign` makes it, not yet checked (PROTOCOL.sshsig).
package struct SSHSignature: Hashable, Sendable {
  /// Hash of the message that is signed.
  package enum Hash: String, Sendable {
    case sha256, sha512
  }

  package let publicKey: SSHPublicKey
  package let namespace: String
  package let hash: Hash
  /// Blob of the signature proper.
  let signature: [UInt8]

  private static let magic = Array("SSHSIG".utf8)
  private static let header = Array("-----BEGIN SSH SIGNATURE-----\n".utf8)
  private static let footer = Array("-----END SSH SIGNATURE-----\n".utf8)

  /// Bytes in a signature file, at most.
  package static let byteCountMax = 32 * 1024

  /// Reads a `.sig` file: header, base64 in lines of any width, footer, nothing before or after.
  package init(armored bytes: [UInt8]) throws {
    guard bytes.count <= SSHSignature.byteCountMax, bytes.starts(with: SSHSignature.header),
      bytes.count > SSHSignature.header.count + SSHSignature.footer.count,
      bytes.suffix(SSHSignature.footer.count).elementsEqual(SSHSignature.footer)
    else {
      throw TrailError(.signatureMalformed, "not one SSH signature from header to footer")
    }
    let body = bytes.dropFirst(SSHSignature.header.count).dropLast(SSHSignature.footer.count)
    let lines = body.split(separator: 0x0A, omittingEmptySubsequences: false)
    guard lines.last?.isEmpty == true, lines.dropLast().allSatisfy({ !$0.isEmpty }),
      let blob = Base64.bytes(lines.joined().map { $0 })
    else { throw TrailError(.signatureMalformed, "base64 of the signature is malformed") }
    try self.init(blob: blob)
  }

  /// Reads the blob inside the armor.
  package init(blob: [UInt8]) throws {
    var reader = SSHWireReader(blob, refusing: .signatureMalformed)
    guard try reader.fixed(6) == SSHSignature.magic else {
      throw TrailError(.signatureMalformed, "blob does not begin with SSHSIG")
    }
    // OpenSSH refuses only greater versions; there has been no version but 1.
    let version = try reader.uint32()
    guard version == 1 else {
      throw TrailError(.signatureUnsupported, "signature version \(version) is not supported")
    }
    publicKey = try SSHPublicKey(blob: try reader.string())
    namespace = try reader.text()
    guard !namespace.isEmpty else {
      throw TrailError(.signatureMalformed, "signature has no namespace")
    }
    // OpenSSH ignores what stands here, signed or not.
    guard try reader.string().isEmpty else {
      throw TrailError(.signatureUnsupported, "reserved field of the signature is not empty")
    }
    let name = try reader.text()
    guard let hash = Hash(rawValue: name) else {
      throw TrailError(.signatureUnsupported, "hash \(name) is not supported")
    }
    self.hash = hash
    signature = try reader.string()
    try reader.end()
  }

  /// What the key signs: never the message itself.
  static func signedData(message: [UInt8], namespace: String, hash: Hash) -> [UInt8] {
    var writer = SSHWireWriter()
    writer.raw(magic)
    writer.string(namespace)
    writer.string([])
    writer.string(hash.rawValue)
    switch hash {
    case .sha256: writer.string(Digest(of: message).bytes)
    case .sha512: writer.string(Array(SHA512.hash(data: message)))
    }
    return writer.bytes
  }

  /// Demands that this key signs this message in this namespace. Says nothing of whose key it is;
  /// `verified` does.
  package func check(key: SSHPublicKey, message: [UInt8], namespace: String) throws {
    guard self.namespace.isSame(as: namespace) else {
      throw TrailError(
        .signatureWrong, "signature is of namespace \(self.namespace), not \(namespace)")
    }
    let data = SSHSignature.signedData(message: message, namespace: namespace, hash: hash)
    try GoodSignatures.check([key.blob, signature, data]) {
      try SSHKeyCheck.check(signature: signature, by: key, over: data)
    }
  }

  /// Demands all that `ssh-keygen -Y verify` does: an allowed signer of this name, for this
  /// namespace, at this time, not revoked, and a good signature.
  ///
  /// For a bracket of time, call it for both ends: a key must be valid at both.
  package func verified(
    message: [UInt8], principal: String, namespace: String, at time: UTCTime,
    signers: AllowedSigners, revoked: RevokedKeys = RevokedKeys()
  ) throws -> VerifiedSignature {
    let certificate =
      SSHCertificate.isCertificate(publicKey.type) ? try SSHCertificate(publicKey) : nil
    let key = certificate?.key ?? publicKey
    for key in [publicKey, key, certificate?.authority].compactMap({ $0 }) {
      guard !revoked.contains(key) else {
        throw TrailError(.signerRevoked, "key \(key.fingerprint) is revoked")
      }
    }
    let entry = try signers.entry(
      for: certificate?.authority ?? key, byAuthority: certificate != nil, principal: principal,
      namespace: namespace, at: time)
    try certificate?.check(principal: principal, at: time)
    try check(key: key, message: message, namespace: namespace)
    return VerifiedSignature(
      principal: principal, namespace: namespace, key: key, certificate: certificate, time: time,
      entry: entry)
  }
}

/// A signature by an allowed signer. Only `SSHSignature.verified` makes one.
package struct VerifiedSignature: Hashable, Sendable {
  package let principal: String
  package let namespace: String
  /// The person's key, also where a certificate vouches for it.
  package let key: SSHPublicKey
  package let certificate: SSHCertificate?
  /// Instant the key was asked to be valid at.
  package let time: UTCTime
  /// What in allowed_signers let it pass; `entry.principals.isExact` tells a name from a pattern.
  package let entry: AllowedSigners.Entry

  fileprivate init(
    principal: String, namespace: String, key: SSHPublicKey, certificate: SSHCertificate?,
    time: UTCTime, entry: AllowedSigners.Entry
  ) {
    (self.principal, self.namespace, self.key) = (principal, namespace, key)
    (self.certificate, self.time, self.entry) = (certificate, time, entry)
  }
}

/// Signatures that were found good in this process, by a digest over key, signature and what is
/// signed: pages, sign-offs and seal ask about the same ones.
private enum GoodSignatures {
  private static let known = Mutex<Set<Digest>>([])
  private static let countMax = 1 << 16

  /// Runs the check unless these very bytes passed it before. What fails is never remembered.
  static func check(_ parts: [[UInt8]], _ body: () throws -> Void) throws {
    var stream = DigestStream()
    for part in parts {
      stream.update(Array("\(part.count):".utf8))
      stream.update(part)
    }
    let digest = stream.digest()
    if known.withLock({ $0.contains(digest) }) { return }
    try body()
    known.withLock {
      if $0.count >= countMax { $0.removeAll() }
      $0.insert(digest)
    }
  }
}
