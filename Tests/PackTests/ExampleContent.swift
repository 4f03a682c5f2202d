import Assurance
import Exact
import Pack
import Trail

/// A small invented engagement: two KPIs, one sampled and evaluated, one hardly begun.
enum Example {
  static func decimal(_ text: String) -> ExactDecimal { ExactDecimal(text) ?? .zero }

  static let unit = "t"
  static let months = (1...12).map { "2021-" + ($0 < 10 ? "0\($0)" : "\($0)") }
  static let sites = [
    "北京總部 Beijing HQ", "Shenzhen data centre 1", "Shenzhen data centre 2", "Guangzhou office",
    "Hong Kong office", "Chongqing data centre", "Shanghai office",
  ]
  static let sourceBytes = Array("site,month,volume\nA,2021-01,1\n".utf8)
  static let sourceDigest = Digest(of: sourceBytes).hex

  /// Records of every site and month but two.
  static func items() -> [PopulationItem] {
    var items: [PopulationItem] = []
    for (s, site) in sites.enumerated() {
      for (m, month) in months.enumerated() where !(s == 3 && m == 6) && !(s == 6 && m < 2) {
        let value = decimal("\((s + 1) * 137 + m * 11).\((m * 7 + s) % 10)5")
        items.append(
          PopulationItem(
            key: "water-meter-reading/S\(s + 1)/\(month)", value: value,
            locator: "meters.xml@\(sourceDigest.prefix(12))#'2021 讀數'!D\(2 + s * 12 + m)",
            labels: [("site", site), ("month", month), ("volume", "\(value)")]))
      }
    }
    return items.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }

  static func sum(_ values: some Sequence<ExactDecimal>) -> ExactDecimal {
    values.reduce(.zero) { (try? $0 + $1) ?? .zero }
  }

  static func digest(_ items: [PopulationItem]) -> String {
    Digest(
      of: items.reduce(into: PopulationCSV.header) { $0 += PopulationCSV.line($1, unit: unit) }
    ).hex
  }

  static let seed = "20 dice rolls: 4 2 6 1 1 3 5 2 6 4 4 1 2 3 6 5 5 1 3 2"

  static func water() throws -> Workpaper {
    let items = items()
    let total = sum(items.map(\.value))
    var paper = Workpaper(
      kpi: KPIFacts(
        name: "water-consumption", titles: [("en", "Water consumption"), ("zh-Hant", "總耗水量")],
        unit: unit, decimals: 0, kind: "flow", status: "assured",
        measure: [
          "sum of volume over water-meter-reading, by month, where site.control = 'operational'"
        ],
        criteria: [
          (
            id: "A2.2", text: "Water consumption in total and intensity",
            source: "HKEX Appendix 27, Environmental KPI A2.2"
          )
        ]))
    paper.population = PopulationFacts(
      round: 1, count: items.count, sum: total, digest: digest(items),
      frozen: "2022-02-01T09:00:00Z", items: items)
    paper.byMonth = months.map { month in
      (month: month, total: sum(items.filter { $0.key.hasSuffix(month) }.map(\.value)))
    }
    paper.bySubject = sites.enumerated().map { index, site in
      (
        subject: site,
        total: sum(items.filter { $0.key.contains("/S\(index + 1)/") }.map(\.value))
      )
    }.sorted { $0.total > $1.total }
    paper.grid = sites.enumerated().map { s, site in
      GridRow(
        subject: site,
        cells: months.enumerated().map { m, month in
          let cell: GridRow.Cell =
            s == 3 && m == 6
            ? .missing : s == 6 && m < 2 ? .outside : (s + m) % 9 == 4 ? .estimated : .actual
          return (month: month, cell: cell)
        })
    }
    paper.reconciliation = try reconciliation(total)
    try addSample(&paper, items: items)
    paper.exceptions = exceptions()
    return paper
  }

  private static func reconciliation(_ total: ExactDecimal) throws -> Reconciliation {
    let printed = try Rational(total).rounded(decimals: 0)
    let difference = Rational(total) - Rational(printed)
    return Reconciliation(
      kpi: "water-consumption", unit: unit, computed: Rational(total),
      computedText: total.description, printed: printed.grouped(),
      printedInterval: try Interval(printed: printed, decimals: 0),
      printedPlace: "report/report.txt line 212", status: .withinRounding, difference: difference,
      differenceText: difference.description,
      bridge: [
        BridgeItem(
          label: "water-meter-reading", amount: total.description, count: 81, counts: true,
          note: "81 of 84 site months"),
        BridgeItem(
          label: "missing months", amount: "", count: 1, counts: false, note: "unquantified"),
      ])
  }

