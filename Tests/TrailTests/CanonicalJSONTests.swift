import Foundation
import Testing

@testable import Trail

@Suite struct CanonicalJSONTests {
  /// Lines that another program (Python, sorted keys, tight separators) wrote.
  @Test func linesOfTheExamplePackComeBackByteForByte() throws {
    for file in ["pack/data/trail/events.jsonl", "pack/seal/events-after-seal.jsonl"] {
      let lines = try Fixtures.bytes(file).split(separator: 0x0A)
      #expect(!lines.isEmpty)
      for line in lines {
        #expect(try CanonicalJSON(parsing: line).bytes == Array(line))
      }
    }
  }

  static let spelled: [(CanonicalJSON, String)] = [
    (.null, "null"), (true, "true"), (false, "false"),
    (0, "0"), (-1, "-1"), (.integer(.max), "9223372036854775807"),
    (.integer(.min), "-9223372036854775808"),
    ("", "\"\""), ("Núñez €", "\"Núñez €\""), ("a/b", "\"a/b\""),
    ("\u{8}\t\n\u{C}\r\"\\\u{1}\u{1F}\u{7F}", #""\b\t\n\f\r\"\\\u0001\u001f"# + "\u{7F}\""),
    ([], "[]"), ([1, [true]], "[1,[true]]"), ([:], "{}"),
    (["b": 1, "a": ["z": .null, "B": "x"], "": 2], #"{"":2,"a":{"B":"x","z":null},"b":1}"#),
    // By UTF-8 bytes U+FFFD (EF…) comes before U+1F600 (F0…); by UTF-16 units it would not.
    (["\u{1F600}": 1, "\u{FFFD}": 2], "{\"\u{FFFD}\":2,\"\u{1F600}\":1}"),
  ]

  @Test func oneSpelling() throws {
    for (value, text) in CanonicalJSONTests.spelled {
      #expect(value.text == text)
      #expect(try CanonicalJSON(parsing: Array(text.utf8)) == value)
    }
  }

  /// Swift takes "é" and "e" + U+0301 for one String; their bytes differ, so they are two keys.
  @Test func canonicallyEquivalentKeysStayTwo() throws {
    let value: CanonicalJSON = ["\u{E9}": 1, "e\u{301}": 2]
    #expect(value.object?.members.count == 2)
    #expect(value["\u{E9}"]?.integer == 1)
    #expect(value["e\u{301}"]?.integer == 2)
    #expect(CanonicalJSON.string("\u{E9}") != CanonicalJSON.string("e\u{301}"))
    #expect(try CanonicalJSON(parsing: value.bytes) == value)
  }

  static let otherSpellings = [
    " 1", "1 ", "+1", "01", "-0", "1.0", "1e2", "{\"b\":1,\"a\":2}", "{\"a\":1,\"a\":1}",
    "{ \"a\":1}", "[1, 2]", #""\/""#, #""\u0041""#, #""\u000a""#, #""\u001F""#, #""\u0000"#,
    #""\ud83d\ude00""#, "\"\u{1}\"", "{\"a\":1,}", "[1,]", "", "tru", "nul", "\"a", "{\"a\"}",
    "[", "{", "{1:2}", "9223372036854775808", "1\n", "\"\\", "--1", "-", #""\x""#,
  ]

  @Test(arguments: otherSpellings) func otherSpellingsAreRefused(_ text: String) {
    let error = #expect(throws: TrailError.self) { try CanonicalJSON(parsing: Array(text.utf8)) }
    #expect([.jsonMalformed, .jsonNotCanonical].contains(error?.code))
  }

  @Test func brokenUTF8AndDeepNestingAreRefused() {
    for bytes: [UInt8] in [
      [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0xEF, 0xBB, 0xBF],
    ] {
      #expect(throws: TrailError.self) { try CanonicalJSON(parsing: bytes) }
    }
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    #expect(throws: TrailError.self) { try CanonicalJSON(parsing: deep) }
  }

  @Test func membersAreSetReplacedAndRemoved() {
    var object: CanonicalJSON.Object = ["b": 1]
    object["a"] = "x"
    object["b"] = 2
    object["c"] = nil
    #expect(CanonicalJSON.object(object).text == #"{"a":"x","b":2}"#)
    object["a"] = nil
    #expect(CanonicalJSON.object(object).text == #"{"b":2}"#)
    #expect(object["a"] == nil)
  }
}
