import Assurance
import Trail

/// Makes a redacted pack of a whole one: a function of the whole pack alone, so that whoever holds
/// it can make the redaction again and compare.
///
/// Everything in a pack follows from its canonical content, so it is the content that is redacted;
/// pages, tables and texts are then written from that as for any pack.
package enum PackRedaction {
  /// What was written.
  package struct Receipt: Sendable {
    package let pack: EvidencePack.Receipt
    /// Digest of the pack that it was made from.
    package let full: String
    package let workpapers: [String]
    /// Salted digests in the place of values.
    package let values: Int
    /// Files of the whole pack that this one lacks, with the reason.
    package let leftOut: [(path: String, reason: String)]
    /// What stays and can tell something, in sentences.
    package let warnings: [String]
  }

  /// Reads a whole pack and writes its redaction to a folder that does not exist yet.
  ///
  /// - Throws: `redaction-of-broken`, `redaction-twice`, `redaction-no-key`,
  ///   `redaction-open-event`; what reading and writing a pack throw.
  package static func write(_ full: String, to folder: String) throws -> Receipt {
    let tree = try PackOpening.tree(at: full)
    let content = try content(of: tree, place: full)
    guard let redaction = content.redaction else {
      throw AssureError("redaction-of-broken", place: full, "the pack can't be redacted")
    }
    let pack = try EvidencePack.write(content, to: folder)
    return Receipt(
      pack: pack, full: redaction.full, workpapers: redaction.workpapers,
      values: redaction.valueCount,
      leftOut: redaction.leftOut.map { (path: $0.path, reason: $0.reason) },
      warnings: warnings(content))
  }

  /// The content of the redaction of a whole pack.
  static func content(of tree: any FileTree, place: String) throws -> PackContent {
    let bag = Bag.verify(tree)
    guard bag.isValid, !AmendmentReading.isAmendment(tree),
      let list = tree.read(PackPaths.tagManifests[0])
    else {
      throw AssureError(
        "redaction-of-broken", place: place, "it is no whole pack with every byte as listed",
        remedy: "see `assure verify \(place)`")
    }
    let full = try PackReading.content(
      tree, bag.listing, found: bag.digests.compactMapValues { $0[.sha256] })
    guard full.redaction == nil else {
      throw AssureError(
        "redaction-twice", place: place, "this pack is redacted already",
        remedy: "redact the whole pack that it was made from")
    }
    guard let salts = full.trail.redactionKey else {
      throw AssureError(
        "redaction-no-key", place: place,
        "the pack has no \(PackPaths.redactionKey): a version without redaction wrote it",
        remedy: "write the pack again with `assure pack`, then redact that")
    }
    return try content(
      full, from: Digest(of: list).hex, Withholder(salts: salts), tree: tree, bag.listing)
  }

  private static func content(
    _ full: PackContent, from digest: String, _ withholder: Withholder, tree: any FileTree,
    _ listing: FolderListing
  ) throws -> PackContent {
    let policy = try PersonalPolicy(full.policies)
    let trail = TrailRedaction(full.trail, policy: policy)
    if let open = trail.firstOpen(full.trail) {
      throw AssureError(
        "redaction-open-event", place: "\(PackPaths.events): event \(open)",
        "an earlier version wrote personal facts into the log in the open; no event can be changed",
        remedy: "give workpapers of such a log without its trail, by hand, or not at all")
    }
    var content = full
    content.trail = trail.redacted(full.trail)
    let hidden = full.workpapers.map(\.kpi.name).filter { policy.isPersonal(kpi: $0) }
    let workflow = content.trail.workflow
    var papers = PaperRedaction(policy: policy, withholder: withholder)
    content.workpapers = full.workpapers.map { paper in
      var paper = paper
      if hidden.contains(paper.kpi.name) { paper = papers.redacted(paper) }
      paper.evidence = workflow.evidence(of: paper.kpi.name)
      return paper
    }
    let files = FileRedaction(
      policy: policy, withholder: withholder, hidden: Set(hidden), trail: full.trail)
    content.sources = full.sources.map { files.redacted($0) }
    try files.leaveOut(from: &content)
    content.redaction = RedactionFacts(full: digest, workpapers: hidden.sorted(), rows: [])
    let rows = RedactionRows(
      full: full, redacted: content, files: files, policy: policy, seal: listing)
    content.redaction?.rows = try rows.all()
    return content
  }

  /// What a reader of the redaction could still try, in sentences.
  private static func warnings(_ content: PackContent) -> [String] {
    var warnings: [String] = []
    for paper in content.workpapers where content.redaction?.hides(paper) ?? false {
      guard let population = paper.population, population.count <= guessable else { continue }
      warnings.append(
        "\(paper.kpi.name) has \(population.count) records: whoever can list all keys they may "
          + "have can try them against the population’s digest, which the log holds")
    }
    return warnings
  }

  /// So few records that trying all lists of their keys may be in reach.
  private static let guessable = 4
}
