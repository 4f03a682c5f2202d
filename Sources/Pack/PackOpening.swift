package import Assurance

/// Opens what a reader names.
package enum PackOpening {
  /// What tells a pack, whole or damaged, from any other folder or zip: one of these is enough.
  static let signs = (PackPaths.tagFiles + PackPaths.tagManifests).filter {
    $0.contains("bag") || $0.contains("manifest")
  }

  /// A folder, or a file that is a zip of one.
  ///
  /// - Throws: `folder-unreadable` if nothing is there; `not-a-pack` for a file that is no zip, and
  ///   for a folder or zip in which nothing is a part of a pack. A zip that can't be read through
  ///   is opened: what is wrong with it is in its listing.
  package static func tree(at path: String) throws(AssureError) -> any FileTree {
    guard ZipTree.isFile(path) else {
      let folder = try FolderReader(path: path)
      try requireSigns(folder, path, "folder")
      return folder
    }
    let zip = try ZipTree(path: path)
    guard zip.beginsAsZip else {
      throw AssureError(
        "not-a-pack", place: path, "a file that is no zip", remedy: "name a pack: a folder or a zip"
      )
    }
    // Of a zip that lies its listing tells.
    if zip.listing().odd.isEmpty { try requireSigns(zip, path, "zip") }
    return zip
  }

  /// Whether it is a zip of which no file could be read.
  static func isUnreadable(_ tree: any FileTree) -> Bool {
    guard tree is ZipTree else { return false }
    let listing = tree.listing()
    return listing.files.isEmpty && !listing.odd.isEmpty
  }

  private static func requireSigns(
    _ tree: any FileTree, _ path: String, _ what: String
  ) throws(AssureError) {
    guard !signs.contains(where: { tree.has($0) }) else { return }
    throw AssureError(
      "not-a-pack", place: path,
      "nothing in this \(what) is a part of a pack; not even bagit.txt is",
      remedy: "name the \(what) that `assure pack` made, the one with START-HERE.html in it")
  }
}
