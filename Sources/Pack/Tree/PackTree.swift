import Assurance
import TieOut
import Trail

/// Every file of a pack but the manifests, from its content: a pure function.
struct PackTree {
  struct Entry {
    let path: String
    let bytes: PackBytes
    /// Whether it can be built again from other files of the pack.
    let isDerived: Bool
    /// SHA-256 in hex that it must turn out to have; nil if nothing is known.
    var known: String?
  }

  /// Files under data/, sorted by the bytes of their paths.
  private(set) var payload: [Entry] = []
  /// START-HERE.html and VERIFY.txt.
  private(set) var way: [Entry] = []

  /// - Parameter log: of the content, and perhaps longer, with what its statements quote; else it
  ///   is gone through here.
  init(_ content: PackContent, log: LogIndex? = nil) throws {
    try Self.check(content)
    let taken = try TakenFiles(content)
    for item in taken.items {
      payload.append(
        Entry(path: item.path, bytes: item.bytes, isDerived: false, known: item.digest))
    }
    add(PackPaths.index, taken.index)
    addSources(content.sources, taken)
    var papers: [PackView.Paper] = []
    for paper in content.workpapers {
      papers.append(
        try addPaper(
          paper, content.engagement, isRedacted: content.redaction?.hides(paper) ?? false))
    }
    if let redaction = content.redaction {
      add(PackPaths.redaction, redaction.table, isDerived: false)
    }
    let log = log ?? Self.index(content)
    try addTrail(content.trail, content.signing?.signoffs ?? [], log)
    let review = ReviewTables(content)
    for (path, bytes) in review.files { add(path, bytes) }
    add(PackPaths.build, BuildText.bytes(content, taken), isDerived: false)
    if let signing = content.signing {
      for (path, bytes) in SignoffFiles.write(signing) { add(path, bytes, isDerived: false) }
    }
    if let report = content.tieOut { addTieOut(report) }
    let view = PackView(
      content: content, papers: papers, taken: taken, board: try board(content, log),
      workflow: review.workflow)
    for page in Pages.all {
      for document in page.documents(view) {
        add(document.path, Array(document.html.utf8))
      }
    }
    payload.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    let start = Array(StartPage.html(view).utf8)
    way.append(Entry(path: PackPaths.start, bytes: .memory(start), isDerived: true))
    let howTo = Array(VerifyText.text(view, formulas: FormulaLikeText.list(payload)).utf8)
    way.append(Entry(path: PackPaths.howTo, bytes: .memory(howTo), isDerived: true))
    let page = Array(VerifyPage.html.utf8)
    way.append(Entry(path: VerifyPage.path, bytes: .memory(page), isDerived: true))
  }

  private mutating func add(_ path: String, _ bytes: [UInt8], isDerived: Bool = true) {
    payload.append(Entry(path: path, bytes: .memory(bytes), isDerived: isDerived))
  }

  private mutating func addSources(_ sources: [SourceFacts], _ taken: TakenFiles) {
    let json = CanonicalJSON.array(sources.map(EngagementText.json))
    let object: CanonicalJSON = ["format": "assure.sources/1", "sources": json]
    add(PackPaths.sources, object.bytes + [0x0A], isDerived: false)
    add("data/ledger/sources.csv", Ledgers.sources(sources, taken))
    add("data/ledger/receipts.csv", Ledgers.receipts(sources))
    add("data/ledger/control-totals.csv", Ledgers.controlTotals(sources))
    add("data/ledger/assumptions.csv", Ledgers.assumptions(sources))
    add("data/ledger/rejects.csv", Ledgers.rejects(sources))
  }

  private mutating func addPaper(
    _ paper: Workpaper, _ engagement: EngagementFacts, isRedacted: Bool
  ) throws -> PackView.Paper {
    let (name, unit) = (paper.kpi.name, paper.kpi.unit)
    let json = WorkpaperText.bytes(paper)
    let markdown = WorkpaperMarkdown.text(
      paper, engagement: engagement, jsonDigest: Digest(of: json).hex)
    add(PackPaths.json(name), json, isDerived: false)
    add(PackPaths.markdown(name), Array(markdown.utf8))
    if let population = paper.population {
      let ledger = Ledgers.population(population, unit: unit)
      let digest = Digest(of: ledger).hex
      guard digest == population.digest || isRedacted else {
        throw AssureError(
          "population-digest", place: name,
          "the population's items have SHA-256 \(digest), not \(population.digest) as frozen",
          remedy: "run `assure check`, then freeze the population in a new round")
      }
      add(PackPaths.population(name), ledger, isDerived: false)
      add(PackPaths.labels(name), Ledgers.labels(population, blind: paper.blind), isDerived: false)
    }
    add(PackPaths.exceptions(name), Ledgers.exceptions(paper.exceptions))
    if let draw = paper.draw {
      add(PackPaths.sample(name, draw.round), Ledgers.draw(draw, plan: paper.plan, unit: unit))
      add(PackPaths.redraw(name, draw.round), Array(RedrawText.text(paper, draw).utf8))
      if let population = paper.population {
        add(PackPaths.keys(name, draw.round), Ledgers.keys(population))
      }
    }
    if !paper.results.isEmpty {
      add(PackPaths.results(name), Ledgers.results(paper.results, unit: unit))
    }
    let charts = Charts.of(paper)
    for (path, bytes) in charts.flatMap(\.files) { add(path, bytes) }
    return PackView.Paper(paper: paper, digest: Digest(ofText: markdown).hex, charts: charts)
  }

