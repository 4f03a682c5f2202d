import Assurance
import Exact
import Foundation
import Pack
import Testing
import Trail

/// A way to break a pack, and the code that must name it: `<code>_<cause>`.
struct Tampering: Sendable, CustomTestStringConvertible {
  let name: String
  /// Changes the folder of a pack.
  let change: @Sendable (String) throws -> Void
  /// Whether the manifests are made to fit again afterwards.
  let isHidden: Bool

  var code: String { String(name.prefix { $0 != "_" }) }
  var testDescription: String { name }

  init(_ name: String, hidden: Bool = false, _ change: @escaping @Sendable (String) throws -> Void)
  {
    self.name = name
    self.change = change
    isHidden = hidden
  }
}

/// Someone changes the folder, and either leaves the manifests or makes them fit again.
@Suite struct TamperTests {
  static let water = "/data/workpapers/water-consumption.json"
  static let population = "/data/ledger/water-consumption-population.csv"

  static let structure: [Tampering] = [
    Tampering("declaration-missing_no-bagit") { try Tamper.remove($0 + "/bagit.txt") },
    Tampering("declaration-malformed_one-line") {
      try Tamper.write($0 + "/bagit.txt", Array("BagIt-Version: 1.0\n".utf8))
    },
    Tampering("declaration-mark_bom") {
      try Tamper.write($0 + "/bagit.txt", [0xEF, 0xBB, 0xBF] + Tamper.read($0 + "/bagit.txt"))
    },
    Tampering("declaration-version_later") {
      try Tamper.replace($0 + "/bagit.txt", "1.0", "1.1")
    },
    Tampering("bag-version_earlier") { try Tamper.replace($0 + "/bagit.txt", "1.0", "0.97") },
    Tampering("encoding-unknown_made-up") {
      try Tamper.replace($0 + "/bagit.txt", "UTF-8", "UTF-EBCDIC")
    },
    Tampering("manifest-missing_both") {
      try Tamper.remove($0 + "/manifest-sha256.txt")
      try Tamper.remove($0 + "/manifest-sha512.txt")
    },
    Tampering("part-missing_one-manifest") { try Tamper.remove($0 + "/manifest-sha512.txt") },
    Tampering("part-missing_overview", hidden: true) { try Tamper.remove($0 + "/data/index.html") },
    Tampering("manifest-line_cut") {
      try Tamper.write(
        $0 + "/manifest-sha256.txt", Tamper.read($0 + "/manifest-sha256.txt").dropLast(60))
    },
    Tampering("path-outside_dots") {
      try Tamper.replace($0 + "/manifest-sha256.txt", "data/index.html", "data/../../index.html")
    },
    Tampering("path-outside_absolute") {
      try Tamper.replace($0 + "/manifest-sha256.txt", "data/index.html", "/data/index.html")
    },
    Tampering("path-relative_dot") {
      try Tamper.replace($0 + "/manifest-sha256.txt", "data/index.html", "./data/index.html")
    },
    Tampering("path-twice_same-line") {
      let bytes = try Tamper.read($0 + "/manifest-sha256.txt")
      try Tamper.write($0 + "/manifest-sha256.txt", bytes + bytes.prefix { $0 != 10 } + [10])
    },
    Tampering("tag-manifest-listed_itself") {
      let line = String(repeating: "0", count: 64) + "  tagmanifest-sha512.txt\n"
      let path = $0 + "/tagmanifest-sha256.txt"
      try Tamper.write(path, Tamper.read(path) + Array(line.utf8))
    },
    Tampering("tag-file-mark_bom") {
      let path = $0 + "/manifest-sha256.txt"
      try Tamper.write(path, [0xEF, 0xBB, 0xBF] + Tamper.read(path))
    },
    Tampering("tag-file-unreadable_not-utf8") {
      let path = $0 + "/manifest-sha256.txt"
      try Tamper.write(path, Tamper.read(path) + [0xFF, 0xFE, 0x0A])
    },
    Tampering("oxum-differs_wrong") {
      try Tamper.replace($0 + "/bag-info.txt", "Payload-Oxum: ", "Payload-Oxum: 9")
    },
    Tampering("oxum-twice_again") {
      try Tamper.replace(
        $0 + "/bag-info.txt", "Payload-Oxum: ", "Payload-Oxum: 1.1\nPayload-Oxum: ")
    },
    Tampering("info-missing_no-oxum") {
      try Tamper.replace($0 + "/bag-info.txt", "Payload-Oxum", "Payload-Boxum")
    },
    Tampering("fetch-present_one") {
      try Tamper.write(
        $0 + "/fetch.txt", Array("http://example.org/x - data/index.html\n".utf8))
    },
    Tampering("fetch-line_cut") {
      try Tamper.write($0 + "/fetch.txt", Array("http://example.org/x\n".utf8))
    },
    Tampering("fetch-not-listed_new") {
      try Tamper.write($0 + "/fetch.txt", Array("http://example.org/x - data/new\n".utf8))
    },
    Tampering("algorithm-unknown_tiger") {
      try Tamper.write($0 + "/manifest-tiger.txt", Array("00  data/index.html\n".utf8))
    },
    Tampering("tag-file-not-listed_new") { try Tamper.write($0 + "/NOTES.txt", [65, 10]) },
    Tampering("folder-unknown_bin") {
      try Tamper.makeFolder($0 + "/bin")
      try Tamper.write($0 + "/bin/run", [65])
    },
    Tampering("empty-folder_payload") { try Tamper.makeFolder($0 + "/data/empty") },
    Tampering("payload-missing_moved") {
      try FileManager.default.moveItem(atPath: $0 + "/data", toPath: $0 + "/Data")
    },
    Tampering("unsafe-name_blank", hidden: true) {
      try Tamper.write($0 + "/data/evidence/a b.txt", [65])
    },
    Tampering("unsafe-name_device", hidden: true) {
      try Tamper.write($0 + "/data/evidence/nul.txt", [65])
    },
    Tampering("names-collide_case", hidden: true) {
      try Tamper.write($0 + "/data/INDEX.html", [65])
    },
    Tampering("name-collision_manifest", hidden: true) {
      try Tamper.write($0 + "/data/INDEX.html", [65])
    },
    Tampering("system-file_finder", hidden: true) { try Tamper.write($0 + "/data/.DS_Store", [0]) },
    Tampering("link_file") {
      try Tamper.remove($0 + "/data/index.html")
      try FileManager.default.createSymbolicLink(
        atPath: $0 + "/data/index.html", withDestinationPath: "/etc/hostname")
    },
    Tampering("link_folder") {
      try FileManager.default.createSymbolicLink(
        atPath: $0 + "/data/more", withDestinationPath: "/etc")
    },
    Tampering("special-file_fifo") {
      let result = try CommandResult.run("mkfifo data/pipe", in: $0)
      try #require(result.status == 0)
    },
    Tampering("name-not-text_bytes") {
      let result = try CommandResult.run("printf x > \"data/$(printf 'a\\377')\"", in: $0)
      try #require(result.status == 0)
    },
    Tampering("too-deep_nested") {
      let path = Array(repeating: "d", count: 30).joined(separator: "/")
      let result = try CommandResult.run("mkdir -p data/\(path)", in: $0)
      try #require(result.status == 0)
    },
    Tampering("manifest-spelling_upper-case") {
      let path = $0 + "/tagmanifest-sha256.txt"
      let bytes = try Tamper.read(path)
      let line = String(decoding: bytes.prefix(64), as: UTF8.self).uppercased()
      try Tamper.write(path, Array(line.utf8) + bytes.dropFirst(64))
    },
    Tampering("manifest-spelling_blank-line") {
      let path = $0 + "/tagmanifest-sha512.txt"
      try Tamper.write(path, Tamper.read(path) + [10])
    },
    Tampering("file-missing_deleted") { try Tamper.remove($0 + population) },
    Tampering("file-not-listed_added") { try Tamper.write($0 + "/data/evidence/new.txt", [65]) },
    Tampering("digest-differs_flipped") { try Tamper.flip($0 + population, at: 60) },
  ]

