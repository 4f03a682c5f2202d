import Assurance

/// The files that a pack takes over, each with its place in the pack.
struct TakenFiles {
  enum Kind: String, CaseIterable {
    case source, attachment
    case worksheetOut = "worksheet-out"
    case worksheetIn = "worksheet-in"
    case policy

    var folder: String {
      switch self {
      case .source: "data/evidence/sources/"
      case .attachment: "data/evidence/attachments/"
      case .worksheetOut: "data/worksheets/out/"
      case .worksheetIn: "data/worksheets/in/"
      case .policy: "data/policy/"
      }
    }
    /// Whether names get the file's digest in front, because two files often have one name.
    var isDigestNamed: Bool { self == .source || self == .attachment }
  }

  struct Item {
    let kind: Kind
    let path: String
    /// As it was called.
    let name: String
    let digest: String
    let size: Int
    let bytes: PackBytes
  }

  /// Sorted by path.
  private(set) var items: [Item] = []
  /// Whether the source files are in the pack.
  let includesOriginals: Bool
  /// Bytes of all source files together, in the pack or not.
  let originalsSize: Int

  /// Places every file.
  ///
  /// - Throws: `file-changed` if a file no longer has the digest it is known by.
  init(_ content: PackContent) throws {
    originalsSize = content.sources.reduce(0) { $0 + $1.bytes }
    switch content.originalsRule {
    case .include: includesOriginals = true
    case .leaveOut: includesOriginals = false
    case .upTo(let limit): includesOriginals = originalsSize <= limit
    }
    var taken: Set<String> = []
    if includesOriginals { try add(content.originals, .source, &taken) }
    try add(content.attachments, .attachment, &taken)
    try add(content.worksheetsOut, .worksheetOut, &taken)
    try add(content.worksheetsIn, .worksheetIn, &taken)
    try add(content.policies, .policy, &taken)
    items.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private mutating func add(_ files: [PackFile], _ kind: Kind, _ taken: inout Set<String>) throws {
    let sorted = files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    for file in sorted {
      let digest = try Self.digest(file)
      let parts = file.name.utf8.split(separator: UInt8(ascii: "/"))
        .map { SafeName.part(String(decoding: Array($0), as: UTF8.self)) }
      let safe = kind == .policy ? parts.joined(separator: "/") : parts.last ?? "_"
      let long = String(digest.prefix(12)) + "-" + (parts.last ?? "_")
      var path = kind.folder + (kind.isDigestNamed ? long : safe)
      if !taken.insert(SafeName.collisionKey(path)).inserted {
        path = kind.folder + long
        // The same bytes under the same name: one file is enough.
        guard taken.insert(SafeName.collisionKey(path)).inserted else { continue }
      }
      items.append(
        Item(
          kind: kind, path: path, name: file.name, digest: digest, size: file.size,
          bytes: file.bytes))
    }
  }

  /// The place of a piece of evidence, by the workpaper that it is about.
  static func path(of one: Evidence, _ content: PackContent) -> String {
    let paper = content.workpapers.first { $0.kpi.name == one.kpi }
    return path(ofAttachment: paper?.fileName(of: one) ?? one.file, digest: one.digest)
  }

  /// The place of an attachment of this name and digest.
  static func path(ofAttachment name: String, digest: String) -> String {
    let last = name.split(separator: "/").last.map(String.init) ?? name
    return Kind.attachment.folder + digest.prefix(12) + "-" + SafeName.part(last)
  }

  /// What was just found, else what it is known by, which is held against the bytes when they are
  /// written; only a file that nothing is known of is read for it.
  private static func digest(_ file: PackFile) throws -> String {
    if let known = file.digest, let found = file.found, known != found {
      throw changed(file.name, found, known)
    }
    if let digest = file.found ?? file.digest { return digest }
    var hasher = BagHasher([.sha256])
    try file.bytes.forEachPiece { hasher.update($0) }
    return hasher.finish()[.sha256] ?? ""
  }

  static func changed(_ name: String, _ found: String, _ known: String) -> AssureError {
    AssureError(
      "file-changed", place: name, "it has SHA-256 \(found), not \(known)",
      remedy: "restore the file as it was taken in")
  }

  /// The place of a source file in the pack; nil if it was left out.
  func path(ofSource digest: String) -> String? {
    items.first { $0.kind == .source && $0.digest == digest }?.path
  }

  static let columns = ["path", "kind", "name", "sha256", "bytes"]

  /// What each file was called.
  var index: [UInt8] {
    items.reduce(into: CanonicalCSV.line(Self.columns)) { bytes, item in
      bytes += CanonicalCSV.line(
        [item.path, item.kind.rawValue, item.name, item.digest, String(item.size)])
    }
  }
}
