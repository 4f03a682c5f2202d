import Assurance
import Foundation
import Testing

@testable import Workbench

/// An engagement over one dataset of bills and one KPI, in a folder that goes away with it.
final class MadeEngagement {
  let path: String
  private let home: String

  /// - Parameters:
  ///   - filter: of the measure, as SQL.
  ///   - name: the engagement's folder.
  ///   - files: of the policy, in place of those of their names or beside them.
  convenience init(
    filter: String = "1", name: String = "acme", files: [String: String] = [:]
  ) throws {
    try self.init(
      policy: Self.policy(filter).merging(files, uniquingKeysWith: { $1 }), name: name)
  }

  /// - Parameter files: of the policy set, by path.
  init(policy files: [String: String], name: String = "acme") throws {
    home = FileManager.default.temporaryDirectory.appending(path: "workbench-\(UUID())")
      .path()
    path = home + "/" + name
    for (file, text) in files {
      try Self.write(text, to: home + "/made/" + file)
    }
    _ = try EngagementFolder.create(folder: path, policies: home + "/made", actor: "tester")
  }

  deinit { try? FileManager.default.removeItem(atPath: home) }

  func open() throws -> Engagement { try Engagement(folder: path, actor: "tester") }

  /// Opens, and takes in bills of `number,day,volume,status`.
  func ingest(_ rows: String..., file: String = "bills.csv") throws -> Engagement {
    let engagement = try open()
    _ = try deliver(rows, file: file, to: engagement)
    return engagement
  }

  /// Takes in bills, and says what became of them.
  func deliver(
    _ rows: [String], file: String = "bills.csv", as delivery: Delivery = .plain,
    to engagement: Engagement? = nil
  ) throws -> IngestOutcome {
    try write(["number,day,volume,status"] + rows, beside: file)
    return try take(file, as: delivery, to: engagement)
  }

  /// Writes a file beside the engagement.
  func write(_ lines: [String], beside file: String) throws {
    try Self.write(lines.joined(separator: "\n") + "\n", to: home + "/" + file)
  }

  /// Takes in a text as a file of that name.
  func take(_ text: String, file: String) throws {
    try Self.write(text, to: home + "/" + file)
    _ = try take(file)
  }

  /// Takes in a file that lies beside the engagement.
  func take(
    _ file: String, as delivery: Delivery = .plain, to engagement: Engagement? = nil
  ) throws -> IngestOutcome {
    try (engagement ?? open()).ingest(
      path: home + "/" + file, table: nil, dataset: nil, recordPath: nil, delivery: delivery)
  }

  /// Thresholds in tonnes for the one KPI.
  func setMateriality(_ overall: Int = 10) throws {
    try edit(
      "engagement.yaml", "materiality: []",
      "materiality:\n"
        + "  - {kpi: water, overall: \(overall), performance: \(overall), trivial: 1, reason: x}")
  }

  /// Replaces text in a file of the engagement.
  func edit(_ file: String, _ old: String, _ new: String) throws {
    let text = try String(contentsOfFile: path + "/" + file, encoding: .utf8)
    try #require(text.contains(old))
    try Self.write(text.replacing(old, with: new), to: path + "/" + file)
  }

  static func write(_ text: String, to path: String) throws {
    let url = URL(filePath: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// The code of the error that `body` throws.
  static func code(_ body: () throws -> Void) -> String {
    do { try body() } catch { return (error as? AssureError)?.code ?? "\(error)" }
    return "none"
  }

  /// How sampling is declared where nothing is drawn.
  static let sampling = """
    sampling: made
    levels:
      limited: {confidence: 70%, basis: judgement, reason: a reason, source: none}
    methods:
      quantity: {method: modified-sieve, basis: judgement, reason: a reason, source: none}
    kinds: {flow: quantity}
    expected_misstatement: {share: 10%, basis: judgement, reason: a reason}
    """

  private static func policy(_ filter: String) -> [String: String] {
    [
      "policy.yaml": """
      policy: made
      title: Made up
      edition: made up
      datasets: [bill]
      kpis: [water]
      """,
      "datasets/bill.yaml": """
      dataset: bill
      title: Bills
      key: [number]
      fields:
        - {name: number, type: text, required: yes, aliases: [number]}
        - {name: day, type: date, required: yes, aliases: [day]}
        - {name: volume, type: decimal, unit: t, aliases: [volume]}
        - {name: status, type: text, aliases: [status]}
      """,
      "kpis/water.yaml": """
      kpi: water
      title: {en: Water}
      unit: t
      decimals: 0
      kind: flow
      status: assured
      measure:
        sum:
          - dataset: bill
            field: volume
            date: day
            where: >-
              \(filter)
      """,
      "sampling.yaml": sampling,
    ]
  }
}
