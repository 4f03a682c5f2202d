import Testing
import Trail

/// The quick scan accepts what the parser accepts, and hands out the same strings.
@Suite struct CanonicalScanTests {
  private func scan(_ bytes: [UInt8]) -> [String]? {
    var strings: [String] = []
    let isGood = bytes.withUnsafeBufferPointer { line in
      CanonicalScan.check(line) { strings.append(String(decoding: $0, as: UTF8.self)) }
    }
    return isGood ? strings : nil
  }

  private func parsed(_ bytes: [UInt8]) -> [String]? {
    func strings(_ json: CanonicalJSON) -> [String] {
      if let text = json.string { return [text] }
      if let items = json.array { return items.flatMap(strings) }
      return json.object?.members.flatMap { strings($0.value) } ?? []
    }
    return (try? CanonicalJSON(parsing: bytes)).map(strings)
  }

  private static let lines = [
    #"{"actor":"Wong","at":"2022-01-01T00:00:00Z","facts":{"a":[1,-2,"x",null,true],"b":{}},"seq":0}"#,
    #"{"a":"\"\\\n","b":"工作"}"#, "[]", "{}", "-9223372036854775808", "\"\"",
    "9223372036854775807", "[[[\"deep\"]]]",
  ]

  @Test(arguments: lines) func sameAsTheParser(_ line: String) {
    let bytes = Array(line.utf8)
    #expect(parsed(bytes) != nil)
    #expect(scan(bytes) == parsed(bytes))
    for index in bytes.indices {
      for value: UInt8 in [0, 0x22, 0x2C, 0x30, 0x5C, 0x7B, 0x7D, 0x80, 0xFF] {
        var changed = bytes
        changed[index] = value
        #expect(scan(changed) == parsed(changed), "\(index) \(value)")
        changed.insert(value, at: index)
        #expect(scan(changed) == parsed(changed), "\(index) + \(value)")
      }
      #expect(scan(Array(bytes[..<index])) == parsed(Array(bytes[..<index])))
    }
  }

  @Test func refusals() {
    for text in [
      "", " 1", "1 ", "01", "+1", "-0", "1.0", "{\"b\":1,\"a\":2}", "{\"a\":1,\"a\":2}", "[1,]",
      "{\"a\"}", "nul", "\"\u{7}\"", "9223372036854775808",
      String(repeating: "[", count: 40) + String(repeating: "]", count: 40),
    ] {
      #expect(scan(Array(text.utf8)) == nil && parsed(Array(text.utf8)) == nil, "\(text)")
    }
  }
}
