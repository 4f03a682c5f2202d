import Assurance

/// L0: what an evidence pack has beyond any bag.
enum LayoutCheck: PackCheck {
  static let codes = [
    "bag-version", "database-present", "empty-folder", "fetch-present", "folder-unknown",
    "info-missing",
    "part-missing", "tag-file-not-listed", "unsafe-name", "names-collide",
  ]

  static func run(_ pack: PackUnderCheck, _ verdict: inout Verdict) {
    let before = verdict.findings.count
    let listing = pack.bag.listing
    if pack.bag.version != "1.0" {
      verdict.add("bag-version", .structure, "bagit.txt", "a pack is a bag of version 1.0")
    }
    checkNames(listing, &verdict)
    checkParts(pack, &verdict)
    checkDatabases(pack, &verdict)
    if verdict.findings.count == before {
      verdict.hold(
        .structure, "every part of a pack is there, under names that are safe everywhere")
    }
  }

  private static func checkNames(_ listing: FolderListing, _ verdict: inout Verdict) {
    var seen: [String: String] = [:]
    for path in listing.files.map(\.path) + listing.folders {
      if !SafeName.isSafe(path: path) {
        verdict.add("unsafe-name", .structure, path, "a name that not every system takes as it is")
      }
      if let other = seen.updateValue(path, forKey: SafeName.collisionKey(path)) {
        verdict.add("names-collide", .structure, path, "the same as \(other) on some systems")
      }
    }
    for folder in listing.emptyFolders {
      verdict.add("empty-folder", .structure, folder, "an empty folder is in no list")
    }
    for folder in listing.folders where !folder.utf8.contains(UInt8(ascii: "/")) {
      if folder != "data" && folder != "seal" {
        verdict.add("folder-unknown", .structure, folder, "only data/ and seal/ belong here")
      }
    }
  }

  /// A pack is text and originals; a database outside the originals is never opened.
  private static func checkDatabases(_ pack: PackUnderCheck, _ verdict: inout Verdict) {
    let magic = Array("SQLite format 3\0".utf8)
    for file in pack.bag.listing.files where !file.path.hasPrefix("data/evidence/") {
      let ending = file.path.split(separator: ".").last ?? ""
      var isDatabase = ["sqlite", "sqlite-wal", "sqlite-shm", "sqlite-journal", "db"]
        .contains(ending)
      var first: [UInt8] = []
      if file.size >= magic.count, !isDatabase {
        try? pack.folder.forEachPiece(of: file.path) { piece in
          first = Array(piece.prefix(magic.count))
          throw AssureError("enough", "the first piece is enough")
        }
      }
      isDatabase = isDatabase || first == magic
      if isDatabase {
        verdict.add(
          "database-present", .structure, file.path, "a pack holds no database; it was not opened")
      }
    }
  }

  private static func checkParts(_ pack: PackUnderCheck, _ verdict: inout Verdict) {
    let paths = pack.bag.listing.files.map(\.path)
    let wanted =
      PackPaths.tagFiles + PackPaths.tagManifests + [
        OverviewPage.path, PackPaths.build, PackPaths.sources, PackPaths.index, PackPaths.events,
        PackPaths.checkpoint,
      ]
    for path in wanted where !paths.contains(path) {
      verdict.add("part-missing", .structure, path, "every pack has it")
    }
    if paths.contains("fetch.txt") {
      verdict.add("fetch-present", .structure, "fetch.txt", "a pack fetches nothing")
    }
    let tagLists = pack.bag.manifests.filter(\.isTag)
    for path in paths where !path.hasPrefix("data/") && !path.hasPrefix(PackPaths.seal) {
      guard !PackPaths.tagManifests.contains(path) else { continue }
      let holders = tagLists.count { list in list.entries.contains { $0.path == path } }
      if holders < PackPaths.tagManifests.count {
        verdict.add("tag-file-not-listed", .structure, path, "not in both tag manifests")
      }
    }
    let info = pack.folder.read("bag-info.txt").map { String(decoding: $0, as: UTF8.self) } ?? ""
    for label in ["Payload-Oxum: ", "Bagging-Date: ", "External-Identifier: "] {
      if !BagText.lines(info).contains(where: { $0.hasPrefix(label) }) {
        verdict.add("info-missing", .structure, "bag-info.txt", "no \(label.dropLast(2))")
      }
    }
  }
}
