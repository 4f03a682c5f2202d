extension CanonicalJSON {
  /// The one spelling of this value: a leaf of the log is exactly these bytes.
  package var bytes: [UInt8] {
    var out: [UInt8] = []
    write(to: &out)
    return out
  }

  /// The bytes as text.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  private func write(to out: inout [UInt8]) {
    switch self {
    case .null: out += Array("null".utf8)
    case .bool(let value): out += Array((value ? "true" : "false").utf8)
    case .integer(let number): out += Array(String(number).utf8)
    case .string(let text): CanonicalJSON.write(text, to: &out)
    case .array(let elements):
      out.append(UInt8(ascii: "["))
      for (position, element) in elements.enumerated() {
        if position > 0 { out.append(UInt8(ascii: ",")) }
        element.write(to: &out)
      }
      out.append(UInt8(ascii: "]"))
    case .object(let object):
      out.append(UInt8(ascii: "{"))
      for (position, member) in object.members.enumerated() {
        if position > 0 { out.append(UInt8(ascii: ",")) }
        CanonicalJSON.write(member.key, to: &out)
        out.append(UInt8(ascii: ":"))
        member.value.write(to: &out)
      }
      out.append(UInt8(ascii: "}"))
    }
  }

  private static func write(_ text: String, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
      case 0x20...: out.append(byte)
      default: out += escape(of: byte)
      }
    }
    out.append(UInt8(ascii: "\""))
  }

  /// Escape of a control character: five have a letter, the rest four hexadecimal digits.
  private static func escape(of control: UInt8) -> [UInt8] {
    switch control {
    case 0x08: Array("\\b".utf8)
    case 0x09: Array("\\t".utf8)
    case 0x0A: Array("\\n".utf8)
    case 0x0C: Array("\\f".utf8)
    case 0x0D: Array("\\r".utf8)
    default: Array("\\u00".utf8) + Array(Hex.text([control]).utf8)
    }
  }
}
