import Assurance
import Foundation
import Workbench

extension EngagementOptions {
  /// Opens the engagement named, or the nearest one above the current folder.
  func open() throws(AssureError) -> Engagement {
    let engagement = try Engagement(folder: try folder(), actor: try Actor.name(actor))
    if engagement.store.isReadOnly {
      Terminal.remark(
        "the disk is full or may not be written: \(engagement.store.path) was read as last saved")
    }
    return engagement
  }

  /// Opens the engagement if one is named or one is above; nil where there is none.
  func openIfThere() throws(AssureError) -> Engagement? {
    if engagement == nil, (try? folder()) == nil { return nil }
    return try open()
  }

  private func folder() throws(AssureError) -> String {
    if let engagement { return engagement }
    var folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    while true {
      if FileManager.default.fileExists(atPath: folder.path + "/engagement.yaml") {
        return folder.path
      }
      let parent = folder.deletingLastPathComponent()
      guard parent.path != folder.path else { break }
      folder = parent
    }
    throw AssureError(
      "no-engagement", place: FileManager.default.currentDirectoryPath,
      "neither this folder nor one above it has an engagement.yaml",
      remedy: "go into the engagement's folder, or name it with --engagement DIR")
  }
}

/// Who works.
enum Actor {
  /// The name given, else ASSURE_ACTOR, else the login name.
  static func name(_ given: String?) throws(AssureError) -> String {
    let environment = ProcessInfo.processInfo.environment
    for name in [given, environment["ASSURE_ACTOR"], environment["LOGNAME"], environment["USER"]] {
      if let name, !name.isEmpty { return name }
    }
    throw AssureError(
      "no-actor", "nobody is named as doing this", remedy: "add --actor NAME or set ASSURE_ACTOR")
  }
}
