import Testing

@testable import TieOut

@Suite("records")
struct RecordsTests {
  @Test("every number has exactly one record, with the words around it")
  func records() throws {
    let text = "共有 46,437 名員工參與，獲得 ISO 14001 認證。\n\n參與調研人數\n\n46,437名\n"
    let tokens = Reading.tokens(text)
    let records = TieOut.records(tokens, Reading.tied(text), text)
    #expect(records.count == tokens.count)
    let claims = records.filter { $0.aside == nil }
    let aside = records.filter { $0.aside != nil }
    #expect(claims.count + aside.count == records.count)
    let first = try #require(records.first)
    #expect(first.status == "exact")
    #expect(first.ties.first?.to == "5:1")
    #expect(first.excerpt.contains("名員工參與"))
    let standard = try #require(aside.first)
    #expect(standard.status == "set aside")
    #expect(standard.aside == "number of a standard")
    #expect(standard.value == "14001")
  }
}
