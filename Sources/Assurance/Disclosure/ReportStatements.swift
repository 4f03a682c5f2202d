/// What the report says about itself, as files of the engagement give it.
package struct ReportStatements: Sendable {
  package var targets: [Target] = []
  package var restatements: [Restatement] = []
  package var entries: [DisclosureIndex.Entry] = []
  package var marks: [(row: String, marks: [String])] = []
  package var notes: [String] = []
  /// Lines of its text.
  package var lines: [String] = []
  /// What was found wrong while the files were read.
  package var findings: [DisclosureFinding] = []
  /// The names of the files that were there.
  package var files: [String] = []

  package init() {}

  /// Where each file lies in an engagement.
  package static let figuresFile = "report/figures.csv"
  package static let textFile = "report/report.txt"

  /// Reads what is there.
  ///
  /// - Parameter text: the text of a file of the engagement, nil if there is none.
  package init(
    policy: PolicySet, text: (String) throws(AssureError) -> String?
  ) throws(AssureError) {
    if let csv = try text("report/targets.csv") {
      targets = try Target.read(csv: csv, file: "report/targets.csv")
      files.append("targets.csv")
    }
    if let csv = try text("report/restatements.csv") {
      (restatements, findings) = try Restatement.judge(
        csv: csv, file: "report/restatements.csv", kpis: policy.kpis)
      files.append("restatements.csv")
    }
    if let csv = try text("report/index.csv") {
      var frameworks: [String] = []
      for requirement in policy.report.disclosures where !frameworks.contains(requirement.framework)
      {
        frameworks.append(requirement.framework)
      }
      entries = try DisclosureIndex.entries(
        csv: csv, file: "report/index.csv", frameworks: frameworks)
      files.append("index.csv")
    }
    if let csv = try text("report/footnotes.csv") {
      try readNotes(csv)
      files.append("footnotes.csv")
    }
    if let text = try text(Self.textFile) {
      lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      files.append("report.txt")
    }
  }

  /// Rows of `kind,name,marks`: a row of the table with its marks, or a note with its own.
  private mutating func readNotes(_ csv: String) throws(AssureError) {
    let table = try HeadedRows(csv: csv, file: "report/footnotes.csv", code: "footnotes")
    try table.require(["kind", "name", "marks"])
    for row in table.rows {
      let found = row["marks"].split(separator: ";").map {
        String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      }.filter { !$0.isEmpty }
      switch row["kind"] {
      case "row": marks.append((row["name"], found))
      case "note": notes += found
      default:
        throw AssureError(
          "footnotes-kind", place: row.place, "`\(row["kind"])` is neither row nor note",
          remedy: "write `row` for a row of the table, `note` for a note beneath it")
      }
    }
  }
}