  static let content: [Tampering] = [
    Tampering("text-malformed_json", hidden: true) {
      try Tamper.replace($0 + water, "{\"byMonth\"", "{ \"byMonth\"")
    },
    Tampering("text-malformed_huge-count", hidden: true) {
      try Tamper.replace(
        $0 + "/data/ledger/sources.json", "\"rowsRead\":83", "\"rowsRead\":9223372036854775807")
    },
    Tampering("text-malformed_huge-decimals", hidden: true) {
      try Tamper.replace($0 + water, "\"decimals\":0", "\"decimals\":9223372036854775807")
    },
    Tampering("sample-refused_negative", hidden: true) {
      try Tamper.replace($0 + water, "\"size\":8", "\"size\":-8")
    },
    Tampering("text-malformed_csv", hidden: true) {
      try Tamper.replace($0 + population, "key,value", "\"key\",value")
    },
    Tampering("receipt-sum_lost-row", hidden: true) {
      try Tamper.replace($0 + "/data/ledger/sources.json", "\"rowsRead\":83", "\"rowsRead\":84")
    },
    Tampering("source-unknown_swapped", hidden: true) {
      let pack = $0
      let other = Array("something else".utf8)
      let old = Example.sourceDigest
      let new = Digest(of: other).hex
      try Tamper.replace(pack + "/data/evidence/index.csv", old, new)
      try Tamper.replace(
        pack + "/data/evidence/index.csv", "\(old.prefix(12))-", "\(new.prefix(12))-")
      try Tamper.remove(pack + "/data/evidence/sources/\(old.prefix(12))-___meters.xml")
      try Tamper.write(pack + "/data/evidence/sources/\(new.prefix(12))-___meters.xml", other)
    },
    Tampering("taken-differs_edited", hidden: true) {
      try Tamper.flip($0 + "/data/policy/policy.yaml", at: 3)
    },
    Tampering("trail-root_edited", hidden: true) {
      try Tamper.replace($0 + "/data/trail/events.jsonl", "Wong", "Chan")
    },
    Tampering("trail-size_cut", hidden: true) {
      let bytes = try Tamper.read($0 + "/data/trail/events.jsonl")
      let cut = bytes.dropLast().lastIndex(of: 10) ?? 0
      try Tamper.write($0 + "/data/trail/events.jsonl", Array(bytes[...cut]))
    },
    Tampering("trail-lacks_cut", hidden: true) {
      let bytes = try Tamper.read($0 + "/data/trail/events.jsonl")
      let cut = bytes.dropLast().lastIndex(of: 10) ?? 0
      try Tamper.write($0 + "/data/trail/events.jsonl", Array(bytes[...cut]))
    },
    Tampering("trail-event_not-canonical", hidden: true) {
      try Tamper.replace($0 + "/data/trail/events.jsonl", "{\"actor\"", "{ \"actor\"")
    },
    Tampering("checkpoint-malformed_words", hidden: true) {
      try Tamper.write($0 + "/data/trail/checkpoint", Array("no checkpoint\n".utf8))
    },
    Tampering("population-digest_value", hidden: true) {
      try Tamper.replace($0 + population, "S5/2021-08,762.35", "S5/2021-08,762.36")
    },
    Tampering("population-sum_value", hidden: true) {
      try Tamper.replace($0 + population, "S5/2021-08,762.35", "S5/2021-08,762.36")
    },
    Tampering("population-count_stated", hidden: true) {
      try Tamper.replace($0 + water, "\"count\":81,\"digest\"", "\"count\":82,\"digest\"")
    },
    Tampering("population-order_key", hidden: true) {
      try Tamper.replace($0 + population, "S1/2021-01", "T1/2021-01")
      try Tamper.replace(
        $0 + "/data/ledger/water-consumption-labels.csv", "S1/2021-01", "T1/2021-01")
    },
    Tampering("population-totals_month", hidden: true) {
      try Tamper.replace($0 + water, "[\"2021-02\",\"2946\"]", "[\"2021-02\",\"2947\"]")
    },
    Tampering("figure-population_computed", hidden: true) {
      try Tamper.replace($0 + water, "\"computed\":\"48610.25\"", "\"computed\":\"48610.26\"")
    },
    Tampering("figure-difference_stated", hidden: true) {
      try Tamper.replace($0 + water, "\"difference\":\"0.25\"", "\"difference\":\"0.24\"")
    },
    Tampering("figure-status_stated", hidden: true) {
      try Tamper.replace($0 + water, "\"within rounding\"", "\"outside\"")
    },
    Tampering("sample-differs_item", hidden: true) {
      try Tamper.replace($0 + water, "S5/2021-08", "S5/2021-09")
    },
    Tampering("sample-differs_seed", hidden: true) {
      try Tamper.replace($0 + water, "\"seed\":\"20 dice", "\"seed\":\"21 dice")
    },
    Tampering("sample-population_other", hidden: true) {
      try Tamper.replace($0 + water, "\"populationDigest\":\"", "\"populationDigest\":\"0")
    },
    Tampering("sample-refused_size", hidden: true) {
      try Tamper.replace($0 + water, "\"size\":8", "\"size\":800")
    },
    Tampering("result-not-drawn_key", hidden: true) {
      try Tamper.replace(
        $0 + water, "\"evidence\":\"bill 2.pdf\",\"key\":\"water-",
        "\"evidence\":\"bill 2.pdf\",\"key\":\"wine-")
    },
    Tampering("result-value_audited", hidden: true) {
      try Tamper.replace($0 + water, "\"outcome\":\"misstated\"", "\"outcome\":\"agreed\"")
    },
    Tampering("evaluation-counts_agreed", hidden: true) {
      try Tamper.replace($0 + water, "\"agreed\":7", "\"agreed\":8")
    },
    Tampering("evaluation-factual_less", hidden: true) {
      try Tamper.replace($0 + water, "\"factual\":\"12.5\"", "\"factual\":\"2.5\"")
    },
    Tampering("evaluation-differs_bound", hidden: true) {
      try Tamper.replace($0 + water, "\"upperOver\":\"", "\"upperOver\":\"1")
    },
    Tampering("evaluation-differs_conclusion", hidden: true) {
      try Tamper.replace(
        $0 + water, "\"conclusion\":\"", "\"conclusion\":\"far-")
    },
    Tampering("derived-differs_page", hidden: true) {
      try Tamper.replace($0 + "/data/index.html", "within rounding", "exact")
    },
    Tampering("derived-differs_markdown", hidden: true) {
      try Tamper.replace(
        $0 + "/data/workpapers/water-consumption.md", "materiality", "immateriality")
    },
    Tampering("derived-differs_date", hidden: true) {
      try Tamper.replace($0 + "/bag-info.txt", "2022-02-11", "2022-02-10")
    },
    Tampering("derived-differs_start", hidden: true) {
      try Tamper.replace($0 + "/START-HERE.html", "can’t show", "shows")
    },
    Tampering("derived-missing_page", hidden: true) {
      try Tamper.remove($0 + "/data/pages/trail.html")
    },
    Tampering("derived-extra_page", hidden: true) {
      try Tamper.write($0 + "/data/pages/more.html", [65])
    },
    Tampering("derived-refused_no-time", hidden: true) {
      try Tamper.replace($0 + "/data/build/build.json", "2022-02-11T", "2022-02-31T")
    },
  ]

