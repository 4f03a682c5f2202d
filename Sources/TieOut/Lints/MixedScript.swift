/// Simplified characters in a traditional text, or the other way round, line by line.
enum MixedScript {
  static func find(_ input: LintInput) -> [Lint] {
    let folding = input.vocabulary.folding
    var simplified: [Int: [Int]] = [:]
    var traditional: [Int: [Int]] = [:]
    var counts = (simplified: 0, traditional: 0)
    for (index, c) in input.text.raw.enumerated() where Glyph.isHan(c) {
      let line = Int(input.text.lineNumbers[index])
      if folding.simplifiedOnly[c] != nil {
        simplified[line, default: []].append(index)
        counts.simplified += 1
      } else if folding.traditionalOnly.contains(c) {
        traditional[line, default: []].append(index)
        counts.traditional += 1
      }
    }
    let minority = counts.simplified <= counts.traditional ? simplified : traditional
    let name = counts.simplified <= counts.traditional ? "simplified" : "traditional"
    guard min(counts.simplified, counts.traditional) > 0 else { return [] }
    return minority.sorted { $0.key < $1.key }.map { _, indexes in
      let words = indexes.prefix(12).map { input.string($0..<$0 + 1) }.joined()
      return Lint(
        kind: .mixedScript, place: input.text.place(indexes[0]..<indexes[0] + 1),
        message: "\(name) characters: \(words)\(indexes.count > 12 ? " …" : "")", related: [])
    }
  }
}
