import Assurance
import Foundation
import Pack
import Testing
import Trail

/// Packs and zips made to hurt whoever checks them: each is refused with a code, nothing is
/// unpacked, nothing outside is opened.
@Suite struct HostilePackTests {
  private func zip(_ entries: [Zip.Entry], _ folder: TemporaryFolder) throws -> String {
    let path = folder.path + "/pack.zip"
    try? FileManager.default.removeItem(atPath: path)
    try Tamper.write(path, Zip.bytes(entries))
    return path
  }

  private func codes(_ entries: [Zip.Entry]) throws -> Set<String> {
    let folder = try TemporaryFolder()
    return Set(try PackVerifier.verify(try zip(entries, folder)).findings.map(\.code))
  }

  /// A zip that we write, one that Python packs, and the folder give one verdict.
  @Test func zipsAreReadWhereTheyLie() throws {
    let sealed = try SealedExample()
    let tree = try sealed.tree()
    let folder = try TemporaryFolder()
    let (one, two) = (folder.path + "/one.zip", folder.path + "/two.zip")
    for path in [one, two] {
      var bytes: [UInt8] = []
      try ZipWriter.write(tree, top: "pack", time: "2022-02-11T08:00:00Z") { bytes += $0 }
      try Tamper.write(path, bytes)
    }
    #expect(try Tamper.read(one) == Tamper.read(two))
    let plain = PackVerifier.verify(tree, trust: try sealed.trust())
    let zipped = try PackVerifier.verify(one, trust: try sealed.trust())
    #expect(zipped.findings == [] && zipped.line == plain.line && zipped.digest == plain.digest)
    let line = """
      command -v python3 >/dev/null || exit 77
      python3 -m zipfile -t one.zip && python3 -m zipfile -e one.zip out \
        && cd out && python3 -c "
      import zipfile, os
      with zipfile.ZipFile('../deflated.zip', 'w', zipfile.ZIP_DEFLATED) as z:
        for d, _, fs in os.walk('pack'):
          for f in fs: z.write(os.path.join(d, f))
      "
      """
    let ran = try CommandResult.run(line, in: folder.path)
    guard ran.status != 77 else { return print("skipped: no python3") }
    #expect(ran.status == 0, "\(ran.output)")
    let deflated = try PackVerifier.verify(folder.path + "/deflated.zip", trust: sealed.trust())
    #expect(deflated.findings == [] && deflated.digest == plain.digest)
    #expect(try PackVerifier.verify(folder.path + "/out/pack").findings == [])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 4)
  }

