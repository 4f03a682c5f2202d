package import Assurance
package import TieOut

/// Everything that goes into an evidence pack, as values.
package struct PackContent: Sendable {
  package var engagement: EngagementFacts
  /// Time of the last event of the trail, `YYYY-MM-DDTHH:MM:SSZ`: the only time that a pack states
  /// as its own.
  package var asOf: String
  package var sources: [SourceFacts]
  /// In the order of the report.
  package var workpapers: [Workpaper]
  /// Source files as received; each must have the digest of one of ``sources``.
  package var originals: [PackFile]
  package var originalsRule: OriginalsRule
  /// Worksheets as given to testers and as they came back.
  package var worksheetsOut: [PackFile]
  package var worksheetsIn: [PackFile]
  /// Further evidence: attachments to items.
  package var attachments: [PackFile]
  /// Policy files; names may hold folders.
  package var policies: [PackFile]
  package var trail: TrailFacts
  /// Statements and who may sign; nil as long as nobody has signed.
  package var signing: SigningFacts?
  /// The report that was tied last; nil if none was.
  package var tieOut: TiedReport?
  /// What was withheld and from which pack; nil in a whole pack.
  package var redaction: RedactionFacts?

  package init(
    engagement: EngagementFacts, asOf: String, sources: [SourceFacts], workpapers: [Workpaper],
    originals: [PackFile] = [], originalsRule: OriginalsRule = .upTo(bytes: 50_000_000),
    worksheetsOut: [PackFile] = [], worksheetsIn: [PackFile] = [], attachments: [PackFile] = [],
    policies: [PackFile] = [], trail: TrailFacts,
    signing: SigningFacts? = nil, tieOut: TiedReport? = nil
  ) {
    self.engagement = engagement
    self.asOf = asOf
    self.sources = sources
    self.workpapers = workpapers
    self.originals = originals
    self.originalsRule = originalsRule
    self.worksheetsOut = worksheetsOut
    self.worksheetsIn = worksheetsIn
    self.attachments = attachments
    self.policies = policies
    self.trail = trail
    self.signing = signing
    self.tieOut = tieOut
  }
}

/// Whether source files go into the pack. What is left out is named in the pack with its digest.
package enum OriginalsRule: Hashable, Sendable {
  case include
  case leaveOut
  /// All of them if together they have at most so many bytes, else none.
  case upTo(bytes: Int)
}
