import Assurance
import Trail

/// Review notes, requests and evidence as tables of a pack, derived from its log.
struct ReviewTables {
  let workflow: Workflow
  private let asOf: Day
  private let content: PackContent

  init(_ content: PackContent) {
    self.content = content
    workflow = content.trail.workflow
    asOf = Day(String(content.asOf.prefix(10))) ?? Day(number: 0)
  }

  /// Only the tables that have something to say.
  var files: [(path: String, bytes: [UInt8])] {
    var files: [(path: String, bytes: [UInt8])] = []
    if !workflow.notes.isEmpty { files.append((PackPaths.notes, notes)) }
    if !workflow.requests.isEmpty { files.append((PackPaths.requests, requests)) }
    if !workflow.evidence.isEmpty { files.append((PackPaths.evidence, evidence)) }
    return files
  }

  /// One line for everything that was said about a note.
  private var notes: [UInt8] {
    var table = CanonicalCSV.line([
      "note", "kpi", "item", "role", "state", "what", "by", "at", "text",
    ])
    for note in workflow.notes {
      for turn in note.turns {
        table += CanonicalCSV.line([
          String(note.number), note.kpi, note.item, note.role.rawValue, note.state.rawValue,
          turn.what, turn.by, turn.at, turn.text,
        ])
      }
    }
    return table
  }

  /// Ages are as of the pack's last event.
  private var requests: [UInt8] {
    var table = CanonicalCSV.line([
      "request", "kpi", "item", "from", "asked", "by", "due", "age_days", "overdue_days", "closed",
      "closed_by", "how", "text",
    ])
    for one in workflow.requests {
      table += CanonicalCSV.line([
        String(one.number), one.kpi, one.item, one.from, one.at, one.by, one.due,
        String(one.age(on: asOf)), one.overdue(on: asOf).map(String.init) ?? "",
        one.closed?.at ?? "", one.closed?.by ?? "", one.closed?.text ?? "", one.text,
      ])
    }
    return table
  }

  /// Tabs between fields; no field has one, since every one is a line of visible characters.
  private var evidence: [UInt8] {
    let columns = [
      "number", "path", "name", "kpi", "items", "kind", "date", "period", "page", "region",
      "request", "note", "by", "at", "sha256",
    ]
    let rows = workflow.evidence.map { one in
      [
        String(one.number), TakenFiles.path(of: one, content), one.file,
        one.kpi, one.items.joined(separator: "; "), one.kind.rawValue, one.date, one.period,
        one.page, one.region, one.request.map(String.init) ?? "", one.text, one.by, one.at,
        one.digest,
      ]
    }
    return Array(
      ([columns] + rows).map { row in
        row.map { VisibleText.of($0) }.joined(separator: "\t") + "\n"
      }.joined().utf8)
  }
}
