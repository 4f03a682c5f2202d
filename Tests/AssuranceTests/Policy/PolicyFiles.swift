import Testing

@testable import Assurance

/// A policy set of two datasets and two KPIs that is read without complaint, and variants of it.
struct PolicyFiles {
  var files: [String: String] = [
    "policy.yaml": """
    policy: test
    title: Test
    edition: made up
    datasets: [site, bill]
    kpis: [water, money, intensity, part, share, steam, both]
    factors: [heat, other-heat]
    relations: relations.csv
    bases: bases.csv
    criteria: criteria.csv
    boundary: {register: site, where: "kind = 'office'"}
    """,
    "criteria.csv": "id,text,source\nc1,\"As measured, in tonnes\",note 1\n",
    "relations.csv": "id,expression\nr1,[water] / [money]\nr2,intersection of r1 and [part]\n",
    "bases.csv": "ratio,base\nshare,part\n",
    "factors/heat.csv": """
    quantity,kind,value,unit,basis,edition,valid_from,valid_to,status,source
    heat,office,2.5,MJ/t,net,2020,2020-01-01,2022-12-31,found,table 1
    """,
    "factors/other-heat.csv": """
    quantity,kind,value,unit,basis,edition,valid_from,valid_to,status,source
    heat,office,2.6,MJ/t,gross,2008,,,to-be-confirmed,table 2
    """,
    "kpis/steam.yaml": """
    kpi: steam
    title: {en: Heat}
    unit: MJ
    decimals: 0
    kind: flow
    status: supporting
    measure:
      sum:
        - dataset: bill
          field: volume
          date: day
          where: "volume > 1 and day <= {last-1m}"
          times: [{set: heat, quantity: heat, by: {kind: site.kind}, edition: "2020"}]
    """,
    "kpis/both.yaml": """
    kpi: both
    unit: MJ
    decimals: 0
    kind: flow
    status: reported-only
    measure: {formula: "[steam] * 2 - [steam] / 4"}
    leaves:
      - {kpi: both-all, title: {en: Both}}
    """,
    "datasets/site.yaml": """
    dataset: site
    title: Sites
    key: [site]
    fields:
      - {name: site, type: text, required: yes, aliases: [site]}
      - name: kind
        type: choice
        aliases: [kind]
        choices: {office: [office, 辦公室]}
    roles: {site: site}
    """,
    "datasets/bill.yaml": """
    dataset: bill
    title: Bills
    key: [number]
    fields:
      - {name: number, type: text, required: yes, aliases: [number]}
      - {name: site, type: text, aliases: [site], register: site}
      - {name: day, type: date, aliases: [day]}
      - {name: volume, type: decimal, unit: t, unit_field: unit, aliases: [volume]}
      - {name: unit, type: text, aliases: [unit]}
    nulls: ["-"]
    totals: [total]
    numbers: "1.234,5"
    dates: dmy
    convert:
      - {from: m3, to: t, factor: 1, basis: fresh water}
    units: {m3: [cubic metre, 立方米]}
    tables: many
    record: /Bills/Bill
    roles: {site: site, quantity: volume}
    """,
    "kpis/water.yaml": """
    kpi: water
    title: {en: Water, zh-Hant: 用水量}
    unit: t
    decimals: 0
    kind: flow
    status: assured
    criteria: [c1]
    measure: {sum: [{dataset: bill, field: volume, date: day, where: "site.kind = 'office'"}]}
    tests:
      - {test: register-difference, register: site}
    """,
    "kpis/money.yaml": """
    kpi: money
    title: {en: Revenue}
    unit: 10*6.CNY
    decimals: 0
    kind: flow
    status: reported-only
    measure: {stated: yes}
    """,
    "kpis/intensity.yaml": """
    kpi: intensity
    title: {en: Intensity}
    unit: t/(10*6.CNY)
    decimals: 2
    kind: ratio
    status: assured
    measure: {ratio: {of: water, to: money}}
    """,
    "kpis/part.yaml": """
    kpi: part
    title: {en: Part}
    unit: "1"
    decimals: 1
    kind: ratio
    status: reported-only
    measure: {stated: yes}
    """,
    "kpis/share.yaml": """
    kpi: share
    title: {en: Share}
    unit: "1"
    decimals: 1
    kind: ratio
    status: reported-only
    measure: {ratio: {of: part, to: part}}
    """,
    "sampling.yaml": """
    sampling: test
    levels:
      limited: {confidence: 70%, basis: judgement, reason: a reason, source: none}
    methods:
      quantity: {method: modified-sieve, basis: judgement, reason: a reason, source: none}
    kinds: {flow: quantity, ratio: none}
    expected_misstatement: {share: 10%, basis: judgement, reason: a reason}
    """,
  ]

  func read() throws(AssureError) -> PolicySet { try PolicySet.read(files, place: "policies/test") }

  /// The error that reading gives once `old` in `file` is replaced by `new`.
  static func refusal(_ file: String, _ old: String, _ new: String) throws -> AssureError {
    var set = PolicyFiles()
    let text = try #require(set.files[file])
    try #require(text.contains(old), "\(file) does not hold \(old)")
    set.files[file] = text.replacing(old, with: new, maxReplacements: 1)
    do {
      _ = try set.read()
    } catch {
      return error
    }
    throw AssureError("not-refused", place: file, "`\(new)` was taken")
  }
}
