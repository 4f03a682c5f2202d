import Exact
import Sampling

/// All patterns at all sizes, judged, as Markdown.
struct CoverageTable {
  let simulation: Simulation
  private(set) var rows: [String] = []
  /// Pattern, size and bound of each trial that covered too seldom.
  private(set) var failures: [String] = []
  private var least: [Trial: Double] = [:]

  init(_ simulation: Simulation) throws {
    self.simulation = simulation
    for (index, pattern) in ErrorPattern.all(seed: simulation.seed).enumerated() {
      for (place, size) in Simulation.sizes.enumerated() {
        let stream = 100 + 10 * index + place
        let outcomes = try simulation.outcomes(pattern, size: size, stream: stream)
        add(pattern, size: size, outcomes)
      }
    }
  }

  private mutating func add(
    _ pattern: ErrorPattern, size: Int, _ outcomes: [Trial: Simulation.Outcome]
  ) {
    let items = Double(pattern.erroneousItems) / Double(ErrorPattern.items)
    var cells = [
      size == Simulation.sizes[0] ? pattern.name : "",
      "\(Fixed.text(items * 100, 1)) / \(Fixed.text(pattern.trueShare * 100, 2))", "\(size)",
    ]
    for trial in Trial.allCases {
      guard let outcome = outcomes[trial] else { continue }
      let share = Double(outcome.covered) / Double(simulation.runs)
      let isLow = share < floor(trial, outcome)
      if isLow, trial.claim != .approximate {
        failures.append("\(pattern.name), \(size), \(trial.rawValue)")
      }
      least[trial] = min(least[trial] ?? 1, share)
      let mark = isLow ? " (!)" : ""
      cells.append("\(Fixed.text(share * 100, 1)) · \(Fixed.text(outcome.ratio, 2))\(mark)")
    }
    rows.append("| \(cells.joined(separator: " | ")) |")
  }

  /// The share below which a bound has failed.
  private func floor(_ trial: Trial, _ outcome: Simulation.Outcome) -> Double {
    let nominal = simulation.confidence.approximate
    if trial.claim == .promised { return nominal }
    return nominal - 3 * (nominal * (1 - nominal) / Double(simulation.runs)).squareRoot()
  }

  var markdown: String {
    let names = Trial.allCases.map(\.rawValue)
    let head = ["pattern", "wrong items / quantity, %", "n"] + names
    let lowest = Trial.allCases.map { Fixed.text((least[$0] ?? 0) * 100, 1) }
    var lines = ["| \(head.joined(separator: " | ")) |"]
    lines.append("|---|---|--:|" + names.map { _ in "--:|" }.joined())
    lines += rows
    lines.append("| **lowest coverage, %** | | | \(lowest.joined(separator: " | ")) |")
    lines.append("")
    lines.append(
      """
      Confidence \(simulation.confidence), \(simulation.runs) runs a line, seed \(simulation.seed). \
      Each cell: coverage in % · mean bound / truth.
      """)
    lines += failures.map { "Too low: \($0)." }
    return lines.joined(separator: "\n")
  }
}

/// Numbers with a fixed count of decimals.
enum Fixed {
  static func text(_ value: Double, _ decimals: Int) -> String {
    let power = (0..<decimals).reduce(1) { product, _ in product * 10 }
    let scaled = Int((value * Double(power)).rounded())
    guard decimals > 0 else { return "\(scaled)" }
    let digits = "\(scaled % power)"
    let zeros = String(repeating: "0", count: decimals - digits.count)
    return "\(scaled / power).\(zeros)\(digits)"
  }
}
