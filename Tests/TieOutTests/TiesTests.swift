import Exact
import Testing

@testable import TieOut

@Suite("ties")
struct TiesTests {
  private static func best(_ text: String, _ printed: String, _ reported: [ReportedFigure?] = [])
    throws -> Tie
  {
    let tied = Reading.tied(text, reported.compactMap { $0 })
    let claim = try #require(tied.first { $0.claim.token.printed == printed })
    return try #require(claim.ties.first, "\(printed) has no candidate")
  }

  @Test("萬噸 in a sentence ties to 百萬公噸 in a table")
  func scales() throws {
    let total = Reading.figure("ghg-total", "溫室氣體排放總量", "5.111", "Mt{CO2e}")
    let tie = try Self.best("我們的溫室氣體排放總量為 511.1 萬噸二氧化碳當量。", "511.1 萬", [total])
    #expect(tie.to == "kpi:ghg-total")
    #expect(tie.status == .exact)
  }

  @Test("a rounded figure is within rounding, a bound holds, another value is neither")
  func statuses() throws {
    let rate = Reading.figure("turnover", "員工流失率", "12.37%", "%")
    #expect(try Self.best("員工流失率為12.4%。", "12.4", [rate]).status == .withinRounding)
    #expect(try Self.best("員工流失率超過12%。", "12", [rate]).status == .boundHolds)
    #expect(try Self.best("員工流失率為13.5%。", "13.5", [rate]).status == .differentScope)
  }

  @Test("a share is computed over the intervals of what is printed")
  func shares() throws {
    // 234.9 / 511.1 is 45.96 at face value; 45.9 is possible only at the ends of the intervals.
    let text = "排放總量為 511.1 萬噸。\n\n間接排放量為 234.9 萬噸（占總排放量 45.9%）。\n"
    let tie = try Self.best(text, "45.9")
    #expect(tie.status == .withinRounding)
    #expect(tie.why.hasPrefix("234.9 萬 / 511.1 萬"))
    let wrong = Reading.tied(text.replacing("45.9%", with: "46.8%"))
      .first { $0.claim.token.printed == "46.8" }
    #expect(wrong?.status == .unmatched)
  }

  @Test("parts and their sum in one sentence tie to one another")
  func sums() throws {
    let text = "合計為人民幣22.95億元，其中支出人民幣6.95億元，捐款人民幣16億元。"
    #expect(try Self.best(text, "22.95億").why == "6.95億 + 16億 = 22.95億")
    #expect(try Self.best(text, "6.95億").status == .exact)
  }

  @Test("neighbouring reported values add up to a headline")
  func figureSum() throws {
    let bought = Reading.figure("bought", "購買的可再生能源", "63,000", "MW.h")
    let made = Reading.figure("made", "自發的可再生能源", "2,334", "MW.h")
    let tie = try Self.best("全年使用可再生能源\n\n65,334 兆瓦時\n", "65,334", [bought, made])
    #expect(tie.status == .exact)
    #expect(tie.why == "63000 + 2334 = 65,334")
  }

  @Test("a mean is the breakdown's rates weighted with its counts")
  func means() throws {
    // (39.68 × 48,406 + 44.12 × 19,820) / 68,226 = 40.97, by hand.
    let figures = [
      Reading.figure(
        "hours-male", "員工平均受訓時數 男性", "39.68", "h/{person}", family: "hours",
        dimension: "gender", part: "male"),
      Reading.figure(
        "hours-female", "員工平均受訓時數 女性", "44.12", "h/{person}", family: "hours",
        dimension: "gender", part: "female"),
      Reading.figure(
        "staff-male", "員工人數 男性", "48,406", "{person}", family: "staff", dimension: "gender",
        part: "male"),
      Reading.figure(
        "staff-female", "員工人數 女性", "19,820", "{person}", family: "staff",
        dimension: "gender", part: "female"),
    ]
    let tie = try Self.best("員工平均受訓時數為 40.97 小時。", "40.97", figures)
    #expect(tie.status == .withinRounding)
    #expect(tie.to == "kpi:hours-female" || tie.to == "kpi:hours-male")
    let other = Reading.tied("員工平均受訓時數為 41.90 小時。", figures.compactMap { $0 }).first
    #expect(other?.status != .withinRounding)
  }

  @Test("percentage points are the difference of two percentages")
  func points() throws {
    let text = "人口比重為18.70%，上升了5.44個百分點。\n2010年人口比重為13.26%。\n"
    let tie = try Self.best(text, "5.44")
    #expect(tie.status == .exact)
    #expect(tie.why == "18.70 - 13.26 = 5.44")
  }

  @Test("the same bound printed twice is a bound, the same number of other things is not exact")
  func scope() throws {
    let twice = "超過 2,200 名青年參與大賽。\n\n大賽吸引超過 2,200 名青年參與。\n"
    #expect(try Self.best(twice, "2,200").status == .boundHolds)
    let other = "敬業度連續3年逐步提升。\n\n文化滿意度連續3年保持在高位。\n"
    #expect(Reading.tied(other).allSatisfy { $0.status != .exact })
  }

  @Test("contradictions of dates are conflicts")
  func conflicts() throws {
    let title = "完成《發展報告 2022》，於 2021 年 1 月在論壇上發佈。"
    #expect(try Self.best(title, "2021 年 1 月").status == .conflict)
    let early = "2021年9月，公司初探交易，電力覆蓋8月至12月的全部用量。"
    #expect(try Self.best(early, "8月至12月").status == .conflict)
    let fine = "完成《發展報告 2022》，於 2022 年 1 月在論壇上發佈。"
    #expect(Reading.tied(fine).allSatisfy { $0.status != .conflict })
  }

  @Test(
    "the items named beside a number are counted",
    arguments: [
      ("從安全、健康、包容和友好四個維度考量。", "四"),
      ("包含技術族、設計族、市場族以及專業族4個職族。", "4"),
      ("審核委員會、投資委員會、薪酬委員會等3個委員會。", "3"),
      ("可以享受三份福利：紀念品、服務金和榮譽金。", "三"),
      ("通過「融入設計」和「默認保護」2項舉措落實。", "2"),
    ])
  func enumerations(_ text: String, _ printed: String) throws {
    let tie = try Self.best(text, printed)
    #expect(tie.status == .exact)
    #expect(tie.why.hasSuffix("items are named beside it"))
  }

  @Test("a list of another length confirms nothing")
  func otherLength() {
    let tied = Reading.tied("從安全、健康和友好五個維度考量。")
    #expect(tied.allSatisfy { $0.ties.isEmpty })
  }

  @Test("the same input gives the same answer")
  func determinism() {
    let text = "員工 68,226 名。\n員工總數 68,226 名，其中女性 19,820 名，男性 48,406 名。\n"
    #expect(Reading.tied(text) == Reading.tied(text))
  }
}
