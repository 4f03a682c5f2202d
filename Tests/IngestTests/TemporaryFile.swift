import Foundation
import Ingest

/// A file that lives as long as the value.
final class TemporaryFile {
  let path: String

  init(_ name: String, _ bytes: [UInt8]) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "ingest-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.appending(path: name).path
    try Data(bytes).write(to: URL(filePath: path))
  }

  convenience init(_ name: String, _ text: String) throws { try self.init(name, Array(text.utf8)) }

  deinit {
    try? FileManager.default.removeItem(at: URL(filePath: path).deletingLastPathComponent())
  }

  func open() throws -> SourceFile { try SourceFile.open(path: path) }
}
