/// Who does what in an engagement, in the form in which it is signed and goes into packs.
///
/// Two small tables of `kind,name,value`: what the job is, which declarations of independence
/// cover, and who does it, which the leading role signs together with the list of keys.
package struct Terms: Hashable, Sendable {
  package struct Pair: Hashable, Sendable {
    package let name: String
    package let value: String
    package init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
  }

  /// `entity`, `period`, `standard`, `level`, `engagement` and their values.
  package var engagement: [Pair] = []
  /// People and their roles; a person stands once for each role.
  package var members: [Pair] = []
  /// Names in allowed_signers and whose they are.
  package var signers: [Pair] = []
  /// Sections and their KPIs, one pair a KPI.
  package var sections: [Pair] = []
  /// The weakest kind of evidence that a KPI's risk lets pass.
  package var minimum: [Pair] = []
  /// KPIs that the report gives assurance on.
  package var assured: [String] = []
  /// Days from the report to the assembled file: 14, 45 or 60.
  package var assemblyDays = 60

  package init() {}

  package static let engagementPath = "data/review/engagement.csv"
  package static let teamPath = "data/review/team.csv"

  package var roles: Set<SignoffRole> {
    Set(members.compactMap { SignoffRole(rawValue: $0.value) })
  }

  /// The KPIs of each section.
  package var kpisBySection: [String: [String]] {
    Dictionary(grouping: sections, by: \.name).mapValues { $0.map(\.value) }
  }

  /// The one person that the team has; nil if there are more, or none.
  package var onlyPerson: String? {
    let people = Set(members.map(\.name))
    return people.count == 1 ? people.first : nil
  }

  package var engagementTable: [UInt8] { Self.table(rows("engagement", engagement)) }

  package var teamTable: [UInt8] {
    Self.table(
      rows("member", members) + rows("signer", signers) + rows("section", sections)
        + rows("evidence", minimum) + assured.map { ["assured", $0, ""] }
        + [["assembly", "days", String(assemblyDays)]])
  }

  private func rows(_ kind: String, _ pairs: [Pair]) -> [[String]] {
    pairs.map { [kind, $0.name, $0.value] }
  }

  private static func table(_ rows: [[String]]) -> [UInt8] {
    rows.reduce(CanonicalCSV.line(columns)) { $0 + CanonicalCSV.line($1) }
  }

  /// From the rows of both tables; nil for a kind or number that this format does not have.
  package init?(rows: [[String]]) {
    for row in rows {
      guard row.count == 3 else { return nil }
      let pair = Pair(row[1], row[2])
      switch row[0] {
      case "engagement": engagement.append(pair)
      case "member": members.append(pair)
      case "signer": signers.append(pair)
      case "section": sections.append(pair)
      case "evidence": minimum.append(pair)
      case "assured": assured.append(pair.name)
      case "assembly":
        guard let days = Int(pair.value), Self.assemblyChoices.contains(days) else { return nil }
        assemblyDays = days
      default: return nil
      }
    }
  }

  /// PCAOB AS 1215.15 (14, formerly 45 days); ISA 230.A21 (60 days).
  package static let assemblyChoices = [14, 45, 60]

  package static let columns = ["kind", "name", "value"]
}
