import Foundation

@testable import TieOut

/// The labelled report beside the repository: text, reported values and labels.
struct LabelledReport {
  struct Label {
    let id: String
    let line: Int
    let fragment: String
    let printed: String
    let value: String
    let high: String
    let unit: String
    let qualifier: String
    let kind: String
    let partners: [String]
    let tie: String
  }

  /// Found by walking up from this file.
  static let folder: URL? = {
    var folder = URL(filePath: #filePath).deletingLastPathComponent()
    while folder.path != "/" {
      let path = folder.appending(path: "shared/reference/report-2021")
      if FileManager.default.fileExists(atPath: path.path) { return path }
      folder.deleteLastPathComponent()
    }
    return nil
  }()

  let text: String
  /// Scalars of every line.
  let lines: [[Unicode.Scalar]]
  let labels: [Label]
  let figures: [ReportedFigure]
  private let byID: [String: Label]

  init() throws {
    struct Missing: Error {}
    guard let folder = Self.folder else { throw Missing() }
    let file = { (name: String) in
      try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
    text = try file("report.zh-Hant.txt")
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      Array($0.unicodeScalars)
    }
    labels = Self.rows(try file("narrative-claims.csv")).map { row in
      Label(
        id: row["id"] ?? "", line: Int(row["line"] ?? "") ?? 0, fragment: row["fragment"] ?? "",
        printed: row["number_printed"] ?? "", value: row["value"] ?? "",
        high: row["value_high"] ?? "", unit: row["unit"] ?? "", qualifier: row["qualifier"] ?? "",
        kind: row["kind"] ?? "",
        partners: (row["ties_to"] ?? "").split(separator: ";").map(String.init),
        tie: row["tie"] ?? "")
    }
    byID = Dictionary(labels.map { ($0.id, $0) }) { first, _ in first }
    figures = Self.rows(try file("kpis.csv")).compactMap(Self.figure)
  }

  private static func figure(_ row: [String: String]) -> ReportedFigure? {
    let cell = { (name: String) in row[name].flatMap { $0.isEmpty ? nil : $0 } }
    guard let id = cell("id"), let year = cell("year").flatMap({ Int($0) }) else { return nil }
    let part = cell("dimension_value_zh") ?? ""
    let name = cell("name_zh") ?? ""
    let chinese = part.isEmpty || name.contains(part) ? name : name + " " + part
    return ReportedFigure(
      id: year == 2021 ? id : "\(id)@\(year)", names: [chinese, cell("name_en") ?? ""],
      printed: cell("value_printed") ?? "", unit: cell("unit") ?? "1",
      period: CalendarDate(year: year), assured: cell("in_assurance_scope") == "yes",
      line: cell("seed_line").flatMap { Int($0) }, family: cell("kpi"),
      dimension: cell("dimension"), part: cell("dimension_value"))
  }

  /// Rows of a CSV file with quoted cells, by header.
  private static func rows(_ text: String) -> [[String: String]] {
    var rows: [[String]] = [[]]
    var cell = ""
    var quoted = false
    var before: Character?
    for character in text {
      if character == "\"" {
        if !quoted, before == "\"" { cell.append("\"") }
        quoted.toggle()
      } else if character == ",", !quoted {
        rows[rows.count - 1].append(cell)
        cell = ""
      } else if character.isNewline, !quoted {
        rows[rows.count - 1].append(cell)
        cell = ""
        rows.append([])
      } else {
        cell.append(character)
      }
      before = character
    }
    let header = rows.first ?? []
    return rows.dropFirst().filter { $0.count == header.count }.map { row in
      Dictionary(zip(header, row)) { first, _ in first }
    }
  }

  // MARK: - labels and numbers

  /// The number a label speaks of: among those of its fragment the one with its value and unit.
  func token(_ label: Label, _ tokens: [NumberToken]) -> NumberToken? {
    let line = lines[label.line - 1]
    let fragment = Array(label.fragment.unicodeScalars)
    guard let start = Self.first(fragment, in: line) else { return nil }
    let end = start + fragment.count
    let near = tokens.filter { token in
      let first = token.place.column - 1
      return token.place.line == label.line && first < end && first + token.place.length > start
    }
    let same = near.filter { sameValue(label, $0) }
    return same.first { sameUnit(label, $0) && $0.aside == nil }
      ?? same.first { $0.aside == nil } ?? same.first ?? near.first
  }

  private static func first(_ part: [Unicode.Scalar], in whole: [Unicode.Scalar]) -> Int? {
    guard part.count <= whole.count else { return nil }
    return (0...(whole.count - part.count)).first { Array(whole[$0..<$0 + part.count]) == part }
  }

  func sameValue(_ label: Label, _ token: NumberToken) -> Bool {
    token.value.texts.value == label.value && token.value.texts.high == label.high
  }

  /// The labels write `a` or `date` for a year, by how it is printed.
  func sameUnit(_ label: Label, _ token: NumberToken) -> Bool {
    let dated: Set<String> = ["a", "date"]
    if label.kind == "date" || label.kind == "version", dated.contains(label.unit) {
      return dated.contains(token.unit ?? "")
    }
    return token.unit == label.unit
  }

  func isPartner(_ tie: Tie, _ label: Label, _ tokens: [NumberToken]) -> Bool {
    label.partners.contains { partner in
      switch tie.partner {
      case .figure(let id): return partner == "kpi:" + id
      case .items: return false
      case .claim(let id, let place):
        guard let other = byID[partner] else {
          // A label that is kept back: its line is in its name.
          return Int(partner.dropFirst().prefix(4)) == place.line
        }
        return token(other, tokens)?.id == id
      }
    }
  }
}
