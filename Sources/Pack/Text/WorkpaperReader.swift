import Assurance
import Exact
import Trail

/// Reads back what ``WorkpaperText`` writes.
enum WorkpaperReader {
  /// The workpaper, its population without items.
  ///
  /// - Throws: `text-malformed` with the place.
  static func read(_ bytes: [UInt8], place: String) throws(AssureError) -> Workpaper {
    let fields = try JSONFields(bytes: bytes, place: place)
    guard try fields.text("format") == WorkpaperText.format else {
      throw fields.error("format", WorkpaperText.format)
    }
    var paper = Workpaper(kpi: try fields.nested("kpi", kpi))
    paper.reconciliation = try fields.optional("reconciliation", reconciliation)
    paper.byMonth = try totals(fields, "byMonth").map { (month: $0.0, total: $0.1) }
    paper.bySubject = try totals(fields, "bySubject").map { (subject: $0.0, total: $0.1) }
    paper.grid = try fields.list("grid", gridRow)
    paper.population = try fields.optional("population", population)
    paper.plan = try fields.optional("plan", plan)
    paper.draw = try fields.optional("draw", draw)
    paper.results = try fields.list("results", result)
    paper.evaluation = try fields.optional("evaluation", evaluation)
    paper.exceptions = try fields.list("exceptions", exception)
    paper.blind = fields.value["blind"] == nil ? "" : try fields.text("blind")
    return paper
  }

  private static func kpi(_ fields: JSONFields) throws(AssureError) -> KPIFacts {
    KPIFacts(
      name: try fields.text("name"),
      titles: try fields.pairs("titles").map { (language: $0.0, text: $0.1) },
      unit: try fields.text("unit"), decimals: try fields.number("decimals", in: -38...36),
      kind: try fields.text("kind"), status: try fields.text("status"),
      measure: try fields.texts("measure"),
      criteria: try EngagementText.triples(fields, "criteria").map {
        (id: $0[0], text: $0[1], source: $0[2])
      })
  }

  private static func totals(
    _ fields: JSONFields, _ key: String
  ) throws(AssureError) -> [(String, ExactDecimal)] {
    var totals: [(String, ExactDecimal)] = []
    for (name, text) in try fields.pairs(key) {
      guard let total = ExactDecimal(text), total.description == text else {
        throw fields.error(key, "a decimal")
      }
      totals.append((name, total))
    }
    return totals
  }

  private static func gridRow(_ fields: JSONFields) throws(AssureError) -> GridRow {
    var cells: [(month: String, cell: GridRow.Cell)] = []
    for (month, word) in try fields.pairs("cells") {
      guard let cell = GridRow.Cell(rawValue: word) else { throw fields.error("cells", "a word") }
      cells.append((month: month, cell: cell))
    }
    return GridRow(subject: try fields.text("subject"), cells: cells)
  }

  private static func reconciliation(_ fields: JSONFields) throws(AssureError) -> Reconciliation {
    var interval: Interval?
    if fields.value["printedInterval"]?.isNull != true {
      let ends = try fields.texts("printedInterval").map { Rational($0) }
      guard ends.count == 2, let low = ends[0], let high = ends[1] else {
        throw fields.error("printedInterval", "two numbers")
      }
      interval = Interval(low, high)
    }
    return Reconciliation(
      kpi: try fields.text("kpi"), unit: try fields.text("unit"),
      computed: try fields.optionalRational("computed"),
      computedText: try fields.text("computedText"),
      printed: try fields.optionalText("printed"), printedInterval: interval,
      printedPlace: try fields.text("printedPlace"),
      status: try fields.word("status", ReconciliationStatus.self),
      difference: try fields.optionalRational("difference"),
      differenceText: try fields.text("differenceText"),
      bridge: try fields.list("bridge") { (item) throws(AssureError) in
        BridgeItem(
          label: try item.text("label"), amount: try item.text("amount"),
          count: try item.number("count"), counts: try item.flag("counts"),
          note: try item.text("note"))
      })
  }

