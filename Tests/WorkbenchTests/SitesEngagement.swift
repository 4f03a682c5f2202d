import Assurance
import Foundation
import Testing

@testable import Workbench

/// An engagement over bills of sites with four figures, one of them through factors.
enum SitesEngagement {
  static func make() throws -> MadeEngagement { try MadeEngagement(policy: policy) }

  /// A register of three sites, one of them new and one outside, and bills of two years.
  static func taken() throws -> MadeEngagement {
    let made = try make()
    try made.take(
      """
      site,opened,closed,control
      A,2015-01-01,,own
      B,2020-07-01,,own
      C,2015-01-01,2021-06-30,own
      D,2015-01-01,,other

      """, file: "sites.csv")
    try made.take(
      """
      number,site,day,volume
      1,A,2020-05-31,100
      2,A,2021-05-31,110
      3,B,2020-12-31,40
      4,B,2021-12-31,90
      5,C,2020-03-31,70
      6,C,2021-03-31,30
      7,D,2021-03-31,500
      8,D,2020-03-31,500
      8,D,2020-03-31,500

      """, file: "bills.csv")
    return made
  }

  static func kpi(_ name: String, _ unit: String, _ measure: String, _ rest: String = "") -> String
  {
    """
    kpi: \(name)
    title: {en: \(name)}
    unit: "\(unit)"
    decimals: 0
    kind: flow
    status: assured
    measure: \(measure)
    \(rest)
    """
  }

  private static let term =
    "dataset: bill, field: volume, date: day, where: \"site.control = 'own'\""

  static let policy: [String: String] = [
    "policy.yaml": """
    policy: made
    title: Made up
    edition: made up
    datasets: [site, bill]
    kpis: [water, all-water, heat, intensity, money]
    factors: [heat-new, heat-old]
    boundary: {register: site, where: "control = 'own'"}
    """,
    "sampling.yaml": MadeEngagement.sampling,
    "datasets/site.yaml": """
    dataset: site
    title: Sites
    key: [site]
    fields:
      - {name: site, type: text, required: yes, aliases: [site]}
      - {name: opened, type: date, required: yes, aliases: [opened]}
      - {name: closed, type: date, aliases: [closed]}
      - name: control
        type: choice
        required: yes
        aliases: [control]
        choices: {own: [own], other: [other]}
    roles: {site: site, opened: opened, closed: closed}
    """,
    "datasets/bill.yaml": """
    dataset: bill
    title: Bills
    key: [number]
    fields:
      - {name: number, type: text, required: yes, aliases: [number]}
      - {name: site, type: text, required: yes, aliases: [site], register: site}
      - {name: day, type: date, required: yes, aliases: [day]}
      - {name: volume, type: decimal, unit: t, required: yes, aliases: [volume]}
    roles: {site: site, quantity: volume}
    """,
    "kpis/water.yaml": kpi(
      "water", "t", "{sum: [{\(term)}]}",
      """
      confusions: [{kpi: all-water, says: "sites of others are in it"}]
      tests:
        - {test: duplicates}
        - {test: rule, code: large-bill, says: "a large bill", when: {volume: "> 100"}}
      """),
    "kpis/all-water.yaml": kpi(
      "all-water", "t", "{sum: [{dataset: bill, field: volume, date: day}]}",
      "tests: [{test: rule, code: of-others, of: all, says: \"others\", when: {site.control: other}}]"
    ),
    "kpis/heat.yaml": kpi(
      "heat", "MJ",
      "{sum: [{\(term), times: [{set: heat-new, quantity: heat, by: {control: site.control}}]}]}",
      "confusions: [{factors: heat-old, says: \"the old factor\"}]"),
    "kpis/intensity.yaml": kpi("intensity", "t/CNY", "{ratio: {of: water, to: money}}"),
    "kpis/money.yaml": kpi("money", "CNY", "{stated: yes}"),
    "factors/heat-new.csv": """
    quantity,control,value,unit,basis,edition,valid_from,valid_to,status,source
    heat,own,2,MJ/t,net,2021,2021-01-01,2021-12-31,found,x
    heat,other,3,MJ/t,net,2021,2021-01-01,2021-12-31,found,x
    """,
    "factors/heat-old.csv": """
    quantity,value,unit,basis,edition,valid_from,valid_to,status,source
    heat,2.5,MJ/t,net,2019,2019-01-01,2019-12-31,found,x
    """,
  ]
}
