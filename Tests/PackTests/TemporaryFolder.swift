import Foundation
import Pack

/// A new folder that goes away with the value.
final class TemporaryFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "pack-tests-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A pack of the example in a folder of this name.
  func pack(_ name: String = "pack", _ change: (inout PackContent) throws -> Void = { _ in })
    throws -> String
  {
    var content = try Example.content()
    try change(&content)
    let folder = path + "/" + name
    _ = try EvidencePack.write(content, to: folder)
    return folder
  }
}

/// What a command printed, and its exit status.
struct CommandResult {
  let status: Int32
  let output: String

  /// Runs a shell line in a folder.
  static func run(_ line: String, in folder: String) throws -> CommandResult {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return CommandResult(
      status: process.terminationStatus, output: String(decoding: data, as: UTF8.self))
  }
}
