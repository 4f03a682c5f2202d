package import Assurance
package import Trail

/// Checks evidence packs, from the folder alone.
package enum PackVerifier {
  /// Runs every check.
  ///
  /// - Parameter signers: the reader's own list of who may sign, in the form of `ssh-keygen`; else
  ///   the pack's copy is used, and that this proves nothing about who they are is said.
  /// - Throws: `folder-unreadable` if there is no such folder; what is wrong inside is a finding.
  package static func verify(
    _ path: String, signers: AllowedSigners? = nil
  ) throws(AssureError) -> Verdict {
    let folder = try FolderReader(path: path)
    var verdict = Verdict()
    if let bytes = folder.read(PackPaths.tagManifests[0]) { verdict.digest = Digest(of: bytes).hex }
    let pack = PackUnderCheck(folder: folder, bag: Bag.verify(folder), signers: signers)
    if AmendmentReading.isAmendment(folder) {
      AmendmentCheck.run(pack, &verdict)
    } else {
      for check in Checks.all { check.run(pack, &verdict) }
    }
    verdict.findings.sort { a, b in
      if a.level != b.level { return a.level < b.level }
      return a.path.utf8.lexicographicallyPrecedes(b.path.utf8)
    }
    verdict.notChecked += [
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
  /// Who may sign, as the reader says; nil if she said nothing.
  let signers: AllowedSigners?
  /// The content read back, or why it can't be.
  let content: Result<PackContent, AssureError>

  init(folder: FolderReader, bag: Bag.Report, signers: AllowedSigners? = nil) {
    self.folder = folder
    self.bag = bag
    self.signers = signers
    do throws(AssureError) {
      content = .success(try PackReading.content(folder))
    } catch {
      content = .failure(error)
    }
  }
}
