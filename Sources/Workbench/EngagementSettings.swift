package import Assurance
package import Exact

/// What people write in `engagement.yaml`.
package struct EngagementSettings: Sendable {
  package let id: String
  package let entity: String
  package let period: Period
  package let standard: String
  package let level: String
  /// The policy set's folder name under `policies/`.
  package let policies: String
  package let team: [(name: String, role: String)]
  /// From a signer's name in `keys/allowed_signers` to the member of the team.
  package let signers: [(signer: String, person: String)]
  package let materiality: [MaterialityRule]
  /// Sections of the file and the KPIs whose workpapers they hold; a KPI is in one at most.
  package let sections: [(name: String, kpis: [String])]
  /// The weakest kind of evidence that may support an item, where a KPI's risk asks for one.
  package let evidence: [(kpi: String, minimum: EvidenceKind, reason: String)]
  /// Days from the report's date to the locked file: 14, 45 or 60.
  package let assemblyDays: Int

  /// Thresholds for one KPI, as shares or amounts.
  package struct MaterialityRule: Sendable {
    package let kpi: String
    package let overall: Threshold
    /// Of overall materiality, or an amount.
    package let performance: Threshold
    /// Of overall materiality, or an amount.
    package let trivial: Threshold
    package let reason: String
    /// Largest difference that reconciliation accepts; nil means none.
    package let tolerance: ExactDecimal?
  }

  /// `5%` of something, or an amount in the KPI's unit.
  package enum Threshold: Sendable, Hashable {
    case share(ExactDecimal)
    case amount(ExactDecimal)

    /// The amount, given what a share is of.
    func amount(of base: Rational) -> Rational {
      switch self {
      case .share(let share): base * Rational(share)
      case .amount(let amount): Rational(amount)
      }
    }
  }
}

extension EngagementSettings {
  /// Reads `engagement.yaml`.
  package static func read(_ text: String, file: String) throws(AssureError) -> EngagementSettings {
    let node = try PolicyNode.parse(text, file: file)
    let periodNode = try node.required("period")
    let start = try periodNode.required("first").value(Day.self, "a day such as 2021-01-31")
    let end = try periodNode.required("last").value(Day.self, "a day such as 2021-01-31")
    try periodNode.finish()
    guard let period = Period(start, end) else {
      throw periodNode.error(
        "engagement-period", "the period ends before it starts", remedy: "exchange the days")
    }
    var team: [(name: String, role: String)] = []
    var signers: [(signer: String, person: String)] = []
    for member in try node.optional("team")?.items() ?? [] {
      let name = try member.required("name").text()
      team.append((name, try member.required("role").text()))
      for signer in try member.optional("signers")?.items() ?? [] {
        let known = signers.first { $0.signer == (try? signer.text()) }
        guard known == nil || known?.person == name else {
          throw signer.error(
            "engagement-twice", "this signer is two people of the team", remedy: "keep one")
        }
        if known == nil { signers.append((try signer.text(), name)) }
      }
      try member.finish()
    }
    var rules: [MaterialityRule] = []
    for rule in try node.optional("materiality")?.items() ?? [] {
      let kpi = try rule.required("kpi").text()
      guard !rules.contains(where: { $0.kpi == kpi }) else {
        throw rule.error(
          "engagement-twice", "materiality of `\(kpi)` is set twice", remedy: "keep one")
      }
      rules.append(
        MaterialityRule(
          kpi: kpi, overall: try threshold(rule.required("overall")),
          performance: try threshold(rule.required("performance")),
          trivial: try threshold(rule.required("trivial")),
          reason: try reasons(rule),
          tolerance: try rule.optional("tolerance")?.value(ExactDecimal.self, "an exact number")))
      try rule.finish()
    }
    let policies = try node.required("policies").text()
    guard !policies.contains("/"), policies != ".", policies != ".." else {
      throw try node.required("policies").error(
        "engagement-policies", "`\(policies)` is not the name of a folder in policies/",
        remedy:
          "copy the set there and write its folder's name, so that the engagement stands alone")
    }
    let settings = EngagementSettings(
      id: try node.required("engagement").text(), entity: try node.required("entity").text(),
      period: period, standard: try node.required("standard").text(),
      level: try node.required("level").word(Level.self).rawValue,
      policies: policies, team: team, signers: signers, materiality: rules,
      sections: try sections(node), evidence: try evidence(node), assemblyDays: try assembly(node))
    try node.finish()
    return settings
  }

