import Foundation

/// The built `assure`, run as a user runs it: a process, a folder, an environment.
enum Program {
  /// The root of the repository.
  static let repository: String = {
    var folder = URL(filePath: #filePath).resolvingSymlinksInPath()
    for _ in 1...3 { folder.deleteLastPathComponent() }
    return String(folder.path().dropLast())
  }()

  /// The folder of the built program: `ASSURE_BUILD` if set, else that of this test bundle.
  static let folder: String = {
    if let given = ProcessInfo.processInfo.environment["ASSURE_BUILD"] { return given }
    var folder = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
    while folder.path() != "/" {
      folder.deleteLastPathComponent()
      let program = folder.appending(path: "assure").path()
      if FileManager.default.isExecutableFile(atPath: program) { break }
    }
    return folder.path()
  }()

  static var path: String { folder + "/assure" }

  /// What every command finds set, and nothing else.
  static func environment(_ changes: [String: String] = [:]) -> [String: String] {
    [
      "PATH": folder + ":/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C", "TZ": "UTC",
      "SOURCE_DATE_EPOCH": "1640995200", "ASSURE_ACTOR": "tester",
      "ASSURE_POLICIES": repository + "/Policies", "REPO": repository,
      // Keys for tests: signatures and salts by them are the same in every run.
      "ASSURE_LOG_KEY": repository + "/Tests/TranscriptTests/Fixtures/log.key",
      "ASSURE_SALT_KEY": repository + "/Tests/TranscriptTests/Fixtures/salt.key",
    ].merging(changes) { $1 }
  }

  /// What a command printed, and its exit status.
  struct Outcome {
    let status: Int32
    let output: String
    let complaints: String
  }

  /// A process under way, its two outputs going to files.
  struct Running {
    let process: Process
    let output: URL
    let complaints: URL

    func wait() throws -> Outcome {
      process.waitUntilExit()
      let outcome = Outcome(
        status: process.terminationStatus,
        output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
        complaints: String(decoding: try Data(contentsOf: complaints), as: UTF8.self))
      try FileManager.default.removeItem(at: output)
      try FileManager.default.removeItem(at: complaints)
      return outcome
    }
  }

  /// Starts a program by its path; no shell.
  static func start(
    _ path: String, _ arguments: [String], in folder: String, _ changes: [String: String] = [:]
  ) throws -> Running {
    let process = Process()
    let temporary = FileManager.default.temporaryDirectory
    let output = temporary.appending(path: "transcript-\(UUID()).out")
    let complaints = temporary.appending(path: "transcript-\(UUID()).err")
    try Data().write(to: output)
    try Data().write(to: complaints)
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.environment = environment(changes)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: complaints)
    try process.run()
    return Running(process: process, output: output, complaints: complaints)
  }

  /// Runs `assure` with these arguments.
  static func run(
    _ arguments: [String], in folder: String, _ changes: [String: String] = [:]
  ) throws -> Outcome {
    try start(path, arguments, in: folder, changes).wait()
  }

  /// Runs a line of bash that reads no start-up files.
  static func shell(
    _ line: String, in folder: String, _ changes: [String: String] = [:]
  ) throws -> Outcome {
    try start("/bin/bash", ["--noprofile", "--norc", "-c", line], in: folder, changes).wait()
  }
}

/// A new folder that goes away with the value.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "assure-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    path = url.resolvingSymlinksInPath().path()
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }
}
