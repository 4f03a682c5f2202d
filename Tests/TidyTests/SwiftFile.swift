/// A Swift file, and its code alone: the same lines, and the same bytes of code at the same places,
/// with comments and the insides of string literals blank.
///
/// Knows comments, nested ones too, and string literals with any number of `#` and quotes.
/// Interpolations count as insides. Regular expression literals are not known.
struct SwiftFile: Sendable {
  let path: String
  let lines: [String]
  let code: [String]

  init(path: String, text: String) {
    self.path = path
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var blanking = Blanking(Array(text.utf8))
    code = blanking.run().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The room or test target: the second part of the path.
  var room: String { String(path.split(separator: "/")[1]) }
}

private struct Blanking {
  let source: [UInt8]
  var at = 0
  var result: [UInt8] = []

  init(_ source: [UInt8]) { self.source = source }

  mutating func run() -> String {
    result.reserveCapacity(source.count)
    while at < source.count {
      let byte = source[at]
      if byte != Self.slash, byte != Self.quote, byte != Self.hash {
        keep()
      } else if starts("//") {
        blank { $0.source[$0.at] == Self.newline }
      } else if starts("/*") {
        blankComment()
      } else if let hashes = literalStart() {
        blankLiteral(hashes)
      } else {
        keep()
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static let newline = UInt8(ascii: "\n")
  private static let slash = UInt8(ascii: "/")
  private static let quote = UInt8(ascii: "\"")
  private static let hash = UInt8(ascii: "#")

  private func starts(_ text: String) -> Bool {
    let end = at + text.utf8.count
    return end <= source.count && source[at..<end].elementsEqual(text.utf8)
  }

  private mutating func keep() {
    result.append(source[at])
    at += 1
  }

  private mutating func drop(_ count: Int = 1) {
    for _ in 0..<count where at < source.count {
      result.append(source[at] == Self.newline ? Self.newline : UInt8(ascii: " "))
      at += 1
    }
  }

  private mutating func blank(until stop: (Self) -> Bool) {
    while at < source.count, !stop(self) { drop() }
  }

  private mutating func blankComment() {
    var depth = 0
    repeat {
      if starts("/*") {
        depth += 1
        drop(2)
      } else if starts("*/") {
        depth -= 1
        drop(2)
      } else {
        drop()
      }
    } while depth > 0 && at < source.count
  }

  /// The number of `#` before a quote here; nothing if no literal starts here.
  private func literalStart() -> Int? {
    var place = at
    while place < source.count, source[place] == UInt8(ascii: "#") { place += 1 }
    return place < source.count && source[place] == UInt8(ascii: "\"") ? place - at : nil
  }

  private mutating func blankLiteral(_ hashes: Int) {
    let marks = String(repeating: "#", count: hashes)
    drop(hashes)
    let quote = starts("\"\"\"") ? "\"\"\"" : "\""
    drop(quote.count)
    var depth = 0
    while at < source.count {
      if starts("\\" + marks + "(") {
        depth += 1
        drop(hashes + 2)
      } else if depth > 0 {
        step(into: &depth)
      } else if starts("\\" + marks) {
        drop(hashes + 2)
      } else if starts(quote + marks) {
        drop(quote.count + hashes)
        return
      } else {
        drop()
      }
    }
  }

  /// One step inside an interpolation, which may hold literals of its own.
  private mutating func step(into depth: inout Int) {
    if let hashes = literalStart() {
      blankLiteral(hashes)
      return
    }
    if source[at] == UInt8(ascii: "(") { depth += 1 }
    if source[at] == UInt8(ascii: ")") { depth -= 1 }
    drop()
  }
}
