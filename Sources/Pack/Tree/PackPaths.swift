import Assurance

/// Where things lie in a pack. Paths are fixed from the first version: sign-offs will name them.
enum PackPaths {
  static let build = "data/build/build.json"
  static let sources = "data/ledger/sources.json"
  static let index = "data/evidence/index.csv"
  static let events = "data/trail/events.jsonl"
  /// Values of which the events have only digests.
  static let values = "data/trail/values.jsonl"
  static let redactionKey = "data/keys/redaction.key"
  /// What a redacted pack withholds; there in no other.
  static let redaction = "data/redaction.csv"
  static let checkpoint = "data/trail/checkpoint"
  static let logKey = "data/keys/log.vkey"
  static let logPolicy = "data/trail/policy"
  static let proofs = "data/trail/proofs/"
  static let anchors = "data/trail/anchors/"
  static let start = "START-HERE.html"
  static let howTo = "VERIFY.txt"
  static let signoffs = "data/signoffs/"
  static let people = "data/signoffs/people.csv"
  static let tieOut = "data/tie-out/tie-out.json"
  static let tieText = "data/tie-out/report.txt"
  static let tieNumbers = "data/tie-out/numbers.csv"
  static let tieLints = "data/tie-out/lints.csv"
  static let tieDecisions = "data/tie-out/decisions.csv"
  static let allowedSigners = "data/keys/allowed_signers"
  static let notes = "data/review/notes.csv"
  static let requests = "data/review/requests.csv"
  static let evidence = "data/evidence/index.tsv"
  /// What the leading role signs when it assigns the team.
  static let team = [allowedSigners, Terms.engagementPath, Terms.teamPath]
  /// Events of the log after the pack's own, as far as statements in seal/ need them.
  static let eventsAfter = "seal/events-after-pack.jsonl"
  static let valuesAfter = "seal/values-after-pack.jsonl"
  /// The log's signed head over all of them, and the proof that it extends the pack's.
  static let sealCheckpoint = "seal/checkpoint"
  static let consistency = "seal/consistency"
  static let sealAnchors = "seal/anchors/"
  /// Files beside data/ that tag manifests list, in order.
  static let tagFiles = [
    start, howTo, "bag-info.txt", "bagit.txt", "manifest-sha256.txt", "manifest-sha512.txt",
    VerifyPage.path,
  ]
  static let tagManifests = ["tagmanifest-sha256.txt", "tagmanifest-sha512.txt"]
  /// Grows after the pack is sealed; in no manifest.
  static let seal = "seal/"

  static func markdown(_ kpi: String) -> String { "data/workpapers/\(kpi).md" }
  static func json(_ kpi: String) -> String { "data/workpapers/\(kpi).json" }
  static func population(_ kpi: String) -> String { "data/ledger/\(kpi)-population.csv" }
  static func labels(_ kpi: String) -> String { "data/ledger/\(kpi)-labels.csv" }
  static func exceptions(_ kpi: String) -> String { "data/ledger/\(kpi)-exceptions.csv" }
  static func sample(_ kpi: String, _ round: Int) -> String {
    "data/samples/\(kpi)-round-\(round).csv"
  }
  static func keys(_ kpi: String, _ round: Int) -> String {
    "data/samples/\(kpi)-round-\(round)-keys.txt"
  }
  static func redraw(_ kpi: String, _ round: Int) -> String {
    "data/samples/\(kpi)-round-\(round)-redraw.txt"
  }
  static func results(_ kpi: String) -> String { "data/samples/\(kpi)-results.csv" }
  /// Drawing and table of a chart, without the ending.
  static func chart(_ kpi: String, _ name: String) -> String { "data/charts/\(kpi)-\(name)" }

  /// Where the statement and the signature of a sign-off lie, below `data/signoffs/` or `seal/`.
  static func statement(_ signoff: Signoff) -> String { signoff.name + ".txt" }
  static func signature(_ signoff: Signoff) -> String { signoff.name + ".sig" }
  /// The proof that its event is in the log, below `data/trail/proofs/` or `seal/`.
  static func proof(_ signoff: Signoff) -> String { signoff.name + ".tlog-proof" }

  /// The files that a sign-off of a workpaper covers: all of its content, and no page made from it.
  ///
  /// Statements show digests. Of a workpaper with personal values they show those only that nobody
  /// can try values against: its texts, which have all that its tables have, under its blind.
  static func scope(of paper: Workpaper) -> [String] {
    let name = paper.kpi.name
    var paths = [json(name), markdown(name)]
    if paper.population != nil { paths += [population(name), labels(name)] }
    if paper.blind.isEmpty { paths += tables(of: paper) }
    for one in paper.evidence {
      let path = TakenFiles.path(ofAttachment: paper.fileName(of: one), digest: one.digest)
      if !paths.contains(path) { paths.append(path) }
    }
    return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Tables made from a workpaper's text.
  private static func tables(of paper: Workpaper) -> [String] {
    let name = paper.kpi.name
    var paths = [exceptions(name)]
    if let draw = paper.draw {
      paths += [sample(name, draw.round), redraw(name, draw.round)]
      if paper.population != nil { paths.append(keys(name, draw.round)) }
    }
    if !paper.results.isEmpty { paths.append(results(name)) }
    return paths
  }
}
