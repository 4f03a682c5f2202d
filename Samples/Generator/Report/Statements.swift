/// What the made-up report says of itself: targets, index and notes, right in `report/` and wrong
/// in `faulty/report/`.
enum Statements {
  /// Files by path below the sample's folder.
  static var files: [(path: String, bytes: [UInt8])] {
    [
      ("report/targets.csv", targets(isFaulty: false)),
      ("report/index.csv", index(isFaulty: false)),
      ("report/footnotes.csv", footnotes(isFaulty: false)),
      ("faulty/report/targets.csv", targets(isFaulty: true)),
      ("faulty/report/restatements.csv", restatements),
      ("faulty/report/index.csv", index(isFaulty: true)),
      ("faulty/report/footnotes.csv", footnotes(isFaulty: true)),
    ].map { ($0.0, Array($0.1.utf8)) }
  }

  private static func text(_ header: String, _ rows: [[String]]) -> String {
    (["# " + Notice.text, header] + rows.map { $0.map(Delimited.quoted).joined(separator: ",") })
      .joined(separator: "\n") + "\n"
  }

  // MARK: Targets

  private static func targets(isFaulty: Bool) -> String {
    func target(
      _ id: String, _ text: String, _ kpi: String, _ population: String, _ sign: String,
      _ threshold: String, base: String = "", by: String = "", _ claim: String,
      other: String? = nil
    ) -> [String] {
      [id, text, kpi, population, other ?? population, sign, threshold, base, by, claim]
    }
    let group = "the group"
    var rows = [
      target(
        "t-carbon", "No emissions in 2030.", "ghg-total", "all scopes", "<=", "0", by: "2030", "new"
      ),
      target(
        "t-pue", "Average PUE not above 1.35, every year.", "data-centre-pue-average",
        isFaulty ? "centres that the company built" : "centres under control", "<=", "1.35",
        "achieved", other: "centres under control"),
      target(
        "t-green", "Green power of at least 60,000 MWh, every year.", "renewable-purchased", group,
        ">=", isFaulty ? "70000" : "60000", "achieved"),
      target(
        "t-safety", "Nobody is killed at work.", "work-fatalities", group, "=", "0", "achieved"),
      target(
        "t-training", "40 hours of training for every man, every year.", "training-hours-male",
        group,
        ">=", "40", "not-achieved"),
      target(
        "t-leed", "One certified data centre by 2021.", "leed-data-centres", group, ">=", "1",
        by: "2021", "achieved"),
      target(
        "t-suppliers", "All suppliers are asked for their emissions by 2028.", "", "suppliers",
        ">=", "100", by: "2028", isFaulty ? "achieved" : "new"),
    ]
    if isFaulty {
      rows += [
        target(
          "t-gas", "Gas below 3 million cubic metres in 2025.", "natural-gas", group, "<=",
          "3200000", by: "2025", "interim-achieved"),
        target(
          "t-water", "Water 5% below 2019 by 2025.", "water-consumption", group, "<=", "-5",
          base: "2019", by: "2025", "new"),
      ]
    }
    return text(
      "id,text,kpi,population,kpi_population,operator,threshold,base_year,deadline,claim", rows)
  }

  // MARK: Restatements

  /// The clean list is kept beside the pages; here a figure has no reason, and one stands twice.
  private static let restatements = text(
    "kpi,year,restated,original,unit,reason,explanation,place",
    [
      [
        "ghg-scope-2", "2020", "171", "", "10*4.t{CO2e}", "boundary",
        "restated to the boundary of 2021", "note 4 under the environmental table",
      ],
      [
        "energy-indirect-purchased-electricity", "2020", "3,128,144", "", "MW.h", "", "",
        "note 10 under the environmental table",
      ],
      [
        "ghg-scope-2", "2020", "173", "", "10*4.t{CO2e}", "error", "a factor was corrected",
        "note 5 under the environmental table",
      ],
      [
        "water-consumption", "2020", "", "", "t", "cannot-be-restated",
        "third parties managed the water of part of the leased sites in 2020",
        "note 12 under the environmental table",
      ],
    ])

  // MARK: Index

  private static let aspects = [
    ("Emissions", "A1", 6), ("Use of resources", "A2", 5), ("The environment", "A3", 1),
    ("Climate change", "A4", 1), ("Employment", "B1", 2), ("Health and safety", "B2", 3),
    ("Development and training", "B3", 2), ("Labour standards", "B4", 2), ("Supply chain", "B5", 4),
    ("Product responsibility", "B6", 5), ("Anti-corruption", "B7", 3), ("Community", "B8", 2),
  ]
  /// Codes that the report declares not to be relevant: there are no recalls and no packaging.
  private static let declined = ["A2.5", "B6.1"]

