extension CanonicalJSON {
  /// Arrays and objects within each other, at most.
  package static let depthMax = 32

  /// Reads bytes that `bytes` could have written; any other spelling of the same value is refused.
  ///
  /// Throws `jsonMalformed` for what is no JSON of this kind, `jsonNotCanonical` for another
  /// spelling.
  package init(parsing bytes: some Collection<UInt8>) throws {
    var parser = Parser(input: Array(bytes))
    self = try parser.whole()
  }

  private struct Parser {
    let input: [UInt8]
    var at = 0

    init(input: [UInt8]) { self.input = input }

    mutating func whole() throws -> CanonicalJSON {
      let value = try value(depth: 0)
      guard at == input.count else { throw malformed("more after the value") }
      return value
    }

    private mutating func value(depth: Int) throws -> CanonicalJSON {
      guard depth <= CanonicalJSON.depthMax else { throw malformed("nested too deep") }
      switch peek {
      case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
      case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
      case UInt8(ascii: "\""): return .string(try string())
      case UInt8(ascii: "t"): return try word("true", .bool(true))
      case UInt8(ascii: "f"): return try word("false", .bool(false))
      case UInt8(ascii: "n"): return try word("null", .null)
      default: return .integer(try integer())
      }
    }

    private mutating func object(depth: Int) throws -> Object {
      var object = Object()
      at += 1
      if take("}") { return object }
      var last: String?
      repeat {
        let key = try string()
        if let last, !last.utf8.lexicographicallyPrecedes(key.utf8) {
          throw TrailError(.jsonNotCanonical, "key out of order or twice at byte \(at)")
        }
        guard take(":") else { throw malformed("no colon after a key") }
        object.append(key, try value(depth: depth))
        last = key
      } while take(",")
      guard take("}") else { throw malformed("object not closed") }
      return object
    }

    private mutating func array(depth: Int) throws -> [CanonicalJSON] {
      var elements: [CanonicalJSON] = []
      at += 1
      if take("]") { return elements }
      repeat { elements.append(try value(depth: depth)) } while take(",")
      guard take("]") else { throw malformed("array not closed") }
      return elements
    }

    private mutating func word(_ word: String, _ value: CanonicalJSON) throws -> CanonicalJSON {
      guard input[at...].starts(with: word.utf8) else { throw malformed("no value") }
      at += word.utf8.count
      return value
    }

    private mutating func integer() throws -> Int64 {
      let start = at
      while let byte = peek, byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte) { at += 1 }
      let text = String(decoding: input[start..<at], as: UTF8.self)
      guard let number = Int64(text) else { throw malformed("no value or a number out of range") }
      guard String(number) == text else {
        throw TrailError(.jsonNotCanonical, "number \(text) is not in its shortest form")
      }
      return number
    }

    private mutating func string() throws -> String {
      guard take("\"") else { throw malformed("no string") }
      var start = at
      var content: [UInt8] = []
      while let byte = peek, byte != UInt8(ascii: "\"") {
        guard byte >= 0x20 else { throw malformed("control character in a string") }
        at += 1
        if byte == UInt8(ascii: "\\") {
          content += input[start..<(at - 1)]
          content.append(try escape())
          start = at
        }
      }
      let rest = input[start..<at]
      guard take("\"") else { throw malformed("string not closed") }
      let text =
        content.isEmpty
        ? String(validating: rest, as: UTF8.self)
        : String(validating: content + rest, as: UTF8.self)
      guard let text else { throw malformed("string is not UTF-8") }
      return text
    }

    private mutating func escape() throws -> UInt8 {
      guard let letter = peek else { throw malformed("string not closed") }
      at += 1
      switch letter {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): return letter
      case UInt8(ascii: "b"): return 0x08
      case UInt8(ascii: "t"): return 0x09
      case UInt8(ascii: "n"): return 0x0A
      case UInt8(ascii: "f"): return 0x0C
      case UInt8(ascii: "r"): return 0x0D
      case UInt8(ascii: "u"): return try numericEscape()
      default: throw TrailError(.jsonNotCanonical, "needless escape at byte \(at)")
      }
    }

    /// Only the control characters without a letter are written this way.
    private mutating func numericEscape() throws -> UInt8 {
      let digits = input[at...].prefix(4)
      let lettered: [UInt8] = [0x08, 0x09, 0x0A, 0x0C, 0x0D]
      guard let bytes = Hex.bytes(digits), bytes.count == 2, bytes[0] == 0, bytes[1] < 0x20,
        !lettered.contains(bytes[1])
      else { throw TrailError(.jsonNotCanonical, "needless or malformed escape at byte \(at)") }
      at += 4
      return bytes[1]
    }

    private var peek: UInt8? { at < input.count ? input[at] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard peek == UInt8(ascii: character) else { return false }
      at += 1
      return true
    }

    private func malformed(_ why: String) -> TrailError {
      TrailError(.jsonMalformed, "\(why) at byte \(at)")
    }
  }
}
