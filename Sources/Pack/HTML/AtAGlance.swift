import Assurance

/// The state of the work in a few sentences, for somebody who opens the pack for the first time.
enum AtAGlance {
  static func sentences(_ view: PackView) -> [String] {
    [figures(view), exceptions(view), samples(view), conclusions(view), signoffs(view), log(view)]
      .compactMap { $0 }
  }

  /// The same in one paragraph of traditional Chinese, with the numbers that matter most.
  static func chinese(_ view: PackView) -> String {
    let papers = view.reported.map(\.paper)
    let good = papers.count { paper in
      [.exact, .withinRounding, .withinTolerance].contains(paper.reconciliation?.status)
    }
    let all = papers.flatMap(\.exceptions)
    let items = papers.reduce(0) { $0 + ($1.draw?.items.count ?? 0) }
    var words =
      "數字 \(papers.count) 項，其中 \(good) 項與紀錄相符；異常事項 \(all.count) 項，"
      + "未處理 \(all.count { $0.state == "open" }) 項；抽樣 \(items) 項；"
    if let board = view.board {
      let bad = board.entries.count { !$0.state.isGood }
      words += "簽署 \(board.entries.count) 份，" + (bad == 0 ? "全部有效；" : "失效 \(bad) 份；")
    } else {
      words += "尚無簽署；"
    }
    return words + "工作軌跡 \(view.content.trail.events.count) 項。"
  }

  private static func figures(_ view: PackView) -> String {
    let papers = view.reported.map(\.paper)
    let parts = ReconciliationStatus.allCases.compactMap { status -> String? in
      let count = papers.count { $0.reconciliation?.status == status }
      return count > 0 ? "\(count) \(status.rawValue)" : nil
    }
    let open = papers.count { $0.reconciliation == nil }
    let words = parts + (open > 0 ? ["\(open) not compared"] : [])
    let others = view.others.isEmpty ? "" : " The policy defines \(view.others.count) more."
    return
      "\(counted(papers.count, "figure")), set against \(papers.count == 1 ? "its" : "their") "
      + "records: " + words.joined(separator: ", ") + "." + others
  }

  private static func exceptions(_ view: PackView) -> String {
    let all = view.reported.flatMap(\.paper.exceptions)
    let open = all.filter { $0.state == "open" }
    let high = open.count { $0.exception.severity == .high }
    guard !all.isEmpty else { return "No exceptions were found." }
    return "\(counted(all.count, "exception")) found, \(open.count) still open"
      + (high > 0 ? ", \(high) of them high." : ".")
  }

  private static func samples(_ view: PackView) -> String? {
    let drawn = view.reported.map(\.paper).filter { $0.draw != nil }
    guard !drawn.isEmpty else { return nil }
    let items = drawn.reduce(0) { $0 + ($1.draw?.items.count ?? 0) }
    let left = drawn.reduce(0) { sum, paper in
      let tested = Set(paper.results.map(\.key))
      return sum + (paper.draw?.items.count { !tested.contains($0.key) } ?? 0)
    }
    return "\(counted(items, "item")) drawn as samples for \(counted(drawn.count, "figure")); "
      + (left == 0 ? "all are tested." : "\(left) not tested yet.")
  }

  /// The words of evaluations, the same ones together.
  private static func conclusions(_ view: PackView) -> String? {
    var words: [(word: String, count: Int)] = []
    for conclusion in view.reported.compactMap(\.paper.evaluation?.conclusion) {
      let word = conclusion.split(separator: "-").joined(separator: " ")
      if let index = words.firstIndex(where: { $0.word == word }) {
        words[index].count += 1
      } else {
        words.append((word, 1))
      }
    }
    guard !words.isEmpty else { return nil }
    return "What the samples say of misstatement: "
      + words.map { "\($0.word) (\($0.count))" }.joined(separator: ", ") + "."
  }

  private static func signoffs(_ view: PackView) -> String {
    guard let board = view.board else { return "Nobody has signed." }
    let bad = board.entries.filter { !$0.state.isGood }
    guard !bad.isEmpty else {
      return "\(counted(board.entries.count, "signature")) on parts of the work; all hold."
    }
    return "\(counted(board.entries.count, "signature")) on parts of the work, \(bad.count) of "
      + "which no longer \(bad.count == 1 ? "holds" : "hold")."
  }

  private static func log(_ view: PackView) -> String {
    "\(counted(view.content.trail.events.count, "step")) of the work in the log, the last on "
      + "\(view.content.asOf.prefix(10))."
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    "\(Figures.grouped(count)) \(noun)\(count == 1 ? "" : "s")"
  }
}
