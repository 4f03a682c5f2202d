import Assurance
import CLibXML2

/// Parses XML: what is plain by ``PlainMarkup``, all else with libxml2's SAX2 interface, which
/// pulls its bytes.
enum XMLReader {
  /// Who reads.
  enum Lane {
    case plainFirst
    /// Libxml2 alone.
    case whole
    /// As the first, with a window of so many bytes.
    case plainWindow(Int)
  }

  /// libxml2's own set-up is not safe on several threads at once; Swift's is.
  private static let isReady: Bool = {
    xmlInitParser()
    return true
  }()

  /// Parses a whole document.
  ///
  /// What the handler was given counts only if this returns: libxml2 delivers the rows before it
  /// finds that a document is cut off or not well-formed.
  /// - Throws: the handler's failure, the input's, or `xml-…` with the line.
  static func parse(
    _ input: ByteInput, handler: XMLHandler, place: String, lane: Lane = .plainFirst
  ) throws {
    _ = isReady
    handler.document = place
    var sax = callbacks()
    let guarded = GuardedInput(input, handler: handler)
    let source = SourceOfBytes(guarded)
    guard
      let context = xmlCreateIOParserCtxt(
        &sax, Unmanaged.passUnretained(handler).toOpaque(), readInput, nil,
        Unmanaged.passUnretained(source).toOpaque(), XML_CHAR_ENCODING_NONE)
    else {
      if let failure = guarded.failure { throw failure }
      throw AssureError("xml-unreadable", place: place, "the parser could not start")
    }
    defer { free(context) }
    // No network, entities as text (attributes then arrive decoded), never the option that lifts
    // libxml2's own limits.
    xmlCtxtUseOptions(
      context,
      Int32(XML_PARSE_NONET.rawValue) | Int32(XML_PARSE_NOENT.rawValue)
        | (input.isTranscoded ? Int32(XML_PARSE_IGNORE_ENC.rawValue) : 0))
    // Errors without a document (converters, input) would else be printed by libxml2.
    xmlSetStructuredErrorFunc(nil) { _, _ in }
    handler.context = context
    handler.depth = 0
    handler.forgetNames()
    handler.prepare()
    let code = withExtendedLifetime((handler, guarded, source)) {
      read(source, handler: handler, context: context, lane: lane)
    }
    handler.context = nil
    if let foreign = handler.foreign { throw foreign }
    if let failure = handler.failure { throw failure }
    if let failure = guarded.failure { throw failure }
    guard code == 0, context.pointee.wellFormed == 1 else {
      let bad = Int32(bitPattern: XML_ERR_INVALID_CHAR.rawValue)
      var complaint = handler.complaint
      let ends = [XML_ERR_DOCUMENT_END, XML_ERR_TAG_NOT_FINISHED].map(\.rawValue)
      // A converter that meets bad bytes ends the input there, and the rest is left over.
      if let last = complaint, ends.contains(UInt32(bitPattern: last.code)),
        unconverted(context) > 4
      {
        complaint = ("bytes are no text of it", last.line, bad)
      }
      throw refusal(complaint, code: code, place: place, likely: input.likelyEncoding)
    }
    guard isSpent(context) else {
      throw AssureError(
        "xml-not-well-formed", place: place, "bytes stand behind the end of the document",
        remedy: "the file is damaged; ask for the export again")
    }
  }

  /// Reads what is plain, and has libxml2 read the rest; returns libxml2's code.
  private static func read(
    _ source: SourceOfBytes, handler: XMLHandler, context: xmlParserCtxtPtr, lane: Lane
  ) -> Int32 {
    var windowBytes = PlainMarkup.windowBytes
    switch lane {
    case .whole: return xmlParseDocument(context)
    case .plainWindow(let bytes): windowBytes = bytes
    case .plainFirst: if handler.readsNamespaces { return xmlParseDocument(context) }
    }
    var markup = PlainMarkup(
      source.input, handler: handler, context: context, windowBytes: windowBytes)
    guard case .handedOver(let rest) = markup.run() else {
      context.pointee.wellFormed = 1
      return 0
    }
    source.input = rest
    handler.replay = rest
    handler.replayed = 0
    context.pointee.input.pointee.line = Int32(truncatingIfNeeded: rest.lines[0])
    if rest.replayed > 0 {
      context.pointee.sax.pointee.startElementNs = { user, _, _, _, _, _, _, _, _ in
        guard let user else { return }
        Unmanaged<XMLHandler>.fromOpaque(user)._withUnsafeGuaranteedRef { $0.tagReplayed() }
      }
    }
    return xmlParseDocument(context)
  }

