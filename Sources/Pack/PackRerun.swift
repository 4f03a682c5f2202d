import Assurance
import Trail

/// Makes everything in a pack that follows from the rest of it again, from its files alone.
package enum PackRerun {
  /// One thing made again.
  package struct Part: Sendable {
    package enum Kind: String, Sendable { case file, draw }
    package enum State: String, Sendable { case same, differs, missing }
    package let kind: Kind
    /// The file, or the KPI and round of a draw.
    package let name: String
    package let state: State
  }

  package struct Report: Sendable {
    package let parts: [Part]
    /// What could not be made again, with the reason.
    package let notMade: [String]
    package var isSame: Bool { parts.allSatisfy { $0.state == .same } }
  }

  /// Rebuilds derived files and draws, and compares bytes.
  ///
  /// - Parameter write: is given every file that was made again, the same or not.
  /// - Throws: `text-malformed` if the canonical texts can't be read, and what `write` throws.
  package static func run(
    _ tree: any FileTree, write: (_ path: String, _ bytes: [UInt8]) throws -> Void = { _, _ in }
  ) throws -> Report {
    let listing = tree.listing()
    let content = try PackReading.content(tree, listing)
    var parts: [Part] = []
    var notMade: [String] = []
    for paper in content.workpapers {
      guard let draw = paper.draw else { continue }
      let name = "\(paper.kpi.name) round \(draw.round)"
      guard content.redaction?.hides(paper) != true else {
        notMade.append("the draw of \(name): keys are withheld, this pack is redacted")
        continue
      }
      guard let population = paper.population, let plan = paper.plan,
        let selection = SampleSelection(rawValue: plan.method)
      else {
        notMade.append("the draw of \(name): population, plan or method is not known here")
        continue
      }
      let again = try? selection.draw(seed: draw.seed, items: population.items, size: plan.size)
      let isSame = again.map { SampleCheck.firstDifference($0, draw.items) == nil } ?? false
      parts.append(Part(kind: .draw, name: name, state: isSame ? .same : .differs))
    }
    guard DerivedCheck.rendering(tree) == BuildText.rendering else {
      return Report(
        parts: parts, notMade: notMade + ["pages and tables: written by another version"])
    }
    let payload = listing.files.filter { $0.path.hasPrefix("data/") }
    for entry in try DerivedCheck.entries(content, payload) where entry.isDerived {
      let bytes = try entry.bytes.collected()
      try write(entry.path, bytes)
      let there = tree.read(entry.path, limit: 1 << 30)
      let state: Part.State = there == nil ? .missing : there == bytes ? .same : .differs
      parts.append(Part(kind: .file, name: entry.path, state: state))
    }
    return Report(parts: parts, notMade: notMade)
  }
}
