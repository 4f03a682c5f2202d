package import Exact

extension ReportCheck {
  /// What is wrong with one recalculated figure, or with the way it is printed.
  ///
  /// - Parameters:
  ///   - figure: nil if there is nothing to compute it from.
  ///   - result: the figure set against the printed one.
  ///   - materiality: overall, in the KPI's unit; nil if none is set.
  ///   - alternative: the figure under a confusion; nil if it cannot be had.
  package func figure(
    _ kpi: KPIDefinition, _ figure: ComputedFigure?, result: Reconciliation,
    materiality: Rational?,
    alternative: (KPIDefinition.Confusion) throws(AssureError) -> Rational?
  ) throws(AssureError) -> [Exception] {
    let printed = reported.first { $0.kpi == kpi.name }
    let places = [printed?.printedPlace ?? policy.kpiFiles[kpi.name] ?? kpi.name]
    var found: [Exception] = []
    if result.status == .outside, let difference = result.difference, let printed {
      found.append(
        exception(
          "figure-outside", kpi: kpi.name, subject: kpi.name, places: places,
          effect: TestContext.exact(difference, orDecimals: max(0, kpi.decimals) + 6),
          unit: kpi.unit.code,
          "\(printed.printed) is printed and the records give \(result.computedText) "
            + "\(kpi.unit.code); the bridge of `assure reconcile --kpi \(kpi.name)` was expected to "
            + "reach it; ask for the calculation"))
      for confusion in kpi.confusions {
        guard let other = try alternative(confusion),
          result.printedInterval?.contains(other) ?? false
        else { continue }
        let name = confusion.kpi ?? confusion.factors ?? ""
        found.append(
          exception(
            "figure-mix-up", kpi: kpi.name, subject: "\(kpi.name) \(name)", places: places,
            unit: kpi.unit.code,
            "\(printed.printed) is what `\(name)` gives: \(confusion.says); the figure of "
              + "`\(kpi.name)` was expected, \(result.computedText)"))
      }
    }
    // What a figure is computed of says its own.
    if kpi.measure.kpis.isEmpty {
      found += (figure?.issues ?? []).map { issue in
        exception(
          issue.code, kpi: kpi.name, subject: "\(kpi.name) \(issue.message)", places: places,
          unit: kpi.unit.code, "\(issue.message): \(numbered(issue.count, "record"))")
      }
    }
    if let printed { found += precision(kpi, printed, materiality: materiality, places: places) }
    return found
  }

  private func precision(
    _ kpi: KPIDefinition, _ printed: ReportedValue, materiality: Rational?, places: [String]
  ) -> [Exception] {
    guard let factor = printed.unit.factor(to: kpi.unit),
      let own = materiality.flatMap({ try? $0 / factor })
    else { return [] }
    let test = DisplayPrecision(
      figure: printed.number, decimals: printed.decimals, materiality: own)
    guard test.verdict == .coarse || test.verdict == .blind, let share = test.shareOfMateriality
    else { return [] }
    let isBlind = test.verdict == .blind
    return [
      exception(
        "display-precision", kpi: kpi.name, severity: isBlind ? .high : .low, subject: kpi.name,
        places: places, effect: .none, unit: kpi.unit.code,
        "\(printed.printed) can be off by half its last digit, which is \(share.percentText) of "
          + "materiality; "
          + (isBlind
            ? "a material misstatement could hide in the rounding" : "at most 10% was expected")
          + "; ask for the figure with more digits")
    ]
  }
}
