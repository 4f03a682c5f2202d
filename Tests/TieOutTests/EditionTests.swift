import Testing

@testable import TieOut

@Suite("two language editions")
struct EditionTests {
  private func compare(_ here: String, _ there: String) -> [String] {
    let (a, b) = (Reading.tokens(here), Reading.tokens(there))
    return TieOut.compare(a, b).pairs.map { pair in
      let mine = pair.here.map { a[$0].printed } ?? "-"
      let theirs = pair.there.map { b[$0].printed } ?? "-"
      return "\(mine) | \(theirs): \(pair.standing.rawValue)"
    }
  }

  @Test("one quantity in two languages is the same, whatever its scale and order")
  func same() {
    let pairs = compare(
      "溫室氣體排放總量為 511.1 萬噸，員工 46,437 名，女性佔 28.9%。\n",
      "We had 46,437 employees, 28.9% of them women. Emissions were 5.111 million tonnes.\n")
    #expect(pairs.allSatisfy { $0.hasSuffix(": same") }, "\(pairs)")
    #expect(pairs.count == 3)
  }

  @Test("another value between the same neighbours differs; a number of one edition is named")
  func differs() {
    let pairs = compare(
      "投訴 1,234 宗。培訓 40.97 小時。捐款 3,210 萬元。\n",
      "1,234 complaints. Training of 40.79 hours. Donations of 32.10 million. 77 offices.\n")
    #expect(pairs.contains("40.97 | 40.79: differs"), "\(pairs)")
    #expect(pairs.contains("- | 77: only in the second"), "\(pairs)")
  }

  @Test("every claim of both is in exactly one pair")
  func complete() {
    let here = (1...60).map { "第 \($0) 項有 \($0 * 17) 名員工" }.joined(separator: "\n")
    let there = (1...60).reversed().map { "\($0 * 17 + ($0 % 9 == 0 ? 1 : 0)) staff" }
      .joined(separator: "\n")
    let (a, b) = (Reading.tokens(here), Reading.tokens(there))
    let pairs = TieOut.compare(a, b).pairs
    #expect(
      pairs.compactMap(\.here).sorted() == a.filter { $0.aside == nil }.map(\.id).sorted())
    #expect(
      pairs.compactMap(\.there).sorted() == b.filter { $0.aside == nil }.map(\.id).sorted())
  }
}
