import Foundation

/// The working copy these tests lie in, read as text.
enum Repository {
  static let root: URL = {
    var folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    while folder.path != "/",
      !FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path)
    {
      folder.deleteLastPathComponent()
    }
    return folder
  }()

  /// The rooms, lowest first, each with the rooms it may import.
  static let rooms: [(name: String, mayImport: Set<String>)] = [
    ("Exact", []),
    ("Trail", []),
    ("Sampling", ["Exact"]),
    ("Assurance", ["Exact", "Trail", "Sampling"]),
    ("TieOut", ["Exact"]),
    ("Ingest", ["Exact", "Trail", "Sampling", "Assurance"]),
    ("Pack", ["Exact", "Trail", "Sampling", "Assurance", "TieOut"]),
    ("Workbench", ["Exact", "Trail", "Sampling", "Assurance", "TieOut", "Ingest", "Pack"]),
    (
      "assure",
      ["Exact", "Trail", "Sampling", "Assurance", "TieOut", "Ingest", "Pack", "Workbench"]
    ),
  ]

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The names in a folder, hidden ones too, in order.
  static func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path).sorted()
  }

  /// The paths below a folder that end so, relative to the root, in order.
  static func files(_ folder: String, ending: String) -> [String] {
    let base = root.appending(path: folder).path
    let all = FileManager.default.enumerator(atPath: base)?.compactMap { $0 as? String } ?? []
    return all.filter { $0.hasSuffix(ending) }.map { folder + "/" + $0 }.sorted()
  }

  /// Every Swift file that is ours.
  static let swiftFiles: [SwiftFile] = ["Sources", "Tests", "Samples/Generator"].flatMap {
    files($0, ending: ".swift").compactMap { try? SwiftFile(path: $0, text: text($0)) }
  }

  /// `path:line` of every line for which the answer is true.
  static func places(where wrong: (SwiftFile) -> [Bool]) -> [String] {
    swiftFiles.flatMap { file in
      zip(1..., wrong(file)).compactMap { $0.1 ? "\(file.path):\($0.0)" : nil }
    }
  }
}
