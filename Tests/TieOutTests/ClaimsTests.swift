import Exact
import Testing

@testable import TieOut

@Suite("claims")
struct ClaimsTests {
  @Test(
    "the words that qualify a number are found on both sides",
    arguments: [
      ("超過40個國家", "超過", Relation.over), ("逾10億人", "逾", .over),
      ("近 800 萬元", "近", .near), ("約 50%", "約", .about), ("70 餘所高校", "餘", .plus),
      ("50 多個樓宇", "多", .plus), ("85%以上", "以上", .least), ("18 歲以下", "以下", .below),
      ("不少於 3 家", "不少於", .least), ("PUE不超過1.35", "不超過", .most),
      ("至少新增 2 個中心", "至少", .least), ("3 個工作日內", "內", .most),
      ("連續舉辦 7 年", "連續", .note), ("不晚於2030年", "不晚於", .until),
      ("自2011年起", "自…起", .since), ("2021 年初", "初", .start),
      ("超過 70 餘個項目", "超過;餘", .plus), ("人數不足5%", "不足", .below),
      ("more than 40 countries", "more than", .over), ("nearly 100 sites", "nearly", .near),
      ("up to 3 years", "up to", .most), ("10% or more", "or more", .least),
    ])
  func qualifiers(_ text: String, _ words: String, _ relation: Relation) throws {
    let claim = try #require(Reading.claims(text).first)
    #expect(claim.qualifier == words)
    #expect(claim.relation == relation)
  }

  @Test(
    "a word that only ends like a qualifier is none",
    arguments: ["附近 3 個城市", "節約 20 噸", "來自 40 個國家", "在5個委員會中", "達成 3 項合作"])
  func noQualifier(_ text: String) throws {
    #expect(try #require(Reading.claims(text).first).qualifiers == [])
  }

  @Test("a qualifier may stand in the line above a figure set large")
  func lineAbove() {
    let claims = Reading.claims("產品優化建議近\n\n3,500 條\n")
    #expect(claims.map(\.qualifier) == ["近"])
  }

  @Test("as at reaches to the end of its sentence, and not into what each one gets")
  func asAt() {
    let text = "截至 2021 年底，計劃共資助 150 位專家，每位專家將在 5 年內獲資助 300 萬元。另有 7 個項目。"
    #expect(Reading.claims(text).map(\.qualifier) == ["截至;底", "截至", "內", "", ""])
  }

  @Test("over 40 admits 40.97, nearly 100 does not admit 104, 70 餘 ends at 80")
  func bounds() throws {
    let admits = { (text: String, value: String) -> Bool? in
      let claim = try #require(Reading.claims(text).first)
      let item = ClaimItem(claim, .standard)
      let number = try #require(Rational(value))
      return item.bounds?.admits(Interval(number))
    }
    #expect(try admits("超過 40 小時", "40.97") == true)
    #expect(try admits("超過 40 小時", "40") == false)
    #expect(try admits("nearly 100 sites", "104") == false)
    #expect(try admits("nearly 100 sites", "97") == true)
    #expect(try admits("70 餘所高校", "79") == true)
    #expect(try admits("70 餘所高校", "80") == false)
    #expect(try admits("不超過1.35", "1.32") == true)
    #expect(try admits("12.4%", "12.37") == true)
    #expect(try admits("12.4%", "12.46") == false)
  }
}
