import Exact
import Testing

@testable import TieOut

@Suite("numbers in a text")
struct NumbersTests {
  @Test(
    "a number is read with its scale, unit and kind",
    arguments: [
      ("總排放 48.2 萬噸二氧化碳當量", "48.2 萬 = 482000 t{CO2e} amount"),
      ("总排放４８．２万吨", "４８．２万 = 482000 t amount"),
      ("用電 3,000 萬千瓦時", "3,000 萬 = 30000000 kW.h amount"),
      ("發電 7,500 兆瓦時", "7,500 = 7500 MW.h amount"),
      ("人民幣 12 億元", "12 億 = 1200000000 {CNY} amount"),
      ("服務 2.5 亿人次", "2.5 亿 = 250000000 {person-time} count"),
      ("服務 8,000 多萬人", "8,000 多萬 = 80000000 {person} count"),
      ("合作 23 所重點高校", "23 = 23 {school} count"),
      ("設有 400 個行業解決方案，", "400 = 400 {solution} count"),
      ("共 18 座城市", "18 = 18 {city} count"),
      ("佔比 61.6%", "61.6 = 61.6 % percent"),
      ("上升 5.44 個百分點", "5.44 = 5.44 % percent"),
      ("佔三分之一", "三分之一 = 0.333333 1 ratio"),
      ("下降百分之三十", "百分之三十 = 30 % percent"),
      ("以1：1的比例", "1：1 = 1 1 ratio"),
      ("7*24 小時服務", "7*24 = 168 h duration"),
      ("準確率 80%-90%", "80%-90% = 80 to 90 % percent"),
      ("30 至 50 歲", "30 至 50 = 30 to 50 a duration"),
      ("二十七家公司", "二十七 = 27 {company} count"),
      ("三千二百萬元", "三千二百萬 = 32000000 {CNY} amount"),
      ("十餘位專家", "十餘 = 10 {person} count"),
      ("第四次升級", "四 = 4 1 ordinal"),
      ("數百人參加", "數百 =  {person} count"),
      ("emitted 1.9 million tonnes of CO2e", "1.9 million = 1900000 t{CO2e} amount"),
      ("revenue of US$3.2 billion in", "3.2 billion = 3200000000 {USD} amount"),
      ("over a 10-year term", "10 = 10 a duration"),
      ("fell by 80 basis points", "80 = 80 [bp] percent"),
      ("three offices were", "three = 3 {office} count"),
    ])
  func figures(_ text: String, _ expected: String) {
    #expect(Reading.lines(text).first == expected)
  }

  @Test(
    "a date is read as far as it is printed",
    arguments: [
      ("截至 2021 年 12 月 31 日", "2021-12-31", ""),
      ("二零二二年四月十一日", "2022-04-11", ""),
      ("2021年第四季度", "2021-Q4", ""),
      ("2021年8月至12月", "2021-08", "2021-12"),
      ("每年 10 月 24 日", "10-24", ""),
      ("《發展報告2022》", "2022", ""),
      ("31 December 2021", "2021-12-31", ""),
      ("June 30, 2022", "2022-06-30", ""),
      ("6th Apr, 2022", "2022-04-06", ""),
      ("FY2021/22", "2021", "2022"),
      ("2021-12-31", "2021-12-31", ""),
      ("Q4 2021", "2021-Q4", ""),
    ])
  func dates(_ text: String, _ value: String, _ high: String) throws {
    let tokens = Reading.tokens(text)
    try #require(tokens.count == 1)
    #expect(tokens[0].kind == .date)
    #expect(tokens[0].value.texts == (value, high))
  }

  @Test("a month without a year has that of the date before it")
  func inferredYear() {
    let text = "2021年4月19日，公司升級戰略。\n8月，公司再次投入。同年12月7日發起計劃。"
    #expect(
      Reading.tokens(text).map(\.value.texts.value) == ["2021-04-19", "2021-08", "2021-12-07"])
  }

  @Test("the interval of a printed figure is half a unit of its last digit to each side")
  func interval() throws {
    let token = try #require(Reading.tokens("總量 511.1 萬噸").first)
    let interval = try #require(token.printedInterval)
    #expect(interval.low == Rational(5_110_500))
    #expect(interval.high == Rational(5_111_500))
    let count = try #require(Reading.tokens("共 68,226 名員工").first?.printedInterval)
    #expect(count.low == count.high)
  }

  @Test("a place is page, line, column and byte, and gives the characters back")
  func places() throws {
    let text = "甲乙\n共 **12** 個\u{c}第 3 次"
    let tokens = Reading.tokens(text)
    try #require(tokens.count == 2)
    #expect(tokens[0].place.page == 1)
    #expect((tokens[0].place.line, tokens[0].place.column) == (2, 5))
    #expect(tokens[1].place.page == 1)
    for token in tokens {
      let bytes = Array(text.utf8)[token.place.byte...].prefix(token.printed.utf8.count)
      #expect(String(decoding: bytes, as: UTF8.self) == token.printed)
    }
  }

  @Test("the unit of a table's row stands in another cell")
  func cells() {
    let text = "指標\t\t2021\n用水量\t噸\t6,201\n每收入單位的能源\t兆瓦時 / 百萬人民幣\t7.81\n"
    let tokens = Reading.tokens(text).filter { $0.aside == nil && $0.kind != .date }
    #expect(tokens.map(\.unit) == ["t", "MW.h/(10*6.{CNY})"])
  }
}
