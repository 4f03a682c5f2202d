import Assurance
import Foundation
import Glibc
import Testing

@testable import Ingest

/// Things in the file system that are no file, or do not stay as they are.
@Suite struct HostileFileTests {
  @Test func thingsThatAreNoFile() throws {
    let keeper = try TemporaryFile("x", "x")
    let folder = URL(filePath: keeper.path).deletingLastPathComponent()
    let pipe = folder.appending(path: "pipe").path
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(code { _ = try SourceFile.open(path: pipe) } == "not-a-regular-file")
    let socketPath = folder.appending(path: "s").path
    let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(number) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) {
      $0.copyBytes(from: socketPath.utf8.prefix(100))
    }
    let isBound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
    if isBound { #expect(code { _ = try SourceFile.open(path: socketPath) } == "file-unreadable") }
    for path in ["/dev/zero", "/dev/tty", "/dev/stdin"] {
      let found = code { _ = try SourceFile.open(path: path) }
      #expect(found == "not-a-regular-file" || found == "file-unreadable" || found == "file-empty")
    }
    let loop = folder.appending(path: "loop").path
    #expect(symlink(loop, loop) == 0)
    #expect(code { _ = try SourceFile.open(path: loop) } == "file-unreadable")
  }

  /// A hole of 65 GB takes no room on the disk and no time here.
  @Test(.timeLimit(.minutes(10))) func sparseFiles() throws {
    let file = try TemporaryFile("sparse.csv", "a,b\n")
    #expect(truncate(file.path, (64 << 30) + 1) == 0)
    #expect(code { _ = try file.open() } == "file-too-large")
    // Under the bound, but nothing that is read here.
    let zeros = try TemporaryFile("zeros.bin", "")
    #expect(truncate(zeros.path, 1 << 34) == 0)
    #expect(code { _ = try zeros.open() } == "format-unknown")
  }

  /// Changes the file when its first row arrives.
  private final class Meddler: RowSink {
    let meddle: () -> Void
    private var isDone = false

    init(_ meddle: @escaping () -> Void) { self.meddle = meddle }

    override func row(_ row: RowBuffer) {
      if !isDone { meddle() }
      isDone = true
    }
  }

  private func read(_ name: String, _ text: String, meddle: @escaping (String) -> Void) -> String? {
    code {
      let file = try TemporaryFile(name, text)
      try SourceFormats.read(file.open(), into: Meddler { meddle(file.path) })
    }
  }

  @Test(arguments: ["c.csv", "x.xml"]) func filesThatChange(name: String) throws {
    let text =
      name == "c.csv"
      ? "a,b\n" + String(repeating: "1,2\n", count: 30_000)
      : "<r>" + String(repeating: "<a b='1'/>", count: 12_000) + "</r>"
    // Grows, by rows or by what would be well-formed no longer.
    #expect(
      read(name, text) { path in
        let number = open(path, O_WRONLY | O_APPEND)
        _ = write(number, "3,4\n", 4)
        close(number)
      } == "file-changed")
    // Is cut off.
    #expect(read(name, text) { truncate($0, off_t(text.utf8.count / 20)) } != nil)
    // One byte is another, the size the same, and the time set back.
    #expect(
      read(name, text) { path in
        let number = open(path, O_WRONLY)
        _ = pwrite(number, "9", 1, off_t(text.utf8.count - 8))
        var times = [timespec(), timespec()]
        _ = futimens(number, &times)
        close(number)
      } != nil)
    // Gets another name, and another file takes its own: what was opened is read.
    #expect(
      read(name, text) { path in
        rename(path, path + ".old")
        let number = open(path, O_WRONLY | O_CREAT, 0o600)
        _ = write(number, "other", 5)
        close(number)
      } == nil)
  }
}
