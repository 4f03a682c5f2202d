import Testing

@testable import TieOut

@Suite("one reading in both scripts")
struct ScriptTests {
  @Test(
    "traditional and simplified text give the same numbers",
    arguments: [
      ("截至 2021 年底，平台累計為近13,000名員工提供服務", "截至 2021 年底，平台累计为近13,000名员工提供服务"),
      ("採購了6,000萬千瓦時的電力，占總量 45.9%", "采购了6,000万千瓦时的电力，占总量 45.9%"),
      ("與 39 所高校達成合作，覆蓋 30 多個行業", "与 39 所高校达成合作，覆盖 30 多个行业"),
      ("第四次戰略升級，兩項標準，近億元", "第四次战略升级，两项标准，近亿元"),
    ])
  func same(_ traditional: String, _ simplified: String) {
    let one = Reading.claims(traditional)
    let two = Reading.claims(simplified)
    #expect(one.map(\.token.value) == two.map(\.token.value))
    #expect(one.map(\.token.unit) == two.map(\.token.unit))
    #expect(one.map(\.qualifiers) == two.map(\.qualifiers))
    #expect(one.map(\.token.place.column) == two.map(\.token.place.column))
  }
}
