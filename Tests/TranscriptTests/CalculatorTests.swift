import Foundation
import Testing

/// The calculators' contract through the built program: stable JSON keys, every option in the
/// spelling that the contract shows, values of others.
@Suite("calculators")
struct CalculatorTests {
  private func answer(_ line: String) throws -> [String: Any] {
    let folder = try TemporaryFolder()
    let arguments = Self.words(line) + ["--format", "json"]
    let outcome = try Program.run(arguments, in: folder.path)
    #expect(outcome.status == 0, "\(line): \(outcome.complaints)")
    let value = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return try #require(value as? [String: Any])
  }

  private static func words(_ line: String) -> [String] {
    line.split(separator: " ").map { $0 == "''" ? "" : String($0) }
  }

  /// Sizes: AICPA guide (2017), tables A-1 and C, CaseWare IDEA, 40 CFR 80.127, FSaudit.
  @Test(
    arguments: [
      ("--distribution binomial --confidence 0.95 --tolerable 0.05", 59, 0),
      ("--distribution binomial --confidence 0.9 --tolerable 0.05 --expected-rate 0.035", 400, 14),
      ("--distribution poisson --confidence 0.95 --tolerable 0.05 --expected-errors 0", 60, 0),
      ("--distribution hypergeometric --confidence 0.9 --tolerable 0.06 --population 100", 32, 0),
      (
        "--method interpolated --confidence 0.77 --book-value 809593 --tolerable-amount 2552 "
          + "--expected-amount 468", 618, nil
      ),
      ("--rule 40cfr80.127 --population 100", 29, nil),
      ("--method mean --confidence 0.9 --precision 5 --deviation 120 --population 365", 296, nil),
    ] as [(String, Int, Int?)])
  func size(options: String, size: Int, errors: Int?) throws {
    let found = try answer("size " + options)
    #expect(found["sampleSize"] as? Int == size)
    if let errors { #expect(found["criticalErrors"] as? Int == errors) }
  }

  /// Limits: AICPA guide, tables A-3; jfa 0.7.4 and FSaudit 1.0.0.
  @Test(arguments: [
    (
      "--distribution binomial --confidence 0.95 --sample 20 --errors 1 --side upper", "upper",
      0.2161061642068
    ),
    (
      "--method stringer.binomial --confidence 0.95 --sample 145 "
        + "--taints 1.00000000;0.20000072;0.03999931 --side over", "upperRate", 0.0347865630092897
    ),
    (
      "--method stringer.lta --confidence 0.95 --sample 60 "
        + "--taints -0.5;-0.5;-0.5;0.6;0.6;0.6 --side over", "upperRate", 0.0689934916105006
    ),
    (
      "--method stringer.hypergeometric --confidence 0.95 --sample 31 --side over "
        + "--taints -0.00647311318908;-0.00542154231665 --population-value 7360816", "upperRate",
      678033.0 / 7_360_816
    ),
    (
      "--method cell.hypergeometric --confidence 0.95 --sample 31 --taints '' "
        + "--population-value 7360816", "upperRate", 678033.0 / 7_360_816
    ),
  ])
  func bound(options: String, key: String, value: Double) throws {
    let found = try #require(try answer("bound " + options)[key] as? Double)
    #expect(abs(found - value) <= 1e-9 * value)
  }

  /// "Impossible input … is refused with the reason."
  @Test(arguments: [
    ("size --distribution binomial --confidence 1 --tolerable 0.05", "confidence must lie"),
    ("size --distribution binomial --confidence 0.9 --tolerable 0", "tolerable error must be"),
    (
      "size --method aicpa --confidence 0.9 --book-value 10 --tolerable-amount 20",
      "above the total"
    ),
    (
      "size --distribution hypergeometric --confidence 0.9 --tolerable 0.1 --population 0",
      "population is empty"
    ),
    ("bound --distribution binomial --confidence 0.9 --sample 5 --errors 6", "6 errors can't"),
    (
      "bound --distribution hypergeometric --confidence 0.9 --sample 9 --errors 1 --population 5",
      "9 items from a population of 5"
    ),
    ("bound --method cell.poisson --confidence 0.9 --sample 20 --taints 1.2", "is above 1"),
    ("bound --method stringer.meikle --confidence 0.9 --sample 20 --taints 0.2", "Meikle"),
    ("draw --seed 1 --size 1 --keys twice.txt", "occurs more than once"),
    ("draw --seed 1 --size 1 --keys none.txt", "population is empty"),
    ("draw --seed 1 --size 5 --keys one.txt", "5 items asked for"),
  ])
  func refused(line: String, reason: String) throws {
    let folder = try TemporaryFolder()
    for (name, text) in [("twice.txt", "a\na\n"), ("none.txt", ""), ("one.txt", "a\n")] {
      try Data(text.utf8).write(to: URL(filePath: folder.path + "/" + name))
    }
    let outcome = try Program.run(Self.words(line), in: folder.path)
    #expect(outcome.status == 2)
    #expect(outcome.complaints.contains(reason), "\(outcome.complaints)")
  }

  /// "`assure draw FILE` does it again and compares"; meters without a record are a finding.
  @Test func drawnAgainAndReversed() throws {
    let folder = try TemporaryFolder()
    try Data("a\nb\nc\n".utf8).write(to: URL(filePath: folder.path + "/keys"))
    try Data("a\nc\n".utf8).write(to: URL(filePath: folder.path + "/recorded"))
    func status(_ line: String) throws -> Int32 {
      try Program.run(Self.words(line), in: folder.path).status
    }
    #expect(try status("draw --seed 1 --size 2 --keys keys --output draw.txt") == 0)
    #expect(try status("draw draw.txt") == 0)
    let file = URL(filePath: folder.path + "/draw.txt")
    let text = try String(contentsOf: file, encoding: .utf8)
    try Data(text.replacing("-\ta\n", with: "-\tx\n").utf8).write(to: file)
    let changed = try Program.run(["draw", "draw.txt"], in: folder.path)
    #expect(changed.status == 1)
    #expect(changed.output.contains("the population is 3 sha256"))
    #expect(try status("draw --seed 1 --size 3 --keys keys --recorded recorded") == 1)
    #expect(try status("draw --seed 1 --size 3 --keys keys --recorded keys") == 0)
  }
}
