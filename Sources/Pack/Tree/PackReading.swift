import Assurance
import Exact
import Trail

/// Reads a pack's content back from its canonical texts.
enum PackReading {
  /// The content, with file bodies as streams from the folder.
  ///
  /// - Parameter digests: SHA-256 of files that was just computed, by path.
  /// - Throws: `text-malformed`, with the file and the place in it.
  static func content(
    _ folder: any FileTree, _ listing: FolderListing, found digests: [String: String] = [:]
  ) throws(AssureError) -> PackContent {
    let build = try JSONFields(
      bytes: try bytes(PackPaths.build, folder), place: PackPaths.build)
    guard try build.text("format") == BuildText.format else {
      throw build.error("format", BuildText.format)
    }
    let sources = try JSONFields(
      bytes: try bytes(PackPaths.sources, folder), place: PackPaths.sources)
    var papers: [Workpaper] = []
    for name in try build.texts("workpapers") { papers.append(try paper(name, folder)) }
    var content = PackContent(
      engagement: try build.nested("engagement", EngagementText.read),
      asOf: try build.text("asOf"),
      sources: try sources.list("sources", EngagementText.readSource), workpapers: papers,
      trail: try trail(folder, listing))
    let workflow = content.trail.workflow
    for index in content.workpapers.indices {
      content.workpapers[index].evidence = workflow.evidence(of: content.workpapers[index].kpi.name)
    }
    content.originalsRule = try build.nested("originals", rule)
    try readTaken(folder, digests, &content)
    content.signing = try SignoffFiles.read(folder, listing)
    content.redaction = try RedactionFacts.read(folder, build)
    if let bytes = folder.read(PackPaths.tieOut, limit: 1 << 28) {
      content.tieOut = try TieOutText.read(bytes, place: PackPaths.tieOut)
    }
    return content
  }

  private static func bytes(
    _ path: String, _ folder: any FileTree
  ) throws(AssureError) -> [UInt8] {
    guard let bytes = folder.read(path, limit: path.hasSuffix(".json") ? 1 << 28 : 1 << 30) else {
      throw AssureError("text-malformed", place: path, "it is not there or can't be read")
    }
    return bytes
  }

  /// What the rule came to; the rule itself is for people.
  private static func rule(_ fields: JSONFields) throws(AssureError) -> OriginalsRule {
    try fields.flag("included") ? .include : .leaveOut
  }

  private static func trail(
    _ folder: any FileTree, _ listing: FolderListing
  ) throws(AssureError) -> TrailFacts {
    let events = try EventLines.split(
      try bytes(PackPaths.events, folder), place: PackPaths.events)
    let key = folder.read(PackPaths.logKey, limit: 4096)
      .map { String(decoding: $0.filter { $0 != 0x0A }, as: UTF8.self) }
    return TrailFacts(
      events: events, checkpoint: try bytes(PackPaths.checkpoint, folder), key: key,
      policy: folder.read(PackPaths.logPolicy, limit: LogPolicy.byteCountMax),
      anchors: AnchorFile.read(folder, listing, in: PackPaths.anchors),
      values: try ValueLines.read(folder, PackPaths.values),
      redactionKey: try RedactionKey.read(folder))
  }

  private static func paper(
    _ name: String, _ folder: any FileTree
  ) throws(AssureError) -> Workpaper {
    guard SafeName.isSafe(path: name) else {
      throw AssureError("text-malformed", place: PackPaths.build, "a workpaper's name is not safe")
    }
    let path = PackPaths.json(name)
    var paper = try WorkpaperReader.read(try bytes(path, folder), place: path)
    guard paper.kpi.name == name else {
      throw AssureError("text-malformed", place: path, "it is the workpaper of \(paper.kpi.name)")
    }
    if paper.population != nil {
      paper.population?.items = try items(name, unit: paper.kpi.unit, blind: paper.blind, folder)
    }
    return paper
  }

  private static func items(
    _ kpi: String, unit: String, blind: String, _ folder: any FileTree
  ) throws(AssureError) -> [PopulationItem] {
    let (ledger, other) = (PackPaths.population(kpi), PackPaths.labels(kpi))
    let rows = try CSVText.rows(
      try bytes(ledger, folder), columns: PopulationCSV.columns, place: ledger)
    let labels = try CSVText.rows(
      try bytes(other, folder), columns: ["key", "field", "value"], place: other)
    var next = labels[...]
    if !blind.isEmpty {
      guard next.popFirst() == ["", "blind", blind] else {
        throw AssureError("text-malformed", place: other, "its first line is not the workpaper’s")
      }
    }
    var items: [PopulationItem] = []
    for row in rows {
      guard let value = ExactDecimal(row[1]), row[2] == unit else {
        throw AssureError("text-malformed", place: ledger, "\(row[0]): no value in \(unit)")
      }
      var own: [(field: String, value: String)] = []
      while let label = next.first, label[0].utf8.elementsEqual(row[0].utf8) {
        own.append((field: label[1], value: label[2]))
        next.removeFirst()
      }
      items.append(PopulationItem(key: row[0], value: value, locator: row[3], labels: own))
    }
    guard next.isEmpty else {
      throw AssureError("text-malformed", place: other, "labels of a record that isn't there")
    }
    return items
  }

  private static func readTaken(
    _ folder: any FileTree, _ digests: [String: String], _ content: inout PackContent
  ) throws(AssureError) {
    let path = PackPaths.index
    let rows = try CSVText.rows(
      try bytes(path, folder), columns: TakenFiles.columns, place: path)
    for row in rows {
      guard let kind = TakenFiles.Kind(rawValue: row[1]), let size = Int(plain: row[4].utf8) else {
        throw AssureError("text-malformed", place: path, "\(row[0]): no known kind or size")
      }
      let place = row[0]
      var file = PackFile(
        name: row[2], digest: row[3], size: size,
        bytes: .stream { piece in try folder.forEachPiece(of: place, piece) })
      file.found = digests[place]
      switch kind {
      case .source: content.originals.append(file)
      case .attachment: content.attachments.append(file)
      case .worksheetOut: content.worksheetsOut.append(file)
      case .worksheetIn: content.worksheetsIn.append(file)
      case .policy: content.policies.append(file)
      }
    }
  }
}