  private static func index(isFaulty: Bool) -> String {
    var rows: [[String]] = []
    for (section, aspect, count) in aspects {
      var codes = [aspect] + (1...count).map { "\(aspect).\($0)" }
      codes.removeAll { declined.contains($0) }
      if isFaulty {
        codes.removeAll { $0 == "B5.3" }
        if aspect == "A1" { codes.append("A1.4") }
        if aspect == "A2" { codes.append("A2.5") }
      }
      let gri = aspect == "A2" ? (isFaulty ? "302-1;303-3;303-5" : "302-1;303-5") : ""
      rows.append([section, "section", codes.joined(separator: ";"), gri])
    }
    rows.append(["Withdrawal of water by source", "section", "", isFaulty ? "" : "303-3"])
    rows.append(["Not relevant", "note", declined.joined(separator: ";"), ""])
    return text("section_en,level,hkex,gri", rows)
  }

  // MARK: Notes

  private static func footnotes(isFaulty: Bool) -> String {
    var rows = [
      ["row", "Scope 1 GHG emissions", "1;2"], ["row", "Scope 2 GHG emissions", "1;2;3"],
      ["row", "Hazardous waste", "4"], ["row", "Water consumption", isFaulty ? "5;8" : "5"],
      ["row", "Average PUE of data centres", "6"], ["note", "Boundary", "1"],
      ["note", "Methods and factors", "2"], ["note", "Restated", "3"],
      ["note", "Kinds of hazardous waste", "4"], ["note", "Water of leased sites", "5"],
      ["note", "Which centres are in the average", "6"],
    ]
    if isFaulty {
      rows += [["note", "Packaging", "7"], ["note", "Water once more", "5"]]
    }
    return text("kind,name,marks", rows)
  }

  // MARK: What was planted

  /// Rows of the list: the place is the target, code, mark or figure that is spoken of.
  static var planted: [[String]] {
    let faults: [(file: String, place: String, what: String, code: String)] = [
      (
        "targets.csv", "t-pue", "a target about other centres than the figure",
        "target-other-population"
      ),
      ("targets.csv", "t-green", "called achieved, and the figure is below", "target-not-met"),
      ("targets.csv", "t-suppliers", "called achieved without a figure", "target-without-figure"),
      ("targets.csv", "t-gas", "an interim target without its value", "target-no-interim-value"),
      ("targets.csv", "t-water", "counted from a year that is not printed", "target-without-base"),
      (
        "restatements.csv", "energy-indirect-purchased-electricity of 2020",
        "a restated figure without its reason", "restatement-reason"
      ),
      ("restatements.csv", "ghg-scope-2 of 2020", "one figure restated twice", "restatement-twice"),
      ("index.csv", "B5.3", "a code that the index does not answer", "index-missing"),
      ("index.csv", "A2.5", "a code both listed and declined", "index-contradiction"),
      ("index.csv", "A1.4", "a code twice in one row", "index-duplicate"),
      ("index.csv", "303-3", "one figure for withdrawal and consumption", "index-two-definitions"),
      ("footnotes.csv", "7", "a note that nothing refers to", "footnote-orphan"),
      ("footnotes.csv", "8", "a mark without a note", "footnote-missing"),
      ("footnotes.csv", "5", "two notes with one mark", "footnote-twice"),
    ]
    let misses: [(file: String, place: String, what: String)] = [
      ("targets.csv", "t-training", "not reached, and said so"),
      ("targets.csv", "t-carbon", "not due before 2030"),
      ("restatements.csv", "water-consumption of 2020", "cannot be restated, and said so"),
      ("index.csv", "B6.1", "declined, and listed nowhere else"),
      ("footnotes.csv", "1", "one note for two rows"),
    ]
    return faults.enumerated().map { index, one in
      row("S", index, one.file, one.place, one.what, one.code, "unquantified")
    }
      + misses.enumerated().map { index, one in
        row("M", index, one.file, one.place, one.what, "none", "none")
      }
  }

  private static func row(
    _ letter: String, _ index: Int, _ file: String, _ place: String, _ what: String,
    _ code: String, _ effect: String
  ) -> [String] {
    [
      tag(letter, index + 1, 3), "report/" + file, "", place, what, code, "report", effect, "", "",
      "0", "",
    ]
  }
}
