package import Assurance
import Trail

/// Checks evidence packs, from the folder alone.
package enum PackVerifier {
  /// Runs every check.
  ///
  /// - Throws: `folder-unreadable` if there is no such folder; what is wrong inside is a finding.
  package static func verify(_ path: String) throws(AssureError) -> Verdict {
    let folder = try FolderReader(path: path)
    var verdict = Verdict()
    if let bytes = folder.read(PackPaths.tagManifests[0]) { verdict.digest = Digest(of: bytes).hex }
    let pack = PackUnderCheck(folder: folder, bag: Bag.verify(folder))
    for check in Checks.all { check.run(pack, &verdict) }
    verdict.findings.sort { a, b in
      if a.level != b.level { return a.level < b.level }
      return a.path.utf8.lexicographicallyPrecedes(b.path.utf8)
    }
    let later = pack.bag.listing.files.count { $0.path.hasPrefix(PackPaths.seal) }
    verdict.notChecked += [
      later == 0 ? "signatures: the pack holds none" : "seal/: \(later) files in it",
      "time: no time stamp or witness outside the engagement vouches for the log",
      "whether the evidence is true, sufficient and complete: that is for people",
    ]
    return verdict
  }
}

/// What the checks share: each looks at the folder, none changes it.
struct PackUnderCheck {
  let folder: FolderReader
  let bag: Bag.Report
  /// The content read back, or why it can't be.
  let content: Result<PackContent, AssureError>

  init(folder: FolderReader, bag: Bag.Report) {
    self.folder = folder
    self.bag = bag
    do throws(AssureError) {
      content = .success(try PackReading.content(folder))
    } catch {
      content = .failure(error)
    }
  }
}
