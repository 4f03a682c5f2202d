package import Assurance
import Foundation

/// Where policy sets are found.
package enum PolicyLibrary {
  /// The folder of a policy set, given its name or its path.
  ///
  /// Looked for, in this order: as a path; in `ASSURE_POLICIES`; in `share/assure/Policies` beside
  /// the program's `bin`; in a `Policies` folder above the program, as in a clone.
  ///
  /// - Throws: `no-such-policy` with the sets that are there.
  package static func find(_ name: String) throws(AssureError) -> String {
    let manager = FileManager.default
    if manager.fileExists(atPath: name + "/policy.yaml") { return name }
    let libraries = libraries()
    for library in libraries {
      let folder = library + "/" + name
      if !name.contains("/"), manager.fileExists(atPath: folder + "/policy.yaml") { return folder }
    }
    let known = Set(libraries.flatMap { (try? manager.contentsOfDirectory(atPath: $0)) ?? [] })
      .sorted()
    throw AssureError(
      "no-such-policy", place: "--policies \(name)", "there is no policy set of that name or path",
      remedy: known.isEmpty
        ? "name the folder that holds its policy.yaml, or set ASSURE_POLICIES"
        : "one of: \(known.joined(separator: ", ")); or the path of a folder with a policy.yaml")
  }

  private static func libraries() -> [String] {
    var libraries: [String] = []
    if let path = ProcessInfo.processInfo.environment["ASSURE_POLICIES"] { libraries.append(path) }
    guard let program = Bundle.main.executableURL?.resolvingSymlinksInPath() else {
      return libraries
    }
    var folder = program.deletingLastPathComponent()
    libraries.append(folder.deletingLastPathComponent().path + "/share/assure/Policies")
    while folder.path != "/" {
      libraries.append(folder.path + "/Policies")
      folder = folder.deletingLastPathComponent()
    }
    return libraries.filter { FileManager.default.fileExists(atPath: $0) }
  }
}
