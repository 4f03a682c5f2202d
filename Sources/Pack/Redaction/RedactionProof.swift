package import Assurance
import Trail

/// Proves to whoever holds both that one pack is the redaction of the other: it is made again.
package enum RedactionProof {
  static let codes = ["redaction-full", "redaction-not", "redaction-other"]

  /// Adds to a verdict about a redacted pack what the whole one shows of it.
  ///
  /// - Throws: `folder-unreadable`; what is wrong in either is a finding.
  package static func check(
    full path: String, _ redacted: any FileTree, _ verdict: inout Verdict
  ) throws(AssureError) {
    let full = try PackOpening.tree(at: path)
    guard let facts = facts(of: redacted) else {
      verdict.add("redaction-not", .content, PackPaths.build, "this pack is not redacted")
      return
    }
    let digest = full.read(PackPaths.tagManifests[0]).map { Digest(of: $0).hex } ?? ""
    guard digest == facts.full else {
      verdict.add(
        "redaction-other", .content, PackPaths.build,
        "it was made from the pack \(facts.full), the one given is \(digest)")
      return
    }
    do {
      let content = try PackRedaction.content(of: full, place: path)
      try compare(content, redacted, &verdict)
    } catch let error as AssureError {
      verdict.add("redaction-full", .content, error.place, "the whole pack: \(error.reason)")
    } catch {
      verdict.add("redaction-full", .content, "", "the whole pack can't be read")
    }
  }

  private static func facts(of tree: any FileTree) -> RedactionFacts? {
    guard let bytes = tree.read(PackPaths.build),
      let build = try? JSONFields(bytes: bytes, place: PackPaths.build)
    else { return nil }
    return (try? RedactionFacts.read(tree, build)) ?? nil
  }

  /// Manifests follow from the other files, which other checks see to.
  private static func compare(
    _ content: PackContent, _ redacted: any FileTree, _ verdict: inout Verdict
  ) throws {
    let before = verdict.findings.count
    let files = redacted.listing().files.filter { !$0.path.hasPrefix(PackPaths.seal) }
    let entries = try DerivedCheck.entries(
      content, files.filter { $0.path.hasPrefix("data/") })
    for entry in entries {
      let wanted = try digest(entry.bytes)
      let found = try? digest(.stream { try redacted.forEachPiece(of: entry.path, $0) })
      if found != wanted {
        verdict.add(
          "redaction-other", .content, entry.path,
          found == nil ? "the redaction of the whole pack has it" : "redacted again, it differs")
      }
    }
    let known = Set(entries.map(\.path) + PackPaths.tagFiles + PackPaths.tagManifests)
    for file in files where !known.contains(file.path) {
      verdict.add(
        "redaction-other", .content, file.path, "the redaction of the whole pack does not have it")
    }
    guard verdict.findings.count == before else { return }
    verdict.hold(
      .content,
      "the redaction of the pack \(content.redaction?.full ?? ""), made again: \(entries.count) "
        + "files, byte for byte")
    verdict.leave(.content, "the whole pack itself: check it by its own name")
  }

  private static func digest(_ bytes: PackBytes) throws -> String {
    var hasher = BagHasher([.sha256])
    try bytes.forEachPiece { hasher.update($0) }
    return hasher.finish()[.sha256] ?? ""
  }
}
