// Benchmarks: what is too slow for a test, with seeds, so that each figure can be made again.
//
// Purpose. Questions to which the tests have no answer:
//
//   benchmarks coverage [runs] [confidence] [seed]
//     In how many of a thousand samples does a bound cover the truth? 12 error patterns, 3 sizes,
//     9 bounds; a Markdown table. Ends with status 1 if a bound covers less than it claims.
//   benchmarks tickets [keys]
//     How much longer than hashing them alone does it take to read keys from SQLite, give each its
//     ticket and draw? Two threads; also shows peak memory, and that parts merge to the whole.
//   benchmarks ingest [rows=N] [turns=N] [program=PATH] [folder=DIR] [forms=A,B] [peers=no]
//     How long does `assure ingest` take, in how much memory, beside the bare parse of the file?
//   benchmarks kpis [rows=N] [turns=N] [program=PATH] [folder=DIR]
//     How long does it take to recalculate every figure, beside one sum and group of the table?
//     Ends with status 1 beyond three times.
//   benchmarks pack [bytes=N] [events=N] [signoffs=N] [folder=DIR]
//     How long do packing and verifying take beside the hashing and the signatures alone?
//
// Run it optimised: `swift run -c release benchmarks coverage`.

import Exact
import Glibc

@main
enum Benchmarks {
  static let usage = """
    usage: benchmarks coverage [runs] [confidence] [seed]
           benchmarks tickets [keys]
           \(IngestBenchmark.usage)
           \(KPIBenchmark.usage)
           \(PackBenchmark.usage)
    """

  static func main() async {
    var arguments = CommandLine.arguments.dropFirst()
    let verb = arguments.popFirst()
    switch verb {
    case "coverage":
      let runs = arguments.popFirst().map { Int($0) ?? 0 } ?? 5000
      let confidence = Rational(arguments.popFirst() ?? "0.95")
      let seed = arguments.popFirst().map { UInt64($0) } ?? 1963
      guard let confidence, let seed, runs > 0 else { return refuse() }
      cover(Simulation(runs: runs, confidence: confidence, seed: seed))
    case "tickets":
      let keys = arguments.popFirst().map { Int($0) ?? 0 } ?? 10_000_000
      guard (1000...100_000_000).contains(keys) else { return refuse() }
      await race(TicketRace(keys: keys))
    case "ingest":
      guard let benchmark = IngestBenchmark(arguments) else { return refuse() }
      ingest(benchmark)
    case "kpis":
      guard let benchmark = KPIBenchmark(arguments) else { return refuse() }
      recalculate(benchmark)
    case "pack":
      guard let benchmark = PackBenchmark(arguments) else { return refuse() }
      pack(benchmark)
    case "pack-verify":
      PackBenchmark.verify(arguments.popFirst() ?? "")
    default:
      refuse()
    }
  }

  private static func pack(_ benchmark: PackBenchmark) {
    do { try benchmark.run() } catch {
      print("benchmarks: \(error)")
      exit(1)
    }
  }

  private static func cover(_ simulation: Simulation) {
    do {
      let table = try CoverageTable(simulation)
      print(table.markdown)
      if !table.failures.isEmpty { exit(1) }
    } catch {
      print("benchmarks: \(error)")
      exit(1)
    }
  }

  private static func ingest(_ benchmark: IngestBenchmark) {
    do { try benchmark.run() } catch {
      print("benchmarks: \(error)")
      exit(1)
    }
  }

  private static func recalculate(_ benchmark: KPIBenchmark) {
    do {
      if try !benchmark.run() { exit(1) }
    } catch {
      print("benchmarks: \(error)")
      exit(1)
    }
  }

  private static func race(_ race: TicketRace) async {
    do {
      try await race.run()
    } catch {
      print("benchmarks: \(error)")
      exit(1)
    }
  }

  private static func refuse() {
    print(usage)
    exit(2)
  }
}
