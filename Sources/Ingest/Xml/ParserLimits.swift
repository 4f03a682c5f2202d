import Assurance
import CLibXML2

/// Watches a parse from the side of its input: what can grow within one tag is not seen by the
/// handler before the tag ends, and libxml2 compares each attribute with all before it.
final class GuardedInput: ByteInput {
  private let input: ByteInput
  private unowned let handler: XMLHandler

  init(_ input: ByteInput, handler: XMLHandler) {
    self.input = input
    self.handler = handler
  }

  /// Called for every few thousand bytes of the document, so that what is met is met soon.
  override func read(into buffer: UnsafeMutableRawPointer, count: Int) -> Int {
    if let context = handler.context, let limit = limit(context) {
      // Not `fail`: the parser can't be stopped while it waits for bytes.
      if handler.failure == nil {
        handler.failure = AssureError(
          limit.code, place: "\(handler.document):\(handler.line)", limit.reason,
          remedy: "ask who made the file")
      }
      return -1
    }
    let got = input.read(into: buffer, count: count)
    if got < 0 { failure = input.failure }
    return got
  }

  private func limit(_ context: xmlParserCtxtPtr) -> (code: String, reason: String)? {
    let bounds = handler.bounds
    // Five pointers an attribute; libxml2 doubles the room when it is full.
    if Int(context.pointee.maxatts) > 10 * (bounds.attributesMax + 16) {
      return (
        "xml-too-many-attributes",
        "an element has more attributes than the bound of \(bounds.attributesMax)"
      )
    }
    // Two pointers a declaration.
    if Int(context.pointee.nsNr) > 2 * bounds.namespacesMax {
      return (
        "xml-too-many-namespaces",
        "more namespaces are declared than the bound of \(bounds.namespacesMax)"
      )
    }
    return nil
  }
}

/// Bounds that libxml2 keeps by itself, and its words for them.
enum ParserLimit {
  /// XML_MAX_TEXT_LENGTH, XML_MAX_LOOKUP_LIMIT and XML_MAX_DICTIONARY_LIMIT, all the same.
  static let bytesMax = 10_000_000

  /// The error that says which bound was met; nil if it was none.
  static func refusal(_ message: String, code: UInt32, at place: String) -> AssureError? {
    if code == XML_ERR_NAME_TOO_LONG.rawValue {
      return AssureError(
        "xml-name-too-long", place: place, "a name is longer than the bound of 50000 bytes",
        remedy: "ask who made the file")
    }
    if code == XML_ERR_NO_MEMORY.rawValue {
      return AssureError(
        "xml-too-many-names", place: place,
        "the names in the file take more than the bound of \(bytesMax) bytes",
        remedy: "ask who made the file")
    }
    if message.hasPrefix("Excessive depth") {
      return AssureError(
        "xml-too-deep", place: place, "elements are nested deeper than the bound of 256",
        remedy: "no export nests so deep; ask who made the file")
    }
    let words = ["too big", "too long", "Huge input", "huge text", "buffer full"]
    guard words.contains(where: { message.contains($0) }) else { return nil }
    return AssureError(
      "xml-markup-too-long", place: place,
      "one attribute, instruction or CDATA section is longer than the bound of"
        + " \(bytesMax) bytes", remedy: "ask who made the file")
  }

  /// The error for a character, written or referred to, that XML forbids; nil if it is another.
  static func forbiddenCharacter(_ message: String, at place: String) -> AssureError? {
    guard message.contains("xmlChar value") || message.contains("Char value") else { return nil }
    return AssureError(
      "xml-forbidden-character", place: place,
      "a control character that XML forbids stands here: \(message)",
      remedy: "ask for another export, such as .xlsx; programs that wrote it can't read it either")
  }
}
