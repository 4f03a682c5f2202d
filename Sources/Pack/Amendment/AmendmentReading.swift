import Assurance
import Trail

/// Reads an amendment's bag back.
struct AmendmentReading {
  let facts: JSONFields
  let number: Int
  let engagement: EngagementFacts
  let amends: String
  let files: [(path: String, digest: String)]
  let events: [[UInt8]]
  let signing: SigningFacts
  /// Signed over it, in `seal/`.
  let sealed: [Signoff]

  /// Whether a folder says that it is one.
  static func isAmendment(_ folder: any FileTree) -> Bool {
    folder.read(Amendment.factsPath, limit: 1 << 22) != nil
  }

  /// - Throws: `text-malformed` with the place.
  init(_ folder: any FileTree, _ listing: FolderListing) throws(AssureError) {
    let place = Amendment.factsPath
    facts = try JSONFields(bytes: folder.read(place, limit: 1 << 22) ?? [], place: place)
    guard try facts.text("format") == Amendment.format else {
      throw facts.error("format", Amendment.format)
    }
    number = try facts.number("amendment")
    engagement = try facts.nested("engagement", EngagementText.read)
    amends = try facts.text("amends")
    files = try facts.list("files") { (file) throws(AssureError) in
      (path: try file.text("path"), digest: try file.text("sha256"))
    }
    let own = try Self.lines(PackPaths.events, folder)
    guard !own.isEmpty else {
      throw AssureError("text-malformed", place: PackPaths.events, "it is not there")
    }
    events = own + (try Self.lines(PackPaths.eventsAfter, folder))
    guard let signing = try SignoffFiles.read(folder, listing) else {
      throw AssureError("text-malformed", place: PackPaths.people, "it is not there")
    }
    self.signing = signing
    sealed = try SignoffFiles.statements(in: PackPaths.seal, folder, listing)
  }

  private static func lines(
    _ path: String, _ folder: any FileTree
  ) throws(AssureError) -> [[UInt8]] {
    guard let bytes = folder.read(path, limit: 1 << 30) else { return [] }
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
    guard lines.popLast()?.isEmpty == true else {
      throw AssureError("text-malformed", place: path, "the last line is unfinished")
    }
    return lines
  }
}
