import Testing

@testable import TieOut

@Suite("English reports")
struct EnglishTests {
  private func values(_ text: String) -> [String] {
    Reading.tokens(text).filter { $0.aside == nil && $0.kind != .date }.map {
      "\($0.value.texts.value) \($0.unit ?? "-")"
    }
  }

  private func periods(_ text: String) -> [String] {
    Reading.tokens(text).filter { $0.kind != .date && $0.aside == nil }.map {
      "\($0.value.texts.value) \($0.period?.description ?? "-")"
    }
  }

  @Test("a scale stated over a table holds for its amounts, not for what it excepts")
  func scales() {
    let text = """
      (Dollars in millions, except per share data)
      Net sales\t$\t7,107\t$\t7,341
      Gross profit\t2,546\t3,199
      Gross margin\t35.8%\t43.6%
      Diluted net earnings per share\t$\t3.73
      Net loss\t(72)\t(5)
      """
    #expect(
      values(text) == [
        "7107000000 {USD}", "7341000000 {USD}", "2546000000 {USD}", "3199000000 {USD}", "35.8 %",
        "43.6 %", "3.73 {USD}", "-72000000 {USD}", "-5000000 {USD}",
      ])
  }

  @Test("and for amounts in sentences, but for those that print a scale of their own")
  func sentences() {
    let text = """
      (Dollars in millions, except per share data)
      Net sales were $7,107, of which $1.2 billion abroad; the dividend was $4.66 per share.
      """
    #expect(values(text) == ["7107000000 {USD}", "1200000000 {USD}", "4.66 {USD}"])
  }

  @Test("a short statement inside a table holds for the rows below it")
  func local() {
    let text = """
      Dollars in millions\t2022\t2021
      Net earnings\t$462\t$710
      Stores outstanding (in thousands)
      Basic\t123\t125

      Long-term debt\t2,474\t2,484
      """
    #expect(
      values(text).prefix(4) == ["462000000 {USD}", "710000000 {USD}", "123000 1", "125000 1"]
        || values(text).prefix(4).allSatisfy { !$0.hasPrefix("123 ") })
  }

  @Test("heads of columns are the periods of what stands below")
  func columns() {
    let text = "Dollars in millions\t2022\t2021\nNet sales\t$7,107\t$7,341\nOnly one\t5\n"
    #expect(
      periods(text) == ["7107000000 2022", "7341000000 2021", "5 -"]
        || periods(text) == ["7107000000 2022", "7341000000 2021", "5000000 -"])
  }

  @Test("respectively gives numbers to years in their order")
  func respectively() {
    let text =
      "Interest was $106 and $99 in fiscal year 2022 and fiscal year 2021, respectively.\n"
    #expect(periods(text) == ["106 2022", "99 2021"])
  }

  @Test("from A to B is two figures, ranging from A to B is one")
  func changes() {
    let two = Reading.tokens("Gross margin fell from 43.6% to 35.8% in the year.\n")
    #expect(two.map { $0.value.texts.value } == ["43.6", "35.8"])
    let one = Reading.tokens("Rates ranging from 2.5% to 3.9% were paid.\n")
    #expect(one.map { $0.value.texts.value } == ["2.5"])
    #expect(one.first?.value.texts.high == "3.9")
  }

  @Test("($72) is a loss")
  func negatives() {
    #expect(values("Other income was $37 and ($72) then.\n") == ["37 {USD}", "-72 {USD}"])
  }

  @Test("three blanks separate cells")
  func blanks() {
    #expect(values("Water consumption        tonnes        6,201,652\n") == ["6201652 t"])
  }
}
