import Assurance
import Foundation
import Pack
import Testing
import Trail

@testable import Workbench

/// A redacted pack withholds what policy calls personal, verifies in the rest, and follows from the
/// whole one.
@Suite struct RedactionTests {
  private func code(_ body: () throws -> Void) -> String { MadeEngagement.code(body) }

  /// "a redacted pack holds in their place salted digests everywhere"
  @Test func nothingPersonalIsInAnyFile() throws {
    let made = try RedactedCase()
    let files = try made.files(made.redacted)
    #expect(files.count > 40)
    // The whole pack has each of them: the search finds what is there.
    let whole = try made.files(made.full).values.map { String(decoding: $0, as: UTF8.self) }
    for secret in RedactedCase.secrets {
      #expect(whole.contains { $0.contains(secret) }, "\(secret)")
      for (path, bytes) in files {
        #expect(!String(decoding: bytes, as: UTF8.self).contains(secret), "\(secret) in \(path)")
      }
    }
    #expect(
      !files.keys.contains {
        $0.contains("Yip") || $0.contains("people.csv") && !$0.hasPrefix("data/signoffs")
      })
  }

  /// "A bare digest of a short value can be guessed": none of those that an outsider can work out
  /// from a key is there.
  @Test func nothingThatCanBeTriedIsInAnyFile() throws {
    let made = try RedactedCase()
    let text = try made.files(made.redacted).values.map { String(decoding: $0, as: UTF8.self) }
      .joined()
    let engagement = try made.signing.made.open()
    let draw = try #require(
      try engagement.store.read { try DrawTable.facts(kpi: "hours", round: 1, $0) })
    for item in draw.items {
      // The ticket is a function of the public seed and the key.
      #expect(!text.contains(item.ticket.prefix(20)))
      #expect(!text.contains(item.locator))
    }
    for person in RedactedCase.people {
      for guess in [person.id, "person/" + person.id, person.birth, person.name] {
        #expect(!text.contains(Digest(ofText: guess).hex.prefix(16)), "\(guess)")
      }
    }
    for exception in try engagement.exceptions() where exception.exception.kpi == "hours" {
      #expect(!text.contains(exception.id))
    }
    // Tables whose bytes could be tried are covered by no statement.
    let whole = try made.files(made.full)
    for path in [
      "data/ledger/hours-exceptions.csv", "data/samples/hours-round-1.csv",
      "data/ledger/hours-labels.csv", "data/samples/hours-round-1-keys.txt",
    ] {
      let bytes = try #require(whole[path])
      let isBlind = String(decoding: bytes, as: UTF8.self).contains(",blind,")
      #expect(isBlind || !text.contains(Digest(of: bytes).hex), "\(path)")
    }
  }

  /// The order of a list of people is who they are.
  @Test func theOrderTellsNothing() throws {
    let made = try RedactedCase()
    let ledger = try #require(try made.files(made.redacted)["data/ledger/hours-population.csv"])
    let rows = String(decoding: ledger, as: UTF8.self).split(separator: "\n").dropFirst()
    #expect(rows.count == 7)
    let keys = rows.map { String($0.split(separator: ",")[0]) }
    #expect(keys == keys.sorted() && keys.allSatisfy { $0.hasPrefix("person/withheld:") })
    #expect(rows.allSatisfy { $0.contains("people.csv@") && $0.contains("#withheld:") })
    // One person's two records are one person's.
    let tokens = keys.map { $0.split(separator: "~")[0] }
    #expect(Set(tokens).count == 6)
    // Two with one birthday are not seen to have one.
    let labels = try #require(try made.files(made.redacted)["data/ledger/hours-labels.csv"])
    let births = String(decoding: labels, as: UTF8.self).split(separator: "\n")
      .filter { $0.contains(",birth,") }.map { $0.split(separator: ",")[2] }
    #expect(births.count == 7 && Set(births).count == 7)
    #expect(births.allSatisfy { $0.hasPrefix("withheld:") })
    #expect(String(decoding: labels, as: UTF8.self).contains(",grade,A"))
  }

  @Test func itVerifiesInWhatItShows() throws {
    let made = try RedactedCase()
    let whole = try made.verdict(made.full)
    #expect(whole.findings == [] && whole.word == .validInPart && whole.redacted == [])
    let verdict = try made.verdict(made.redacted)
    #expect(verdict.findings == [])
    #expect(verdict.word == .redacted)
    #expect(verdict.line.hasPrefix("valid as a redaction, which is not the whole: "))
    let said = verdict.redacted.joined(separator: "\n")
    for what in [
      "hours: that its records have the frozen digest", "hours: that the seed draws these items",
      "0002-preparer-alice_example.org.txt: what it covers is redacted",
      "facts of events: the log has their salted digests", made.receipt.full,
    ] { #expect(said.contains(what), "\(what)") }
    let held = verdict.checked.joined(separator: "\n")
    for what in [
      "water: 2 records have the frozen digest", "water: 2 items drawn again",
      "hours: 2 drawn items are records of the population",
      "hours: 7 records have the frozen sum and totals", "pages, tables and texts built again",
    ] { #expect(held.contains(what), "\(what)") }
    // The workpaper that is not personal is there to the byte, and its signature holds.
    let (a, b) = (try made.files(made.full), try made.files(made.redacted))
    for path in ["data/workpapers/water.json", "data/workpapers/water.md"] {
      #expect(a[path] == b[path] && a[path] != nil)
    }
    #expect(b.keys.contains { $0.hasSuffix("-bill.pdf") })
    #expect(a["data/trail/events.jsonl"] == b["data/trail/events.jsonl"])
    let rerun = try PackRerun.run(try FolderReader(path: made.redacted))
    #expect(rerun.isSame && rerun.notMade.contains { $0.contains("keys are withheld") })
  }

  /// "Nobody can call a redacted pack the whole one: its bag-info says so"
  @Test func itSaysWhatItIs() throws {
    let made = try RedactedCase()
    let files = try made.files(made.redacted)
    func text(_ path: String) -> String { String(decoding: files[path] ?? [], as: UTF8.self) }
    #expect(made.receipt.full == (try made.verdict(made.full)).digest)
    #expect(
      text("bag-info.txt").contains(
        "Redaction-Of: the pack with tagmanifest-sha256.txt "
          + made.receipt.full))
    #expect(text("bag-info.txt").contains("External-Description: Redacted, not the whole: "))
    for path in ["START-HERE.html", "data/index.html", "VERIFY.txt"] {
      #expect(text(path).contains(made.receipt.full), "\(path)")
    }
    for (path, bytes) in files where path.hasPrefix("data/pages/") {
      #expect(String(decoding: bytes, as: UTF8.self).contains("Redacted evidence pack"), "\(path)")
    }
    let table = text("data/redaction.csv")
    for what in [
      "data/keys/redaction.key,left out", "people.csv,left out,,1,",
      "records with personal fields: person",
      "data/ledger/hours-population.csv,values,birth name staff,",
      "data/worksheets/out/hours-round-1.xlsx,left out", "evidence about hours",
      "data/trail/values.jsonl,values",
    ] { #expect(table.contains(what), "\(what)") }
    #expect(!table.contains("water"))
    #expect(files["data/keys/redaction.key"] == nil)
  }

  /// Without the words it is no pack at all.
  @Test func theWordsCanNotBeTakenAway() throws {
    let made = try RedactedCase()
    let copy = try made.changed(
      made.redacted,
      "rm data/redaction.csv && sed -i 's/,\"redaction\":{[^}]*}//' data/build/build.json")
    let codes = Set(try made.verdict(copy).findings.map(\.code))
    #expect(codes.contains("population-digest") && codes.contains("sample-differs"), "\(codes)")
    #expect(codes.contains("derived-differs") || codes.contains("derived-refused"))
  }

  /// "lets who holds both prove that one is the redaction of the other"
  @Test func whoHoldsBothCanProveIt() throws {
    let made = try RedactedCase()
    let proved = try made.verdict(made.redacted, full: made.full)
    #expect(proved.findings == [])
    #expect(proved.checked.contains { $0.contains("made again: ") && $0.contains("byte for byte") })
    // The same bytes each time.
    let again = try PackRedaction.write(made.full, to: made.redacted + "-2")
    #expect(again.pack.digest == made.receipt.pack.digest)
    // Another pack is another.
    let other = made.signing.made.path + "/packs/other"
    _ = try made.signing.made.open().pack(kpis: [], to: other, tool: "test")
    func codes(_ pack: String, _ full: String) throws -> Set<String> {
      Set(try made.verdict(pack, full: full).findings.map(\.code))
    }
    #expect(try codes(made.redacted, other) == ["redaction-other"])
    #expect(try codes(made.full, made.full) == ["redaction-not"])
    // A value that was changed on the way, with everything made to fit it but the whole pack.
    let lie = try made.changed(
      made.redacted, "sed -i 's/,grade,A/,grade,B/' data/ledger/hours-labels.csv")
    _ = try PackRerun.run(try FolderReader(path: lie)) { path, bytes in
      try Data(bytes).write(to: URL(filePath: lie + "/" + path))
    }
    try made.signing.redoManifests(lie)
    #expect(try made.verdict(lie).findings == [])
    #expect(try codes(lie, made.full) == ["redaction-other"])
    // Packs of one engagement can't be linked by their tokens.
    let later = try PackRedaction.write(other, to: other + "-redacted")
    func tokens(_ pack: String) throws -> Set<Substring> {
      let text = String(
        decoding: try made.files(pack)["data/ledger/hours-population.csv"] ?? [], as: UTF8.self)
      return Set(text.matches(of: /withheld:[0-9a-f]{32}/).map(\.0))
    }
    let (first, second) = (try tokens(made.redacted), try tokens(later.pack.folder))
    #expect(first.count == 13 && second.count == 13 && first.isDisjoint(with: second))
  }

  @Test func whatIsNotRedacted() throws {
    let made = try RedactedCase()
    let target = made.redacted + "-x"
    func refusal(_ pack: String) -> String {
      code { _ = try PackRedaction.write(pack, to: target) }
    }
    #expect(refusal(made.redacted) == "redaction-twice")
    #expect(refusal(made.signing.made.path + "/report") == "not-a-pack")
    #expect(refusal(made.signing.made.path + "/none") == "folder-unreadable")
    let keyless = try made.changed(made.full, "rm data/keys/redaction.key")
    #expect(refusal(keyless) == "redaction-no-key")
    let broken = try made.changed(made.full, "true")
    _ = try made.signing.shell("echo x >> data/index.html", in: broken)
    #expect(refusal(broken) == "redaction-of-broken")
    #expect(!FileManager.default.fileExists(atPath: target))
    #expect(code { _ = try PackRedaction.write(made.full, to: made.redacted) } == "pack-exists")
  }

  /// What a redacted pack must not have.
  @Test func whatIsShownAllTheSame() throws {
    let made = try RedactedCase()
    func codes(_ script: String) throws -> Set<String> {
      Set(try made.verdict(try made.changed(made.redacted, script)).findings.map(\.code))
    }
    #expect(try codes("cp '\(made.full)/data/keys/redaction.key' data/keys/") == ["redaction-key"])
    #expect(
      try codes("cp '\(made.full)'/data/evidence/sources/*people.csv data/evidence/sources/")
        .contains("redaction-incomplete"))
    #expect(
      try codes(
        "cp '\(made.full)/data/ledger/hours-population.csv' "
          + "'\(made.full)/data/ledger/hours-labels.csv' data/ledger/"
      ).contains { ["redaction-incomplete", "text-malformed"].contains($0) })
  }

  @Test func valuesBesideTheLog() throws {
    let made = try RedactedCase()
    func codes(_ script: String) throws -> Set<String> {
      Set(try made.verdict(try made.changed(made.full, script)).findings.map(\.code))
    }
    let path = "data/trail/values.jsonl"
    #expect(try codes("sed -i 's/cousin/sister/' \(path)").contains("value-differs"))
    #expect(try codes("sed -i '1d' \(path)").contains("value-missing"))
    let moved = "sed -i '1s/\"event\":[0-9]*/\"event\":99/' \(path)"
    #expect(try codes(moved).contains("value-unknown"))
    #expect(try codes("sed -i '1s/\"salt\"/\"malt\"/' \(path)").contains("text-malformed"))
  }

  /// A zip of the whole pack, a zip of the redaction: the same.
  @Test func zips() throws {
    let made = try RedactedCase()
    let full = try PackZip.write(made.full)
    let redacted = try PackZip.write(made.redacted)
    #expect(try made.verdict(redacted, full: full).findings == [])
    let again = try PackRedaction.write(full, to: made.redacted + "-z")
    #expect(again.pack.digest == made.receipt.pack.digest)
  }

  /// An engagement without personal fields: what people wrote is withheld all the same.
  @Test func aPackWithoutPeople() throws {
    let signing = try SigningCase()
    _ = try signing.open(as: "Alice").request(
      kpi: "water", item: nil, from: "Chan Tai Man", due: Day(number: 19000), text: "the bills")
    try signing.sign("alice", .preparer)
    let pack = try signing.pack()
    let receipt = try PackRedaction.write(pack, to: pack + "-redacted")
    #expect(receipt.workpapers == [] && receipt.values > 0 && receipt.warnings == [])
    let verdict = try PackVerifier.verify(pack + "-redacted")
    #expect(verdict.findings == [] && verdict.word == .redacted)
    #expect(!verdict.redacted.contains { $0.contains("what it covers") })
    let requests = try String(
      contentsOfFile: pack + "-redacted/data/review/requests.csv", encoding: .utf8)
    #expect(!requests.contains("Chan") && requests.contains("withheld:"))
  }
}
