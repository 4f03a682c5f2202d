package import Assurance
package import Trail

/// Writes evidence packs.
package enum EvidencePack {
  /// What was written.
  package struct Receipt: Sendable {
    package let folder: String
    /// SHA-256 in hex of `tagmanifest-sha256.txt`: one number for the whole pack.
    package let digest: String
    /// Files under data/.
    package let payloadCount: Int
    /// Bytes under data/.
    package let payloadSize: Int
    /// Source files left out because of the rule, by name.
    package let originalsLeftOut: [String]
  }

  /// Writes a pack to a folder that does not exist yet.
  ///
  /// - Parameter ready: called with the receipt when all is written, before the folder takes its
  ///   name.
  /// - Throws: `pack-exists`, `population-digest`, `file-changed`, `folder-unwritable`, and what
  ///   a stream of bytes or `ready` throws; the target then does not exist.
  package static func write(
    _ content: PackContent, to folder: String, ready: (Receipt) throws -> Void = { _ in }
  ) throws -> Receipt {
    var partial = try PartialFolder(target: folder)
    do {
      let receipt = try write(content, into: &partial, target: folder)
      try ready(receipt)
      try partial.finish()
      return receipt
    } catch {
      partial.discard()
      throw error
    }
  }

  /// The files that a sign-off of the only workpaper in the content covers, with their digests.
  package static func scope(of content: PackContent) throws -> [Statement.Covered] {
    guard let paper = content.workpapers.first else { return [] }
    return try PackTree(content).scopes(content)[.workpaper(paper.kpi.name)] ?? []
  }

  /// How many events of the log lie in a pack.
  package static func eventCount(of folder: String) throws(AssureError) -> Int {
    let bytes = try FolderReader(path: folder).read(PackPaths.events, limit: 1 << 30) ?? []
    return bytes.count { $0 == 0x0A }
  }

  private static func write(
    _ content: PackContent, into folder: inout PartialFolder, target: String
  ) throws -> Receipt {
    let tree = try PackTree(content)
    var payload = ManifestWriter()
    for entry in tree.payload { try payload.write(entry.path, entry.bytes, to: &folder) }
    try payload.finish(folder)
    for entry in tree.payload {
      guard let known = entry.known, let found = payload.digest(entry.path), known != found else {
        continue
      }
      throw TakenFiles.changed(entry.path, found, known)
    }
    var tags = ManifestWriter()
    for entry in tree.way { try tags.write(entry.path, entry.bytes, to: &folder) }
    let info = bagInfo(content, size: payload.size, count: payload.count)
    try tags.write("bag-info.txt", .text(info), to: &folder)
    try tags.write("bagit.txt", .text(declaration), to: &folder)
    for algorithm in BagAlgorithm.pack {
      try tags.write(
        "manifest-\(algorithm.rawValue).txt", .text(payload.text(algorithm)), to: &folder)
    }
    try tags.finish(folder)
    var digest = ""
    for algorithm in BagAlgorithm.pack {
      let text = tags.text(algorithm)
      _ = try folder.write("tagmanifest-\(algorithm.rawValue).txt", .text(text))
      if algorithm == .sha256 { digest = Digest(ofText: text).hex }
    }
    let includes = tree.payload.contains { $0.path.hasPrefix("data/evidence/sources/") }
    return Receipt(
      folder: target, digest: digest, payloadCount: payload.count, payloadSize: payload.size,
      originalsLeftOut: includes ? [] : content.originals.map(\.name))
  }

  static let declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

  /// Labels of RFC 8493, section 2.2.2; values are one line each.
  static func bagInfo(_ content: PackContent, size: Int, count: Int) -> String {
    let engagement = content.engagement
    let about = "\(engagement.entity), \(engagement.period)"
    var lines = [
      ("Bag-Software-Agent", engagement.tool),
      ("BagIt-Profile-Identifier", "urn:assure:pack:1"),
      ("Bagging-Date", String(content.asOf.prefix(10))),
      (
        "External-Description",
        (content.redaction == nil ? "Evidence pack: " : "Redacted, not the whole: evidence pack: ")
          + about
      ),
      ("External-Identifier", engagement.id), ("Payload-Oxum", "\(size).\(count)"),
    ]
    // Labels are free beyond those of the RFC; a reader who knows ours no better reads the words.
    if let redaction = content.redaction {
      lines.append(("Redaction-Of", "the pack with tagmanifest-sha256.txt \(redaction.full)"))
    }
    return lines.map { "\($0.0): \(VisibleText.of($0.1))\n" }.joined()
  }
}

/// Collects files as they are written, and the lines of manifests once they are.
struct ManifestWriter {
  private var files: [(path: String, size: Int)] = []
  private var digests: [String: [BagAlgorithm: String]] = [:]
  private(set) var size = 0
  var count: Int { files.count }

  mutating func write(
    _ path: String, _ bytes: PackBytes, to folder: inout PartialFolder
  ) throws {
    guard SafeName.isSafe(path: path) else {
      throw AssureError("unsafe-name", place: path, "a pack can't hold a file of this name")
    }
    let written = try folder.write(path, bytes)
    size += written
    files.append((path, written))
  }

  /// Digests what was written, read back from where it lies.
  mutating func finish(_ folder: PartialFolder) throws {
    let tree = try FolderReader(path: folder.path)
    let all = ParallelDigests.of(files.map { ($0.path, $0.size, BagAlgorithm.pack) }, in: tree)
    for (file, computed) in zip(files, all) {
      guard let computed else {
        throw AssureError("folder-unwritable", place: file.path, "what was written can't be read")
      }
      digests[file.path] = computed
    }
  }

  func digest(_ path: String) -> String? { digests[path]?[.sha256] }

  /// Lines of `checksum`, two blanks and path, sorted by the bytes of the path.
  func text(_ algorithm: BagAlgorithm) -> String {
    files.map(\.path).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .map { "\(digests[$0]?[algorithm] ?? "")  \($0)\n" }.joined()
  }
}

/// The one time that a pack states as its own.
package enum PackTime {
  /// `asOf` of the build file; the start of 1980 if there is none.
  package static func read(_ tree: any FileTree) -> String {
    let bytes = tree.read(PackPaths.build) ?? []
    let fields = try? JSONFields(bytes: bytes, place: PackPaths.build)
    return (try? fields?.text("asOf")) ?? "1980-01-01T00:00:00Z"
  }
}
