import Assurance
import Exact
import Workbench

/// Two years on the same sites, in both formats.
enum LikeForLikeText {
  static func show(_ result: LikeForLike, quiet: Bool) {
    let (before, now) = (span(result.before), span(result.now))
    Terminal.say(
      "\(result.comparable.count) \(result.register)s in both whole periods, \(before) and \(now)")
    for one in result.series {
      let unit = one.kpi.unit.code
      Terminal.say("\(one.kpi.name): \(percent(one.change).map { "\($0)%" } ?? "no change known")")
      Terminal.say("  like for like  \(text(one.before, one)) to \(text(one.now, one)) \(unit)")
      Terminal.say(
        "  all            \(text(one.allBefore, one)) to \(text(one.allNow, one)) \(unit)")
      if let restated = one.restated {
        let figure = restated.restated.map { Reconciler.text($0.value, decimals: one.kpi.decimals) }
        Terminal.say(
          "  restated       \(figure ?? "none"): \(restated.reason.rawValue), "
            + Terminal.printable(restated.explanation))
      }
      if one.sites.before != one.sites.now {
        Terminal.say(
          "  records of \(one.sites.before) \(result.register)s before and of \(one.sites.now) now: "
            + "ask what the others lack")
      }
    }
    guard !quiet else { return }
    for (site, reason) in result.others {
      Terminal.say("not comparable: \(Terminal.printable(site)): \(reason)")
    }
    for (kpi, reason) in result.without { Terminal.say("no series: \(kpi): \(reason)") }
  }

  private static func span(_ period: Period) -> String { "\(period.first) to \(period.last)" }

  private static func text(_ value: Rational?, _ one: LikeForLike.Series) -> String {
    value.map { Reconciler.text($0, decimals: one.kpi.decimals) } ?? "none"
  }

  /// With two decimals.
  private static func percent(_ value: Rational?) -> String? {
    value.flatMap { try? $0.rounded(decimals: 2).text(decimals: 2) }
  }

  static func json(_ result: LikeForLike) -> JSONValue {
    .object([
      ("before", .string(span(result.before))), ("now", .string(span(result.now))),
      ("register", .string(result.register)),
      ("comparable", .list(result.comparable.map { .string($0) })),
      (
        "others",
        .list(
          result.others.map {
            .object([("site", .string($0.site)), ("reason", .string($0.reason))])
          })
      ), ("kpis", .list(result.series.map(json))),
      (
        "without",
        .list(
          result.without.map {
            .object([("kpi", .string($0.kpi)), ("reason", .string($0.reason))])
          })
      ),
    ])
  }

  private static func json(_ one: LikeForLike.Series) -> JSONValue {
    func number(_ value: Rational?) -> JSONValue {
      value.map { .string(Reconciler.text($0, decimals: one.kpi.decimals)) } ?? .null
    }
    return .object([
      ("id", .string(one.kpi.name)), ("unit", .string(one.kpi.unit.code)),
      ("before", number(one.before)), ("now", number(one.now)),
      ("allBefore", number(one.allBefore)), ("allNow", number(one.allNow)),
      ("percent", .optional(percent(one.change))),
      ("sitesBefore", .integer(one.sites.before)), ("sitesNow", .integer(one.sites.now)),
      ("restated", number(one.restated?.restated?.value)),
      ("reason", .optional(one.restated?.reason.rawValue)),
    ])
  }
}
