import Assurance
import Foundation
import Pack
import Testing

@testable import Workbench

/// A made engagement with three people and more where asked for, a key each and two for Alice, and
/// a workpaper to sign.
final class SigningCase {
  let made: MadeEngagement
  private let keys: String

  /// - Parameters:
  ///   - more: further members, as lines of YAML.
  ///   - files: of the policy, beside the usual ones.
  init(more: String = "", files: [String: String] = [:]) throws {
    made = try MadeEngagement(files: files)
    keys = FileManager.default.temporaryDirectory.appending(path: "keys-\(UUID())").path()
    try made.edit(
      "engagement.yaml", "  - {name: Name, role: preparer}    # preparer, reviewer, partner or eqr",
      """
        - {name: Alice, role: preparer, signers: [alice@example.org, alice.home@example.org]}
        - {name: Bob, role: reviewer, signers: [bob@example.org]}
        - {name: Carol, role: partner, signers: [carol@example.org]}
      \(more)
      """)
    _ = try made.ingest("1,2021-01-01,50,a", "2,2021-02-01,70,a")
    try FileManager.default.createDirectory(atPath: keys, withIntermediateDirectories: true)
    var lines = ""
    for (name, roles) in [
      ("alice", "preparer"), ("alice.home", "reviewer"), ("bob", "reviewer"), ("carol", "partner"),
      ("dora", "eqr"),
    ] {
      let ran = try shell(
        "ssh-keygen -q -t ed25519 -N '' -C '' -f '\(key(name))' && cat '\(key(name)).pub'")
      let key = ran.output.trimmingCharacters(in: .whitespacesAndNewlines)
      lines += "\(name)@example.org namespaces=\"\(roles)@assure\" \(key)\n"
    }
    try MadeEngagement.write(lines, to: made.path + "/keys/allowed_signers")
  }

  deinit { try? FileManager.default.removeItem(atPath: keys) }

  func key(_ name: String) -> String { keys + "/" + name }

  /// Signs the workpaper, or something else, as one of the people.
  @discardableResult
  func sign(
    _ name: String, _ role: SignoffRole, key other: String? = nil, pack: String? = nil,
    withdraws: Int? = nil, scope: SignoffScope? = nil, decision: SignoffDecision? = nil,
    comment: String? = nil
  ) throws -> Signoff {
    let engagement = try made.open()
    let wish = SigningWish(
      scope: scope ?? (pack == nil ? .workpaper("water") : .pack), folder: pack, role: role,
      decision: withdraws == nil ? decision : .withdrawn, withdraws: withdraws,
      signer: name + "@example.org", comment: comment)
    return try engagement.sign(
      try engagement.statement(wish), wish: wish, key: key(other ?? name))
  }

  /// The engagement, opened by somebody.
  func open(as actor: String) throws -> Engagement {
    try Engagement(folder: made.path, actor: actor)
  }

  func states() throws -> [String] {
    try made.open().signoffBoard().entries.map(\.state.word)
  }

  /// Writes a pack and gives its folder.
  func pack(_ name: String = "one") throws -> String {
    let folder = made.path + "/packs/" + name
    _ = try made.open().pack(kpis: ["water"], to: folder, tool: "test")
    return folder
  }

  func codes(_ pack: String) throws -> Set<String> {
    Set(try PackVerifier.verify(pack).findings.map(\.code))
  }

  func shell(_ line: String, in folder: String = "/") throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = URL(filePath: folder)
    let pipe = Pipe()
    (process.standardOutput, process.standardError) = (pipe, pipe)
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  /// Makes every list of a pack fit its files again, as who hides a change would.
  func redoManifests(_ pack: String) throws {
    let script = """
      set -e
      n=$(find data -type f | wc -l | tr -d ' ')
      b=$(find data -type f -print0 | xargs -0 cat | wc -c | tr -d ' ')
      sed -i "s/^Payload-Oxum: .*/Payload-Oxum: $b.$n/" bag-info.txt
      for a in 256 512; do
        find data -type f -print0 | LC_ALL=C sort -z | xargs -0 sha${a}sum > manifest-sha$a.txt
      done
      for a in 256 512; do
        sha${a}sum START-HERE.html VERIFY.txt bag-info.txt bagit.txt manifest-sha256.txt \
          manifest-sha512.txt verify.html > tagmanifest-sha$a.txt
      done
      """
    #expect(try shell(script, in: pack).status == 0)
  }
}
