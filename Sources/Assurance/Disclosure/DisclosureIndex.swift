/// What a framework asks to be indexed, and what the report's own index lists.
package struct DisclosureIndex: Sendable {
  /// A code that the framework has.
  package struct Requirement: Sendable {
    package let framework: String
    package let code: String
    /// Codes that define the same thing differently: one figure cannot answer both.
    package let excludes: [String]
  }

  /// A row of the report's index.
  package struct Entry: Sendable {
    package let section: String
    package let framework: String
    package let codes: [String]
    /// Whether the row declares its codes not to be relevant.
    package let isNotRelevant: Bool
    /// Figures that stand in the section.
    package let place: String
  }

  package let requirements: [Requirement]
  package let entries: [Entry]
  /// The file of the report's index, for codes that no row of it has.
  package let file: String

  package init(requirements: [Requirement], entries: [Entry], file: String = "") {
    self.requirements = requirements
    self.entries = entries
    self.file = file
  }

  /// Reads `framework,code,excludes`, several codes separated by `;`.
  package static func requirements(
    csv: String, file: String
  ) throws(AssureError) -> [Requirement] {
    let table = try HeadedRows(csv: csv, file: file, code: "index")
    try table.require(["framework", "code"])
    return table.rows.map {
      Requirement(framework: $0["framework"], code: $0["code"], excludes: list($0["excludes"]))
    }
  }

  /// Reads the report's index: a row a section, a column a framework, codes separated by `;`. A row
  /// whose `level` is `note` declares its codes not relevant.
  package static func entries(
    csv: String, file: String, frameworks: [String]
  ) throws(AssureError) -> [Entry] {
    let table = try HeadedRows(csv: csv, file: file, code: "index")
    var entries: [Entry] = []
    for row in table.rows {
      let section = row["section_en"].isEmpty ? row["section"] : row["section_en"]
      for framework in frameworks where !row[framework].isEmpty {
        entries.append(
          Entry(
            section: section, framework: framework, codes: list(row[framework]),
            isNotRelevant: row["level"] == "note", place: row.place))
      }
    }
    return entries
  }

  private static func list(_ text: String) -> [String] {
    text.split(separator: ";").map { $0.trimmingSpaces() }.filter { !$0.isEmpty }
  }

  /// Missing, contradicted and doubled codes, and sections that answer two definitions at once.
  package func findings() -> [DisclosureFinding] {
    var findings: [DisclosureFinding] = []
    for requirement in requirements {
      let rows = entries.filter {
        $0.framework == requirement.framework && $0.codes.contains(requirement.code)
      }
      let listed = rows.filter { !$0.isNotRelevant }
      let declared = rows.first { $0.isNotRelevant }
      if rows.isEmpty {
        findings.append(
          finding(
            "index-missing", requirement.code, "is neither listed nor declared not relevant", file))
      }
      if let declared, let first = listed.first {
        findings.append(
          finding(
            "index-contradiction", requirement.code,
            "is declared not relevant and is listed under "
              + listed.map(\.section).joined(separator: ", "),
            first.place + "; " + declared.place))
      }
      for entry in listed {
        for other in requirement.excludes where entry.codes.contains(other) {
          findings.append(
            finding(
              "index-two-definitions", requirement.code,
              "and \(other) are both given for \(entry.section): one figure cannot be both",
              entry.place))
        }
      }
    }
    for entry in entries {
      var seen: Set<String> = []
      for code in entry.codes where !seen.insert(code).inserted {
        findings.append(
          finding("index-duplicate", code, "is listed twice for \(entry.section)", entry.place))
      }
    }
    return findings
  }

  private func finding(
    _ code: String, _ subject: String, _ message: String, _ place: String
  ) -> DisclosureFinding {
    DisclosureFinding(code: code, subject: subject, message: "\(subject) \(message)", place: place)
  }
}

extension Substring {
  fileprivate func trimmingSpaces() -> String {
    var text = self
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
