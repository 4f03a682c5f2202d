private let injuries = "injuries-2021.fods"
private let hours = "working-hours-2021.xml"
private let vendors = "suppliers-mainland-2.csv"
private let vendorsAbroad = "suppliers-overseas.csv"
private let tally = "complaints-other-2021.csv"
private let tickets = "cloud-tickets-2021.xml"
private let cases = "legal-cases.fods"
private let gifts = "donations-2021.xlsx"
private let ledger = "social-programmes-2021.csv"

extension Twin {
  mutating func plantSafety() {
    copy(
      "injury:9", injuries, as: "injury:again",
      ["case": .text("WI-2021-902"), "days": .number(0)])
    fault(
      .injuries, "alike-records", ["injury:9", "injury:again"], nil,
      "one accident under two case numbers", effect: .scaled(-1, 0), truth: -1)
    copy(
      "injury:3", injuries, as: "injury:pending",
      [
        "case": .text("WI-2021-903"), "employee": .text("104811"), "recognised": .text("待定"),
        "date": .date(Date(year: 2021, month: 11, day: 30)),
      ])
    fault(
      .injuries, "recognition-pending", ["injury:pending"], nil,
      "the authority has not decided; the case may count")
    copy(
      "injury:35", injuries, as: "injury:fatal",
      [
        "case": .text("WI-2021-904"), "employee": .text("131207"), "fatal": .text("是"),
        "date": .date(Date(year: 2021, month: 5, day: 6)), "days": .number(0),
      ])
    fault(
      .injuries, "fatal-not-recognised", ["injury:fatal"], nil,
      "a death that the authority did not recognise as one at work")
    copy(
      "injury:5", injuries, as: "injury:2020",
      [
        "case": .text("WI-2020-031"), "employee": .text("120553"),
        "date": .date(Date(year: 2020, month: 12, day: 20)),
      ])
    fault(.injuries, "outside-period", ["injury:2020"], nil, "a case of 2020", effect: .none)
    let a = digits("injury:12", injuries, "days", scale: 0)
    set("injury:12", injuries, ["days": .number(400 + a)])
    fault(
      .lostDays, "days-impossible", ["injury:12"], nil, "more days lost than the year has",
      truth: -400)
    let slow = "hours:Lanternfish Wuhan/6"
    let b = digits(slow, hours, "hours", scale: 0)
    set(slow, hours, ["hours": .number(b, scale: 3)])
    fault(
      .hours, "unit-mix-up", [slow], "hours", "thousands of hours as hours",
      effect: .scaled(999 * b, 3), truth: 999 * b, truthScale: 3)
    let c = digits("hours:Lanternfish Beijing/9", hours, "hours", scale: 0)
    copy("hours:Lanternfish Beijing/9", hours, as: "hours:twice")
    fault(
      .hours, "duplicate-key", ["hours:Lanternfish Beijing/9", "hours:twice"], nil,
      "a month sent twice", effect: .scaled(-c, 0), truth: -c)
    let d = digits("hours:Lanternfish Guangzhou/4", hours, "hours", scale: 0)
    set("hours:Lanternfish Guangzhou/4", hours, ["hours": .number(d * 27 / 10)])
    fault(
      .hours, "month-outlier", ["hours:Lanternfish Guangzhou/4"], "hours",
      "a month of 2.7 times the usual", truth: d - d * 27 / 10)
  }

  mutating func plantSuppliers() {
    let names = rows(vendors).filter {
      if case .date(let day) = $0.cells[4] { day.year == 2021 } else { false }
    }.map(\.handle)
    func text(_ handle: String, _ field: String) -> String {
      cell(handle, vendors, field).plain ?? ""
    }
    copy(
      names[30], vendors, as: "supplier:by name",
      [
        "supplier": .text("V190001"),
        "name": .text(text(names[30], "name").replacing("有限", with: " ")),
        "registration": .text(Report.creditCode(900_001)),
      ])
    fault(
      .suppliers, "alike-records", [names[30], "supplier:by name"], nil,
      "one supplier under two numbers, the name written in two ways", effect: .scaled(-1, 0),
      truth: -1)
    copy(
      names[60], vendors, as: "supplier:by registration",
      ["supplier": .text("V190002"), "name": .text("深圳新东方石油有限公司")])
    fault(
      .suppliers, "alike-records", [names[60], "supplier:by registration"], nil,
      "one registration under two numbers", effect: .scaled(-1, 0), truth: -1)
    copy(
      names[90], vendors, as: "supplier:late",
      [
        "supplier": .text("V190003"), "name": .text("贵阳远明云海科技有限公司"),
        "registration": .text(Report.creditCode(900_003)),
        "last_order": .date(Date(year: 2022, month: 3, day: 1)),
      ])
    fault(
      .suppliers, "order-after-period", ["supplier:late"], nil,
      "a last order later than the register's own date", effect: .none, note: "not counted")
    copy(
      names[150], vendors, as: "supplier:nowhere",
      [
        "supplier": .text("V190004"), "name": .text("成都安安智能科技有限公司"),
        "registration": .text(Report.creditCode(900_004)), "region": .text("华东"),
      ])
    fault(
      .suppliers, "unknown-choice", ["supplier:nowhere"], "region", "a region nobody declared",
      note: "the row is rejected")
    copy(
      names[180], vendors, as: "supplier:unregistered",
      [
        "supplier": .text("V190005"), "name": .text("重庆星明信息有限公司"), "registration": .empty,
      ])
    fault(
      .suppliers, "registration-missing", ["supplier:unregistered"], nil,
      "a mainland supplier without a registration", truth: -1)
  }