  @Test(arguments: structure + content) func isFound(_ tampering: Tampering) throws {
    let folder = try TemporaryFolder()
    let pack = try folder.pack()
    try tampering.change(pack)
    if tampering.isHidden { try Tamper.redoManifests(pack) }
    let verdict = try PackVerifier.verify(pack)
    let codes = Set(verdict.findings.map(\.code))
    #expect(codes.contains(tampering.code), "\(verdict.findings)")
    let isWarning = verdict.findings.allSatisfy { $0.weight == .warning }
    #expect(verdict.word == .broken || isWarning)
    if tampering.isHidden {
      // Who hides a change from the manifests has hidden it from them.
      #expect(!codes.contains("digest-differs") && !codes.contains("file-not-listed"))
    }
  }

  /// What a changed checkpoint key or order of events gives can't be made by editing a file.
  @Test func seedBeforePlan() throws {
    let folder = try TemporaryFolder()
    let pack = try folder.pack {
      var events = $0.trail.events
      events.swapAt(2, 3)
      $0.trail = try Example.trail(of: events)
    }
    #expect(try PackVerifier.verify(pack).findings.map(\.code) == ["trail-order"])
  }

  /// What lies in the seal's folder and is no sign-off is not taken for one.
  @Test func sealFolder() throws {
    let folder = try TemporaryFolder()
    let pack = try folder.pack()
    try Tamper.makeFolder(pack + "/seal")
    try Tamper.write(pack + "/seal/0001-reviewer.txt", [65])
    let verdict = try PackVerifier.verify(pack)
    #expect(verdict.findings.map(\.code) == ["seal-unreadable"])
  }

  @Test func signedCheckpoint() throws {
    let folder = try TemporaryFolder()
    let signer = try NoteSigner(
      name: "example.org/acme", seed: Array(repeating: 7, count: 32))
    let good = try folder.pack("good") { try $0.trail.sign(signer, key: signer.key.vkey) }
    #expect(try PackVerifier.verify(good).findings == [])
    let other = try NoteSigner(
      name: "example.org/acme", seed: Array(repeating: 8, count: 32))
    let bad = try folder.pack("bad") { try $0.trail.sign(signer, key: other.key.vkey) }
    #expect(try PackVerifier.verify(bad).findings.map(\.code) == ["checkpoint-signature"])
    let bare = try folder.pack("bare") { try $0.trail.sign(signer, key: nil) }
    let verdict = try PackVerifier.verify(bare)
    #expect(verdict.findings == [])
    #expect(verdict.notChecked.contains { $0.hasPrefix("the checkpoint’s signature") })
  }
}
