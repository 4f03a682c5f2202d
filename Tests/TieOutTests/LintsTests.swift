import Testing

@testable import TieOut

@Suite("lints")
struct LintsTests {
  @Test("a day heads figures of a period")
  func asAt() {
    let text = "指標\t\t於 2021 年 12 月 31 日\n能源消耗總量\t兆瓦時\t4,375\n"
    #expect(Reading.kinds(text) == [.asAtOverFlow])
    let stock = "指標\t\t於 2021 年 12 月 31 日\n員工總數\t\t68,226\n"
    #expect(Reading.kinds(stock) == [])
  }

  @Test("notes and marks must meet")
  func footnotes() {
    let text = "員工總數^①\t68,226\n用水量^②\t6,201\n\n① 正式員工。\n\n③ 包裝材料。\n"
    #expect(Reading.kinds(text) == [.markWithoutFootnote, .footnoteWithoutMark])
    #expect(Reading.kinds("員工總數^①\t68,226\n\n① 正式員工。\n") == [])
  }

  @Test("one section number has one title, and a section referred to is there")
  func sections() {
    let text = "4.2 支持升級\n4.3 培育未來\n\n正文，請參見「推動共融」部分。\n\n4.2 支持升級\n4.3 培養未來\n"
    #expect(Reading.kinds(text) == [.noSuchSection, .sectionTitles])
    let fine = "4.2 支持升級\n4.3 培育未來\n\n請參見「培育未來」部分。\n\n4.2 支持升級\n4.3 培育未來\n"
    #expect(Reading.kinds(fine) == [])
  }

  @Test("index codes exist, stand once in an entry and are not declared irrelevant")
  func index() {
    let text = """
      環境\tA1.1 ; A2.9\t305-1 ; 305-1
      產品\tB6.4\t416-1

      注：「KPI B6.1」以及「KPI B6.4」均與主要業務關聯度低。

      """
    let kinds = Reading.kinds(text)
    #expect(kinds.filter { $0 == .noSuchIndexCode }.count == 1)
    #expect(kinds.filter { $0 == .duplicateIndexCode }.count == 1)
    #expect(kinds.filter { $0 == .contradictoryIndex }.count == 1)
    #expect(kinds.filter { $0 == .missingIndexCode }.count == 1)
    #expect(kinds.count == 4)
  }

  @Test("ISO 5001 is not in the list, ISO 50001 is")
  func standards() throws {
    let lint = try #require(Reading.lints("獲得ISO 5001認證。").first)
    #expect(lint.kind == .unknownStandard)
    #expect(lint.message.contains("ISO 50001"))
    #expect(Reading.kinds("獲得ISO 50001認證。") == [])
  }

  @Test("a whole year is not measured at its beginning")
  func dates() {
    let text = "公司在 2021 年初進行排放核算，並將 2021 年作為基準年。"
    #expect(Reading.kinds(text) == [.datesContradict])
    #expect(Reading.kinds("公司在 2022 年初進行排放核算，並將 2021 年作為基準年。") == [])
  }

  @Test("simplified characters in a traditional text")
  func scripts() {
    #expect(Reading.kinds("服務次數約 22.8 亿次，這是繁體報告。") == [.mixedScript])
    #expect(Reading.kinds("服務次數約 22.8 億次，皇后與里程。") == [])
    #expect(Reading.kinds("服务次数约 22.8 億次，这是著名的简体报告。") == [.mixedScript])
    #expect(Reading.kinds("服务次数约 22.8 亿次，这是著名的简体报告。") == [])
  }

  @Test("one name with two boundaries")
  func boundaries() {
    let text = "向基金會（中國內地）捐出 5 億元。\n\n向基金會（含中國內地和香港）捐款 6 億元。\n"
    #expect(Reading.kinds(text) == [.twoBoundaries])
  }

  @Test("a figure set large that is not assured")
  func headlines() throws {
    let total = try #require(
      Reading.figure("ghg-total", "溫室氣體排放總量", "5.111", "Mt{CO2e}"))
    let scope = try #require(
      Reading.figure("scope-1", "範圍一排放量", "0.019", "Mt{CO2e}", assured: true))
    let text = "溫室氣體排放總量\n\n511.1 萬噸二氧化碳\n"
    #expect(Reading.kinds(text, [total, scope]) == [.unassuredHeadline])
  }
}
