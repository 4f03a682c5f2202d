import Crypto
import Foundation
import Pack
import Trail

/// An Ed25519 key for tests that signs as `ssh-keygen -Y sign` does. Its secret is a letter;
/// nothing may ever trust it.
struct TestKey {
  let name: String
  private let secret: Curve25519.Signing.PrivateKey

  init(_ name: String, letter: UInt8) throws {
    self.name = name
    secret = try Curve25519.Signing.PrivateKey(
      rawRepresentation: [UInt8](repeating: letter, count: 32))
  }

  private static func string(_ bytes: some Collection<UInt8>) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (24 - 8 * $0)) } + bytes
  }

  private var blob: [UInt8] {
    Self.string(Array("ssh-ed25519".utf8))
      + Self.string(Array(secret.publicKey.rawRepresentation))
  }

  /// As in a `.pub` file.
  var line: String { "ssh-ed25519 " + Base64.text(blob) }

  /// PROTOCOL.sshsig, hash SHA-512, lines of 70 characters as ssh-keygen writes them.
  func sign(_ message: [UInt8], _ namespace: String) throws -> [UInt8] {
    let head = Self.string(Array(namespace.utf8)) + Self.string([])
    let hash = Self.string(Array("sha512".utf8))
    let data =
      Array("SSHSIG".utf8) + head + hash + Self.string(Array(SHA512.hash(data: message)))
    let signature =
      Self.string(Array("ssh-ed25519".utf8)) + Self.string(Array(try secret.signature(for: data)))
    let all =
      Array("SSHSIG".utf8) + [0, 0, 0, 1] + Self.string(blob) + head + hash
      + Self.string(signature)
    let text = Array(Base64.text(all).utf8)
    let lines = stride(from: 0, to: text.count, by: 70).map {
      String(decoding: text[$0..<min($0 + 70, text.count)], as: UTF8.self) + "\n"
    }
    return Array(
      ("-----BEGIN SSH SIGNATURE-----\n" + lines.joined() + "-----END SSH SIGNATURE-----\n").utf8)
  }
}
