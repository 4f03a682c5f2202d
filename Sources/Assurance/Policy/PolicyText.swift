/// Bounds on YAML before it is parsed.
///
/// A file in which a few names stand for each other unfolds to billions of values, and nothing that
/// people write here needs names: anchors and aliases are refused. Nesting is counted because the
/// parser calls itself for each level.
struct PolicyText {
  static let bytesMax = 4 << 20
  /// Lists within lists, and spaces before a line.
  static let depthMax = 64
  static let indentMax = 200

  private let file: String
  /// Lists and mappings in brackets that are open.
  private var flowDepth = 0
  private var quote: UInt8?

  static func check(_ text: String, file: String) throws(AssureError) {
    guard text.utf8.count <= bytesMax else {
      throw AssureError(
        "policy-too-large", place: file,
        "the file has \(text.utf8.count) bytes, more than the bound of \(bytesMax)",
        remedy: "policies and settings are short; is this the right file?")
    }
    var state = PolicyText(file: file)
    let lines = Array(text.utf8).split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() { try state.check(line, number: index + 1) }
  }

  private init(file: String) { self.file = file }

  /// - Parameter line: without its end.
  private mutating func check(_ line: ArraySlice<UInt8>, number: Int) throws(AssureError) {
    guard line.prefix(while: { $0 == UInt8(ascii: " ") }).count <= Self.indentMax else {
      throw tooDeep(number)
    }
    /// Whether a value can begin here: at the start, and behind what introduces one.
    var canBegin = true
    var inLine = 0
    var index = line.startIndex
    while index < line.endIndex {
      let byte = line[index]
      index += 1
      if let open = quote {
        if byte == open { quote = nil }
        continue
      }
      let isBeforeSpace = index == line.endIndex || line[index] <= 32
      switch byte {
      case UInt8(ascii: "&") where canBegin && !isBeforeSpace,
        UInt8(ascii: "*") where canBegin && !isBeforeSpace:
        throw AssureError(
          "policy-anchor", place: "\(file):\(number)",
          "values that stand for others (`&` and `*`) are not read",
          remedy: "write the value out, or put the text in double quotes")
      case UInt8(ascii: "#") where canBegin: return
      case UInt8(ascii: "\"") where canBegin, UInt8(ascii: "'") where canBegin: quote = byte
      case UInt8(ascii: "[") where canBegin, UInt8(ascii: "{") where canBegin: flowDepth += 1
      case UInt8(ascii: "]") where flowDepth > 0, UInt8(ascii: "}") where flowDepth > 0:
        flowDepth -= 1
      case UInt8(ascii: "-") where canBegin && isBeforeSpace,
        UInt8(ascii: "?") where canBegin && isBeforeSpace:
        inLine += 1
      case UInt8(ascii: ":") where isBeforeSpace: canBegin = true
      case UInt8(ascii: ",") where flowDepth > 0: canBegin = true
      case 0...32: break
      default: canBegin = false
      }
      guard flowDepth + inLine <= Self.depthMax else { throw tooDeep(number) }
    }
  }

  private func tooDeep(_ number: Int) -> AssureError {
    AssureError(
      "policy-too-deep", place: "\(file):\(number)",
      "values are nested deeper than the bound of \(Self.depthMax)", remedy: "write it flat")
  }
}
