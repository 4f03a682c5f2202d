package import Exact

/// Everything about one KPI: what a reviewer reads, what a sign-off covers.
///
/// Amounts are exact decimals in the KPI's unit. Every part that has not been done is nil, and is
/// shown as not done.
package struct Workpaper: Sendable {
  package var kpi: KPIFacts
  package var reconciliation: Reconciliation?
  /// Totals by month of the population, in order; months without records are there with zero.
  package var byMonth: [(month: String, total: ExactDecimal)] = []
  /// Totals by site or other subject of the population, largest first.
  package var bySubject: [(subject: String, total: ExactDecimal)] = []
  /// Subject × month: what kind of record each cell of the grid has.
  package var grid: [GridRow] = []
  package var population: PopulationFacts?
  package var plan: PlanFacts?
  package var draw: DrawFacts?
  package var results: [ResultFacts] = []
  package var evaluation: EvaluationFacts?
  package var exceptions: [ExceptionFacts] = []
  /// What was attached, in the order of the log.
  package var evidence: [Evidence] = []
  /// Where the KPI's datasets have personal fields, 32 hexadecimal digits that nobody outside can
  /// guess: with them in it, the digest of the workpaper, which statements show, can't be used to
  /// try values. Else empty.
  package var blind = ""

  package init(kpi: KPIFacts) { self.kpi = kpi }
}

extension Workpaper {
  /// The name under which evidence lies in a pack, and in statements: its own, or in a workpaper
  /// that tells of persons only its ending, since a statement can't be redacted.
  package func fileName(of one: Evidence) -> String {
    guard !blind.isEmpty else { return one.file }
    let ending = one.file.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last
    let isPlain = ending.map { $0.utf8.count <= 5 && $0.allSatisfy { $0.isASCII && $0.isLetter } }
    return isPlain == true ? "evidence.\(ending ?? "")" : "evidence"
  }
}

package struct KPIFacts: Sendable {
  package var name: String
  package var titles: [(language: String, text: String)]
  package var unit: String
  package var decimals: Int
  package var kind: String
  /// `assured` or `reported-only`.
  package var status: String
  /// The measure in words and filters, one line a term.
  package var measure: [String]
  package var criteria: [(id: String, text: String, source: String)]

  package init(
    name: String, titles: [(language: String, text: String)], unit: String, decimals: Int,
    kind: String, status: String, measure: [String],
    criteria: [(id: String, text: String, source: String)]
  ) {
    self.name = name
    self.titles = titles
    self.unit = unit
    self.decimals = decimals
    self.kind = kind
    self.status = status
    self.measure = measure
    self.criteria = criteria
  }
}

/// One subject's year in the grid.
package struct GridRow: Sendable {
  package enum Cell: String, Sendable {
    case actual, estimated, missing
    /// Outside the boundary, or before opening or after closing.
    case outside = "not-in-boundary"
  }
  package var subject: String
  package var cells: [(month: String, cell: Cell)]

  package init(subject: String, cells: [(month: String, cell: Cell)]) {
    self.subject = subject
    self.cells = cells
  }
}

/// The frozen population: SHA-256 of the canonical CSV of its items.
package struct PopulationFacts: Sendable {
  package var round: Int
  package var count: Int
  package var sum: ExactDecimal
  /// SHA-256 in hex of the population as text, by ``PopulationCSV``.
  package var digest: String
  package var frozen: String
  /// Sorted by key bytes.
  package var items: [PopulationItem]

  package init(
    round: Int, count: Int, sum: ExactDecimal, digest: String, frozen: String,
    items: [PopulationItem]
  ) {
    self.round = round
    self.count = count
    self.sum = sum
    self.digest = digest
    self.frozen = frozen
    self.items = items
  }
}

/// One record of a population.
package struct PopulationItem: Sendable {
  /// `dataset/business key`, unique in the population.
  package var key: String
  /// The quantity in the KPI's unit, sign included.
  package var value: ExactDecimal
  /// Canonical text of the value's locator.
  package var locator: String
  /// What a person needs to recognise it: field and value, in the dataset's order.
  package var labels: [(field: String, value: String)]

  package init(
    key: String, value: ExactDecimal, locator: String, labels: [(field: String, value: String)]
  ) {
    self.key = key
    self.value = value
    self.locator = locator
    self.labels = labels
  }
}

package struct PlanFacts: Sendable {
  package var round: Int
  /// Identifier of the selection method, such as `modified-sieve`.
  package var method: String
  package var size: Int
  /// Name and value of every parameter, in a fixed order.
  package var parameters: [(name: String, value: String)]
  /// Formula and source of the size, and the assurance it implies, in sentences.
  package var reasons: [String]
  /// Digest of the plan's canonical text, in hex.
  package var digest: String
  package var frozen: String

  package init(
    round: Int, method: String, size: Int, parameters: [(name: String, value: String)],
    reasons: [String], digest: String, frozen: String
  ) {
    self.round = round
    self.method = method
    self.size = size
    self.parameters = parameters
    self.reasons = reasons
    self.digest = digest
    self.frozen = frozen
  }
}

