import Foundation
import Testing

/// "Disk full … gets place, reason, remedy, and the documented exit status": on a file system of
/// its own with two megabytes where this user may mount one, else under a limit on file size.
@Suite struct DiskFullTests {
  @Test func `a full disk stops ingest, changes nothing, and is no obstacle later`() throws {
    let folder = try TemporaryFolder()
    let disk = folder.path + "/disk"
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
    let mounted = try Program.shell("mount -t tmpfs -o size=2m tmpfs disk", in: folder.path)
    guard mounted.status == 0 else {
      try underLimit(folder)
      return
    }
    defer { _ = try? Program.shell("umount -l disk", in: folder.path) }
    try prepare("disk/acme", in: folder)
    let before = try log("disk/acme", in: folder)
    let ingest = "assure ingest --engagement disk/acme \"$REPO\"/Samples/Water/clean/sources/"
    // Leave room for a kept source, not for its records; then not even for that.
    for room in [96, 4] {
      let filled = try Program.shell(
        """
        free=$(df --output=avail -k disk | tail -n 1)
        head -c $(((free - \(room)) * 1024)) /dev/zero > disk/filler
        """, in: folder.path)
      #expect(filled.status == 0, "\(filled.complaints)")
      let full = try Program.shell(ingest + "office-meters-2021-h2.fods", in: folder.path)
      #expect(full.status == 2, "with \(room) KiB: \(full.output) \(full.complaints)")
      #expect(full.complaints.hasPrefix("assure: error: disk/acme/"), "\(full.complaints)")
      #expect(full.complaints.contains("assure: hint: "), "\(full.complaints)")
      #expect(full.output.isEmpty)
      #expect(try log("disk/acme", in: folder) == before, "what is there can be read")
      try FileManager.default.removeItem(atPath: disk + "/filler")
      #expect(try log("disk/acme", in: folder) == before)
    }
    let after = try Program.shell(ingest + "office-meters-2021-h2.fods", in: folder.path)
    #expect(after.status == 0, "\(after.complaints)")
  }

  /// No file may grow past 300 KiB: what a quota does.
  private func underLimit(_ folder: TemporaryFolder) throws {
    try prepare("acme", in: folder)
    let before = try log("acme", in: folder)
    let sources = "\"$REPO\"/Samples/Water/clean/sources/"
    let full = try Program.shell(
      "trap '' XFSZ; ulimit -f 200; exec assure ingest --engagement acme \(sources)*",
      in: folder.path)
    #expect(full.status == 2, "\(full.output) \(full.complaints)")
    #expect(full.complaints.contains("assure: hint: "), "\(full.complaints)")
    #expect(try log("acme", in: folder).hasPrefix(before.prefix(20)))
    #expect(
      try Program.shell("assure ingest --engagement acme \(sources)*", in: folder.path).status == 0)
  }

  private func prepare(_ name: String, in folder: TemporaryFolder) throws {
    let made = try Program.shell(
      """
      assure init \(name) --policies hkex-esg-2021 &&
      cp "$REPO"/Samples/Water/{engagement.yaml,reported.csv} \(name)/
      """, in: folder.path)
    try #require(made.status == 0, "\(made.complaints)")
  }

  private func log(_ name: String, in folder: TemporaryFolder) throws -> String {
    let log = try Program.shell("assure log --engagement \(name)", in: folder.path)
    #expect(log.status == 0, "\(log.complaints)")
    return log.output
  }
}
