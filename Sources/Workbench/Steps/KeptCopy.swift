import Assurance
import Foundation
import Ingest

/// A source on its way into the engagement: copied to a neighbour of its place while it is read,
/// and given its name, which is its digest, once it is whole and on the disk.
final class KeptCopy {
  private let file: SourceFile
  private let folder: String
  private let partial: String
  /// Whether it was put into its place, and nothing lay there before.
  private(set) var isNew = false

  init(_ file: SourceFile, folder: String) throws(AssureError) {
    try Folder.make(folder)
    self.file = file
    self.folder = folder
    partial = folder + "/.partial-\(ProcessInfo.processInfo.processIdentifier)"
    unlink(partial)
    try file.startCopy(to: partial)
  }

  /// Waits until the copy is whole and on the disk.
  ///
  /// - Throws: `cannot-write`, or `source-changed` if the file was written to meanwhile.
  func finish() throws(AssureError) {
    do { try file.finishCopy() } catch { throw error.code == failed.code ? failed : error }
  }

  private var failed: AssureError {
    AssureError(
      "cannot-write", place: folder + "/" + file.sha256,
      "the source cannot be copied into the engagement",
      remedy: "check that the folder may be written and has room")
  }

  /// Puts the copy, which is finished, into its place.
  ///
  /// - Throws: `cannot-write`.
  func keep() throws(AssureError) {
    let target = folder + "/" + file.sha256
    let wasThere = FileManager.default.fileExists(atPath: target)
    chmod(partial, 0o444)
    guard rename(partial, target) == 0, Folder.sync(folder) else { throw failed }
    isNew = !wasThere
  }

  /// Copies a file and puts it into its place.
  static func keep(_ file: SourceFile, folder: String) throws(AssureError) {
    let copy = try KeptCopy(file, folder: folder)
    defer { copy.discard() }
    try copy.finish()
    try copy.keep()
  }

  /// Removes what was not kept.
  func discard() { unlink(partial) }
}