  /// Whether nothing is left of the input: a zero byte or half a character ends the parse without
  /// an error.
  private static func isSpent(_ context: xmlParserCtxtPtr) -> Bool {
    guard let input = context.pointee.input else { return true }
    if input.pointee.cur < input.pointee.end { return false }
    return unconverted(context) == 0
  }

  /// The bytes that a converter of encodings has left over.
  private static func unconverted(_ context: xmlParserCtxtPtr) -> Int {
    guard let buffer = context.pointee.input?.pointee.buf, buffer.pointee.encoder != nil,
      let raw = buffer.pointee.raw
    else { return 0 }
    return Int(xmlBufUse(raw))
  }

  private static func free(_ context: xmlParserCtxtPtr) {
    // SAX without a tree leaves no document, except after some errors.
    if let document = context.pointee.myDoc { xmlFreeDoc(document) }
    context.pointee.myDoc = nil
    xmlFreeParserCtxt(context)
  }

  fileprivate static func callbacks() -> xmlSAXHandler {
    var sax = xmlSAXHandler()
    sax.initialized = UInt32(XML_SAX2_MAGIC)
    sax.startElementNs = { user, name, _, namespace, _, _, count, _, attributes in
      guard let user, let name else { return }
      Unmanaged<XMLHandler>.fromOpaque(user)._withUnsafeGuaranteedRef { handler in
        handler.began(name, namespace, XMLAttributes(base: attributes, count: Int(count)))
      }
    }
    sax.endElementNs = { user, name, _, namespace in
      guard let user, let name else { return }
      Unmanaged<XMLHandler>.fromOpaque(user)._withUnsafeGuaranteedRef { handler in
        handler.depth -= 1
        handler.end(name, namespace)
      }
    }
    sax.characters = { user, text, count in
      guard let user, let text else { return }
      Unmanaged<XMLHandler>.fromOpaque(user)._withUnsafeGuaranteedRef { $0.text(text, Int(count)) }
    }
    sax.ignorableWhitespace = sax.characters
    sax.cdataBlock = sax.characters
    sax.internalSubset = { user, _, _, _ in
      guard let user else { return }
      Unmanaged<XMLHandler>.fromOpaque(user)._withUnsafeGuaranteedRef { handler in
        handler.fail(
          "xml-doctype", "the document declares a DOCTYPE, which can carry entities",
          remedy: "export it again without a document type; nothing in it was expanded or opened")
      }
    }
    sax.serror = { user, error in
      guard let user, let error, error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue else {
        return
      }
      Unmanaged<XMLHandler>.fromOpaque(user)._withUnsafeGuaranteedRef { handler in
        handler.complain(error)
      }
    }
    return sax
  }

  private static func refusal(
    _ complaint: (message: String, line: Int, code: Int32)?, code: Int32, place: String,
    likely: String?
  ) -> AssureError {
    let number = complaint?.code ?? code
    let at = "\(place):\(complaint?.line ?? 0)"
    let message = complaint?.message ?? ""
    // One code of libxml2 for a document that stops and for one that goes on after its end.
    let isCut = !message.hasPrefix("Extra content") && !message.hasPrefix("Start tag expected")
    if let limit = ParserLimit.refusal(message, code: UInt32(bitPattern: number), at: at) {
      return limit
    }
    if let character = ParserLimit.forbiddenCharacter(message, at: at) { return character }
    switch UInt32(bitPattern: number) {
    case XML_ERR_DOCUMENT_END.rawValue where isCut, XML_ERR_TAG_NOT_FINISHED.rawValue,
      XML_ERR_DOCUMENT_EMPTY.rawValue where isCut:
      return AssureError(
        "xml-truncated", place: at, "the XML stops before its end",
        remedy: "the file was cut off; ask for the export again")
    case XML_ERR_UNSUPPORTED_ENCODING.rawValue, XML_ERR_INVALID_ENCODING.rawValue,
      XML_ERR_INVALID_CHAR.rawValue, XML_ERR_UNKNOWN_ENCODING.rawValue:
      return AssureError(
        "xml-encoding", place: at,
        "the text is not in the encoding it declares: "
          + (complaint?.message ?? "error \(number)")
          + (likely.map { "; its bytes look like \($0)" } ?? ""),
        remedy: "export it again as UTF-8")
    default:
      return AssureError(
        "xml-not-well-formed", place: at,
        "this is not well-formed XML: " + (complaint?.message ?? "libxml2 error \(number)"),
        remedy: message.hasPrefix("Extra content")
          ? "ask for an export with one root element (in SQL Server: FOR XML …, ROOT('rows'))"
          : "open the file at that line; ask for the export again rather than mend it")
    }
  }
}

