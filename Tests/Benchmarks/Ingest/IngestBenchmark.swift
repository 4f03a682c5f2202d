import Glibc

/// `assure ingest` against the bare parser and against peers, turn by turn on the same files.
///
/// Each turn runs the bare parse, then `assure ingest` as a process of its own into a new
/// engagement, with all it does: copy, digest, locators, checks, typed store, trail. Medians are
/// shown. Peers run where `python` has them; they read into memory and keep nothing.
struct IngestBenchmark {
  var rows = 1_000_000
  var turns = 5
  var program = ".build/release/assure"
  var policies = "hkex-esg-2021"
  var folder = "/tmp/assure-benchmark"
  var forms = BillData.Form.allCases
  var peers = true
  var python = "python3"

  static let usage = """
    benchmarks ingest [rows=N] [turns=N] [program=PATH] [folder=DIR] [forms=A,B] [peers=no]
      [python=PATH]
    """

  /// Reads `name=value` words; nil for a word that is none of ``usage``.
  init?(_ words: some Sequence<String>) {
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { return nil }
      switch parts[0] {
      case "rows": rows = Int(parts[1]) ?? 0
      case "turns": turns = Int(parts[1]) ?? 0
      case "program": program = parts[1]
      case "folder": folder = parts[1]
      case "forms":
        forms = parts[1].split(separator: ",").compactMap { .init(rawValue: String($0)) }
      case "peers": peers = parts[1] != "no"
      case "python": python = parts[1]
      default: return nil
      }
    }
    guard rows > 0, turns > 0, !forms.isEmpty else { return nil }
  }

  func run() throws {
    mkdir(folder, 0o700)
    print("\(rows) rows of 8 columns, \(turns) turns, medians; \(Self.machine())")
    print("")
    print("| what | seconds | of the bare parse | rows/s | peak MB | processor s |")
    print("|---|---|---|---|---|---|")
    for form in forms { try measure(form) }
    // Last: a child's peak is counted from what this process had when it began.
    let floor = try RawStore(csv: made(.csv))
    line(
      "sqlite3: the same rows, one INSERT each, and an index; nothing else",
      Self.median(try (0..<turns).map { _ in try floor.run("\(folder)/bare.sqlite") }), of: nil)
  }

  /// The file of a form, made if it is not there.
  private func made(_ form: BillData.Form) throws -> String {
    let path = "\(folder)/bills-\(rows)-\(form.rawValue).\(form.ending)"
    if access(path, R_OK) != 0 {
      try BillData(rows: rows).write(form, to: path + ".part")
      rename(path + ".part", path)
    }
    return path
  }

  private func measure(_ form: BillData.Form) throws {
    let path = try made(form)
    var raw: [Double] = []
    var hash: [Double] = []
    var ingests: [ChildProcess] = []
    var again: [ChildProcess] = []
    let clock = ContinuousClock()
    for _ in 0..<turns {
      if form != .xlsx {
        raw.append(
          ChildProcess.seconds(
            try clock.measure {
              _ = form == .csv ? try RawParse.csv(path) : try RawParse.xml(path)
            }))
      }
      let home = "\(folder)/engagement"
      _ = try ChildProcess(["rm", "-rf", home])
      guard try ChildProcess([program, "init", home, "--policies", policies]).status == 0 else {
        throw BenchmarkError("`\(program) init` failed; name the program with program=PATH")
      }
      let ingest = try ChildProcess([program, "ingest", "--engagement", home, path])
      guard ingest.status == 0 else { throw BenchmarkError("`assure ingest \(path)` failed") }
      ingests.append(ingest)
      again.append(try ChildProcess([program, "ingest", "--engagement", home, path]))
      hash.append(ChildProcess.seconds(try clock.measure { _ = try RawParse.hash(path) }))
    }
    let bare = raw.isEmpty ? nil : Self.median(raw)
    let megabytes = Self.size(path) / 1_000_000
    if let bare {
      let name = form == .csv ? "scan for delimiters" : "libxml2 SAX, empty callbacks"
      line("\(form.rawValue), \(megabytes) MB: \(name)", bare, of: bare)
    }
    line("\(form.rawValue): assure ingest", ingests, of: bare)
    line("\(form.rawValue): SHA-256 alone", Self.median(hash), of: bare)
    line("\(form.rawValue): assure ingest again", again, of: bare)
    if peers { comparePeers(form, path, ours: Self.median(ingests.map(\.wall))) }
  }

  private func comparePeers(_ form: BillData.Form, _ path: String, ours: Double) {
    for peer in Peer.all where peer.forms.contains(form) && peer.isThere(python) {
      guard
        let runs = try? (0..<(peer.isSlow ? 1 : min(turns, 3))).map({ _ in
          try peer.run(path, python)
        }),
        runs.allSatisfy({ $0.status == 0 })
      else { continue }
      let times = Fixed.text(Self.median(runs.map(\.wall)) / ours, 1)
      line("\(form.rawValue): \(peer.name), \(times) × assure ingest", runs, of: nil)
    }
  }

  private func line(_ what: String, _ runs: [ChildProcess], of bare: Double?) {
    line(
      what, Self.median(runs.map(\.wall)), of: bare, peak: runs.map(\.peak).max(),
      processor: Self.median(runs.map(\.processor)))
  }

  private func line(
    _ what: String, _ seconds: Double, of bare: Double?, peak: Int? = nil, processor: Double? = nil
  ) {
    let ratio = bare.map { Fixed.text(seconds / $0, 2) } ?? ""
    let memory = peak.map { "\($0 / 1_000_000)" } ?? ""
    print(
      "| \(what) | \(Fixed.text(seconds, 2)) | \(ratio) | \(Int(Double(rows) / seconds)) |"
        + " \(memory) | \(processor.map { Fixed.text($0, 2) } ?? "") |")
    fflush(nil)
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  private static func size(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  private static func machine() -> String {
    var load = [0.0, 0.0, 0.0]
    getloadavg(&load, 3)
    return "\(sysconf(Int32(_SC_NPROCESSORS_ONLN))) cores, load \(Fixed.text(load[0], 1)) before"
  }
}

/// Another program that reads the same data into memory, if Python has it.
private struct Peer {
  let name: String
  let module: String
  let script: String
  let forms: [BillData.Form]
  var isSlow = false

  static let all = [
    Peer(
      name: "python-calamine", module: "python_calamine",
      script: "rows = python_calamine.CalamineWorkbook.from_path(path)"
        + ".get_sheet_by_index(0).to_python()",
      forms: [.xlsx]),
    Peer(
      name: "openpyxl, read-only", module: "openpyxl",
      script: "rows = [row for row in openpyxl.load_workbook(path, read_only=True)"
        + ".worksheets[0].iter_rows(values_only=True)]",
      forms: [.xlsx], isSlow: true),
    Peer(
      name: "pandas", module: "pandas", script: "rows = pandas.read_csv(path)", forms: [.csv]),
    Peer(
      name: "DuckDB", module: "duckdb",
      script: "rows = duckdb.sql(f\"create table t as select * from read_csv('{path}')\")",
      forms: [.csv]),
    Peer(
      name: "lxml iterparse", module: "lxml.etree",
      script: "rows = sum((e.clear() or 1) for _, e in lxml.etree.iterparse(path, tag='Bill'))",
      forms: [.recordXML], isSlow: true),
  ]

  func isThere(_ python: String) -> Bool {
    (try? ChildProcess([python, "-c", "import \(module)"]))?.status == 0
  }

  func run(_ path: String, _ python: String) throws -> ChildProcess {
    try ChildProcess([
      python, "-c", "import sys, \(module); path = sys.argv[1]; \(script)", path,
    ])
  }
}
