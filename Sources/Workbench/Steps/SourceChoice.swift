import Assurance
import Foundation

/// Finds the sources that `--replaces` names.
struct SourceChoice {
  let tables: [DeliveredTable]
  /// Pairs of sources of which one gave way to the other, ever.
  let links: [(old: Int64, new: Int64)]

  /// - Parameter own: the source that replaces.
  /// - Throws: `unknown-source`, `ambiguous-source`, `replaced-already`, `replaces-itself`.
  func sources(_ names: [String], not own: Int64?) throws(AssureError) -> Set<Int64> {
    var found: Set<Int64> = []
    for name in names { found.formUnion(try sources(name, not: own)) }
    return found
  }

  private func sources(_ name: String, not own: Int64?) throws(AssureError) -> Set<Int64> {
    let last = URL(fileURLWithPath: name).lastPathComponent
    let digits = name.lowercased()
    let isDigest = digits.utf8.count >= 8 && digits.allSatisfy { $0.isHexDigit && $0.isASCII }
    let byDigest = isDigest ? tables.filter { $0.digest.hasPrefix(digits) } : []
    let matches = byDigest.isEmpty ? tables.filter { $0.file == last } : byDigest
    let place = "--replaces \(name)"
    guard !matches.isEmpty else {
      throw AssureError(
        "unknown-source", place: place, "no source of this name or SHA-256 was taken in",
        remedy: "`assure sources` lists them; name one by its file or by 8 digits of its SHA-256")
    }
    let others = matches.filter { $0.source != own }
    guard !others.isEmpty else {
      throw AssureError(
        "replaces-itself", place: place, "this is the file itself",
        remedy: "name the file whose place it takes")
    }
    let current = others.filter(\.counts)
    guard let first = current.first else {
      throw AssureError(
        "replaced-already", place: place,
        "it gave way to a later delivery already: "
          + successors(of: others),
        remedy: "name that one")
    }
    let sources = Set(current.map(\.source))
    // Parts of one file sent again and again belong together; files added side by side do not.
    guard sources.isSubset(of: chain(of: first.source)) else {
      let digests = Set(current.map { String($0.digest.prefix(12)) }).sorted()
      throw AssureError(
        "ambiguous-source", place: place,
        "several sources of this name count: \(digests.joined(separator: ", "))",
        remedy: "name one by its digest, or each with its own --replaces")
    }
    return sources
  }

  private func successors(of gone: [DeliveredTable]) -> String {
    let ids = Set(gone.compactMap(\.replacedBy))
    let words = tables.filter { ids.contains($0.source) }
      .map { "\($0.file) (SHA-256 \($0.digest.prefix(12))…)" }
    var seen: Set<String> = []
    return words.filter { seen.insert($0).inserted }.joined(separator: ", ")
  }

  /// The sources that are linked to one, directly or by others.
  private func chain(of source: Int64) -> Set<Int64> {
    var chain: Set<Int64> = [source]
    while true {
      let next = links.filter { chain.contains($0.old) != chain.contains($0.new) }
      guard !next.isEmpty else { return chain }
      for link in next { chain.formUnion([link.old, link.new]) }
    }
  }
}
