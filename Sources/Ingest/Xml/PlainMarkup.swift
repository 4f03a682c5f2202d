import CLibXML2
import Glibc

/// Reads the plain part of an XML document itself, and leaves the rest to libxml2.
///
/// Nearly every export is plain from its first byte to its last: UTF-8, no document type, names in
/// ASCII, entities that XML itself defines. Of those each byte is looked at about once, where
/// libxml2 looks several times. What is not plain is not judged here: another encoding, a DOCTYPE,
/// a lone carriage return, a token longer than the window, and **every error**. The reading stops
/// before that token and libxml2 goes on from there, told which elements are open, so that what is
/// refused is refused by libxml2 and in its words.
///
/// 1. What is accepted here libxml2 accepts, with the same events in the same order.
/// 2. A token has no effect before it has been read whole.
/// 3. Names and namespaces are pointers of the parse's own dictionary, as libxml2 gives them.
///
/// `PlainMarkupTests` holds 1 against libxml2 over all fixtures and their mutations.
struct PlainMarkup: ~Copyable {
  /// What became of a token.
  enum Token {
    case read
    /// The window ends within it.
    case more
    /// Not plain, or not well-formed.
    case odd
  }

  enum Outcome {
    /// All was read, or the handler or the input failed.
    case finished
    case handedOver(HandedOver)
  }

  struct OpenElement {
    let name: PlainName
    let namespace: XMLName?
    /// How many namespaces were declared around it.
    let declared: Int
    /// Where its tag begins.
    let line: Int
  }

  struct Declaration {
    let prefix: XMLName?
    /// Nil where the default namespace is taken away.
    let uri: XMLName?
  }

  /// Beyond these an element is libxml2's.
  static let depthMax = 200
  static let attributesMax = 64
  static let declarationsMax = 64
  static let windowBytes = 1 << 18

  let handler: XMLHandler
  let context: xmlParserCtxtPtr
  let input: ByteInput
  let bytes: MarkupBytes
  var names: PlainNames

  // The bytes at hand: from `cursor` to `limit`, where a zero byte stands.
  private let window: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  var cursor: UnsafeMutablePointer<UInt8>
  var limit: UnsafeMutablePointer<UInt8>
  private var isAtEnd = false
  private var hasInputFailed = false
  private var isWindowFirst = true
  /// Characters of the line before the window.
  private var columnBefore = 0

  /// The line of `cursor`.
  var line = 1
  var depth = 0
  private var hasRoot = false
  let open: UnsafeMutablePointer<OpenElement>
  let declarations: UnsafeMutablePointer<Declaration>
  var declared = 0
  /// Five pointers each, as in ``XMLAttributes``.
  let attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>
  /// Values of attributes that are not in the window as they are; no longer than what stands there.
  let decoded: UnsafeMutablePointer<UInt8>
  var decodedCount = 0

  init(
    _ input: ByteInput, handler: XMLHandler, context: xmlParserCtxtPtr,
    windowBytes: Int = PlainMarkup.windowBytes
  ) {
    self.input = input
    self.handler = handler
    self.context = context
    bytes = MarkupBytes()
    names = PlainNames(context)
    capacity = windowBytes
    // Names are loaded eight bytes at a time.
    window = .allocate(capacity: windowBytes + 16)
    window.initialize(repeating: 0, count: windowBytes + 16)
    (cursor, limit) = (window, window)
    open = .allocate(capacity: Self.depthMax)
    declarations = .allocate(capacity: Self.declarationsMax)
    attributes = .allocate(capacity: 5 * Self.attributesMax)
    attributes.initialize(repeating: nil, count: 5 * Self.attributesMax)
    decoded = .allocate(capacity: windowBytes + 16)
  }

  deinit {
    window.deallocate()
    open.deallocate()
    declarations.deallocate()
    attributes.deallocate()
    decoded.deallocate()
  }

  mutating func run() -> Outcome {
    guard prolog(), content(), epilog() else {
      return hasInputFailed || handler.hasFailed ? .finished : .handedOver(handOver())
    }
    return .finished
  }

