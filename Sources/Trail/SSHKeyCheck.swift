import Crypto
import CryptoExtras

/// Signatures of single key types: does this blob sign these bytes?
///
/// RFC 8032 (Ed25519), RFC 5656 (ECDSA), RFC 8332 (RSA with SHA-2), PROTOCOL.u2f (sk-). Throws
/// `signatureUnsupported` for other types, `signatureMalformed` for a blob that is none of its
/// type, `signatureWrong` for one that does not verify.
enum SSHKeyCheck {
  /// Smallest RSA modulus, bits.
  static let rsaBitsMin = 2048
  /// Largest RSA modulus, bits; OpenSSH's own limit.
  static let rsaBitsMax = 16384

  static func check(signature: [UInt8], by key: SSHPublicKey, over data: [UInt8]) throws {
    var reader = SSHWireReader(signature, refusing: .signatureMalformed)
    let algorithm = try reader.text()
    var fields = SSHWireReader(key.blob, refusing: .keyMalformed)
    _ = try fields.text()
    guard try algorithms(of: key.type).contains(algorithm) else {
      throw TrailError(.signatureWrong, "a \(key.type) key makes no \(algorithm) signature")
    }
    let isGood: Bool
    switch key.type {
    case "ssh-ed25519":
      isGood = try ed25519(&fields, &reader, over: data)
    case "ecdsa-sha2-nistp256":
      isGood = try ecdsa(.nistp256, &fields, &reader, over: data)
    case "ecdsa-sha2-nistp384":
      isGood = try ecdsa(.nistp384, &fields, &reader, over: data)
    case "ecdsa-sha2-nistp521":
      isGood = try ecdsa(.nistp521, &fields, &reader, over: data)
    case "ssh-rsa":
      isGood = try rsa(algorithm, &fields, &reader, over: data)
    default:
      isGood = try securityKey(key.type, &fields, &reader, over: data)
    }
    guard isGood else { throw TrailError(.signatureWrong, "signature does not verify") }
  }

  /// What a key of this type may call its signatures. SHA-1 (`ssh-rsa`) is never among them.
  private static func algorithms(of type: String) throws -> [String] {
    switch type {
    case "ssh-rsa": return ["rsa-sha2-256", "rsa-sha2-512"]
    case "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
      "sk-ssh-ed25519@openssh.com":
      return [type]
    case "sk-ecdsa-sha2-nistp256@openssh.com":
      return [type, webauthn]
    default:
      throw TrailError(.signatureUnsupported, "keys of type \(type) are not supported")
    }
  }

  private static let webauthn = "webauthn-sk-ecdsa-sha2-nistp256@openssh.com"

  private static func ed25519(
    _ key: inout SSHWireReader, _ signature: inout SSHWireReader, over data: [UInt8]
  ) throws -> Bool {
    let publicKey = try Curve25519.Signing.PublicKey(point: try key.string())
    try key.end()
    let body = try signature.string()
    try signature.end()
    return body.count == 64 && publicKey.isValidSignature(body, for: data)
  }

  private enum Curve: String {
    case nistp256, nistp384, nistp521

    var fieldByteCount: Int {
      switch self {
      case .nistp256: 32
      case .nistp384: 48
      case .nistp521: 66
      }
    }
  }

  private static func point(_ curve: Curve, _ key: inout SSHWireReader) throws -> [UInt8] {
    let name = try key.text()
    let point = try key.string()
    guard name == curve.rawValue, point.first == 4, point.count == 1 + 2 * curve.fieldByteCount
    else { throw TrailError(.keyMalformed, "not an uncompressed point of \(curve.rawValue)") }
    return point
  }

  /// r and s, each padded to the width of the field.
  private static func pair(_ curve: Curve, _ body: [UInt8]) throws -> [UInt8] {
    var reader = SSHWireReader(body, refusing: .signatureMalformed)
    let numbers = [try reader.natural(), try reader.natural()]
    try reader.end()
    let width = curve.fieldByteCount
    guard numbers.allSatisfy({ $0.count <= width }) else {
      throw TrailError(.signatureMalformed, "number of a signature is too long")
    }
    return numbers.flatMap { [UInt8](repeating: 0, count: width - $0.count) + $0 }
  }

