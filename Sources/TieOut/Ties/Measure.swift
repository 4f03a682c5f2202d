import Exact

/// A unit brought to a base, so that 萬噸 and 百萬公噸 can be compared.
struct Measure: Hashable, Sendable {
  let base: String
  let factor: Rational

  /// Reads a code: a unit, or one over another; annotations are ignored, things counted are all 1.
  init(_ code: String, _ vocabulary: Vocabulary) {
    let parts = code.split(separator: "/", maxSplits: 1).map { part in
      Measure.part(part.filter { $0 != "(" && $0 != ")" }, vocabulary)
    }
    guard let top = parts.first else {
      self.init(base: "1", factor: .one)
      return
    }
    guard parts.count == 2, let factor = try? top.factor / parts[1].factor else {
      self = top
      return
    }
    self.init(base: top.base + "/" + parts[1].base, factor: factor)
  }

  private init(base: String, factor: Rational) {
    self.base = base
    self.factor = factor
  }

  private static func part(_ code: String, _ vocabulary: Vocabulary) -> Measure {
    var code = code
    var scale = Rational.one
    if code.hasPrefix("10*"), let point = code.firstIndex(of: "."),
      let exponent = Int(code[code.index(code.startIndex, offsetBy: 3)..<point]),
      (0...18).contains(exponent)
    {
      scale = Rational((0..<exponent).reduce(1) { power, _ in power * 10 })
      code = String(code[code.index(after: point)...])
    }
    if let unit = vocabulary.codes[code] {
      return Measure(base: unit.base, factor: unit.factor * scale)
    }
    // Policies may write a counted unit or a currency without its braces.
    if let unit = vocabulary.codes["{" + code + "}"] {
      return Measure(base: unit.base, factor: unit.factor * scale)
    }
    let plain = code.prefix { $0 != "{" }
    if plain.isEmpty { return Measure(base: "1", factor: scale) }
    if let unit = vocabulary.codes[String(plain)] {
      return Measure(base: unit.base, factor: unit.factor * scale)
    }
    return Measure(base: String(plain), factor: scale)
  }
}
