import Assurance
import Exact

/// L6: the sample drawn again from population, seed and plan is the sample.
enum SampleCheck: PackCheck {
  static let codes = ["sample-differs", "sample-population", "sample-refused"]

  static func run(_ pack: PackUnderCheck, _ verdict: inout Verdict) {
    guard let content = verdict.content(of: pack, for: "samples") else { return }
    for paper in content.workpapers {
      guard let draw = paper.draw else { continue }
      check(paper, draw, isRedacted: content.redaction?.hides(paper) ?? false, &verdict)
    }
  }

  private static func check(
    _ paper: Workpaper, _ draw: DrawFacts, isRedacted: Bool, _ verdict: inout Verdict
  ) {
    let (name, path) = (paper.kpi.name, PackPaths.json(paper.kpi.name))
    guard let population = paper.population, let plan = paper.plan else {
      verdict.add("sample-population", .content, path, "a sample without population or plan")
      return
    }
    guard draw.populationDigest == population.digest, draw.round == population.round,
      plan.round == draw.round
    else {
      verdict.add(
        "sample-population", .content, path,
        "drawn from another population, or in another round than planned")
      return
    }
    guard let selection = SampleSelection(rawValue: plan.method) else {
      verdict.leave(
        .content, "\(name): the sample, drawn by a method not known here")
      return
    }
    guard !isRedacted else {
      return checkMembers(name, draw, of: population, plan, &verdict)
    }
    do throws(AssureError) {
      let again = try selection.draw(seed: draw.seed, items: population.items, size: plan.size)
      guard let place = firstDifference(again, draw.items) else {
        verdict.hold(
          .content,
          "\(name): \(draw.items.count) items drawn again from seed and population, the same")
        return
      }
      verdict.add(
        "sample-differs", .content, path, "drawn again, item \(place + 1) is another one")
    } catch {
      verdict.add("sample-refused", .content, path, "can’t be drawn again: \(error.reason)")
    }
  }

  /// Tickets follow from keys, which are withheld; that what was drawn is in the population, and
  /// how much of it, can be seen all the same.
  private static func checkMembers(
    _ name: String, _ draw: DrawFacts, of population: PopulationFacts, _ plan: PlanFacts,
    _ verdict: inout Verdict
  ) {
    let items = Dictionary(
      population.items.map { (Array($0.key.utf8), $0) }, uniquingKeysWith: { first, _ in first })
    for (index, item) in draw.items.enumerated() {
      guard let own = items[Array(item.key.utf8)], own.value == item.value,
        own.locator == item.locator
      else {
        verdict.add(
          "sample-differs", .content, PackPaths.json(name),
          "item \(index + 1) is none of the population")
        return
      }
    }
    verdict.hold(
      .content, "\(name): \(draw.items.count) drawn items are records of the population")
    verdict.redact(.content, "\(name): that the seed draws these items and no others")
  }

  static func firstDifference(_ a: [DrawnItem], _ b: [DrawnItem]) -> Int? {
    for index in 0..<max(a.count, b.count) {
      guard index < a.count, index < b.count, isSame(a[index], b[index]) else { return index }
    }
    return nil
  }

  private static func isSame(_ a: DrawnItem, _ b: DrawnItem) -> Bool {
    a.key.utf8.elementsEqual(b.key.utf8) && a.ticket == b.ticket && a.value == b.value
      && a.locator.utf8.elementsEqual(b.locator.utf8) && a.basis == b.basis
  }
}
