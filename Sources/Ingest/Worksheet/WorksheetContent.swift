package import Assurance
package import Exact

/// What a worksheet belongs to; it stands on the worksheet's second sheet and must come back.
package struct WorksheetIdentity: Sendable, Hashable {
  package var engagement: String
  package var kpi: String
  /// From 1.
  package var round: Int
  package var planDigest: String
  package var populationDigest: String
  package var drawDigest: String
  package var seed: String

  package init(
    engagement: String, kpi: String, round: Int, planDigest: String, populationDigest: String,
    drawDigest: String, seed: String
  ) {
    self.engagement = engagement
    self.kpi = kpi
    self.round = round
    self.planDigest = planDigest
    self.populationDigest = populationDigest
    self.drawDigest = drawDigest
    self.seed = seed
  }

  /// Labels and values in the order in which they stand on the sheet.
  var lines: [(label: String, value: String)] {
    [
      ("engagement", engagement), ("kpi", kpi), ("round", String(round)),
      ("plan digest", planDigest), ("population digest", populationDigest),
      ("draw digest", drawDigest), ("seed", seed),
    ]
  }

  init?(_ values: [String: String]) {
    guard let engagement = values["engagement"], let kpi = values["kpi"],
      let round = values["round"].flatMap({ Int($0) }), let plan = values["plan digest"],
      let population = values["population digest"], let draw = values["draw digest"],
      let seed = values["seed"]
    else { return nil }
    self.init(
      engagement: engagement, kpi: kpi, round: round, planDigest: plan,
      populationDigest: population, drawDigest: draw, seed: seed)
  }
}

/// One item for a tester.
package struct WorksheetItem: Sendable {
  /// The business key, the item's name in every exchange.
  package var key: String
  /// One value for each of the content's label headers.
  package var labels: [String]
  /// Canonical decimal text.
  package var recorded: String
  package var unit: String
  /// Where the item stands in its source.
  package var locator: String

  package init(
    key: String, labels: [String], recorded: String, unit: String, locator: String
  ) {
    self.key = key
    self.labels = labels
    self.recorded = recorded
    self.unit = unit
    self.locator = locator
  }
}

/// What goes out to a tester.
package struct WorksheetContent: Sendable {
  package var identity: WorksheetIdentity
  package var labelHeaders: [String]
  package var items: [WorksheetItem]

  package init(identity: WorksheetIdentity, labelHeaders: [String], items: [WorksheetItem]) {
    self.identity = identity
    self.labelHeaders = labelHeaders
    self.items = items
  }
}

/// What a tester found for an item.
package enum WorksheetOutcome: String, Sendable, CaseIterable {
  case agreed
  /// The audited value differs.
  case misstated
  /// No evidence could be had.
  case notSupportable = "not supportable"
  /// Another item was taken, with a reason.
  case replaced
}

/// One item as it came back.
package struct WorksheetRow: Sendable {
  package let key: String
  /// As the sheet shows it; compared by the caller with what went out.
  package let recorded: String
  /// Nil where the tester left it empty.
  package let outcome: WorksheetOutcome?
  package let audited: ExactDecimal?
  package let reason: String
  package let evidence: String
  package let tester: String
  package let tested: Day?
  /// The whole row.
  package let locator: Locator
  /// The cell of each answer, by the names of ``WorksheetColumn``.
  package let cells: [String: Locator]
}

/// A value on a returned worksheet that can't be taken as it stands.
package struct WorksheetProblem: Sendable, Hashable {
  /// `unknown-result`, `not-a-number`, `not-a-date`, `date-out-of-range`, `missing-audited-value`,
  /// `missing-reason`, `needless-audited-value`, `missing-tester`, `result-missing`,
  /// `duplicate-key`, `missing-key`, `error-cell`.
  package let code: String
  package let locator: Locator
  package let reason: String
}

/// A worksheet that came back.
package struct WorksheetReturn: Sendable {
  package let identity: WorksheetIdentity
  package let rows: [WorksheetRow]
  package let problems: [WorksheetProblem]
}

/// The columns of a worksheet besides the labels, with the header each must keep.
package enum WorksheetColumn: String, Sendable, CaseIterable {
  case key, recorded, unit, source, result, audited, reason, evidence, tester, tested

  var header: String {
    switch self {
    case .key: "Key 編號"
    case .recorded: "Recorded value 記錄值"
    case .unit: "Unit 單位"
    case .source: "Source 來源"
    case .result: "Result 結果"
    case .audited: "Audited value 審定值"
    case .reason: "Reason 原因"
    case .evidence: "Evidence 憑證"
    case .tester: "Tester 測試人"
    case .tested: "Date tested 測試日期"
    }
  }

  static let inputs: [WorksheetColumn] = [.result, .audited, .reason, .evidence, .tester, .tested]

  /// In characters.
  var width: Double {
    switch self {
    case .key: 32
    case .recorded, .audited: 18
    case .unit: 10
    case .source: 44
    case .result: 17
    case .reason, .evidence: 34
    case .tester: 18
    case .tested: 14
    }
  }
}

/// Words that both the writer and the reader know.
enum WorksheetText {
  static let itemsSheet = "Items"
  static let identitySheet = "Identity"
  static let mark = "assure worksheet 1"

  static let instructions = [
    "Fill in the white cells of the sheet Items only; everything else is locked.",
    "Result: agreed, misstated, not supportable (no evidence could be had), or replaced.",
    "Misstated needs the audited value in the same unit, and a reason.",
    "Not supportable and replaced need a reason. Evidence: number or name of the document seen.",
    "Date tested as 2021-12-31. Keep the file as .xlsx; do not add, move or remove columns.",
    "請只填寫「Items」工作表的白色儲存格,其餘已鎖定。",
    "結果:agreed(相符)、misstated(錯報)、not supportable(無法取得憑證)、replaced(已更換)。",
    "錯報須以同一單位填寫審定值及原因;無法取得憑證或已更換須填寫原因。",
    "憑證:所見文件的編號或名稱。測試日期格式:2021-12-31。請保留 .xlsx 格式,勿增刪欄位。",
  ]

  /// What a tester may write for each outcome, folded.
  static let outcomes: [String: WorksheetOutcome] = [
    "agreed": .agreed, "agree": .agreed, "相符": .agreed, "一致": .agreed, "同意": .agreed,
    "misstated": .misstated, "錯報": .misstated, "错报": .misstated,
    "not supportable": .notSupportable, "notsupportable": .notSupportable,
    "not-supportable": .notSupportable, "無法取得憑證": .notSupportable, "無法支持": .notSupportable,
    "无法支持": .notSupportable, "replaced": .replaced, "已更換": .replaced, "已更换": .replaced,
  ]
}