  /// Gets more bytes behind the cursor; false if there are none, or no room for them.
  mutating func refill() -> Bool {
    guard !isAtEnd else { return false }
    if limit - window == capacity {
      guard cursor > window else { return false }
      columnBefore = column
      let kept = limit - cursor
      memmove(window, cursor, kept)
      (cursor, limit) = (window, window + kept)
      isWindowFirst = false
    }
    let got = input.read(into: limit, count: capacity - (limit - window))
    isAtEnd = got <= 0
    hasInputFailed = got < 0
    limit += max(0, got)
    limit.pointee = 0
    return got > 0
  }

  /// Reads a token, with more bytes if it needs them; false if it was not read.
  private mutating func whole(_ token: (inout PlainMarkup) -> Token) -> Bool {
    while true {
      switch token(&self) {
      case .read: return true
      case .odd: return false
      case .more: guard refill() else { return false }
      }
    }
  }

  /// As far as the end of the root's start tag.
  private mutating func prolog() -> Bool {
    while limit - cursor < 6, refill() {}
    if limit - cursor >= 3, cursor[0] == 0xEF, cursor[1] == 0xBB, cursor[2] == 0xBF { cursor += 3 }
    while limit - cursor < 6, refill() {}
    if isNext("<?xml"), bytes.isSpace(cursor[5]) {
      guard whole({ $0.declaration() }) else { return false }
    }
    while true {
      guard misc() else { return false }
      guard limit - cursor >= 2 || refill() else { return false }
      guard limit - cursor >= 2 else { continue }
      guard cursor[1] == UInt8(ascii: "!") || cursor[1] == UInt8(ascii: "?") else { break }
      guard whole({ $0.markup() }) else { return false }
    }
    guard cursor[1] != UInt8(ascii: "/"), whole({ $0.startTag() }) else { return false }
    hasRoot = true
    return true
  }

  /// As far as the end of the root's end tag.
  private mutating func content() -> Bool {
    while depth > 0, !handler.hasFailed {
      guard text(), whole({ $0.markup() }) else { return false }
    }
    return !handler.hasFailed
  }

  /// Nothing but white space, comments and instructions to the end of the input.
  private mutating func epilog() -> Bool {
    while true {
      guard misc() else { return isAtEnd && !hasInputFailed && cursor == limit }
      while limit - cursor < 2 { guard refill() else { return false } }
      let byte = cursor[1]
      guard byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?"), whole({ $0.markup() }) else {
        return false
      }
    }
  }

  /// White space outside the root; true if the next byte is `<`.
  private mutating func misc() -> Bool {
    while true {
      while bytes.isSpace(cursor.pointee) {
        if cursor.pointee == 10 { line += 1 }
        cursor += 1
      }
      if cursor < limit { return cursor.pointee == UInt8(ascii: "<") }
      guard refill() else { return false }
    }
  }

  /// Characters before the cursor in its line.
  private var column: Int {
    var at = cursor
    var count = 0
    while at > window {
      at -= 1
      if at.pointee == 10 { return count }
      if at.pointee & 0xC0 != 0x80 { count += 1 }
    }
    return columnBefore + count
  }

  /// Whether the window goes on with this text.
  func isNext(_ text: StaticString) -> Bool {
    limit - cursor >= text.utf8CodeUnitCount
      && memcmp(cursor, text.utf8Start, text.utf8CodeUnitCount) == 0
  }

  /// What libxml2 needs to go on from the cursor.
  private mutating func handOver() -> HandedOver {
    if !hasRoot, isWindowFirst {
      // A mark or a declaration may be what is odd.
      (cursor, line) = (window, 1)
    }
    var lines: [Int] = []
    // Something has been read: what is left is not an empty document.
    let isNewStart = !isWindowFirst && !hasRoot && !isNext("<?xml")
    var opening = isNewStart ? Array("<?xml version='1.0'?>".utf8) : []
    for index in 0..<depth {
      let element = open[index]
      let next = index + 1 < depth ? open[index + 1].declared : declared
      lines.append(element.line)
      HandedOver.write(
        element.name.whole,
        (element.declared..<next).map { (declarations[$0].prefix, declarations[$0].uri) },
        to: &opening)
    }
    return HandedOver(
      opening: opening, lines: lines + [line], column: column + 1,
      isBehindRoot: hasRoot && depth == 0,
      left: Array(UnsafeBufferPointer(start: cursor, count: limit - cursor)), input: input)
  }
}
