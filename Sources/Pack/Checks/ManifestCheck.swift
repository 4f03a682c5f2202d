/// L1: manifests have the one spelling that `sha256sum` prints: nothing can be changed in a list
/// that no other list covers without changing what it says.
enum ManifestCheck: PackCheck {
  static let codes = ["manifest-spelling"]

  static func run(_ pack: PackUnderCheck, _ verdict: inout Verdict) {
    let before = verdict.findings.count
    for manifest in pack.bag.manifests {
      let lines = manifest.entries
        .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        .map { "\($0.checksum)  \($0.path)\n" }.joined()
      if pack.folder.read(manifest.file) != Array(lines.utf8) {
        verdict.add(
          "manifest-spelling", .fixity, manifest.file,
          "not sorted lines of checksum, two blanks and path, each ending in LF")
      }
    }
    if verdict.findings.count == before {
      verdict.hold(
        .fixity, "\(pack.bag.manifests.count) manifests are spelled canonically")
    }
  }
}
