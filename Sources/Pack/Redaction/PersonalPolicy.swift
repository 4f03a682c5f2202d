import Assurance

/// What of an engagement is personal, by the policy in its pack.
struct PersonalPolicy {
  private let datasets: [String: DatasetDefinition]
  /// KPIs whose workpapers may tell of persons.
  private let kpis: Set<String>
  private let known: Set<String>
  private let fields: [String: [String]]

  /// - Throws: what a policy that can't be read throws.
  init(_ files: [PackFile]) throws {
    var texts: [String: String] = [:]
    for file in files where !file.name.hasPrefix("engagement/") {
      texts[file.name] = String(decoding: try file.bytes.collected(), as: UTF8.self)
    }
    let policy = try PolicySet.read(texts, place: "data/policy")
    datasets = Dictionary(
      policy.datasets.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var fields: [String: [String]] = [:]
    for kpi in policy.kpis {
      let names = policy.personalFields(of: kpi)
      if !names.isEmpty { fields[kpi.name] = names }
    }
    self.fields = fields
    kpis = Set(fields.keys)
    known = Set(policy.kpis.map(\.name))
  }

  /// Whether a workpaper of the KPI, and what was said about it, may tell of persons; one that the
  /// policy does not have may.
  func isPersonal(kpi: String) -> Bool { kpis.contains(kpi) || !known.contains(kpi) }

  /// Whether records of a dataset tell of persons; one that the policy does not have may.
  func isPersonal(dataset: String) -> Bool { datasets[dataset]?.isPersonal ?? true }

  func dataset(_ name: String) -> DatasetDefinition? { datasets[name] }

  /// The personal fields that a KPI's workpaper rests on, sorted.
  func fields(of kpi: String) -> [String] { fields[kpi] ?? [] }
}

/// How a field of a record is shown in a redacted pack.
enum FieldTreatment {
  case shown
  /// A name of somebody.
  case identifier
  /// Personal, and no name.
  case value

  init(_ field: FieldDefinition?) {
    guard let field else {
      self = .value
      return
    }
    self = !field.isPersonal ? .shown : field.type == .text ? .identifier : .value
  }
}
