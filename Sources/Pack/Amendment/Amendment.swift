package import Assurance
import Trail

/// What is added to a file after its lock: a bag of its own that names the digest of what it amends
/// and changes nothing in it.
///
/// ISA 230.16, PCAOB AS 1215.16: the reason, by whom and when it was added, by whom it was
/// reviewed.
/// Who and when stand in the log; who reviewed stands in `seal/`, signed over both digests.
package struct Amendment: Sendable {
  package var number: Int
  package var engagement: EngagementFacts
  /// The list of the locked pack, whose SHA-256 is the digest that is amended.
  package var amended: [UInt8]
  /// Digests of earlier amendments, in order.
  package var earlier: [String]
  /// Why something is added.
  package var reason: String
  /// What it changes in the conclusion, in words; `none` if nothing.
  package var effect: String
  package var by: String
  /// Time of the last event in the log, which is the lock's or an earlier amendment's.
  package var asOf: String
  /// What is added, as it is.
  package var files: [PackFile]
  package var trail: TrailFacts
  package var signing: SigningFacts

  package init(
    number: Int, engagement: EngagementFacts, amended: [UInt8], earlier: [String], reason: String,
    effect: String, by: String, asOf: String, files: [PackFile], trail: TrailFacts,
    signing: SigningFacts
  ) {
    (self.number, self.engagement, self.amended) = (number, engagement, amended)
    (self.earlier, self.reason, self.effect, self.by) = (earlier, reason, effect, by)
    (self.asOf, self.files, self.trail, self.signing) = (asOf, files, trail, signing)
  }

  package static let amendedPath = "data/amends/tagmanifest-sha256.txt"
  static let factsPath = "data/amendment.json"
  static let textPath = "data/amendment.md"
  static let additions = "data/additions/"
  static let format = "assure.amendment/1"

  /// The digest of the pack that is amended.
  package var amends: String { Digest(of: amended).hex }

  /// Where each added file lies, with its digest.
  func placed() throws -> [(path: String, file: PackFile, digest: String)] {
    var taken: Set<String> = []
    return try files.map { file in
      var hasher = BagHasher([.sha256])
      try file.bytes.forEachPiece { hasher.update($0) }
      let digest = hasher.finish()[.sha256] ?? ""
      guard file.digest == nil || file.digest == digest else {
        throw AssureError("file-changed", place: file.name, "it is not as it was taken in")
      }
      var path = Self.additions + SafeName.part(file.name)
      if !taken.insert(SafeName.collisionKey(path)).inserted {
        path = Self.additions + digest.prefix(12) + "-" + SafeName.part(file.name)
        taken.insert(SafeName.collisionKey(path))
      }
      return (path, file, digest)
    }
  }

  /// What it says of itself, canonical.
  func facts(_ placed: [(path: String, file: PackFile, digest: String)]) -> [UInt8] {
    let json: CanonicalJSON = [
      "format": .string(Self.format), "amendment": .count(number),
      "engagement": EngagementText.json(engagement), "amends": .string(amends),
      "earlier": .texts(earlier), "reason": .string(reason), "effect": .string(effect),
      "by": .string(by), "asOf": .string(asOf),
      "files": .array(
        placed.map {
          [
            "path": .string($0.path), "name": .string($0.file.name), "sha256": .string($0.digest),
          ]
        }),
    ]
    return json.bytes + [0x0A]
  }

  /// The same for people.
  func text(_ placed: [(path: String, file: PackFile, digest: String)]) -> String {
    var page = MarkdownPage()
    page.heading(1, "Amendment \(number) · \(engagement.id)")
    page.facts([
      ("entity", engagement.entity), ("period", engagement.period.description),
      ("amends the pack with SHA-256", amends), ("why", reason),
      ("effect on the conclusion", effect), ("added by", by), ("log as of", asOf),
    ])
    page.heading(2, "Added")
    page.table(
      ["file", "as it was called", "SHA-256"], placed.map { [$0.path, $0.file.name, $0.digest] })
    page.heading(2, "How to read it")
    page.paragraph(
      "The locked pack stays as it is; nothing here takes the place of anything in it. Who added "
        + "this and who reviewed it is signed in seal/ over both digests.")
    return page.text
  }
}
