import Foundation
import Testing

/// An engagement over `Samples/Water`, made with the program in a folder of its own.
struct WaterEngagement {
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
