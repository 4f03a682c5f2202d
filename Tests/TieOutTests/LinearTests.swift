import Testing

@testable import TieOut

/// "Time grows linearly", held by counting comparisons and not by a clock.
@Suite("cost")
struct LinearTests {
  /// Pages that share many words and values with one another, as reports do.
  private func text(pages: Int) -> String {
    (0..<pages).map { page in
      """
      第 \(page) 頁：員工總人數為 46,437 名，其中女性佔 28.9%，較 2020 年增加 \(page).5%。
      用水量\t噸\t\(6_201_652 + page * 37)\t5,900,000
      本年度捐款 \(page * 13 + 101) 萬元，培訓 \(page + 10).97 小時，超過 40 小時。
      Emissions were 5.111 million tonnes, an increase of \(page).1% since 2019.

      """
    }.joined(separator: "\n")
  }

  private func work(pages: Int) -> (numbers: Int, comparisons: Int) {
    let text = text(pages: pages)
    let claims = Reading.claims(text)
    let figures = (0..<40).compactMap {
      Reading.figure("f\($0)", "用水量 \($0)", "\(6_201_652 + $0 * 37)", "t")
    }
    let vocabulary = Vocabulary.standard
    var tying = Tying(claims, figures, ReportText(text, vocabulary.folding), vocabulary)
    let meter = WorkMeter()
    tying.work = meter
    _ = tying.run()
    return (claims.count, meter.count)
  }

  @Test("twice the pages cost at most a little more than twice the comparisons")
  func doubling() {
    let costs = [60, 120, 240].map { work(pages: $0) }
    #expect(costs[1].numbers >= costs[0].numbers * 19 / 10)
    for (small, large) in zip(costs, costs.dropFirst()) {
      #expect(large.comparisons <= small.comparisons * 23 / 10, "\(costs)")
    }
  }

  @Test("no number is compared with more than a bounded number of others")
  func bounded() {
    let cost = work(pages: 80)
    #expect(cost.comparisons / cost.numbers < 500, "\(cost)")
  }
}
