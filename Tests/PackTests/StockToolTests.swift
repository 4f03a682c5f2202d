import Foundation
import Pack
import Testing

/// Tools that everybody has agree with us about a pack, whole and broken.
@Suite struct StockToolTests {
  private let whole = """
    sha256sum --check --strict --quiet tagmanifest-sha256.txt manifest-sha256.txt && \
    sha512sum --check --strict --quiet tagmanifest-sha512.txt manifest-sha512.txt
    """

  @Test func checksumLists() throws {
    let folder = try TemporaryFolder()
    let pack = try folder.pack()
    let before = try CommandResult.run(whole, in: pack)
    #expect(before.status == 0 && before.output.isEmpty, "\(before.output)")
    try Tamper.flip(pack + "/data/ledger/water-consumption-population.csv", at: 40)
    #expect(try CommandResult.run(whole, in: pack).status != 0)
  }

  @Test func nothingButListedFiles() throws {
    let folder = try TemporaryFolder()
    let pack = try folder.pack()
    let line = """
      find data -type f | LC_ALL=C sort > ../there; cut -c 67- manifest-sha256.txt | diff - ../there
      find . ! -type f ! -type d
      """
    let result = try CommandResult.run(line, in: pack)
    #expect(result.status == 0 && result.output.isEmpty, "\(result.output)")
  }

  /// RFC 8493 by the reference tool.
  @Test func bagitPython() throws {
    let folder = try TemporaryFolder()
    let pack = try folder.pack()
    let python = ProcessInfo.processInfo.environment["ASSURE_TEST_PYTHON"] ?? "python3"
    let line = "\(python) -c 'import bagit' 2>/dev/null || exit 77; \(python) -m bagit --validate ."
    let result = try CommandResult.run(line, in: pack)
    guard result.status != 77 else {
      print("skipped: bagit is not importable by \(python) (pip install bagit)")
      return
    }
    #expect(result.status == 0, "\(result.output)")
  }

  /// The commands that the pack gives for a ticket print that ticket.
  @Test func ticketByHand() throws {
    let folder = try TemporaryFolder()
    let pack = try folder.pack()
    let path = pack + "/data/samples/water-consumption-round-1-redraw.txt"
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let commands = lines.drop { !$0.hasPrefix("  SEED=") }.prefix(6).joined(separator: "\n")
    let result = try CommandResult.run("command -v bc >/dev/null || exit 77\n" + commands, in: pack)
    guard result.status != 77 else {
      print("skipped: no bc")
      return
    }
    let last = try #require(lines.last).trimmingCharacters(in: .whitespaces)
    #expect(result.output.trimmingCharacters(in: .newlines) == last)
  }

  @Test func populationDigestIsThatOfTheFile() throws {
    let folder = try TemporaryFolder()
    let pack = try folder.pack()
    let result = try CommandResult.run(
      "grep -c \"$(sha256sum data/ledger/water-consumption-population.csv | cut -c 1-64)\" "
        + "data/workpapers/water-consumption.md data/trail/events.jsonl", in: pack)
    #expect(
      result.output == "data/workpapers/water-consumption.md:3\ndata/trail/events.jsonl:1\n")
  }
}
