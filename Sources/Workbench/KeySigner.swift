import Assurance
import Foundation
import Trail

/// Signing by `ssh-keygen`, so that agents, passphrases and hardware keys work as their owner set
/// them up and no private key ever comes into this process.
enum KeySigner {
  /// The armoured signature of a statement by a key.
  ///
  /// - Parameter key: a private key file, or the public one of a key in the agent or on a token.
  /// - Throws: `no-ssh-keygen`, `key-refused` with the words of `ssh-keygen`.
  static func sign(_ statement: Statement, key: String) throws(AssureError) -> [UInt8] {
    guard FileManager.default.isReadableFile(atPath: key) else {
      throw AssureError(
        "no-such-key", place: key, "there is no key file that can be read",
        remedy: "name your key with --key, such as ~/.ssh/id_ed25519 or its .pub in an agent")
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "ssh-keygen", "-Y", "sign", "-f", key, "-n", statement.namespace,
    ]
    let (input, output, words) = (Pipe(), Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (input, output)
    process.standardError = words
    do { try process.run() } catch {
      throw AssureError(
        "no-ssh-keygen", place: "ssh-keygen", "it cannot be started",
        remedy: "install the package openssh-client")
    }
    // At most 64 KiB, which a pipe holds: nothing waits for anything.
    try? input.fileHandleForWriting.write(contentsOf: Data(statement.bytes))
    try? input.fileHandleForWriting.close()
    let armour = output.fileHandleForReading.readDataToEndOfFile()
    let said = words.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0, !armour.isEmpty else {
      let text = String(decoding: said, as: UTF8.self)
        .split(whereSeparator: \.isNewline).joined(separator: "; ")
      throw AssureError(
        "key-refused", place: key, "ssh-keygen did not sign: \(text.isEmpty ? "no words" : text)",
        remedy: "try `ssh-keygen -Y sign` with this key; a key with PIN needs a terminal")
    }
    return Array(armour)
  }
}