  private static func population(_ fields: JSONFields) throws(AssureError) -> PopulationFacts {
    PopulationFacts(
      round: try fields.number("round"), count: try fields.number("count"),
      sum: try fields.decimal("sum"), digest: try fields.text("digest"),
      frozen: try fields.text("frozen"), items: [])
  }

  private static func plan(_ fields: JSONFields) throws(AssureError) -> PlanFacts {
    PlanFacts(
      round: try fields.number("round"), method: try fields.text("method"),
      size: try fields.number("size"),
      parameters: try fields.pairs("parameters").map { (name: $0.0, value: $0.1) },
      reasons: try fields.texts("reasons"), digest: try fields.text("digest"),
      frozen: try fields.text("frozen"))
  }

  private static func draw(_ fields: JSONFields) throws(AssureError) -> DrawFacts {
    DrawFacts(
      round: try fields.number("round"), seed: try fields.text("seed"),
      seedOrigin: try fields.text("seedOrigin"), seedFixed: try fields.text("seedFixed"),
      drawn: try fields.text("drawn"), populationDigest: try fields.text("populationDigest"),
      items: try fields.list("items") { (item) throws(AssureError) in
        DrawnItem(
          key: try item.text("key"), ticket: try item.text("ticket"),
          value: try item.decimal("value"), locator: try item.text("locator"),
          basis: try item.word("basis", DrawnItem.Basis.self),
          labels: try item.pairs("labels").map { (field: $0.0, value: $0.1) })
      }, rule: try fields.texts("rule"))
  }

  private static func result(_ fields: JSONFields) throws(AssureError) -> ResultFacts {
    ResultFacts(
      round: try fields.number("round"), key: try fields.text("key"),
      outcome: try fields.word("outcome", ResultFacts.Outcome.self),
      recorded: try fields.decimal("recorded"), audited: try fields.optionalDecimal("audited"),
      reason: try fields.text("reason"), evidence: try fields.text("evidence"),
      tester: try fields.text("tester"), tested: try fields.text("tested"),
      locator: try fields.text("locator"))
  }

  private static func evaluation(_ fields: JSONFields) throws(AssureError) -> EvaluationFacts {
    EvaluationFacts(
      round: try fields.number("round"), selected: try fields.number("selected"),
      tested: try fields.number("tested"), agreed: try fields.number("agreed"),
      misstated: try fields.number("misstated"),
      notSupportable: try fields.number("notSupportable"),
      replaced: try fields.number("replaced"), factual: try fields.decimal("factual"),
      projected: try fields.decimal("projected"),
      upperOver: try fields.optionalDecimal("upperOver"),
      upperUnder: try fields.optionalDecimal("upperUnder"),
      confidence: try fields.text("confidence"),
      materiality: try fields.nested("materiality") { (item) throws(AssureError) in
        Materiality(
          overall: try item.decimal("overall"), performance: try item.decimal("performance"),
          trivial: try item.decimal("trivial"), reason: try item.text("reason"))
      }, conclusion: try fields.text("conclusion"), words: try fields.texts("words"),
      evaluated: try fields.text("evaluated"))
  }

  private static func exception(_ fields: JSONFields) throws(AssureError) -> ExceptionFacts {
    guard let effect = Effect(try fields.text("effect")) else {
      throw fields.error("effect", "an effect")
    }
    return ExceptionFacts(
      id: try fields.text("id"),
      exception: Exception(
        code: try fields.text("code"), severity: try fields.word("severity", Severity.self),
        kpi: try fields.text("kpi"), subject: try fields.text("subject"),
        locators: try fields.texts("locators"), effect: effect, unit: try fields.text("unit"),
        message: try fields.text("message")),
      state: try fields.text("state"), dispositionReason: try fields.text("dispositionReason"))
  }
}
