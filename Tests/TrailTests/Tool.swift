import Foundation

/// Stock tools, where they are installed.
enum Tool {
  static let sshKeygen = find("ssh-keygen")
  static let sha256sum = find("sha256sum")

  static func find(_ name: String) -> URL? {
    ["/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin"]
      .map { URL(filePath: $0).appending(path: name) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path()) }
  }

  static func keygen(
    _ arguments: [String], in folder: URL, input: [UInt8] = [], output: String? = nil
  ) throws -> Int32 {
    try run(sshKeygen, arguments, in: folder, input: input, output: output)
  }

  /// Runs a tool with files for its input and output; returns its exit status.
  static func run(
    _ tool: URL?, _ arguments: [String], in folder: URL, input: [UInt8] = [],
    output: String? = nil
  ) throws -> Int32 {
    let source = folder.appending(path: ".input")
    try Data(input).write(to: source)
    let sink = folder.appending(path: output ?? ".output")
    try Data().write(to: sink)
    let process = Process()
    process.executableURL = tool
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardInput = try FileHandle(forReadingFrom: source)
    process.standardOutput = try FileHandle(forWritingTo: sink)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}

/// A folder of its own for one test.
enum TemporaryFolder {
  static func with(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "trail-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }
}
