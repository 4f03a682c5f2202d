import Glibc

/// Recalculating every figure of an engagement, beside one sum and group of the same table.
///
/// Fuel receipts of many sites, from which four figures are made: two sums, the heat and the
/// emissions of the fuels by factors. `assure reconcile` is run as a process of its own with all it
/// does: filters, registers, exact sums, factors, control totals, trail. Beside it `sqlite3` makes
/// one sum by site, in binary floating point, over the same table. Both find it in the page cache.
/// Then a figure is traced to its records, and a cell to its figures.
struct KPIBenchmark {
  var rows = 10_000_000
  var turns = 3
  var program = ".build/release/assure"
  var policies = "hkex-esg-2021"
  var folder = "/tmp/assure-benchmark"
  /// As a multiple of the sum and group.
  static let bar = 3.0
  /// In seconds, for a trace over at most a million records.
  static let traceBar = 1.0

  static let usage = "benchmarks kpis [rows=N] [turns=N] [program=PATH] [folder=DIR]"

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
      default: return nil
      }
    }
    guard rows > 0, turns > 0 else { return nil }
  }

  /// - Returns: whether the bar holds.
  func run() throws -> Bool {
    mkdir(folder, 0o700)
    let home = "\(folder)/kpis-\(rows)"
    if access(home + "/assure.sqlite", R_OK) != 0 { try prepare(home) }
    var ours: [ChildProcess] = []
    var theirs: [ChildProcess] = []
    let sql = "SELECT site, sum(volume), count(*) FROM \"data_fuel-receipt\" GROUP BY site"
    for _ in 0..<turns {
      let group = try ChildProcess(["sqlite3", "-readonly", home + "/assure.sqlite", sql])
      guard group.status == 0 else { throw BenchmarkError("sqlite3 is not there or failed") }
      theirs.append(group)
      // Nothing is printed in the report, so that its status is 0 or 1, never 2.
      let all = try ChildProcess([program, "reconcile", "--engagement", home])
      guard all.status <= 1 else { throw BenchmarkError("`\(program) reconcile` failed") }
      ours.append(all)
    }
    let (a, b) = (Self.median(theirs.map(\.wall)), Self.median(ours.map(\.wall)))
    print("\(rows) records, \(turns) turns, medians")
    print("| what | seconds | of the sum and group | processor s | peak MB |")
    print("|---|---|---|---|---|")
    line("sqlite3: one sum and group by site", theirs, a, of: a)
    line("assure reconcile: all figures", ours, b, of: a)
    print(b <= Self.bar * a ? "within 3 times" : "more than 3 times")
    let isTraced = try trace(home)
    return b <= Self.bar * a && isTraced
  }

  /// From a figure to the records it stands on, and from one of their cells back.
  ///
  /// - Returns: whether each took at most ``traceBar``; true beyond a million records, of which the
  ///   bar says nothing.
  private func trace(_ home: String) throws -> Bool {
    let file = "\(folder)/kpis-trace.txt"
    defer { remove(file) }
    let command = "'\(program)' trace gasoline --engagement '\(home)' > '\(file)'"
    let there = try (0..<turns).map { _ in try ChildProcess(["sh", "-c", command]) }
    let pipe = try ChildProcess([
      "sh", "-c", "awk '/@/ { cell = $NF } END { print cell }' '\(file)' > '\(file).cell'",
    ])
    guard there.allSatisfy({ $0.status == 0 }), pipe.status == 0 else {
      throw BenchmarkError("`\(program) trace gasoline` failed")
    }
    let back = try (0..<turns).map { _ in
      try ChildProcess([
        "sh", "-c",
        "'\(program)' trace \"$(cat '\(file).cell')\" --engagement '\(home)' > '\(file)'",
      ])
    }
    remove(file + ".cell")
    guard back.allSatisfy({ $0.status == 0 }) else {
      throw BenchmarkError("`\(program) trace LOCATOR` failed")
    }
    let (a, b) = (Self.median(there.map(\.wall)), Self.median(back.map(\.wall)))
    print("| what | seconds | processor s |")
    print("|---|---|---|")
    for (what, runs) in [("assure trace KPI", there), ("assure trace LOCATOR", back)] {
      let times = [Self.median(runs.map(\.wall)), Self.median(runs.map(\.processor))]
      print("| \(what) | \(Fixed.text(times[0], 2)) | \(Fixed.text(times[1], 2)) |")
    }
    return rows > 1_000_000 || max(a, b) <= Self.traceBar
  }

  private func line(_ what: String, _ runs: [ChildProcess], _ wall: Double, of other: Double) {
    let processor = Fixed.text(Self.median(runs.map(\.processor)), 2)
    let peak = (runs.map(\.peak).max() ?? 0) / 1_000_000
    print(
      "| \(what) | \(Fixed.text(wall, 2)) | \(Fixed.text(wall / other, 2)) | \(processor) | \(peak) |"
    )
  }

  /// An engagement with a register of 200 sites and the receipts.
  private func prepare(_ home: String) throws {
    let made = try ChildProcess([program, "init", home, "--policies", policies])
    guard made.status == 0 else {
      throw BenchmarkError("`\(program) init` failed; name the program with program=PATH")
    }
    let sites = "\(folder)/kpis-sites.csv"
    let receipts = "\(folder)/kpis-receipts-\(rows).csv"
    try write(sites) { put in
      put("Site code,Name,Type,Control,Supply,Opening date\n")
      for site in 0..<200 {
        put("S\(site),Site \(site),office,operational,own meter,2015-01-01\n")
      }
    }
    try write(receipts) { put in
      put("receipt no,site,date,fuel,volume,unit\n")
      var state: UInt64 = 2021
      for row in 0..<rows {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let month = 1 + Int(state >> 33) % 12
        let day = 1 + Int(state >> 40) % 28
        let fuel = state >> 45 & 3 == 0 ? "diesel" : "gasoline"
        put(
          "R\(row),S\(Int(state >> 50) % 200),2021-\(month < 10 ? "0" : "")\(month)-"
            + "\(day < 10 ? "0" : "")\(day),\(fuel),\(20 + Int(state >> 52) % 40).\(state >> 60),L\n"
        )
      }
    }
    for file in [sites, receipts] {
      let ingest = try ChildProcess([program, "ingest", "--engagement", home, "--quiet", file])
      guard ingest.status == 0 else { throw BenchmarkError("`assure ingest \(file)` failed") }
      remove(file)
    }
  }

  private func write(_ path: String, _ body: ((String) -> Void) throws -> Void) throws {
    guard let file = fopen(path, "w") else { throw BenchmarkError("cannot write \(path)") }
    defer { fclose(file) }
    try body { fputs($0, file) }
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