  private static func ecdsa(
    _ curve: Curve, _ key: inout SSHWireReader, _ signature: inout SSHWireReader,
    over data: [UInt8]
  ) throws -> Bool {
    let point = try point(curve, &key)
    try key.end()
    let pair = try pair(curve, try signature.string())
    try signature.end()
    do {
      switch curve {
      case .nistp256:
        return try P256.Signing.PublicKey(x963Representation: point)
          .isValidSignature(try P256.Signing.ECDSASignature(rawRepresentation: pair), for: data)
      case .nistp384:
        return try P384.Signing.PublicKey(x963Representation: point)
          .isValidSignature(try P384.Signing.ECDSASignature(rawRepresentation: pair), for: data)
      case .nistp521:
        return try P521.Signing.PublicKey(x963Representation: point)
          .isValidSignature(try P521.Signing.ECDSASignature(rawRepresentation: pair), for: data)
      }
    } catch {
      throw TrailError(.keyMalformed, "not a point of \(curve.rawValue)")
    }
  }

  private static func rsa(
    _ algorithm: String, _ key: inout SSHWireReader, _ signature: inout SSHWireReader,
    over data: [UInt8]
  ) throws -> Bool {
    let exponent = try key.natural()
    let modulus = try key.natural()
    try key.end()
    let bits = modulus.count * 8 - (modulus.first?.leadingZeroBitCount ?? 0)
    guard (rsaBitsMin...rsaBitsMax).contains(bits), exponent.last.map({ $0 & 1 == 1 }) ?? false
    else { throw TrailError(.signatureUnsupported, "RSA keys of \(bits) bits are not accepted") }
    let body = try signature.string()
    try signature.end()
    guard body.count == modulus.count else {
      throw TrailError(.signatureMalformed, "RSA signature is not as long as the modulus")
    }
    guard let publicKey = try? _RSA.Signing.PublicKey(n: modulus, e: exponent) else {
      throw TrailError(.keyMalformed, "not an RSA key")
    }
    let value = _RSA.Signing.RSASignature(rawRepresentation: body)
    return algorithm == "rsa-sha2-512"
      ? publicKey.isValidSignature(
        value, for: SHA512.hash(data: data), padding: .insecurePKCS1v1_5)
      : publicKey.isValidSignature(
        value, for: SHA256.hash(data: data), padding: .insecurePKCS1v1_5)
  }

  /// A FIDO token signs SHA-256(application) ‖ flags ‖ counter ‖ SHA-256(data); its holder must
  /// have touched it (flag 01), which `ssh-keygen -Y verify` does not ask for.
  private static func securityKey(
    _ type: String, _ key: inout SSHWireReader, _ signature: inout SSHWireReader,
    over data: [UInt8]
  ) throws -> Bool {
    let isEd25519 = type == "sk-ssh-ed25519@openssh.com"
    let point = isEd25519 ? try key.string() : try point(.nistp256, &key)
    let application = try key.string()
    try key.end()
    let body = try signature.string()
    let flags = try signature.byte()
    let counter = try signature.fixed(4)
    guard signature.isAtEnd else {
      throw TrailError(.signatureUnsupported, "webauthn signatures are not supported")
    }
    guard flags & 1 == 1 else {
      throw TrailError(.signatureWrong, "the security key was not touched")
    }
    let message =
      Digest(of: application).bytes + [flags] + counter + Digest(of: data).bytes
    if isEd25519 {
      let publicKey = try Curve25519.Signing.PublicKey(point: point)
      return body.count == 64 && publicKey.isValidSignature(body, for: message)
    }
    let pair = try pair(.nistp256, body)
    guard let publicKey = try? P256.Signing.PublicKey(x963Representation: point),
      let value = try? P256.Signing.ECDSASignature(rawRepresentation: pair)
    else { throw TrailError(.keyMalformed, "not a point of nistp256") }
    return publicKey.isValidSignature(value, for: message)
  }
}

extension Curve25519.Signing.PublicKey {
  /// From 32 bytes; throws `keyMalformed` for any other count.
  fileprivate init(point: [UInt8]) throws {
    guard point.count == 32, let key = try? Self(rawRepresentation: point) else {
      throw TrailError(.keyMalformed, "not an Ed25519 key of 32 bytes")
    }
    self = key
  }
}