  mutating func plantComplaints() {
    let high = "complaint:payment/2021-06-18/0"
    let a = digits(high, tally, "received", scale: 0)
    set(high, tally, ["received": .number(a * 100)])
    fault(
      .complaints, "month-outlier", [high], "received", "a day a hundred times too large",
      truth: -99 * a)
    let b = digits("complaint:other/2021-03-03/1", tally, "received", scale: 0)
    copy("complaint:other/2021-03-03/1", tally, as: "complaint:twice")
    fault(
      .complaints, "duplicate-key", ["complaint:other/2021-03-03/1", "complaint:twice"], nil,
      "a day entered twice", effect: .scaled(-b, 0), truth: -b)
    let c = digits("complaint:social/2021-09-09/0", tally, "received", scale: 0)
    set("complaint:social/2021-09-09/0", tally, ["received": .number(-5)])
    fault(
      .complaints, "negative-value", ["complaint:social/2021-09-09/0"], "received",
      "a day below nothing", truth: c + 5)
    let d = digits("complaint:social/2021-10-10/0", tally, "received", scale: 0)
    set("complaint:social/2021-10-10/0", tally, ["category": .text("直播")])
    fault(
      .complaints, "unknown-choice", ["complaint:social/2021-10-10/0"], "category",
      "a class nobody declared", truth: d, note: "the row is rejected")
    copy("ticket:50", tickets, as: "ticket:twice")
    fault(
      .cloud, "duplicate-key", ["ticket:50", "ticket:twice"], nil, "a ticket exported twice",
      effect: .scaled(-1, 0), truth: -1)
    copy("ticket:80", tickets, as: "ticket:spelling", ["ticket": .text("TC-000080")])
    fault(
      .cloud, "alike-records", ["ticket:80", "ticket:spelling"], nil,
      "a ticket under two spellings of its number", effect: .scaled(-1, 0), truth: -1)
    set(
      "ticket:120", tickets, ["closed": .date(Date(year: 2020, month: 5, day: 1))])
    fault(
      .cloud, "closed-before-accepted", ["ticket:120"], nil, "closed before it was accepted",
      effect: .none)
  }

  mutating func plantCases() {
    copy("case:LC-2020-01", cases, as: "case:spelling", ["case": .text("LC 2020 01")])
    fault(
      .cases, "alike-records", ["case:LC-2020-01", "case:spelling"], nil,
      "one case under two spellings", effect: .scaled(-1, 0), truth: -1)
    set(
      "case:LC-2018-03", cases, ["referred": .date(Date(year: 2021, month: 9, day: 3))])
    fault(
      .cases, "concluded-before-referred", ["case:LC-2018-03"], nil,
      "concluded before it was handed over")
    set("case:LC-2020-04", cases, ["result": .empty])
    fault(
      .cases, "judgement-missing", ["case:LC-2020-04"], nil, "counted as concluded without a result"
    )
  }

  mutating func plantGiving() {
    let mean = Report.donatedMainland / 14
    let cash = (1...14).map { "gift:\($0)" }.filter {
      if case .text("元") = cell($0, gifts, "unit") { return true }
      return false
    }
    let near = cash.min {
      abs(digits($0, gifts, "amount", scale: 0) - mean)
        < abs(digits($1, gifts, "amount", scale: 0) - mean)
    }
    guard let near else { preconditionFailure("no gift in yuan") }
    let a = digits(near, gifts, "amount", scale: 0)
    set(near, gifts, ["unit": .text("萬元")])
    fault(
      .gifts, "unit-mix-up", [near], "amount", "yuan with the unit 萬元",
      effect: .scaled(-9999 * a, 8), truth: -9999 * a)
    copy(
      "gift:8", gifts, as: "gift:2022",
      ["donation": .text("GV22-001"), "date": .date(Date(year: 2022, month: 1, day: 6))])
    fault(.gifts, "outside-period", ["gift:2022"], nil, "a gift of 2022", effect: .none)
    copy(
      "gift:14", gifts, as: "gift:adjustment",
      ["donation": .text("ADJ"), "unit": .text("元"), "amount": .number(7_316_000)])
    fault(
      .gifts, "top-side-entry", ["gift:adjustment"], nil, "an adjustment without a voucher",
      effect: .scaled(-7_316_000, 8), truth: -7_316_000)
    var change = 0
    for index in 0..<160 {
      let handle = "spending:limit \(index)"
      let amount = 4_900_000 + index * 587
      copy(
        "spending:\(index * 9 + 5)", ledger, as: handle,
        [
          "voucher": .text(tag("SSW", index, 5)), "line": .text("1"),
          "amount": .number(amount, scale: 2),
        ])
      change -= amount
    }
    fault(
      .spending, "benford-deviation", ["spending:limit 0"], nil,
      "160 vouchers just under the limit of 50,000 yuan", truth: change,
      note: "one exception for the figure")
    let b = digits("spending:333", ledger, "amount", scale: 2)
    set("spending:333", ledger, ["programme": .text("调整")])
    fault(
      .spending, "top-side-entry", ["spending:333"], nil, "an adjustment without a programme",
      effect: .scaled(-b, 10), truth: 0, note: "the amount itself is right")
    copy(
      "spending:700", ledger, as: "spending:wrong",
      ["voucher": .text("SSX00001"), "amount": .number("88123.45")])
    copy(
      "spending:wrong", ledger, as: "spending:back",
      ["voucher": .text("SSX00002"), "amount": .number("-88123.45")])
    fault(
      .spending, "reversal-pair", ["spending:wrong", "spending:back"], "amount",
      "a wrong posting and its reversal", effect: .none)
    let c = digits("spending:900", ledger, "amount", scale: 2)
    copy("spending:900", ledger, as: "spending:twice")
    fault(
      .spending, "duplicate-key", ["spending:900", "spending:twice"], nil, "a line entered twice",
      effect: .scaled(-c, 10), truth: -c)
  }
}