  private static func addSample(_ paper: inout Workpaper, items: [PopulationItem]) throws {
    let population = digest(items)
    let selection = SampleSelection.modifiedSieve
    paper.plan = PlanFacts(
      round: 1, method: selection.rawValue, size: 8,
      parameters: [("confidence", "0.8"), ("tolerable", "30000 t"), ("expected", "0")],
      reasons: ["Factor 1.61 at 80 % and no expected error; 1.61 × sum / tolerable."],
      digest: Digest(ofText: "plan").hex, frozen: "2022-02-01T09:00:00Z")
    let drawn = try selection.draw(seed: seed, items: items, size: 8)
    paper.draw = DrawFacts(
      round: 1, seed: seed, seedOrigin: "given", seedFixed: "2022-02-02T10:00:00Z",
      drawn: "2022-02-02T10:00:00Z", populationDigest: population, items: drawn,
      rule: selection.rule(seed: seed, size: 8, populationDigest: population))
    paper.results = drawn.enumerated().map { index, item in
      let isWrong = index == 2
      return ResultFacts(
        round: 1, key: item.key, outcome: isWrong ? .misstated : .agreed, recorded: item.value,
        audited: isWrong ? try? item.value - decimal("12.5") : nil,
        reason: isWrong ? "bill shows 12.5 t less" : "", evidence: "bill \(index + 1).pdf",
        tester: "Chan", tested: "2022-02-10", locator: "water-round-1.xlsx#Items!H\(index + 5)")
    }
    paper.evaluation = try evaluation(paper, items: items)
  }

  private static func evaluation(
    _ paper: Workpaper, items: [PopulationItem]
  ) throws -> EvaluationFacts? {
    guard let plan = paper.plan, let draw = paper.draw else { return nil }
    return try SampleEvaluation(
      kpi: paper.kpi.name, unit: unit, decimalsPrinted: 0, plan: plan, draw: draw,
      results: paper.results, total: sum(items.map(\.value)), count: items.count,
      materiality: Materiality(
        overall: decimal("30000"), performance: decimal("22500"), trivial: decimal("1500"),
        reason: "a round number"),
      confidence: decimal("0.8")
    ).evaluate(at: "2022-02-11T08:00:00Z")
  }

  private static func exceptions() -> [ExceptionFacts] {
    let place = "meters.xml@\(sourceDigest.prefix(12))#'2021 讀數'!D44"
    return [
      ExceptionFacts(
        id: "missing-month-1f3a",
        exception: Assurance.Exception(
          code: "missing-month", severity: .high, kpi: "water-consumption",
          subject: "Guangzhou office 2021-07", locators: [place], effect: .unquantified, unit: unit,
          message: "no reading for a month in which the site was open; ask for the bill"),
        state: "open", dispositionReason: ""),
      ExceptionFacts(
        id: "unit-mix-up-77b0",
        exception: Assurance.Exception(
          code: "unit-mix-up", severity: .medium, kpi: "water-consumption",
          subject: "Hong Kong office 2021-03", locators: [place, place],
          effect: .amount(decimal("-1234.5")), unit: unit,
          message: "a thousand times the median: <script>alert(1)</script> & \"quoted\", a|b"),
        state: "explained", dispositionReason: "recorded in litres; corrected by the entity"),
    ]
  }

  static func intensity() -> Workpaper {
    Workpaper(
      kpi: KPIFacts(
        name: "water-intensity", titles: [("en", "Water intensity"), ("zh-Hant", "耗水密度")],
        unit: "t/(10*6.CNY)", decimals: 2, kind: "ratio", status: "assured",
        measure: ["water-consumption / revenue"], criteria: []))
  }

  static func source() -> SourceFacts {
    SourceFacts(
      file: "讀數 meters.xml", digest: sourceDigest, bytes: sourceBytes.count,
      format: "spreadsheetml-2003", received: "2022-01-20T08:00:00Z",
      tables: [
        TableFacts(
          name: "2021 讀數", dataset: "water-meter-reading", rowsRead: 83, accepted: 81, rejected: 2,
          blankRows: 1, preambleRows: 3, controlTotals: [("volume", "61000.5", "t")],
          assumptions: [("volume in m3 taken as t, 1 t/m3", 12)],
          rejects: [
            (
              "meters.xml@\(sourceDigest.prefix(12))#'2021 讀數'!9:9", "not-a-number",
              "volume is “n/a”"
            ),
            (
              "meters.xml@\(sourceDigest.prefix(12))#'2021 讀數'!10:10", "not-a-number",
              "volume is “-”"
            ),
          ])
      ])
  }

