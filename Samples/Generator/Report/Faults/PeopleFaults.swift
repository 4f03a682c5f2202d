private let group = "roster-group-4.csv"
private let overseas = "roster-overseas.xml"
private let first = "leavers-2021-h1.csv"
private let second = "leavers-2021-h2.csv"
private let classroom = "training-classroom-2021.csv"

extension Twin {
  /// Rows of group 4 by what stands in a column.
  private func people(_ left: Bool) -> [SheetRow] {
    rows(group).filter { ($0.cells[7].plain != nil) == left && $0.cells[5].plain == "正式" }
  }

  mutating func plantRoster() {
    let staying = people(false).map(\.handle)
    let number = String(staying[10].dropFirst("employee:".count))
    copy(
      rows(overseas)[5].handle, overseas, as: "employee:in two rosters",
      ["employee": .text(number), "left": .empty])
    fault(
      .people, "duplicate-key", ["employee:in two rosters"], nil, "somebody in two rosters",
      effect: .scaled(-1, 0), truth: -1, note: "the first is in \(group)")
    copy(
      staying[20], group, as: "employee:another spelling",
      ["employee": .text(String(staying[20].dropFirst("employee:".count)) + "-")])
    fault(
      .people, "alike-records", [staying[20], "employee:another spelling"], nil,
      "one person under two spellings of the number", effect: .scaled(-1, 0), truth: -1)
    let known = Set(rows(first).map(\.handle))
    let gone = people(true).map(\.handle).filter {
      known.contains($0.replacing("employee", with: "leaver"))
    }
    set(gone[0], group, ["left": .empty])
    fault(
      .people, "still-on-roster", [gone[0]], nil, "somebody who left is still on the roster",
      effect: .scaled(-1, 0), truth: -1)
    remove(gone[1].replacing("employee", with: "leaver"), first)
    fault(
      .people, "roster-without-event", [gone[1]], nil,
      "somebody left by the roster, and the exit process does not know")
    set(gone[2], group, ["left": .date(Date(year: 2021, month: 8, day: 17))])
    fault(
      .people, "event-date-differs", [gone[2]], nil, "two last days for one person", effect: .none)
    copy(
      rows(first)[4].handle, first, as: "leaver:nobody", ["employee": .text("999001")])
    fault(
      .people, "event-without-roster", ["leaver:nobody"], nil,
      "somebody left who was never on the roster")
    set(gone[3], group, ["joined": .date(Date(year: 2022, month: 2, day: 14))])
    fault(
      .people, "left-before-joining", [gone[3]], nil, "somebody left before the first day",
      also: "joined-after-period")
    copy(
      staying[40], group, as: "employee:next year",
      ["employee": .text("990001"), "joined": .date(Date(year: 2022, month: 1, day: 4))])
    fault(
      .people, "joined-after-period", ["employee:next year"], nil,
      "somebody who starts in the next year", effect: .none, note: "not counted")
    copy(
      staying[50], group, as: "employee:child",
      [
        "employee": .text("990002"), "birth": .date(Date(year: 2012, month: 3, day: 8)),
        "joined": .date(Date(year: 2021, month: 7, day: 1)), "type": .text("实习生"),
      ])
    fault(
      .people, "under-age", ["employee:child"], nil, "somebody of nine", truth: -1)
    copy(
      staying[60], group, as: "employee:no day",
      ["employee": .text("990003"), "birth": .text("1985-02-30")])
    fault(
      .people, "not-a-date", ["employee:no day"], "birth", "a day that no calendar has",
      note: "the row is rejected")
  }

  mutating func plantLeavers() {
    let regular = rows(first).filter { $0.cells[5].plain == "正式" && $0.cells[7].plain == "辞职" }
    let twice = regular[30].handle
    copy(
      twice, first, as: "leaver:again",
      ["employee": .text(String(twice.dropFirst("leaver:".count)) + "-")])
    fault(
      .leavers, "alike-records", [twice, "leaver:again"], nil, "a leaver under two spellings",
      effect: .scaled(-1, 0), truth: -1, also: "event-without-roster")
    let other = regular[60].handle
    copy(other, first, as: "leaver:in both halves")
    fault(
      .leavers, "duplicate-key", [other, "leaver:in both halves"], nil, "a leaver entered twice",
      effect: .scaled(-1, 0), truth: -1)
    copy(
      regular[90].handle, first, as: "leaver:2020",
      ["employee": .text("999002"), "left": .date(Date(year: 2020, month: 12, day: 31))])
    fault(
      .leavers, "outside-period", ["leaver:2020"], nil, "a leaver of 2020", effect: .none,
      also: "event-without-roster")
  }

  mutating func plantTraining() {
    let records = rows(classroom).map(\.handle)
    let a = digits(records[12], classroom, "hours", scale: 1)
    set(records[12], classroom, ["hours": .number(960)])
    fault(
      .training, "hours-implausible", [records[12]], nil, "960 hours in a classroom in one year",
      truth: a - 9_600)
    let b = digits(records[40], classroom, "hours", scale: 1)
    copy(records[40], classroom, as: "training:twice")
    fault(
      .training, "duplicate-key", [records[40], "training:twice"], nil, "a course entered twice",
      effect: .scaled(-b, 1), truth: -b)
    let d = digits(records[90], classroom, "hours", scale: 1)
    copy(
      records[90], classroom, as: "training:nobody", ["employee": .text("999003")])
    fault(
      .training, "employee-unknown", ["training:nobody"], nil,
      "training of somebody who is not on the roster", truth: -d)
    let c = digits(records[130], classroom, "hours", scale: 1)
    set(records[130], classroom, ["completed": .date(Date(year: 2004, month: 6, day: 1))])
    fault(
      .training, "trained-before-joining", [records[130]], nil,
      "a course years before the first day",
      truth: c, note: "outside the year, so not counted")
  }
}
