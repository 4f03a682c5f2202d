import Assurance
import Foundation
import Testing

@testable import Ingest

/// What is read without libxml2 is what libxml2 reads, event for event, error for error.
@Suite struct PlainMarkupTests {
  /// The program's own window, and some so small that tokens do not fit and libxml2 goes on.
  private static let windows = [PlainMarkup.windowBytes, 24, 61, 200]

  @Test(arguments: MarkupDocuments.tricky) func tricky(_ document: String) {
    check(Array(document.utf8))
  }

  /// Nothing of an ordinary export is left to libxml2, or the comparison would be with itself.
  @Test(arguments: MarkupDocuments.plain) func plainIsReadPlain(_ document: String) {
    let list = EventList.of(Array(document.utf8), .plainFirst)
    #expect(list.error == nil)
    #expect(!list.isHandedOver && list.events.count > 1)
  }

  /// Whoever stands behind the first odd token, it is libxml2 that reads it.
  @Test(arguments: MarkupDocuments.odd) func oddIsHandedOver(_ document: String) {
    #expect(EventList.of(Array(document.utf8), .plainFirst).isHandedOver)
  }

  /// Of an error that libxml2 finds after taking over.
  @Test func placesAreThoseOfTheFile() {
    let list = EventList.of(Array("<r>\n <a>水</a>\n <b>1\u{1}</b></r>".utf8), .plainFirst)
    #expect(list.isHandedOver && list.error?.hasPrefix("f:3: ") == true)
    #expect(list.error?.contains("(column 6)") == true)
  }

  @Test func fixtures() throws {
    var plain = 0
    let paths = FileManager.default.enumerator(atPath: Corpus.fixtures.path)
    while let path = paths?.nextObject() as? String {
      guard path.hasSuffix(".xml") || path.hasSuffix(".fods") else { continue }
      let bytes = [UInt8](try Data(contentsOf: Corpus.fixtures.appending(path: path)))
      check(bytes, path)
      if !EventList.of(bytes, .plainFirst).isHandedOver { plain += 1 }
    }
    #expect(plain > 15)
  }

  /// Files by other hands, where they lie beside the project.
  @Test func corpus() throws {
    guard let folder = Corpus.shared else { return print("no corpus here: not looked at") }
    let paths = FileManager.default.enumerator(atPath: folder.path)
    while let path = paths?.nextObject() as? String {
      guard [".xml", ".fods", ".xbrl", ".htm"].contains(where: path.hasSuffix),
        let data = try? Data(contentsOf: folder.appending(path: path)), data.count < 1 << 20
      else { continue }
      // Of other encodings libxml2 tells what stands where its buffer happens to end.
      check([UInt8](data), path, windows: [PlainMarkup.windowBytes])
    }
  }

  /// `ASSURE_TEST_MARKUP=N` tries N mutations, `ASSURE_TEST_SEED` others.
  @Test func mutations() {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["ASSURE_TEST_MARKUP"].flatMap(Int.init) ?? 4_000
    var random = SplitMix(state: environment["ASSURE_TEST_SEED"].flatMap(UInt64.init) ?? 3)
    let documents = (MarkupDocuments.plain + MarkupDocuments.plain + MarkupDocuments.tricky)
      .map { Array($0.utf8) }
    var accepted = 0
    for _ in 0..<count {
      var bytes = documents[Int.random(in: 0..<documents.count, using: &random)]
      for _ in 0...Int.random(in: 0...1, using: &random) {
        MarkupDocuments.mutate(&bytes, using: &random)
      }
      let window = Self.windows.randomElement(using: &random) ?? 24
      if check(bytes, windows: [window]) { accepted += 1 }
    }
    print("markup: \(count) mutations, \(accepted) of them well-formed")
    // Most would prove nothing if nearly all were broken, or nearly none.
    #expect(accepted > count / 25 && accepted < count / 2)
  }

  /// Returns whether it is well-formed.
  @discardableResult
  private func check(
    _ bytes: [UInt8], _ name: String = "", windows: [Int] = PlainMarkupTests.windows
  ) -> Bool {
    let reference = EventList.of(bytes, .whole)
    for window in windows {
      let list = EventList.of(bytes, .plainWindow(window))
      let text = String(decoding: bytes.prefix(400), as: UTF8.self)
      // libxml2 counts columns in several ways; here it is characters. A zero byte is to libxml2
      // the end of the document or a wrong character, as its buffer happens to lie.
      let isSame =
        bytes.contains(0)
        ? (list.error == nil) == (reference.error == nil) : list.errorText == reference.errorText
      #expect(isSame, "\(name) window \(window): \(text)")
      #expect(list.shown == reference.shown, "\(name) window \(window): \(text)")
    }
    return reference.error == nil
  }
}

/// Everything that a parse tells, in words.
private final class EventList: XMLHandler {
  private(set) var events: [String] = []
  private var pending: [UInt8] = []
  private(set) var error: String?
  var isHandedOver: Bool { replay != nil }

  /// The error without its column.
  var errorText: String? { error?.replacing(#/ \(column \d+\)/#, with: "") }

  /// Text before an error comes in pieces, of which the last may be missing.
  var shown: [String] {
    error != nil && events.last?.utf8.first == UInt8(ascii: "\"") ? events.dropLast() : events
  }

  static func of(_ bytes: [UInt8], _ lane: XMLReader.Lane) -> EventList {
    let list = EventList(bounds: Bounds())
    do {
      try XMLReader.parse(MemoryInput(bytes), handler: list, place: "f", lane: lane)
    } catch { list.error = "\(error)" }
    list.flush()
    return list
  }

  private func flush() {
    if !pending.isEmpty { events.append("\"" + String(decoding: pending, as: UTF8.self)) }
    pending = []
  }

  private func word(_ name: XMLName?) -> String { name.map { String(cString: $0) } ?? "-" }

  override func start(_ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    flush()
    var event = "+\(word(name)) {\(word(namespace))} line \(line) depth \(depth)"
    for index in 0..<attributes.count {
      let value = String(decoding: attributes.value(index), as: UTF8.self)
      event +=
        " \(word(attributes.name(index))) {\(word(attributes.namespace(index)))}=`\(value)`"
    }
    events.append(event)
  }

  override func end(_ name: XMLName, _ namespace: XMLName?) {
    flush()
    events.append("-\(word(name)) {\(word(namespace))} line \(line) depth \(depth)")
  }

  override func text(_ text: UnsafePointer<UInt8>, _ count: Int) {
    pending.append(contentsOf: UnsafeBufferPointer(start: text, count: count))
  }
}
