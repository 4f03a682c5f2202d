package import Assurance
import Foundation
import Pack

/// A pack in one file, for sending. Transport only: what is checked is the pack in it.
package enum PackZip {
  /// Writes `FOLDER.zip` beside a pack's folder, seal included, whole or not at all.
  ///
  /// - Returns: its path.
  /// - Throws: `pack-exists` if there is such a file; `zip-too-large`; `cannot-write`.
  package static func write(_ folder: String) throws(AssureError) -> String {
    let url = URL(fileURLWithPath: folder).standardizedFileURL
    let path = url.path + ".zip"
    guard !FileManager.default.fileExists(atPath: path) else {
      throw AssureError(
        "pack-exists", place: path, "there is something of this name already",
        remedy: "move it away; a pack is never overwritten")
    }
    let partial = path + ".partial-\(ProcessInfo.processInfo.processIdentifier)"
    let tree = try FolderReader(path: folder)
    do {
      let time = PackTime.read(tree)
      guard FileManager.default.createFile(atPath: partial, contents: nil) else {
        throw CocoaError(.fileWriteUnknown)
      }
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: partial))
      try ZipWriter.write(tree, top: url.lastPathComponent, time: time) { piece in
        try file.write(contentsOf: Data(piece))
      }
      try file.synchronize()
      try file.close()
      guard rename(partial, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
      return path
    } catch let error as AssureError {
      unlink(partial)
      throw error
    } catch {
      unlink(partial)
      throw AssureError(
        "cannot-write", place: path, "the zip cannot be written",
        remedy: "check that the folder may be written and has room")
    }
  }
}
