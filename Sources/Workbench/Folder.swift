package import Assurance
import Foundation

/// Files and folders, with errors in sentences.
package enum Folder {
  /// A text file as UTF-8.
  package static func text(_ path: String) throws(AssureError) -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw AssureError(
        "file-unreadable", place: path, "the file cannot be read",
        remedy: "check its name and permissions")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw AssureError(
        "not-utf-8", place: path, "the file is not UTF-8 text", remedy: "save it as UTF-8")
    }
    return text
  }

  /// Every regular file under a folder, as text by its path within.
  package static func texts(_ folder: String) throws(AssureError) -> [String: String] {
    var texts: [String: String] = [:]
    for path in try files(folder) { texts[path] = try text(folder + "/" + path) }
    return texts
  }

  /// Paths of all regular files under a folder, sorted by bytes; hidden ones left out.
  package static func files(_ folder: String) throws(AssureError) -> [String] {
    guard let walk = FileManager.default.enumerator(atPath: folder) else {
      throw AssureError(
        "no-such-folder", place: folder, "the folder does not exist or cannot be read",
        remedy: "check its name")
    }
    var paths: [String] = []
    while let path = walk.nextObject() as? String {
      let isRegular = walk.fileAttributes?[.type] as? FileAttributeType == .typeRegular
      let isHidden = path.split(separator: "/").contains { $0.hasPrefix(".") }
      if isRegular, !isHidden { paths.append(path) }
    }
    return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Writes a whole file or none: to a neighbour, then renamed into place.
  package static func write(_ bytes: [UInt8], to path: String) throws(AssureError) {
    let partial = path + ".partial-\(ProcessInfo.processInfo.processIdentifier)"
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: partial))
      guard rename(partial, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    } catch {
      unlink(partial)
      throw AssureError(
        "cannot-write", place: path, "the file cannot be written",
        remedy: "check that the folder exists, may be written and has room")
    }
  }

  package static func make(_ folder: String) throws(AssureError) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw AssureError(
        "cannot-write", place: folder, "the folder cannot be made",
        remedy: "check the name and permissions")
    }
  }
}
