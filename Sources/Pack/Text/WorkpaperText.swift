import Assurance
import Exact
import Trail

/// A workpaper as canonical JSON, and back: the machine's form of what is signed.
///
/// The items of the population are not in it: they stand in the ledger, whose SHA-256 is here.
enum WorkpaperText {
  static let format = "assure.workpaper/1"

  static func bytes(_ paper: Workpaper) -> [UInt8] { json(paper).bytes + [0x0A] }

  static func json(_ paper: Workpaper) -> CanonicalJSON {
    var object: CanonicalJSON.Object = [
      "format": .string(format), "kpi": json(paper.kpi),
      "reconciliation": paper.reconciliation.map(json) ?? .null,
      "byMonth": .pairs(paper.byMonth.map { ($0.month, $0.total.description) }),
      "bySubject": .pairs(paper.bySubject.map { ($0.subject, $0.total.description) }),
      "grid": .array(paper.grid.map(json)), "population": paper.population.map(json) ?? .null,
      "plan": paper.plan.map(json) ?? .null, "draw": paper.draw.map(json) ?? .null,
      "results": .array(paper.results.map(json)),
      "evaluation": paper.evaluation.map(json) ?? .null,
      "exceptions": .array(paper.exceptions.map(json)),
    ]
    // Only where there is something to say: packs of before stay as they were.
    if !paper.blind.isEmpty { object["blind"] = .string(paper.blind) }
    if !paper.evidence.isEmpty { object["evidence"] = .array(paper.evidence.map(json)) }
    return .object(object)
  }

  private static func json(_ one: Evidence) -> CanonicalJSON {
    [
      "number": .count(one.number), "file": .string(one.file), "sha256": .string(one.digest),
      "items": .texts(one.items), "kind": .string(one.kind.rawValue), "date": .string(one.date),
      "period": .string(one.period), "place": .string(one.place), "text": .string(one.text),
      "by": .string(one.by), "at": .string(one.at),
    ]
  }

  private static func json(_ kpi: KPIFacts) -> CanonicalJSON {
    [
      "name": .string(kpi.name), "titles": .pairs(kpi.titles.map { ($0.language, $0.text) }),
      "unit": .string(kpi.unit), "decimals": .count(kpi.decimals), "kind": .string(kpi.kind),
      "status": .string(kpi.status), "measure": .texts(kpi.measure),
      "criteria": .array(kpi.criteria.map { .texts([$0.id, $0.text, $0.source]) }),
    ]
  }

  private static func json(_ item: Reconciliation) -> CanonicalJSON {
    [
      "kpi": .string(item.kpi), "unit": .string(item.unit),
      "computed": .text(item.computed?.description), "computedText": .string(item.computedText),
      "printed": .text(item.printed),
      "printedInterval": item.printedInterval.map {
        .texts([$0.low.description, $0.high.description])
      } ?? .null,
      "printedPlace": .string(item.printedPlace), "status": .string(item.status.rawValue),
      "difference": .text(item.difference?.description),
      "differenceText": .string(item.differenceText),
      "bridge": .array(
        item.bridge.map {
          [
            "label": .string($0.label), "amount": .string($0.amount), "count": .count($0.count),
            "counts": .bool($0.counts), "note": .string($0.note),
          ]
        }),
    ]
  }

  private static func json(_ row: GridRow) -> CanonicalJSON {
    [
      "subject": .string(row.subject),
      "cells": .pairs(row.cells.map { ($0.month, $0.cell.rawValue) }),
    ]
  }

  private static func json(_ population: PopulationFacts) -> CanonicalJSON {
    [
      "round": .count(population.round), "count": .count(population.count),
      "sum": .decimal(population.sum), "digest": .string(population.digest),
      "frozen": .string(population.frozen),
    ]
  }

  private static func json(_ plan: PlanFacts) -> CanonicalJSON {
    [
      "round": .count(plan.round), "method": .string(plan.method), "size": .count(plan.size),
      "parameters": .pairs(plan.parameters.map { ($0.name, $0.value) }),
      "reasons": .texts(plan.reasons), "digest": .string(plan.digest),
      "frozen": .string(plan.frozen),
    ]
  }

  private static func json(_ draw: DrawFacts) -> CanonicalJSON {
    [
      "round": .count(draw.round), "seed": .string(draw.seed),
      "seedOrigin": .string(draw.seedOrigin), "seedFixed": .string(draw.seedFixed),
      "drawn": .string(draw.drawn), "populationDigest": .string(draw.populationDigest),
      "items": .array(
        draw.items.map {
          [
            "key": .string($0.key), "ticket": .string($0.ticket), "value": .decimal($0.value),
            "locator": .string($0.locator), "basis": .string($0.basis.rawValue),
            "labels": .pairs($0.labels.map { ($0.field, $0.value) }),
          ]
        }),
      "rule": .texts(draw.rule),
    ]
  }

  private static func json(_ result: ResultFacts) -> CanonicalJSON {
    [
      "round": .count(result.round), "key": .string(result.key),
      "outcome": .string(result.outcome.rawValue), "recorded": .decimal(result.recorded),
      "audited": .decimal(result.audited), "reason": .string(result.reason),
      "evidence": .string(result.evidence), "tester": .string(result.tester),
      "tested": .string(result.tested), "locator": .string(result.locator),
    ]
  }

  static func json(_ item: EvaluationFacts) -> CanonicalJSON {
    [
      "round": .count(item.round), "selected": .count(item.selected),
      "tested": .count(item.tested), "agreed": .count(item.agreed),
      "misstated": .count(item.misstated), "notSupportable": .count(item.notSupportable),
      "replaced": .count(item.replaced), "factual": .decimal(item.factual),
      "projected": .decimal(item.projected), "upperOver": .decimal(item.upperOver),
      "upperUnder": .decimal(item.upperUnder), "confidence": .string(item.confidence),
      "materiality": [
        "overall": .decimal(item.materiality.overall),
        "performance": .decimal(item.materiality.performance),
        "trivial": .decimal(item.materiality.trivial),
        "reason": .string(item.materiality.reason),
      ],
      "conclusion": .string(item.conclusion), "words": .texts(item.words),
      "evaluated": .string(item.evaluated),
    ]
  }

  private static func json(_ facts: ExceptionFacts) -> CanonicalJSON {
    let exception = facts.exception
    return [
      "id": .string(facts.id), "state": .string(facts.state),
      "dispositionReason": .string(facts.dispositionReason), "code": .string(exception.code),
      "severity": .string(exception.severity.rawValue), "kpi": .string(exception.kpi),
      "subject": .string(exception.subject), "locators": .texts(exception.locators),
      "effect": .string(exception.effect.text), "unit": .string(exception.unit),
      "message": .string(exception.message),
    ]
  }
}
