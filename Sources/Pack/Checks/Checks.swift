/// One thing that can be checked about a pack.
protocol PackCheck: Sendable {
  /// Every code it can find.
  static var codes: [String] { get }
  /// Looks, and adds what it found, what it found right and what it could not look at.
  static func run(_ pack: PackUnderCheck, _ verdict: inout Verdict)
}

/// All checks of this folder, in the order of their levels.
enum Checks {
  static let all: [any PackCheck.Type] = [
    BagCheck.self, LayoutCheck.self, ManifestCheck.self, ContentCheck.self, SourceCheck.self,
    TrailCheck.self, ValueCheck.self,
    SignoffCheck.self, SealCheck.self, ProofCheck.self, AnchorCheck.self,
    WorkflowCheck.self,
    PopulationCheck.self, ReconciliationCheck.self, SampleCheck.self, ResultCheck.self,
    DerivedCheck.self, RedactionCheck.self,
  ]
}

extension Verdict {
  /// The content, if it could be read; the reason why not is ``ContentCheck``'s to tell.
  mutating func content(
    of pack: PackUnderCheck, _ level: CheckLevel = .content, for what: String
  ) -> PackContent? {
    guard case .success(let content) = pack.content else {
      leave(level, "\(what): the content can’t be read")
      return nil
    }
    return content
  }
}