  static func trail(_ paper: Workpaper) throws -> TrailFacts {
    func event(_ seq: Int, _ kind: String, _ facts: CanonicalJSON) -> [UInt8] {
      let json: CanonicalJSON = [
        "seq": .integer(Int64(seq)), "at": .string("2022-02-0\(seq + 1)T10:00:00Z"),
        "actor": "Wong", "event": .string(kind), "facts": facts,
      ]
      return json.bytes
    }
    let events = [
      event(0, "engagement.opened", ["id": "acme-2021"]),
      event(1, "source.taken", ["sha256": .string(sourceDigest), "file": "讀數 meters.xml"]),
      event(
        2, "plan.frozen",
        [
          "population": ["digest": .string(paper.population?.digest ?? "")],
          "digest": .string(paper.plan?.digest ?? ""),
        ]),
      event(3, "sample.drawn", ["seed": .string(paper.draw?.seed ?? "")]),
    ]
    return try trail(of: events)
  }

  static func content() throws -> PackContent {
    let year =
      Period(Month(year: 2021, month: 1).first, Month(year: 2021, month: 12).last)
      ?? Period(Month(year: 2021, month: 1))
    let water = try water()
    return PackContent(
      engagement: EngagementFacts(
        id: "acme-2021", entity: "艾可美控股 Acme Holdings",
        period: year, standard: "ISAE 3000 (Revised)",
        level: "limited", policySet: "hkex-esg-2021", policyEdition: "2021",
        policyDigest: Digest(ofText: "policy").hex,
        team: [("Wong", "engagement partner"), ("Chan", "preparer")], tool: "assure 0.1.0"),
      asOf: "2022-02-11T08:00:00Z", sources: [source()], workpapers: [water, intensity()],
      originals: [PackFile(name: "讀數 meters.xml", bytes: sourceBytes, digest: sourceDigest)],
      worksheetsOut: [PackFile(name: "water-round-1.xlsx", bytes: [0x50, 0x4B, 3, 4])],
      worksheetsIn: [PackFile(name: "water-round-1.xlsx", bytes: [0x50, 0x4B, 3, 4, 9])],
      attachments: [PackFile(name: "-bill <1>.pdf", bytes: Array("%PDF".utf8))],
      policies: [
        PackFile(name: "policy.yaml", bytes: Array("policy: hkex\n".utf8)),
        PackFile(name: "kpis/water-consumption.yaml", bytes: Array("kpi: water\n".utf8)),
      ],
      trail: try trail(water))
  }
}

extension Example {
  /// A KPI with a population of this size and nothing else done.
  static func large(_ count: Int) throws -> Workpaper {
    let items = (0..<count).map { index in
      PopulationItem(
        key: "bill/\(index)", value: ExactDecimal(index), locator: "b.csv@0#b!A\(index)",
        labels: [("no", "\(index)")])
    }.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    var paper = Workpaper(
      kpi: KPIFacts(
        name: "large", titles: [("en", "Large")], unit: unit, decimals: 0, kind: "flow",
        status: "assured", measure: [], criteria: []))
    paper.population = PopulationFacts(
      round: 1, count: count, sum: sum(items.map(\.value)), digest: digest(items),
      frozen: "2022-02-01T09:00:00Z", items: items)
    return paper
  }
}

extension Example {
  /// A pack as small as one with a drawn sample can be, for checks that run thousands of times.
  static func tiny() throws -> PackContent {
    var paper = try large(4)
    let items = paper.population?.items ?? []
    paper.plan = PlanFacts(
      round: 1, method: SampleSelection.modifiedSieve.rawValue, size: 2, parameters: [],
      reasons: [], digest: Digest(ofText: "plan").hex, frozen: "2022-02-01T09:00:00Z")
    let drawn = try SampleSelection.modifiedSieve.draw(seed: seed, items: items, size: 2)
    paper.draw = DrawFacts(
      round: 1, seed: seed, seedOrigin: "given", seedFixed: "2022-02-02T10:00:00Z",
      drawn: "2022-02-02T10:00:00Z", populationDigest: digest(items), items: drawn,
      rule: SampleSelection.modifiedSieve.rule(
        seed: seed, size: 2, populationDigest: digest(items)))
    var content = try content()
    content.workpapers = [paper]
    content.trail = try trail(paper)
    return content
  }

  /// The whole example, packed and held in memory.
  static func tree() throws -> MemoryTree {
    let folder = try TemporaryFolder()
    return MemoryTree(of: try FolderReader(path: try folder.pack()))
  }
}