  private static func sections(
    _ node: PolicyNode
  ) throws(AssureError) -> [(name: String, kpis: [String])] {
    var sections: [(name: String, kpis: [String])] = []
    for section in try node.optional("sections")?.items() ?? [] {
      let name = try section.required("name").text()
      var kpis: [String] = []
      for kpi in try section.required("kpis").items() { kpis.append(try kpi.text()) }
      let known = sections.flatMap(\.kpis)
      guard !sections.contains(where: { $0.name == name }),
        Set(kpis).count == kpis.count, !kpis.contains(where: known.contains)
      else {
        throw section.error(
          "engagement-twice", "a section or one of its KPIs stands twice", remedy: "keep one")
      }
      try section.finish()
      sections.append((name, kpis))
    }
    return sections
  }

  private static func evidence(
    _ node: PolicyNode
  ) throws(AssureError) -> [(kpi: String, minimum: EvidenceKind, reason: String)] {
    var rules: [(kpi: String, minimum: EvidenceKind, reason: String)] = []
    for rule in try node.optional("evidence")?.items() ?? [] {
      let kpi = try rule.required("kpi").text()
      guard !rules.contains(where: { $0.kpi == kpi }) else {
        throw rule.error(
          "engagement-twice", "evidence for `\(kpi)` is set twice", remedy: "keep one")
      }
      rules.append(
        (
          kpi, try rule.required("minimum").word(EvidenceKind.self),
          try rule.required("reason").text()
        ))
      try rule.finish()
    }
    return rules
  }

  private static func assembly(_ node: PolicyNode) throws(AssureError) -> Int {
    guard let days = try node.optional("assembly") else { return 60 }
    guard let number = Int(try days.text()), Terms.assemblyChoices.contains(number) else {
      throw days.error(
        "engagement-assembly", "the file is assembled within 14, 45 or 60 days of the report",
        remedy: "write the number that the standard named under `standard:` gives")
    }
    return number
  }

  /// Why the thresholds are what they are: the overall one's reason, and the others' where given.
  private static func reasons(_ rule: PolicyNode) throws(AssureError) -> String {
    var reasons = [try rule.required("reason").text()]
    if let text = try rule.optional("performance_reason") { reasons.append(try text.text()) }
    if let text = try rule.optional("trivial_reason") { reasons.append(try text.text()) }
    return reasons.joined(separator: " ")
  }

  private enum Level: String, CaseIterable { case limited, reasonable }

  private static func threshold(_ node: PolicyNode) throws(AssureError) -> Threshold {
    let text = try node.text()
    if text.hasSuffix("%"), let share = ExactDecimal(String(text.dropLast()) + "e-2"),
      share > .zero,
      share <= ExactDecimal(1)
    {
      return .share(share)
    }
    guard let amount = ExactDecimal(text), amount > .zero else {
      throw node.error(
        "engagement-threshold", "`\(text)` is neither a share such as 5% nor a positive amount",
        remedy: "write one of the two")
    }
    return .amount(amount)
  }

  /// The thresholds of a KPI, rounded down to `decimals` so that none is larger than was decided.
  ///
  /// - Parameter figure: what a share of overall materiality is of: the printed figure.
  func materiality(
    kpi: String, figure: Rational, decimals: Int, place: String
  ) throws(AssureError) -> Materiality {
    guard let rule = materiality.first(where: { $0.kpi == kpi }) else {
      throw AssureError(
        "no-materiality", place: place, "no materiality is set for `\(kpi)`",
        remedy: "add it under `materiality:` with overall, performance, trivial and reason")
    }
    let overall = rule.overall.amount(of: figure.magnitude)
    guard rule.performance.amount(of: overall) <= overall,
      rule.trivial.amount(of: overall) <= rule.performance.amount(of: overall)
    else {
      throw AssureError(
        "engagement-threshold", place: "\(place) (\(kpi))",
        """
        performance materiality must not be above overall materiality, nor clearly trivial above \
        performance materiality; a number without % is an amount in the KPI's unit
        """,
        remedy: "correct the amounts, or write shares such as 75%")
    }
    do {
      return Materiality(
        overall: try overall.rounded(decimals: decimals, .down),
        performance: try rule.performance.amount(of: overall).rounded(decimals: decimals, .down),
        trivial: try rule.trivial.amount(of: overall).rounded(decimals: decimals, .down),
        reason: rule.reason)
    } catch {
      throw AssureError("overflow", place: place, error.description, remedy: "set an amount")
    }
  }
}
