/// Where things lie in a pack. Paths are fixed from the first version: sign-offs will name them.
enum PackPaths {
  static let build = "data/build/build.json"
  static let sources = "data/ledger/sources.json"
  static let index = "data/evidence/index.csv"
  static let events = "data/trail/events.jsonl"
  static let checkpoint = "data/trail/checkpoint"
  static let logKey = "data/keys/log.vkey"
  static let start = "START-HERE.html"
  static let howTo = "VERIFY.txt"
  /// Files beside data/ that tag manifests list, in order.
  static let tagFiles = [
    start, howTo, "bag-info.txt", "bagit.txt", "manifest-sha256.txt", "manifest-sha512.txt",
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
}