package struct DrawFacts: Sendable {
  package var round: Int
  package var seed: String
  /// `given` or `system randomness`.
  package var seedOrigin: String
  package var seedFixed: String
  package var drawn: String
  package var populationDigest: String
  /// In the order drawn.
  package var items: [DrawnItem]
  /// The rule in numbered sentences, with which anyone can draw again.
  package var rule: [String]

  package init(
    round: Int, seed: String, seedOrigin: String, seedFixed: String, drawn: String,
    populationDigest: String, items: [DrawnItem], rule: [String]
  ) {
    self.round = round
    self.seed = seed
    self.seedOrigin = seedOrigin
    self.seedFixed = seedFixed
    self.drawn = drawn
    self.populationDigest = populationDigest
    self.items = items
    self.rule = rule
  }
}

/// An item that was selected.
package struct DrawnItem: Sendable {
  package enum Basis: String, Sendable {
    /// Selected with certainty, by value.
    case key
    /// Selected by ticket.
    case sampled
  }
  package var key: String
  /// The full ticket, `0.` and decimal digits.
  package var ticket: String
  package var value: ExactDecimal
  package var locator: String
  package var basis: Basis
  package var labels: [(field: String, value: String)]

  package init(
    key: String, ticket: String, value: ExactDecimal, locator: String, basis: Basis,
    labels: [(field: String, value: String)]
  ) {
    self.key = key
    self.ticket = ticket
    self.value = value
    self.locator = locator
    self.basis = basis
    self.labels = labels
  }
}

/// What a tester found for one item.
package struct ResultFacts: Sendable {
  package enum Outcome: String, Sendable, CaseIterable {
    case agreed
    /// The audited value differs.
    case misstated
    /// No evidence could be had: counts as an error of the whole value.
    case notSupportable = "not supportable"
    /// The item was not applicable and another was taken, with a reason.
    case replaced
  }
  package var round: Int
  package var key: String
  package var outcome: Outcome
  package var recorded: ExactDecimal
  /// The audited value; nil unless misstated.
  package var audited: ExactDecimal?
  package var reason: String
  package var evidence: String
  package var tester: String
  package var tested: String
  /// Where the result stands in the returned worksheet.
  package var locator: String

  package init(
    round: Int, key: String, outcome: Outcome, recorded: ExactDecimal, audited: ExactDecimal?,
    reason: String, evidence: String, tester: String, tested: String, locator: String
  ) {
    self.round = round
    self.key = key
    self.outcome = outcome
    self.recorded = recorded
    self.audited = audited
    self.reason = reason
    self.evidence = evidence
    self.tester = tester
    self.tested = tested
    self.locator = locator
  }
}

package struct EvaluationFacts: Sendable {
  package var round: Int
  package var selected: Int
  package var tested: Int
  package var agreed: Int
  package var misstated: Int
  package var notSupportable: Int
  package var replaced: Int
  /// Recorded minus audited, summed over tested items: overstatement is positive.
  package var factual: ExactDecimal
  /// Most likely misstatement of the whole population, factual of key items included.
  package var projected: ExactDecimal
  /// Upper bounds for over- and for understatement, each on its own; nil where none can be given.
  package var upperOver: ExactDecimal?
  package var upperUnder: ExactDecimal?
  package var confidence: String
  package var materiality: Materiality
  /// A word of a closed list: `not-finished`, `below-trivial`, `below-performance`,
  /// `below-materiality`, `above-materiality`, `bound-above-materiality`.
  package var conclusion: String
  /// The conclusion in sentences, with the numbers behind it.
  package var words: [String]
  package var evaluated: String

  package init(
    round: Int, selected: Int, tested: Int, agreed: Int, misstated: Int, notSupportable: Int,
    replaced: Int, factual: ExactDecimal, projected: ExactDecimal, upperOver: ExactDecimal?,
    upperUnder: ExactDecimal?, confidence: String, materiality: Materiality, conclusion: String,
    words: [String], evaluated: String
  ) {
    self.round = round
    self.selected = selected
    self.tested = tested
    self.agreed = agreed
    self.misstated = misstated
    self.notSupportable = notSupportable
    self.replaced = replaced
    self.factual = factual
    self.projected = projected
    self.upperOver = upperOver
    self.upperUnder = upperUnder
    self.confidence = confidence
    self.materiality = materiality
    self.conclusion = conclusion
    self.words = words
    self.evaluated = evaluated
  }
}

/// Thresholds for one KPI in its own unit.
package struct Materiality: Sendable, Hashable {
  package var overall: ExactDecimal
  package var performance: ExactDecimal
  package var trivial: ExactDecimal
  package var reason: String

  package init(
    overall: ExactDecimal, performance: ExactDecimal, trivial: ExactDecimal, reason: String
  ) {
    self.overall = overall
    self.performance = performance
    self.trivial = trivial
    self.reason = reason
  }
}

/// An exception with what was decided about it.
package struct ExceptionFacts: Sendable {
  /// Stable: code and the first digits of a digest over subject and locators.
  package var id: String
  package var exception: Exception
  /// `open`, or the disposition.
  package var state: String
  package var dispositionReason: String

  package init(id: String, exception: Exception, state: String, dispositionReason: String) {
    self.id = id
    self.exception = exception
    self.state = state
    self.dispositionReason = dispositionReason
  }
}
