import Testing

@testable import TieOut

@Suite("numbers set aside")
struct AsideTests {
  @Test(
    "a number that is a name is set aside with its reason",
    arguments: [
      ("獲得 ISO 14001 認證", "14001", AsideReason.standardNumber),
      ("按 GB/T2589-2020 計算", "2589-2020", .standardNumber),
      ("迎接COP15活動", "COP15", .model),
      ("推廣 5G 應用", "5G", .model),
      ("利用 3D 技術", "3D", .model),
      ("見 www.example.com/2021/a7 頁", "www.example.com/2021/a7", .webAddress),
      ("致電 +86-755-8601 3470 查詢", "+86-755-8601 3470", .telephone),
      ("海天二路 33 號", "33", .address),
      ("員工總數^①", "①", .footnoteMark),
      ("（1）加強管理", "1", .enumerator),
      ("二氧化碳", "二氧化碳", .word),
      ("公司一直重視", "一直", .word),
      ("是一家公司", "一", .article),
      ("以 CO₂ 表示", "₂", .formula),
      ("排放\t百萬公噸二氧化碳\t", "百萬", .scaleOfUnit),
      ("See Note 7 for details", "7", .name),
      ("Water consumption (notes 2 and 12)", "12", .name),
      ("see tables 3, 4 and 5", "5", .name),
    ])
  func names(_ text: String, _ printed: String, _ reason: AsideReason) {
    let found = Reading.tokens(text).filter { $0.aside == reason }.map(\.printed)
    #expect(found.contains(printed), "\(Reading.lines(text))")
  }

  /// One note, and then a number of something else.
  @Test func aListNeedsItsPlural() {
    let found = Reading.tokens("see note 2 and 12 employees").filter { $0.aside == .name }
    #expect(found.map(\.printed) == ["2"])
  }

  @Test(
    "a number that only looks like a name stays",
    arguments: [
      "第一季度收入", "三大重點行動", "1.9 萬噸排放", "5 名董事通過", "近一年時間", "(251)\t(331)",
      "九大計劃", "3.1 億人次",
    ])
  func stays(_ text: String) {
    #expect(Reading.tokens(text).contains { $0.aside == nil }, "\(Reading.lines(text))")
  }

  @Test("contents, section numbers and items that count up are structure")
  func structure() {
    let text = """
      目錄
      1 環境\t11
      1.1 氣候\t12
      1.2 用水\t15
      2 員工\t26

      1.1 氣候
      1.2 用水

      1 重新梳理管理體系
      2 進一步加強力度
      3 明確要求
      """
    let asides = Reading.tokens(text).map(\.aside)
    #expect(!asides.contains(nil), "\(Reading.lines(text))")
    #expect(asides.filter { $0 == .pageNumber }.count == 4)
    #expect(asides.filter { $0 == .enumerator }.count == 5)
  }

  @Test("codes of frameworks are codes, ranges are ranges")
  func codes() {
    let text = "用水\tA2.2 ; B6.4\tTC-IM-130a.1\t303-3 ; 303-5\n工作 7-15 個工作日"
    let tokens = Reading.tokens(text)
    #expect(tokens.filter { $0.aside == .indexCode }.count == 5)
    #expect(tokens.last?.value.texts.value == "7")
    #expect(tokens.last?.value.texts.high == "15")
  }

  @Test("every digit is in exactly one number, and every number is a claim or set aside")
  func coverage() {
    let text = """
      2021年共收到2,009,210宗投訴，佔比61.6%；ISO 27001、COP26、A1.2；(29)、1：1、7*24 小時。
      六一期間三堂課，二〇二一年，百分之五；http://a.b/3 及 +852-2345-6789，1.2.3 節，12月6日至11日。
      $\t1,276\t(331)\t%\t12.9 ① ^{②③} 第十一屆 80%-90% 1 周年 / 5 周年 / 10 周年
      """
    let tokens = Reading.tokens(text)
    var seen: [String: Int] = [:]
    for token in tokens {
      for column in token.place.column..<token.place.column + token.place.length {
        seen["\(token.place.line):\(column)", default: 0] += 1
      }
    }
    #expect(seen.values.allSatisfy { $0 == 1 })
    for (line, characters) in text.split(separator: "\n").enumerated() {
      for (column, character) in characters.unicodeScalars.enumerated()
      where ("0"..."9").contains(character) {
        #expect(seen["\(line + 1):\(column + 1)"] == 1, "\(line + 1):\(column + 1)")
      }
    }
    let claims = tokens.filter { $0.aside == nil }
    let aside = tokens.filter { $0.aside != nil }
    #expect(claims.count + aside.count == tokens.count)
    #expect(tokens.map(\.id) == Array(tokens.indices))
  }
}
