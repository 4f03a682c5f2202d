private let direct = "direct-emissions-2021.xml"
private let chain = "scope-3-2021.csv"
private let officeWaste = "waste-offices-2021.csv"
private let centreWaste = "waste-centres-2021.xml"

extension Twin {
  mutating func plantEmissions() {
    let a = digits("direct:CH4/OF-03/6", direct, "mass", scale: 1)
    set("direct:CH4/OF-03/6", direct, ["unit": .text("吨")])
    fault(
      .methane, "unit-mix-up", ["direct:CH4/OF-03/6"], "mass", "kilograms with the unit tonne",
      effect: .scaled(-999 * a, 4), truth: -999 * a)
    let b = digits("direct:CH4/OF-05/8", direct, "mass", scale: 1)
    copy(
      "direct:CH4/OF-05/8", direct, as: "direct:again", ["record": .text("CH4-OF-05-2108R")])
    fault(
      .methane, "duplicate-document", ["direct:CH4/OF-05/8", "direct:again"], nil,
      "an estimate entered again under another number", effect: .scaled(-b, 4), truth: -b)
    set("direct:CH4/OF-07/2", direct, ["method": .empty])
    fault(
      .methane, "method-missing", ["direct:CH4/OF-07/2"], nil, "an estimate without a method")
    let c = digits("direct:CH4/OF-09/4", direct, "mass", scale: 1)
    set("direct:CH4/OF-09/4", direct, ["gas": .text("HFC-134a")])
    fault(
      .methane, "unknown-choice", ["direct:CH4/OF-09/4"], "gas",
      "a gas that the inventory does not hold", truth: c, note: "the row is rejected")
    let d = digits("scope3:20", chain, "emissions", scale: 1)
    copy("scope3:20", chain, as: "scope3:20 twice")
    fault(
      .scope3, "duplicate-key", ["scope3:20", "scope3:20 twice"], nil, "a line entered twice",
      effect: .scaled(-d, 7), truth: -d)
    set("scope3:44", chain, ["factor": .empty])
    fault(
      .scope3, "factor-source-missing", ["scope3:44"], nil, "an estimate without a factor's source")
    let e = digits("scope3:61", chain, "emissions", scale: 1)
    set("scope3:61", chain, ["emissions": .number(-e, scale: 1)])
    fault(
      .scope3, "negative-estimate", ["scope3:61"], nil,
      "avoided emissions booked against the others",
      truth: 2 * e)
  }

  mutating func plantWaste() {
    let disks = "waste:DC-06/硬盘组件/7"
    let a = digits(disks, centreWaste, "mass", scale: 3)
    set(disks, centreWaste, ["mass": .number(a)])
    fault(
      .hazardous, "unit-mix-up", [disks], "mass", "kilograms with the unit tonne",
      effect: .amount(-999 * a), truth: -999 * a)
    let b = digits("waste:DC-03/铅酸蓄电池/4", centreWaste, "mass", scale: 3)
    copy(
      "waste:DC-03/铅酸蓄电池/4", centreWaste, as: "waste:again", ["manifest": .text("WC90001")])
    fault(
      .hazardous, "duplicate-document", ["waste:DC-03/铅酸蓄电池/4", "waste:again"], nil,
      "a hand-over booked under two manifests", effect: .amount(-b), truth: -b)
    set("waste:OF-06/废硒鼓墨盒/3", officeWaste, ["licence": .empty])
    fault(
      .hazardous, "licence-missing", ["waste:OF-06/废硒鼓墨盒/3"], nil,
      "hazardous waste handed over without the receiver's licence", effect: .none)
    copy(
      "waste:OF-08/废硒鼓墨盒/3", officeWaste, as: "waste:2020",
      [
        "manifest": .text("WO90002"), "date": .date(Date(year: 2020, month: 12, day: 22)),
        "mass": .number(41),
      ])
    fault(
      .hazardous, "outside-period", ["waste:2020"], nil, "a hand-over of 2020", effect: .none)
    let c = digits("waste:OF-10/废硒鼓墨盒/6", officeWaste, "mass", scale: 0)
    set("waste:OF-10/废硒鼓墨盒/6", officeWaste, ["class": .text("医疗")])
    fault(
      .hazardous, "unknown-choice", ["waste:OF-10/废硒鼓墨盒/6"], "class",
      "a class that nobody declared", truth: c, note: "the row is rejected")
    copy(
      "waste:DC-02/铅酸蓄电池/8", centreWaste, as: "waste:batteries",
      [
        "manifest": .text("WC90003"), "class": .text("无害废弃物"), "mass": .number(2_317, scale: 3),
      ])
    fault(
      .harmless, "waste-misclassified", ["waste:batteries"], nil, "batteries as harmless waste",
      effect: .amount(-2_317), truth: -2_317)
    for site in ["DC-01", "DC-02", "DC-03"] {
      for month in 1...12 {
        set("waste:\(site)/退役服务器/\(month)", centreWaste, ["basis": .text("估算")])
      }
    }
    fault(
      .harmless, "estimated-share-waste", ["waste:DC-01/退役服务器/1"], "basis",
      "retired servers of three centres estimated, not weighed",
      note: "one exception for the figure")
    let wrong = "waste:wrong"
    copy(
      "waste:OF-12/废纸/5", officeWaste, as: wrong,
      ["manifest": .text("WO90004"), "mass": .number(3_311)])
    copy(
      wrong, officeWaste, as: wrong + " back",
      ["manifest": .text("WO90005"), "mass": .number(-3_311)])
    fault(
      .harmless, "reversal-pair", [wrong, wrong + " back"], "mass",
      "a wrong entry and its reversal",
      effect: .none)
    copy(
      "waste:OF-12/废纸/9", officeWaste, as: "waste:unknown site",
      ["manifest": .text("WO90006"), "site": .text("OF-96")])
    fault(
      .harmless, "site-unknown", ["waste:unknown site"], nil,
      "a site that the register does not have")
  }
}