extension XMLHandler {
  final func began(
    _ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes
  ) {
    depth += 1
    if depth > bounds.depthMax {
      fail(
        "xml-too-deep", "elements are nested deeper than the bound of \(bounds.depthMax)",
        remedy: "no export nests so deep; ask who made the file")
    } else if attributes.count > bounds.attributesMax {
      fail(
        "xml-too-many-attributes",
        "an element has \(attributes.count) attributes, more than the bound of"
          + " \(bounds.attributesMax)", remedy: "ask who made the file")
    } else if isTooLong(name) {
      fail(
        "xml-name-too-long", "a name is longer than the bound of \(bounds.nameBytesMax) bytes",
        remedy: "ask who made the file")
    } else if !hasFailed {
      start(name, namespace, attributes)
    }
  }

  /// A start tag that ``HandedOver`` wrote once more was read: the handler knows it.
  fileprivate final func tagReplayed() {
    guard let replay, let context else { return }
    replayed += 1
    context.pointee.input.pointee.line = Int32(truncatingIfNeeded: replay.lines[replayed])
    guard replayed == replay.replayed else { return }
    // The bracket of the last tag is still to come.
    context.pointee.input.pointee.col = Int32(truncatingIfNeeded: replay.column - 1)
    let sax = XMLReader.callbacks()
    context.pointee.sax.pointee.startElementNs = sax.startElementNs
    guard replay.isBehindRoot else { return }
    // Its end is no news either, and nothing but that can follow.
    context.pointee.sax.pointee.endElementNs = { user, _, _, _ in
      guard let user else { return }
      Unmanaged<XMLHandler>.fromOpaque(user)._withUnsafeGuaranteedRef {
        $0.context?.pointee.sax.pointee.endElementNs = XMLReader.callbacks().endElementNs
      }
    }
  }

  /// Keeps the first fatal error, or the first of all until one is fatal.
  fileprivate final func complain(_ error: xmlErrorPtr) {
    let isFatal = error.pointee.level == XML_ERR_FATAL
    guard complaint == nil || (isFatal && !complaintIsFatal) else { return }
    complaintIsFatal = isFatal
    let message = error.pointee.message.map { String(cString: $0) } ?? "error"
    let isCharacter = error.pointee.code == Int32(XML_ERR_INVALID_CHAR.rawValue)
    let column = isCharacter ? " (column \(error.pointee.int2))" : ""
    complaint = (
      String(message.prefix(200)).trimmingNewlines + column, Int(error.pointee.line),
      error.pointee.code
    )
  }
}

extension String {
  fileprivate var trimmingNewlines: String {
    var text = self
    while let last = text.last, last.isNewline || last == " " { text.removeLast() }
    return text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}

private func readInput(
  _ user: UnsafeMutableRawPointer?, _ buffer: UnsafeMutablePointer<CChar>?, _ count: Int32
) -> Int32 {
  guard let user, let buffer else { return -1 }
  let got = Unmanaged<SourceOfBytes>.fromOpaque(user)._withUnsafeGuaranteedRef {
    $0.input.read(into: UnsafeMutableRawPointer(buffer), count: Int(count))
  }
  return Int32(truncatingIfNeeded: got)
}

/// Where libxml2's bytes come from: the file, or what was left of it.
private final class SourceOfBytes {
  var input: ByteInput

  init(_ input: ByteInput) { self.input = input }
}
