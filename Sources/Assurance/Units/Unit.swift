package import Exact

/// A unit of measure: dimensions with exponents, and a scale to their base units.
///
/// Written in a part of UCUM (Schadow and McDonald, The Unified Code for Units of Measure, 2.1):
/// atoms of the table below, metric prefixes on those that take them, `{annotations}` which count
/// things of a kind, powers of ten `10*6`, products `.`, quotients `/` and parentheses:
/// `t`, `MW.h`, `{person}`, `t{CO2e}`, `t/(10*6.CNY)`, `{injury}/(10*6.h)`.
///
/// Two units compare equal if their dimensions and scales do; the code is kept for printing.
package struct Unit: Sendable {
  /// As written.
  package let code: String
  /// Base dimension to exponent, never zero. Annotations are dimensions of their own.
  package let dimensions: [String: Int]
  /// How many base units one of this unit is.
  package let scale: Rational

  /// The number of `other` in one of this unit, or nil if the dimensions differ.
  package func factor(to other: Unit) -> Rational? {
    guard dimensions == other.dimensions else { return nil }
    return try? scale / other.scale
  }

  /// Parses a code; nil if it is not of the grammar or names an unknown atom.
  package init?(_ code: String) {
    var parser = UnitParser(code)
    guard let (dimensions, scale) = parser.whole() else { return nil }
    self.code = code
    self.dimensions = dimensions
    self.scale = scale
  }

  private init(code: String, dimensions: [String: Int], scale: Rational) {
    self.code = code
    self.dimensions = dimensions
    self.scale = scale
  }

  /// The unit of plain numbers.
  package static let one = Unit(code: "1", dimensions: [:], scale: .one)

  /// The unit of a product of two quantities.
  package static func * (a: Unit, b: Unit) -> Unit {
    let dimensions = a.dimensions.merging(b.dimensions, uniquingKeysWith: +)
    let code = [a.code, b.code].map { $0.contains("/") ? "(\($0))" : $0 }.joined(separator: ".")
    return Unit(
      code: code, dimensions: dimensions.filter { $0.value != 0 }, scale: a.scale * b.scale)
  }

  /// The unit of a quotient of two quantities.
  package static func / (a: Unit, b: Unit) -> Unit {
    let dimensions = a.dimensions.merging(b.dimensions.mapValues { -$0 }, uniquingKeysWith: +)
    let divisor = b.code.contains(where: { "./".contains($0) }) ? "(\(b.code))" : b.code
    return Unit(
      code: "\(a.code)/\(divisor)", dimensions: dimensions.filter { $0.value != 0 },
      scale: (try? a.scale / b.scale) ?? .one)
  }
}

extension Unit: Hashable {
  package static func == (a: Unit, b: Unit) -> Bool {
    a.dimensions == b.dimensions && a.scale == b.scale
  }
  package func hash(into hasher: inout Hasher) {
    hasher.combine(dimensions)
    hasher.combine(scale)
  }
}

/// Recursive descent over a unit code; nesting is bounded by the code's length, at most 100 bytes.
private struct UnitParser {
  typealias Parsed = (dimensions: [String: Int], scale: Rational)
  private let characters: [Character]
  private var index = 0

  init(_ code: String) { characters = code.utf8.count <= 100 ? Array(code) : [] }

  mutating func whole() -> Parsed? {
    guard !characters.isEmpty, let term = term(), index == characters.count else { return nil }
    return term
  }

  private var next: Character? { index < characters.count ? characters[index] : nil }

  private mutating func term() -> Parsed? {
    guard var result = factor() else { return nil }
    while let sign = next, sign == "." || sign == "/" {
      index += 1
      guard let right = factor() else { return nil }
      let direction = sign == "." ? 1 : -1
      result.dimensions.merge(right.dimensions.mapValues { direction * $0 }, uniquingKeysWith: +)
      result.dimensions = result.dimensions.filter { $0.value != 0 }
      guard let scale = sign == "." ? result.scale * right.scale : try? result.scale / right.scale
      else { return nil }
      result.scale = scale
    }
    return result
  }

  private mutating func factor() -> Parsed? {
    if next == "(" {
      index += 1
      guard let inner = term(), next == ")" else { return nil }
      index += 1
      return inner
    }
    var name = ""
    while let character = next, !"./(){".contains(character) {
      name.append(character)
      index += 1
    }
    var annotation: String?
    if next == "{" {
      guard let end = characters[index...].firstIndex(of: "}") else { return nil }
      annotation = String(characters[(index + 1)..<end])
      index = end + 1
    }
    if name.isEmpty {
      guard let annotation, !annotation.isEmpty else { return nil }
      return (["{\(annotation)}": 1], .one)
    }
    if name.hasPrefix("10*") {
      guard annotation == nil, let power = Int(name.dropFirst(3)), (0...18).contains(power),
        let scale = Rational("1e\(power)")
      else { return nil }
      return ([:], scale)
    }
    guard var parsed = Atom.parse(name) else { return nil }
    if let annotation { parsed.dimensions["{\(annotation)}"] = 1 }
    return parsed
  }
}

/// The atoms that ESG figures are printed in, with their exact scales.
private enum Atom {
  /// Mass in kilograms, volume in cubic metres, energy in joules, time in hours.
  /// Btu: International Table, 1055.05585262 J (ISO 31-4:1992, annex).
  private static let table: [String: (dimensions: [String: Int], scale: String, prefixes: Bool)] = [
    "g": (["mass": 1], "0.001", true), "t": (["mass": 1], "1000", false),
    "m3": (["volume": 1], "1", false), "L": (["volume": 1], "0.001", true),
    "J": (["energy": 1], "1", true), "W.h": (["energy": 1], "3600", true),
    "Wh": (["energy": 1], "3600", true), "Btu": (["energy": 1], "1055.05585262", true),
    "h": (["time": 1], "1", false), "d": (["time": 1], "24", false),
    "m2": (["area": 1], "1", false), "%": ([:], "0.01", false), "1": ([:], "1", false),
    "W": (["energy": 1, "time": -1], "3600", true),
    "CNY": (["{CNY}": 1], "1", false), "HKD": (["{HKD}": 1], "1", false),
    "USD": (["{USD}": 1], "1", false), "EUR": (["{EUR}": 1], "1", false),
  ]
  private static let prefixes: [Character: String] = [
    "k": "1000", "M": "1000000", "G": "1000000000", "T": "1000000000000", "m": "0.001",
  ]

  static func parse(_ name: String) -> (dimensions: [String: Int], scale: Rational)? {
    if let atom = table[name], let scale = Rational(atom.scale) { return (atom.dimensions, scale) }
    guard let first = name.first, let prefix = prefixes[first].flatMap({ Rational($0) }),
      let atom = table[String(name.dropFirst())], atom.prefixes, let scale = Rational(atom.scale)
    else { return nil }
    return (atom.dimensions, prefix * scale)
  }
}
