/// One name with two boundaries in brackets: 基金會（中國內地）, 基金會（含中國內地和香港）.
enum Boundaries {
  private static let scopes = [
    "内地", "香港", "海外", "全球", "集团", "子公司", "境内", "境外", "Mainland", "Hong Kong", "Group",
    "subsidiar", "excluding", "including", "overseas",
  ].map(Glyph.scalars)

  static func find(_ input: LintInput) -> [Lint] {
    let t = input.text.folded
    var byName: [[UInt32]: [(scope: [UInt32], range: Range<Int>)]] = [:]
    var order: [[UInt32]] = []
    for open in t.indices where t[open] == 0x28 {
      guard let close = t[open..<min(t.count, open + 30)].firstIndex(of: 0x29) else { continue }
      let scope = t[open + 1..<close].filter { !Glyph.isBlank($0) }
      guard scopes.contains(where: { input.has($0, in: open..<close) }),
        !scope.contains(where: { Glyph.isDigit($0) })
      else { continue }
      var end = open
      while end > 0, t[end - 1] == 32 { end -= 1 }
      var start = end
      while start > 0, end - start < 3, Glyph.isHan(t[start - 1]) { start -= 1 }
      guard end - start == 3 else { continue }
      let name = Array(t[start..<end])
      if byName[name] == nil { order.append(name) }
      byName[name, default: []].append((scope, start..<close + 1))
    }
    return order.compactMap { name in
      let uses = byName[name] ?? []
      guard let first = uses.first, let other = uses.first(where: { $0.scope != first.scope })
      else {
        return nil
      }
      return Lint(
        kind: .twoBoundaries, place: input.text.place(other.range),
        message: "two boundaries: \(input.string(first.range)) and \(input.string(other.range))",
        related: [input.text.place(first.range)])
    }
  }
}
