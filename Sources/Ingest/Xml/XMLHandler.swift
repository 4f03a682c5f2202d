import Assurance
import CLibXML2
import Glibc

/// A pointer that libxml2's dictionary made: equal names of one parse have equal pointers.
typealias XMLName = UnsafePointer<UInt8>

/// The attributes of a start tag, lent by the parser.
struct XMLAttributes {
  let base: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  let count: Int

  /// Five pointers each: local name, prefix, namespace, value, end of value.
  func name(_ index: Int) -> XMLName? { base?[index * 5] }
  func namespace(_ index: Int) -> XMLName? { base?[index * 5 + 2] }
  func value(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    guard let base, let start = base[index * 5 + 3], let end = base[index * 5 + 4] else {
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    return UnsafeBufferPointer(start: start, count: end - start)
  }

  /// The value of the attribute of that name in any namespace, or nil.
  func value(of name: XMLName?) -> UnsafeBufferPointer<UInt8>? {
    guard let name else { return nil }
    for index in 0..<count where self.name(index) == name { return value(index) }
    return nil
  }

  func text(of name: XMLName?) -> String? {
    value(of: name).map { String(decoding: $0, as: UTF8.self) }
  }

  func integer(of name: XMLName?) -> Int? { value(of: name).flatMap { Int(asciiDigits: $0) } }
}

/// Receives the elements and text of one XML document. One subclass a format.
///
/// A class with overridable methods: a C callback can't carry a generic type, and a call through
/// the class table was measured to cost nothing beside the parser.
class XMLHandler {
  /// Set by the reader for the time of the parse.
  final var context: xmlParserCtxtPtr?
  final var failure: AssureError? { didSet { hasFailed = true } }
  /// Set with the first failure: asked for each element, where the failure itself costs a copy.
  private(set) final var hasFailed = false
  final var depth = 0
  /// The first error that libxml2 reported, in its words, with its line.
  final var complaint: (message: String, line: Int, code: Int32)?
  final var complaintIsFatal = false
  final var document = ""
  final let bounds: Bounds
  /// Names that were measured, one a slot: a document has few, each at one address.
  fileprivate final let measured: UnsafeMutablePointer<XMLName?>
  fileprivate static let measuredMax = 64

  init(bounds: Bounds) {
    self.bounds = bounds
    measured = .allocate(capacity: Self.measuredMax)
    measured.initialize(repeating: nil, count: Self.measuredMax)
  }

  deinit { measured.deallocate() }

  /// Whether a name is longer than the bound.
  final func isTooLong(_ name: XMLName) -> Bool {
    // The dictionary puts names close together; the high bits of a product tell them apart.
    let slot = Int(truncatingIfNeeded: (UInt(bitPattern: name) &* 0x9E37_79B9_7F4A_7C15) >> 58)
    if measured[slot] == name { return false }
    guard strnlen(name, bounds.nameBytesMax + 1) <= bounds.nameBytesMax else { return true }
    measured[slot] = name
    return false
  }

  /// Forgets the names of the parse before: another dictionary may put others there.
  final func forgetNames() { measured.update(repeating: nil, count: Self.measuredMax) }

  /// Whether it looks into the parser's table of namespaces, which libxml2 alone keeps.
  var readsNamespaces: Bool { false }
  /// What the parser is told once more, and how many tags of it were.
  final var replay: HandedOver?
  final var replayed = 0

  /// Called once before the first element: the place to look names up.
  func prepare() {}
  func start(_ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes) {}
  func end(_ name: XMLName, _ namespace: XMLName?) {}
  func text(_ text: UnsafePointer<UInt8>, _ count: Int) {}

  /// The dictionary's pointer for a name.
  final func name(_ text: StaticString) -> XMLName? {
    guard let context else { return nil }
    return xmlDictLookup(
      context.pointee.dict, text.utf8Start, Int32(truncatingIfNeeded: text.utf8CodeUnitCount))
  }

  /// The line of the tag being read, from 1.
  final var line: Int {
    guard let input = context?.pointee.input else { return 0 }
    return Int(input.pointee.line)
  }

  /// Ends the parse with an error.
  final func fail(_ error: AssureError) {
    guard !hasFailed else { return }
    failure = error
    if let context { xmlStopParser(context) }
  }

  final func fail(_ code: String, _ reason: String, remedy: String) {
    fail(AssureError(code, place: "\(document):\(line)", reason, remedy: remedy))
  }

  /// Two sheets of one name: a locator would not say which is meant.
  final func failSheet(_ name: String) {
    fail(
      "sheet-twice", "two sheets are called `\(name)`",
      remedy: "rename one in a spreadsheet program, or ask for another export")
  }

  /// Runs a step that may throw, and ends the parse with what it throws.
  final func attempt(_ step: () throws -> Void) {
    guard !hasFailed else { return }
    do { try step() } catch let error as AssureError { fail(error) } catch {
      foreign = error
      if let context { xmlStopParser(context) }
    }
  }

  /// What a sink threw that is not an ``AssureError``.
  final var foreign: (any Error)? { didSet { hasFailed = true } }
}
