import Assurance

/// L6: pages, tables and texts for people, built again from canonical texts, are the same bytes.
enum DerivedCheck: PackCheck {
  static let codes = ["derived-differs", "derived-extra", "derived-missing", "derived-refused"]

  static func run(_ pack: PackUnderCheck, _ verdict: inout Verdict) {
    guard let content = verdict.content(of: pack, for: "pages and tables") else { return }
    guard rendering(pack.folder) == BuildText.rendering else {
      verdict.leave(
        .content, "pages and tables: written by another version")
      return
    }
    do {
      let before = verdict.findings.count
      let payload = pack.bag.listing.files.filter { $0.path.hasPrefix("data/") }
      let entries = try entries(content, payload, log: pack.log)
      for entry in entries where entry.isDerived { check(entry, pack, &verdict) }
      let known = Set(entries.map(\.path))
      for file in pack.bag.listing.files where file.path.hasPrefix("data/") {
        if !known.contains(file.path) {
          verdict.add("derived-extra", .content, file.path, "nothing in the pack accounts for it")
        }
      }
      if verdict.findings.count == before {
        verdict.hold(
          .content,
          "\(entries.count { $0.isDerived }) pages, tables and texts built again, byte for byte")
      }
    } catch let error as AssureError {
      verdict.add("derived-refused", .content, error.place, "can’t be built: \(error.reason)")
    } catch {
      verdict.add("derived-refused", .content, "", "can’t be built again")
    }
  }

  /// Every file of a pack but the manifests, made from its content.
  static func entries(
    _ content: PackContent, _ payload: [FolderListing.File], log: LogIndex? = nil
  ) throws -> [PackTree.Entry] {
    let tree = try PackTree(content, log: log)
    let info = EvidencePack.bagInfo(
      content, size: payload.reduce(0) { $0 + $1.size }, count: payload.count)
    return tree.payload + tree.way + [
      PackTree.Entry(path: "bag-info.txt", bytes: .text(info), isDerived: true),
      PackTree.Entry(path: "bagit.txt", bytes: .text(EvidencePack.declaration), isDerived: true),
    ]
  }

  static func rendering(_ tree: any FileTree) -> Int? {
    guard let bytes = tree.read(PackPaths.build) else { return nil }
    return try? JSONFields(bytes: bytes, place: PackPaths.build).number("rendering")
  }

  private static func check(
    _ entry: PackTree.Entry, _ pack: PackUnderCheck, _ verdict: inout Verdict
  ) {
    guard let there = pack.folder.read(entry.path, limit: 1 << 30) else {
      verdict.add("derived-missing", .content, entry.path, "it follows from the content")
      return
    }
    if let bytes = try? entry.bytes.collected(), bytes != there {
      verdict.add(
        "derived-differs", .content, entry.path, "not what the canonical texts give")
    }
  }
}
