import Foundation
import Testing

/// An engagement over `Samples/Water`, made with the program in a folder of its own.
struct WaterEngagement: Sendable {
  let folder: TemporaryFolder
  /// The engagement's folder.
  var path: String { folder.path + "/acme" }

  static let sample = Program.repository + "/Samples/Water"
  static let seed = "4 1 6 6 2 3 5 1 2 6 4 4 1 3 5 2 6 1 3 4"

  /// The files of a set, `clean` or `faulty`, by full path, sorted.
  static func sources(_ set: String) throws -> [String] {
    let folder = "\(sample)/\(set)/sources"
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .map { "\(folder)/\($0)" }
  }

  init() throws {
    folder = try TemporaryFolder()
    let made = try Program.run(
      ["init", "acme", "--policies", "hkex-esg-2021"], in: folder.path)
    try #require(made.status == 0, "\(made.complaints)")
    for name in ["engagement.yaml", "reported.csv"] {
      try Data(contentsOf: URL(filePath: "\(Self.sample)/\(name)"))
        .write(to: URL(filePath: "\(path)/\(name)"))
    }
  }

  /// An engagement with all sources of a set taken in.
  init(_ set: String) throws {
    try self.init()
    let taken = try run(["ingest", "--quiet"] + Self.sources(set))
    try #require(taken.status <= 1, "\(taken.complaints)")
  }

  func run(_ arguments: [String], _ changes: [String: String] = [:]) throws -> Program.Outcome {
    try Program.run(arguments, in: path, changes)
  }

  /// Runs a verb with `--format json`; the status must be one of those given.
  func json(_ arguments: [String], status: Set<Int32> = [0]) throws -> JSON {
    let outcome = try run(arguments + ["--format", "json"])
    try #require(
      status.contains(outcome.status), "\(arguments) → \(outcome.status) \(outcome.complaints)")
    return try JSON(outcome.output)
  }
}

/// Engagements with a set taken in, made once for all transcripts and copied into each session.
enum PreparedEngagement {
  private static let made: [String: WaterEngagement] = {
    atexit { PreparedEngagement.remove() }
    var made: [String: WaterEngagement] = [:]
    for set in ["clean", "faulty"] { made[set] = try? WaterEngagement(set) }
    return made
  }()

  private static func remove() {
    for engagement in made.values {
      try? FileManager.default.removeItem(atPath: engagement.folder.path)
    }
  }

  /// Copies the engagement of a set to `acme` in a folder.
  static func copy(_ set: String, to folder: String) throws {
    let engagement = try #require(made[set], "the engagement `\(set)` could not be made")
    try FileManager.default.copyItem(atPath: engagement.path, toPath: folder + "/acme")
  }
}