  private mutating func addTieOut(_ report: TiedReport) {
    add(PackPaths.tieOut, TieOutText.bytes(report), isDerived: false)
    add(PackPaths.tieText, Array(report.text.utf8))
    add(PackPaths.tieNumbers, TieOutLedgers.numbers(report))
    add(PackPaths.tieLints, TieOutLedgers.lints(report))
    add(PackPaths.tieDecisions, TieOutLedgers.decisions(report))
  }

  private mutating func addTrail(
    _ trail: TrailFacts, _ signoffs: [Signoff], _ log: LogIndex
  ) throws {
    add(PackPaths.events, EventLines.joined(trail.events), isDerived: false)
    if !trail.values.isEmpty {
      add(PackPaths.values, EventLines.joined(trail.values.map(\.line)), isDerived: false)
    }
    if let key = trail.redactionKey {
      add(PackPaths.redactionKey, Array((key.hex + "\n").utf8), isDerived: false)
    }
    add(PackPaths.checkpoint, trail.checkpoint, isDerived: false)
    if let key = trail.key { add(PackPaths.logKey, Array((key + "\n").utf8), isDerived: false) }
    if let policy = trail.policy { add(PackPaths.logPolicy, policy, isDerived: false) }
    for (path, bytes) in AnchorFile.write(trail.anchors, in: PackPaths.anchors) {
      add(path, bytes, isDerived: false)
    }
    try addProofs(trail, signoffs, log)
  }

  /// For each sign-off the way from its event to the checkpoint, as far as that is a signed note.
  private mutating func addProofs(
    _ trail: TrailFacts, _ signoffs: [Signoff], _ log: LogIndex
  ) throws {
    guard !signoffs.isEmpty, let note = try? SignedNote(parsing: trail.checkpoint) else { return }
    var store = MemoryHashStore()
    for hash in log.leaves.prefix(trail.events.count) { try store.append(leafHash: hash) }
    for signoff in signoffs {
      guard let event = log.statements[signoff.statement.digest], event < store.size else {
        continue
      }
      let proof = LogProof(
        index: event,
        hashes: try MerkleTree.inclusionProof(index: event, size: store.size, reading: store),
        note: note)
      add(PackPaths.proofs + PackPaths.proof(signoff), proof.bytes)
    }
  }

  private static func index(_ content: PackContent) -> LogIndex {
    guard let signing = content.signing else { return LogIndex(rootsAt: []) }
    var log = LogIndex(
      rootsAt: Set(signing.signoffs.map(\.statement.fields.head.size)), keepingLeaves: true)
    log.append(content.trail.events)
    return log
  }

  /// How the sign-offs stand, by the signers that the pack names itself.
  private func board(_ content: PackContent, _ log: LogIndex) throws -> SignoffBoard? {
    guard let signing = content.signing else { return nil }
    return SignoffBoard(
      signing.signoffs,
      SignoffBasis.basis(
        content, log: log,
        signers: try SignoffBasis.signers(signing.allowedSigners, PackPaths.allowedSigners),
        scopes: try scopes(content)))
  }

  /// The files of each scope with their digests.
  func scopes(_ content: PackContent) throws -> [SignoffScope: [Statement.Covered]] {
    let entries = Dictionary(
      payload.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
    return try SignoffBasis.scopes(content) { path in
      try entries[path].map { Digest(of: try $0.collected()) }
    }
  }

  /// Refuses content that can't make a pack.
  private static func check(_ content: PackContent) throws(AssureError) {
    var names: Set<String> = []
    for paper in content.workpapers {
      let name = paper.kpi.name
      guard SafeName.isSafe(path: name), !name.utf8.contains(UInt8(ascii: "/")),
        name.utf8.count <= 60, names.insert(SafeName.collisionKey(name)).inserted
      else {
        throw AssureError(
          "kpi-name", place: name, "it can't name files of a pack, or stands twice",
          remedy: "use letters, digits and dashes, at most 60")
      }
    }
    let time = Array(content.asOf.utf8)
    guard time.count == 20, time[10] == UInt8(ascii: "T"), time[19] == UInt8(ascii: "Z"),
      Day(String(decoding: time[..<10], as: UTF8.self)) != nil
    else {
      throw AssureError("pack-time", place: content.asOf, "it is not YYYY-MM-DDTHH:MM:SSZ")
    }
    guard content.trail.events.allSatisfy({ !EventLines.hasEnd($0) }) else {
      throw AssureError("trail-line", "an event holds a line end")
    }
  }
}

/// What pages are made from.
struct PackView {
  struct Paper {
    let paper: Workpaper
    /// SHA-256 in hex of the canonical Markdown.
    let digest: String
    let charts: [Charts.Drawn]
    var name: String { paper.kpi.name }
    func title(_ language: String) -> String? {
      paper.kpi.titles.first { $0.language == language }?.text
    }
    var title: String { title("en") ?? paper.kpi.titles.first?.text ?? name }
  }
  let content: PackContent
  let papers: [Paper]
  let taken: TakenFiles
  /// How the sign-offs stand; nil if nobody has signed.
  let board: SignoffBoard?
  /// Notes, declarations, requests and evidence.
  let workflow: Workflow
  var engagement: EngagementFacts { content.engagement }
  /// Figures that are printed, or about which something was done, in the order of the report.
  var reported: [Paper] { papers.filter(isReported) }
  /// What the policy set defines beside them.
  var others: [Paper] { papers.filter { !isReported($0) } }

  private func isReported(_ paper: Paper) -> Bool {
    let work = paper.paper
    return work.reconciliation?.printed != nil || work.population != nil || work.plan != nil
      || !work.exceptions.isEmpty || !work.evidence.isEmpty
      || SignoffRole.allCases.contains { board?.last($0, about: paper.name) != nil }
  }
}
