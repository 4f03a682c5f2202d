import Assurance
import TieOut
import Trail

/// Which files of a whole pack go into its redaction, and what stays of receipts.
struct FileRedaction {
  let policy: PersonalPolicy
  let withholder: Withholder
  /// KPIs whose workpapers are redacted.
  let hidden: Set<String>
  /// Digests of returned worksheets, and of evidence, by the KPI that they are about.
  private var kpis: [String: Set<String>] = [:]

  init(policy: PersonalPolicy, withholder: Withholder, hidden: Set<String>, trail: TrailFacts) {
    (self.policy, self.withholder, self.hidden) = (policy, withholder, hidden)
    for event in trail.told {
      let kind = Workflow.kind(of: event)
      guard ["worksheet.imported", "evidence.attached"].contains(kind),
        let facts = (try? CanonicalJSON(parsing: event))?["facts"],
        let digest = facts["sha256"]?.string, let kpi = facts["kpi"]?.string
      else { continue }
      kpis[digest, default: []].insert(kpi)
    }
  }

  /// A receipt: counts and totals stay, sentences about rejected rows of persons do not.
  func redacted(_ source: SourceFacts) -> SourceFacts {
    var source = source
    for index in source.tables.indices
    where policy.isPersonal(dataset: source.tables[index].dataset) {
      source.tables[index].rejects = source.tables[index].rejects.map { reject in
        (
          locator: withholder.locator(reject.locator), code: reject.code,
          reason: withholder.value(reject.reason, at: ["reject", reject.locator])
        )
      }
    }
    return source
  }

  /// Why a file is left out; nil if it stays.
  func reason(_ file: PackFile, _ kind: TakenFiles.Kind, _ content: PackContent) -> String? {
    switch kind {
    case .source:
      let source = content.sources.first { $0.digest == file.digest }
      let names = (source?.tables ?? []).map(\.dataset)
      let personal = names.filter { policy.isPersonal(dataset: $0) }
      if personal.isEmpty, !names.isEmpty { return nil }
      return names.isEmpty
        ? "nothing was read from it, so nothing says what is in it"
        : "records with personal fields: " + Set(personal).sorted().joined(separator: " ")
    case .worksheetOut:
      return hidden.contains { file.name.hasPrefix("\($0)-round-") }
        ? "names the drawn records" : nil
    case .worksheetIn: return about(file).map { "names the drawn records of \($0)" }
    case .attachment:
      // The tied report is published; no event attaches it.
      if file.digest == content.tieOut?.digest { return nil }
      return about(file).map { "evidence about \($0): nothing says what is in it" }
    case .policy: return nil
    }
  }

  /// The KPI for which a file is withheld, or `?` if nothing says what it is about; nil if it
  /// stays.
  private func about(_ file: PackFile) -> String? {
    let about = kpis[file.digest ?? ""] ?? []
    guard !about.isEmpty else { return "?" }
    return about.sorted().first { policy.isPersonal(kpi: $0) }
  }

  /// Takes files out of the content.
  func leaveOut(from content: inout PackContent) throws {
    let full = content
    content.originals.removeAll { reason($0, .source, full) != nil }
    content.worksheetsOut.removeAll { reason($0, .worksheetOut, full) != nil }
    content.worksheetsIn.removeAll { reason($0, .worksheetIn, full) != nil }
    content.attachments.removeAll { reason($0, .attachment, full) != nil }
  }
}

/// The rows of `data/redaction.csv`.
struct RedactionRows {
  let full: PackContent
  let redacted: PackContent
  let files: FileRedaction
  let policy: PersonalPolicy
  /// Of the whole pack, for what lies in `seal/`.
  let seal: FolderListing

  func all() throws -> [RedactionFacts.Row] {
    let rows = try leftOut() + values()
    return rows.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private func leftOut() throws -> [RedactionFacts.Row] {
    let there = Set(try TakenFiles(redacted).items.map(\.path))
    var rows: [RedactionFacts.Row] = []
    for item in try TakenFiles(full).items where !there.contains(item.path) {
      let file = PackFile(
        name: item.name, digest: item.digest, size: item.size, bytes: item.bytes)
      let isSource = item.kind == .source
      rows.append(
        row(
          isSource ? item.path : shown(item),
          isSource
            ? item.digest : files.withholder.value(item.digest, at: ["file", item.path]),
          files.reason(file, item.kind, full) ?? "not taken over"))
    }
    rows.append(row(PackPaths.redactionKey, "", "from it the salts of withheld values are made"))
    for file in seal.files where file.path.hasPrefix(PackPaths.seal) {
      rows.append(row(file.path, "", "about the whole pack, not about this one"))
    }
    return rows
  }

  /// The name of evidence may be that of somebody.
  private func shown(_ item: TakenFiles.Item) -> String {
    item.kind == .attachment
      ? item.kind.folder + files.withholder.value(item.path, at: ["path"]) : item.path
  }

  private func row(_ path: String, _ digest: String, _ reason: String) -> RedactionFacts.Row {
    RedactionFacts.Row(
      path: path, what: .leftOut, fields: "", count: 1, digest: digest, reason: reason)
  }

  /// Every text with salted digests in it; pages are made from these and follow them.
  private func values() throws -> [RedactionFacts.Row] {
    var rows: [RedactionFacts.Row] = []
    for entry in try PackTree(redacted).payload
    where !entry.path.hasSuffix(".html") && entry.known == nil {
      let count = Self.count(try entry.bytes.collected())
      guard count > 0 else { continue }
      let kpi = redacted.redaction?.workpapers.filter { entry.path.contains("/\($0)") }
        .max { $0.utf8.count < $1.utf8.count }
      rows.append(
        RedactionFacts.Row(
          path: entry.path, what: .values,
          fields: kpi.map { policy.fields(of: $0).joined(separator: " ") } ?? "", count: count,
          digest: "", reason: kpi == nil ? "what people wrote, or where rows stand" : "personal"))
    }
    let gone = full.trail.values.count - redacted.trail.values.count
    if gone > 0 {
      rows.append(
        RedactionFacts.Row(
          path: PackPaths.values, what: .values, fields: "", count: gone, digest: "",
          reason: "facts of events; the events have their salted digests"))
    }
    return rows
  }

  private static func count(_ bytes: [UInt8]) -> Int {
    String(decoding: bytes, as: UTF8.self).ranges(of: Withholder.mark).count
  }
}
