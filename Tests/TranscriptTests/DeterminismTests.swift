import Foundation
import Testing

/// "The same commands under another locale, time zone, folder, file order and umask give
/// byte-identical packs." The clock is given by `SOURCE_DATE_EPOCH`; nothing in these packs is
/// signed or timed by itself, so nothing is excepted.
@Suite struct DeterminismTests {
  struct Conditions {
    let locale, zone, mask, folder: String
    let isReversed: Bool
  }

  @Test func `another locale, time zone, folder, file order and umask change no byte`() throws {
    let plain = Conditions(
      locale: "C", zone: "UTC", mask: "022", folder: "plain", isReversed: false)
    let other = Conditions(
      locale: try Self.otherLocale(), zone: "Asia/Shanghai", mask: "077",
      folder: "a longer folder/mit Leerzeichen/工作", isReversed: true)
    let first = try Self.chain(plain)
    let second = try Self.chain(other)
    #expect(first.count > 20)
    for path in Set(first.keys).union(second.keys).sorted() {
      #expect(first[path] == second[path], "\(path) differs under \(other)")
    }
  }

  /// A locale with a decimal comma, if the machine has one.
  private static func otherLocale() throws -> String {
    let outcome = try Program.shell("locale -a", in: "/")
    let names = outcome.output.split(separator: "\n").map(String.init)
    let wanted = ["de_DE", "fr_FR", "tr_TR", "zh_CN", "en_US", "C.utf8", "C.UTF-8"]
    return wanted.lazy.compactMap { name in names.first { $0.hasPrefix(name) } }.first ?? "C.UTF-8"
  }

  /// From `init` to `pack`: the digest of each file of the pack by its path.
  private static func chain(_ conditions: Conditions) throws -> [String: String] {
    let folder = try TemporaryFolder()
    let above = "\(folder.path)/\(conditions.folder)"
    try FileManager.default.createDirectory(atPath: above, withIntermediateDirectories: true)
    let environment = [
      "LC_ALL": conditions.locale, "LANG": conditions.locale, "TZ": conditions.zone,
      "LANGUAGE": "de",
    ]
    func run(_ line: String, status: Int32 = 0) throws {
      let outcome = try Program.shell(
        "umask \(conditions.mask); " + line, in: above, environment)
      try #require(
        outcome.status == status, "\(line): \(outcome.status) \(outcome.complaints)")
    }
    try run("assure init acme --policies hkex-esg-2021")
    try run("cp \"$REPO\"/Samples/Water/{engagement.yaml,reported.csv} acme/")
    let sources = try WaterEngagement.sources("clean")
    let ordered = (conditions.isReversed ? sources.reversed() : sources)
      .map { "'\($0)'" }.joined(separator: " ")
    try run("assure ingest --engagement acme \(ordered)")
    try run("assure check --engagement acme")
    try run("assure reconcile --engagement acme")
    try run("assure plan --engagement acme --kpi water")
    try run("assure sample --engagement acme --kpi water --seed '\(WaterEngagement.seed)'")
    let out = "\(above)/acme/worksheets/out/water-consumption-round-1.xlsx"
    var worksheet = try FilledWorksheet(path: out)
    for item in 1...worksheet.count { try worksheet.fill(item, .init(result: "agreed")) }
    try worksheet.write(to: "\(above)/filled.xlsx")
    try run("assure worksheet import --engagement acme filled.xlsx")
    try run("assure evaluate --engagement acme --kpi water")
    try run("assure pack --engagement acme --kpi water -o pack")
    try run("assure verify pack")
    return try digests("\(above)/pack")
  }

  private static func digests(_ folder: String) throws -> [String: String] {
    let listed = try Program.shell(
      "find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum", in: folder)
    return Dictionary(
      uniqueKeysWithValues: listed.output.split(separator: "\n").map { line in
        (String(line.dropFirst(66)), String(line.prefix(64)))
      })
  }
}
