/// L0 and L1: a BagIt 1.0 folder, complete, every byte as listed.
enum BagCheck: PackCheck {
  static let codes: [String] =
    [
      "algorithm-unknown", "declaration-malformed", "declaration-mark", "declaration-missing",
      "declaration-version", "digest-differs", "encoding-unknown", "fetch-line", "fetch-not-listed",
      "file-missing", "file-not-listed", "link", "manifest-line", "manifest-missing",
      "name-collision", "name-not-text", "oxum-differs", "oxum-twice", "path-marked",
      "path-outside", "path-relative", "path-twice", "payload-missing", "special-file",
      "system-file", "tag-file-mark", "tag-file-unreadable", "tag-manifest-listed", "too-deep",
      "too-many", "unreadable",
    ] + ZipReading.codes

  static func run(_ pack: PackUnderCheck, _ verdict: inout Verdict) {
    verdict.findings += pack.bag.findings
    guard pack.bag.isValid else { return }
    let payload = pack.bag.listing.files.filter { $0.path.hasPrefix("data/") }
    verdict.hold(
      .fixity,
      "\(payload.count) files under data/ and the tag files have the bytes listed, and there are "
        + "no others")
  }
}
