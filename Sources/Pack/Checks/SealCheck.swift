import Assurance
import Trail

/// L2 and L3: sign-offs of the whole pack, which lie in `seal/` because a list can't hold its own
/// signature. They cover `tagmanifest-sha256.txt`, and the log's events since then are beside them.
enum SealCheck: PackCheck {
  static let codes = ["seal-file", "seal-unreadable"]

  static func run(_ pack: PackUnderCheck, _ verdict: inout Verdict) {
    let files = pack.bag.listing.files.map(\.path).filter { $0.hasPrefix(PackPaths.seal) }
    guard !files.isEmpty else { return }
    guard let content = verdict.content(of: pack, for: "seal/") else { return }
    let before = verdict.findings.count
    do {
      let signoffs = try SignoffFiles.statements(in: PackPaths.seal, pack.folder)
      let known = Set(
        signoffs.flatMap { [PackPaths.statement($0), PackPaths.signature($0)] }
          .map { PackPaths.seal + $0 } + [PackPaths.eventsAfter])
      for file in files where !known.contains(file) {
        verdict.add("seal-file", .structure, file, "no statement of this pack’s, nor its signature")
      }
      let board = SignoffBoard(
        (content.signing?.signoffs ?? []) + signoffs,
        try SignoffBasis.basis(
          content, signers: try SignoffCheck.signers(pack, content.signing),
          scopes: SignoffCheck.scopes(content, pack.folder).merging(
            [.pack: packScope(pack), .report: packScope(pack)], uniquingKeysWith: { _, new in new }),
          also: signoffs, later: try eventsAfter(pack.folder)))
      let sealed = Set(signoffs.map(\.statement.digest))
      for entry in board.entries where sealed.contains(entry.signoff.statement.digest) {
        SignoffCheck.judge(entry, PackPaths.seal, &verdict)
      }
      if content.signing == nil { SignoffCheck.trust(pack, signoffs, &verdict) }
      guard verdict.findings.count == before else { return }
      verdict.checked.append("\(signoffs.count) sign-offs of the whole pack, over its digest")
    } catch let error as AssureError {
      verdict.add("seal-unreadable", .signature, error.place, error.reason)
    } catch {
      verdict.add("seal-unreadable", .signature, PackPaths.eventsAfter, "\(error)")
    }
  }

  private static func packScope(_ pack: PackUnderCheck) -> [Statement.Covered] {
    let path = PackPaths.tagManifests[0]
    return pack.folder.read(path).map { [Statement.Covered(digest: Digest(of: $0), path: path)] }
      ?? []
  }

  static func eventsAfter(_ folder: FolderReader) throws(AssureError) -> [[UInt8]] {
    guard let bytes = folder.read(PackPaths.eventsAfter, limit: 1 << 28) else { return [] }
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
    guard lines.popLast()?.isEmpty == true else {
      throw AssureError(
        "text-malformed", place: PackPaths.eventsAfter, "the last line is unfinished")
    }
    return lines
  }
}