  @Test func zipsThatLie() throws {
    let good = Zip.Entry("p/bagit.txt", "BagIt-Version: 1.0\n")
    let cases: [(String, [Zip.Entry])] = [
      ("link", [Zip.Entry("p/data/a", "/etc/passwd", mode: 0o120777)]),
      ("special-file", [Zip.Entry("p/data/a", "", mode: 0o060644)]),
      ("special-file", [Zip.Entry("p/data/a", "", mode: 0o010644)]),
      ("zip-path", [Zip.Entry("p/../../a", "x")]), ("zip-path", [Zip.Entry("/p/a", "x")]),
      ("zip-path", [Zip.Entry("p\\a", "x")]), ("zip-path", [Zip.Entry("p//a", "x")]),
      ("zip-path", [Zip.Entry("C:/a", "x")]), ("zip-path", [Zip.Entry("p/a\0b", "x")]),
      ("zip-path", [Zip.Entry("~/a/b", "x")]), ("zip-path", [Zip.Entry("p/./a", "x")]),
      ("zip-top", [Zip.Entry("q/data/a", "x")]), ("zip-top", [Zip.Entry("a", "x")]),
      ("zip-twice", [Zip.Entry("p/bagit.txt", "other")]),
      ("zip-twice", [Zip.Entry("p/data/a", "x"), Zip.Entry("p/data/a/b", "x")]),
      ("names-collide", [Zip.Entry("p/data/A", "x"), Zip.Entry("p/data/a", "x")]),
      ("zip-twice", [Zip.Entry("p/data/\u{E9}", "x"), Zip.Entry("p/data/e\u{301}", "x")]),
      ("zip-header-differs", [Zip.Entry("p/data/a", "x", localName: "p/data/b")]),
      ("zip-header-differs", [Zip.Entry("p/data/a", "x", localSize: 7)]),
      ("zip-encrypted", [Zip.Entry("p/data/a", "x", flags: 1)]),
      ("zip-method", [Zip.Entry("p/data/a", "x", method: 93)]),
      ("zip-hidden", [Zip.Entry("p/data/a", "x", gap: 9)]),
      ("zip-ratio", [Zip.Entry("p/data/a", "x", method: 8, size: 900 << 20)]),
      ("zip-malformed", [Zip.Entry("p/data/a", "x", size: 5)]),
      ("name-not-text", [Zip.Entry(bytes: Array("p/data/".utf8) + [0xFF], Array("x".utf8))]),
    ]
    for (code, entries) in cases {
      let found = try codes([good] + entries)
      #expect(found.contains(code), "\(entries.map(\.name)): \(found.sorted())")
    }
    let info = Zip.Entry("p/bag-info.txt", "Bag-Count: 1\n")
    #expect(
      try codes([info, Zip.Entry("p/data/a", "x", method: 8)]).contains("declaration-missing"))
  }

  /// A workbook, a text, a folder of something else: told in a sentence, not in thirty findings.
  @Test func whatIsNoPack() throws {
    let folder = try TemporaryFolder()
    let refusal = AssureError("not-a-pack", "")
    #expect(throws: refusal) {
      try PackVerifier.verify(try zip([Zip.Entry("xl/workbook.xml", "<x/>")], folder))
    }
    #expect(throws: refusal) { try PackVerifier.verify(folder.path) }
    for bytes in [[], Array("a text".utf8), Array("P".utf8)] {
      try Tamper.write(folder.path + "/file", bytes)
      #expect(throws: refusal) { try PackVerifier.verify(folder.path + "/file") }
    }
    // A zip that was cut is still a zip.
    try Tamper.write(folder.path + "/file", Array("PK\u{3}\u{4}".utf8))
    let cut = try PackVerifier.verify(folder.path + "/file")
    #expect(cut.findings.map(\.code) == ["zip-malformed"] && cut.word == .broken)
  }

  /// A directory that counts other entries than it has.
  @Test func hugeCounts() throws {
    let folder = try TemporaryFolder()
    let many =
      (0...2_998).map { Zip.Entry("p/data/\($0)", "") } + [Zip.Entry("p/bag-info.txt", "")]
    let path = try zip(many, folder)
    var bytes = try Tamper.read(path)
    #expect(try PackVerifier.verify(path).word == .broken)
    for count in [0, 1, 3_000, 0xFFFF] {
      for place in [bytes.count - 14, bytes.count - 12] {
        bytes[place] = UInt8(count & 0xFF)
        bytes[place + 1] = UInt8(count >> 8)
      }
      try Tamper.write(path, bytes)
      let found = Set(try PackVerifier.verify(path).findings.map(\.code))
      #expect(found.contains(count == 3_000 ? "declaration-missing" : "zip-malformed"))
    }
  }

  /// A zip cut short, or with any byte of its directory turned, is refused or is the same pack.
  @Test func everyByteOfASmallZip() throws {
    let folder = try TemporaryFolder()
    let path = try zip(
      [Zip.Entry("p/bagit.txt", "BagIt-Version: 1.0\n"), Zip.Entry("p/data/a", "x")], folder)
    let bytes = try Tamper.read(path)
    func isRefused() -> Bool {
      do { return try PackVerifier.verify(path).word == .broken } catch {
        return error.code == "not-a-pack"
      }
    }
    for index in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[index] ^= 1 << bit
        try Tamper.write(path, changed)
        #expect(isRefused())
      }
      try Tamper.write(path, Array(bytes[..<index]))
      #expect(isRefused())
    }
  }

  /// Mutated deflate never hangs, never runs over and never gives other bytes than it says.
  @Test func mutatedDeflate() throws {
    let folder = try TemporaryFolder()
    let ran = try CommandResult.run(
      """
      command -v python3 >/dev/null || exit 77
      python3 -c "
      import zlib, random
      random.seed(1)
      for i, text in enumerate([b'', b'a', b'abc' * 22000, bytes(random.randrange(256) for _ in range(5000)),
          b''.join(b'%d,' % (n * n) for n in range(1500))]):
        for level in (0, 1, 9):
          for strategy in (0, 4):
            c = zlib.compressobj(level, 8, -15, 9, strategy)
            open(f'{i}-{level}-{strategy}.z', 'wb').write(c.compress(text) + c.flush())
        open(f'{i}.txt', 'wb').write(text)
      "
      """, in: folder.path)
    guard ran.status != 77 else { return print("skipped: no python3") }
    #expect(ran.status == 0, "\(ran.output)")
    var chance = FixedChance(7)
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    where file.hasSuffix(".z") {
      let packed = try Tamper.read(folder.path + "/" + file)
      let text = try Tamper.read(folder.path + "/\(file.prefix(1)).txt")
      let name = "p/data/a"
      let path = try zip([Zip.Entry(name, packed: packed, size: text.count)], folder)
      let tree = try ZipTree(path: path)
      #expect(tree.read("data/a") == text, "\(file)")
      for _ in 0..<4 {
        var changed = packed
        guard !changed.isEmpty else { continue }
        changed[Int.random(in: changed.indices, using: &chance)] ^=
          1 << UInt8.random(in: 0...7, using: &chance)
        let other = try ZipTree(
          path: try zip([Zip.Entry(name, packed: changed, size: text.count)], folder))
        if let got = other.read("data/a") { #expect(got.count == text.count) }
      }
    }
  }

  /// A database in a pack is never opened: nothing accounts for it, and that is said.
  @Test(arguments: ["data/db/engagement.sqlite", "data/ledger/x.csv", "data/db/x.sqlite-wal"])
  func databases(_ name: String) throws {
    var tree = try Example.tree()
    // A schema that would run, were it opened: a trigger, a view over a table-valued function.
    tree.files[name] =
      Array("SQLite format 3\0".utf8) + Array("CREATE VIEW v AS SELECT load_extension('x')".utf8)
    Mutations.redoLists(&tree)
    let found = Set(PackVerifier.verify(tree).findings.map(\.code))
    #expect(found.isSuperset(of: ["database-present", "derived-extra"]), "\(found)")
  }

  /// Devices, sockets and pipes in a folder are neither opened nor waited for.
  @Test func devices() throws {
    let folder = try TemporaryFolder()
    let pack = try folder.pack()
    let line = "mkfifo data/trail/pipe && (mknod data/null c 1 3 || true)"
    #expect(try CommandResult.run(line, in: pack).status == 0)
    let found = try PackVerifier.verify(pack).findings.map(\.code)
    #expect(found.contains("special-file"))
    // A pipe in the place of a file that is read.
    _ = try CommandResult.run("rm bagit.txt && mkfifo bagit.txt", in: pack)
    #expect(try PackVerifier.verify(pack).findings.map(\.code).contains("declaration-missing"))
  }

  /// Terminal escapes in names and texts come out as visible characters.
  @Test func escapesAreShown() throws {
    var tree = try Example.tree()
    tree.files["data/\u{1B}]0;x\u{07}\u{202E}"] = []
    let verdict = PackVerifier.verify(tree)
    #expect(verdict.findings.contains { $0.path.contains("⟨U+001B⟩") })
    let all = verdict.findings.map { $0.path + $0.message } + verdict.checked + verdict.notChecked
    #expect(!all.joined().unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
  }
}
