import Assurance
import Foundation
import Ingest
import Testing

/// Zip entries read as streams; names never used as paths; what an archive says is not believed.
@Suite struct HostileZipTests {
  @Test(.timeLimit(.minutes(10)), arguments: archives) func isRefused(_ input: Hostile) throws {
    try input.check()
  }

  private static func changed(
    _ name: String, says: String = "", bound: (WritableKeyPath<Bounds, Int>, Int)? = nil,
    _ change: @escaping @Sendable (inout ZipArchive) -> Void
  ) -> Hostile {
    Hostile(name, says: says, bound: bound) { () -> [UInt8] in
      var archive = ZipArchive.workbook()
      change(&archive)
      return archive.bytes
    }
  }

  /// An entry that no part of the workbook refers to.
  private static func added(_ name: String) -> @Sendable (inout ZipArchive) -> Void {
    { $0.entries.append(ZipArchive.Entry(name, "x")) }
  }

  static let archives: [Hostile] = [
    changed("zip-entry-name_climbs", added("../../etc/cron.d/x")),
    changed("zip-entry-name_climbs-within", added("xl/../../x")),
    changed("zip-entry-name_climbs-backslash", added("..\\x")),
    changed("zip-entry-name_absolute", added("/etc/x")),
    changed("zip-entry-name_drive", added("C:\\x")),
    changed("zip-entry-name_zero-byte", added("xl/workbook.xml\0.txt")),
    changed("zip-entry-name_empty", added("")),
    changed("zip-entry-name_long", says: "1024", added(String(repeating: "/x", count: 2_000))),
    changed("zip-duplicate-entry_same", added("xl/worksheets/s.xml")),
    changed("zip-duplicate-entry_case", added("XL/worksheets/S.xml")),
    changed("zip-duplicate-entry_backslash", added("xl\\worksheets\\s.xml")),
    changed("zip-link-entry_symbolic-link") { $0.entries[6].mode = 0o120777 },
    changed("zip-link-entry_fifo") { $0.entries[6].mode = 0o010666 },
    changed("zip-link-entry_device") { $0.entries[6].mode = 0o060666 },
    changed("zip-encrypted_flag") { $0.entries[6].flags = 1 },
    changed("zip-encrypted_strong") { $0.entries[6].flags = 0x41 },
    changed("zip-encrypted_masked-headers") { $0.entries[6].flags = 0x2000 },
    changed("zip-method_shrunk") { $0.entries[6].method = 1 },
    changed("zip-method_bzip2") { $0.entries[6].method = 12 },
    changed("zip-headers-differ_name") {
      $0.entries[6].localName = Array("xl/other/sheet1.xm".utf8)
    },
    changed("zip-headers-differ_length") { $0.entries[6].localName = Array("a".utf8) },
    changed("zip-overlap_same-entry-twice") {
      var twin = $0.entries[6]
      twin.headerOffset = 0
      twin.name = $0.entries[0].name
      twin.bytes = []
      twin.packedSize = $0.entries[0].bytes.count
      $0.entries.append(twin)
    },
    changed("zip-damaged_crc") { $0.entries[6].crc = 1 },
    changed("zip-damaged_size-too-small") { $0.entries[6].size = 10 },
    changed("zip-damaged_size-too-large") { $0.entries[6].size = 100_000 },
    changed("zip-damaged_packed-too-large") { $0.entries[6].packedSize = 1 << 30 },
    changed("zip-damaged_wide-sizes-lie") {
      $0.entries[6].isWide = true
      $0.entries[6].size = 1 << 40
      $0.entries[6].packedSize = 1 << 40
    },
    changed("zip-damaged_header-outside") { $0.entries[6].headerOffset = 1 << 31 },
    changed("zip-damaged_fewer-than-said") { $0.count = 9 },
    changed("zip-damaged_more-than-said") { $0.count = 5 },
    changed("zip-damaged_no-directory") { $0.hasDirectory = false },
    changed("zip-too-many-entries_40000", says: "20000") {
      for number in 0..<40_000 { $0.entries.append(ZipArchive.Entry("x/\(number)", "")) }
    },
    changed("zip-too-many-entries_said", says: "20000") { $0.count = 60_000 },
    changed("zip-entry-too-large_bound", says: "100", bound: (\.zipEntryBytesMax, 100)) { _ in
    },
    changed("format-not-supported_nested") {
      $0 = ZipArchive(entries: [ZipArchive.Entry("book.xlsx", ZipArchive.workbook().bytes)])
    },
    changed("xlsx-part-missing_sheet") { $0.entries.remove(at: 6) },
    changed("xlsx-part-missing_target-outside") {
      let text = String(decoding: $0.entries[3].bytes, as: UTF8.self)
      $0.entries[3].bytes = Array(
        text.replacing("worksheets/s.xml", with: "../../../../etc/passwd").utf8)
    },
    changed("xlsx-no-such-string_negative-and-huge") {
      let text = String(decoding: $0.entries[6].bytes, as: UTF8.self)
      $0.entries[6].bytes = Array(text.replacing("<v>0</v>", with: "<v>99999999999</v>").utf8)
    },
  ]

  /// What honest programs do also: a comment, zip64 sizes, folders, backslashes in names.
  @Test func honestOddities() throws {
    var archives: [ZipArchive] = []
    for number in 0..<4 {
      var archive = ZipArchive.workbook()
      switch number {
      case 0: archive.comment = Array("PK\u{5}\u{6} a comment that begins as its record".utf8)
      case 1: archive.entries[6].isWide = true
      case 2:
        archive.entries.append(ZipArchive.Entry("xl/media/", ""))
        archive.entries[7].mode = 0o040755
      default: archive.entries[6].name = Array("xl\\worksheets\\s.xml".utf8)
      }
      archives.append(archive)
    }
    for (number, archive) in archives.enumerated() {
      let file = try TemporaryFile("z.xlsx", archive.bytes)
      let table = try TableSummary.read(file.open()).first
      #expect(table?.lastCell?.value == "2021-01-01", "\(number)")
    }
  }

  /// A deflated bomb: 200 MB in 200 kB, as a sheet, as strings, as one of many parts.
  @Test func bombs() throws {
    for part in ["xl/worksheets/s.xml", "xl/strings.xml", "xl/styles.xml", "xl/workbook.xml"] {
      let path = try bomb(part)
      let found = code { _ = try TableSummary.read(path.open()) }
      #expect(found == "zip-ratio", "\(part): \(found ?? "read")")
    }
  }

  /// Made by Python, which deflates.
  private func bomb(_ part: String) throws -> TemporaryFile {
    let whole = try TemporaryFile("whole.xlsx", ZipArchive.workbook().bytes)
    let script = """
      import sys, zipfile
      source = zipfile.ZipFile(sys.argv[1])
      out = zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED)
      for name in source.namelist():
          data = source.read(name)
          if name == sys.argv[3]:
              at = data.index(b">") + 1
              with out.open(name, "w") as entry:
                  entry.write(data[:at])
                  for _ in range(200): entry.write(b" " * 1000000)
                  entry.write(data[at:])
          else:
              out.writestr(name, data)
      out.close()
      """
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let out = whole.path + ".bomb"
    process.arguments = ["python3", "-c", script, whole.path, out, part]
    try process.run()
    process.waitUntilExit()
    return try TemporaryFile("bomb.xlsx", [UInt8](Data(contentsOf: URL(filePath: out))))
  }
}
