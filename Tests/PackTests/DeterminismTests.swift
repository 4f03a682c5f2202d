import Assurance
import Foundation
import Pack
import Testing

/// The same content gives the same bytes, whatever surrounds the process.
@Suite struct DeterminismTests {
  private let fingerprint =
    "find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum; "
    + "find . -printf '%m %p\\n' | LC_ALL=C sort"

  @Test func twiceAndElsewhere() throws {
    let folder = try TemporaryFolder()
    let first = try folder.pack("first")
    try Tamper.makeFolder(folder.path + "/deeper")
    let old = umask(0o077)
    let second = try folder.pack("deeper/second")
    umask(old)
    let a = try CommandResult.run(fingerprint, in: first)
    let b = try CommandResult.run(fingerprint, in: second)
    #expect(a.status == 0 && a.output == b.output)
    #expect(a.output.contains("644 ./data/index.html") && a.output.contains("755 ./data\n"))
  }

  /// Order of files given makes no difference.
  @Test func orderOfFiles() throws {
    let folder = try TemporaryFolder()
    let first = try folder.pack("first")
    let second = try folder.pack("second") { $0.policies.reverse() }
    let line = "cat tagmanifest-sha256.txt"
    #expect(
      try CommandResult.run(line, in: first).output
        == CommandResult.run(line, in: second).output)
  }

  /// No name of host, user or folder is in a pack.
  @Test func nothingOfTheMachine() throws {
    let folder = try TemporaryFolder()
    let pack = try folder.pack()
    let names = [ProcessInfo.processInfo.hostName, folder.path, NSUserName() + "@"]
    for name in names where name.utf8.count > 4 {
      let result = try CommandResult.run("grep -rF '\(name)' . | head -3", in: pack)
      #expect(result.output.isEmpty, "\(result.output)")
    }
  }
}
