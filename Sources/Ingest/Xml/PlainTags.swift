import CLibXML2
import Glibc

// Tags and what stands in them: names, attributes, namespaces.
extension PlainMarkup {
  /// `<name a="…" b='…'>` or `<name/>`; XML 1.0 § 3.1, Namespaces in XML 1.0 § 5 and 6.
  mutating func startTag() -> Token {
    var at = UnsafePointer(cursor + 1)
    guard let name = name(&at) else { return missing(at) }
    // The slot may be another name's when the attributes have been read.
    let element = name.pointee
    guard element.kind == .ordinary, element.prefix == nil || element.prefix != names.xml,
      depth < Self.depthMax
    else { return .odd }
    let before = declared
    decodedCount = 0
    var (count, lines) = (0, 0)
    var isEmpty = false
    tag: while true {
      let space = skipSpace(&at, &lines)
      switch at.pointee {
      case UInt8(ascii: ">"):
        at += 1
        break tag
      case UInt8(ascii: "/"):
        guard at[1] == UInt8(ascii: ">") else { return undo(before, missing(at + 1)) }
        at += 2
        isEmpty = true
        break tag
      default:
        guard space > 0 else { return undo(before, missing(at)) }
        let token = attribute(&at, &count, &lines, from: before)
        guard token == .read else { return undo(before, token) }
      }
    }
    var namespace: XMLName?
    guard resolve(element.prefix, &namespace), finish(count) else { return undo(before, .odd) }
    let opened = OpenElement(name: element, namespace: namespace, declared: before, line: line)
    line += lines
    cursor += at - UnsafePointer(cursor)
    tellLine()
    handler.began(element.local, namespace, XMLAttributes(base: attributes, count: count))
    guard !isEmpty else {
      declared = before
      if !handler.hasFailed { ended(opened) }
      return .read
    }
    (open + depth).initialize(to: opened)
    depth += 1
    return .read
  }

  /// `</name>`, of the element that is open.
  mutating func endTag() -> Token {
    var at = UnsafePointer(cursor + 2)
    let element = open[depth - 1]
    guard left(at) > element.name.length else { return isEnding(at, element) ? .more : .odd }
    guard isEnding(at, element) else { return .odd }
    at += element.name.length
    var lines = 0
    _ = skipSpace(&at, &lines)
    guard at.pointee == UInt8(ascii: ">") else { return missing(at) }
    line += lines
    cursor += at + 1 - UnsafePointer(cursor)
    depth -= 1
    declared = element.declared
    tellLine()
    ended(element)
    return .read
  }

  private func ended(_ element: OpenElement) {
    handler.depth -= 1
    handler.end(element.name.local, element.namespace)
  }

  /// Whether the bytes at hand are the element's name, as far as they go.
  private func isEnding(_ at: UnsafePointer<UInt8>, _ element: OpenElement) -> Bool {
    memcmp(at, element.name.whole, min(element.name.length, max(0, left(at)))) == 0
  }

  /// What libxml2 would say of where it is.
  mutating func tellLine() {
    context.pointee.input.pointee.line = Int32(truncatingIfNeeded: line)
  }

  /// A name; nil if there is none that is plain, `at` then being where it would have ended.
  private mutating func name(_ at: inout UnsafePointer<UInt8>) -> UnsafePointer<PlainName>? {
    let start = at
    while bytes.isInName(at.pointee) { at += 1 }
    guard at > start, at < limit else { return nil }
    return names.find(start, at - start)
  }

  /// The window ends here, or something stands here that should not.
  func missing(_ at: UnsafePointer<UInt8>) -> Token { at >= limit ? .more : .odd }

  private mutating func undo(_ before: Int, _ token: Token) -> Token {
    declared = before
    return token
  }

  /// Bytes in the window from here on.
  func left(_ at: UnsafePointer<UInt8>) -> Int { UnsafePointer(limit) - at }

  /// Returns how many bytes of white space were passed.
  func skipSpace(_ at: inout UnsafePointer<UInt8>, _ lines: inout Int) -> Int {
    let start = at
    while bytes.isSpace(at.pointee) {
      if at.pointee == 10 { lines += 1 }
      at += 1
    }
    return at - start
  }

  /// `name="value"`, kept as five pointers, or as a namespace.
  private mutating func attribute(
    _ at: inout UnsafePointer<UInt8>, _ count: inout Int, _ lines: inout Int, from before: Int
  ) -> Token {
    guard count < Self.attributesMax else { return .odd }
    guard let found = name(&at) else { return missing(at) }
    let (prefix, local, kind) = (found.pointee.prefix, found.pointee.local, found.pointee.kind)
    _ = skipSpace(&at, &lines)
    guard at.pointee == UInt8(ascii: "=") else { return missing(at) }
    at += 1
    _ = skipSpace(&at, &lines)
    let quote = at.pointee
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return missing(at) }
    at += 1
    var start = at
    var end = at
    let token = value(&at, &start, &end, &lines, quote: quote)
    guard token == .read else { return token }
    guard kind == .ordinary else {
      return declare(kind == .declaresPrefix ? local : nil, start, end - start, from: before)
    }
    let slot = attributes + 5 * count
    (slot[0], slot[1], slot[2], slot[3], slot[4]) = (local, prefix, nil, start, end)
    count += 1
    return .read
  }

  /// The value as far as its quote: in the window where it is what it says, else decoded.
  private mutating func value(
    _ at: inout UnsafePointer<UInt8>, _ start: inout UnsafePointer<UInt8>,
    _ end: inout UnsafePointer<UInt8>, _ lines: inout Int, quote: UInt8
  ) -> Token {
    while true {
      while !bytes.stopsValue(at.pointee) { at += 1 }
      let byte = at.pointee
      if byte == quote {
        end = at
        at += 1
        return .read
      }
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        at += 1
      } else if byte >= 128 {
        let length = MarkupBytes.length(at, before: limit)
        guard length > 0 else { return length < 0 ? .more : .odd }
        at += length
      } else {
        break
      }
    }
    guard at.pointee != UInt8(ascii: "<") else { return .odd }
    guard at < limit else { return .more }
    // From here on the value is made, white space as spaces and references as what they stand for.
    let made = decoded + decodedCount
    let kept = at - start
    memcpy(made, start, kept)
    start = UnsafePointer(made)
    var out = made + kept
    let token = decode(&at, &out, &lines, quote: quote)
    end = UnsafePointer(out)
    decodedCount = out - decoded
    return token
  }

  /// XML 1.0 § 3.3.3, for attributes of no declared type.
  private mutating func decode(
    _ at: inout UnsafePointer<UInt8>, _ out: inout UnsafeMutablePointer<UInt8>, _ lines: inout Int,
    quote: UInt8
  ) -> Token {
    while true {
      let byte = at.pointee
      switch byte {
      case quote:
        at += 1
        return .read
      case UInt8(ascii: "&"):
        let (used, written) = reference(at, out)
        guard used > 0 else { return used < 0 ? .more : .odd }
        at += used
        out += written
      case 13 where at[1] == 10: at += 1
      case 9, 10:
        if byte == 10 { lines += 1 }
        out.pointee = 32
        out += 1
        at += 1
      case 128...:
        let length = MarkupBytes.length(at, before: limit)
        guard length > 0 else { return length < 0 ? .more : .odd }
        memcpy(out, at, length)
        at += length
        out += length
      case 0..<32, UInt8(ascii: "<"): return byte == 13 ? missing(at + 1) : missing(at)
      default:
        out.pointee = byte
        out += 1
        at += 1
      }
    }
  }

  // MARK: Namespaces

  private mutating func declare(
    _ prefix: XMLName?, _ start: UnsafePointer<UInt8>, _ length: Int, from before: Int
  ) -> Token {
    guard declared < Self.declarationsMax else { return .odd }
    var uri: XMLName?
    if length > 0 {
      guard let word = names.word(start, length) else { return .odd }
      uri = word
    }
    // A prefix can't be taken away, and what begins with xml is not anybody's to give.
    guard prefix == nil || (uri != nil && !isReserved(prefix)), uri != names.xmlNamespace,
      uri.map({ strcmp($0, "http://www.w3.org/2000/xmlns/") != 0 }) ?? true
    else { return .odd }
    for index in before..<declared where declarations[index].prefix == prefix { return .odd }
    (declarations + declared).initialize(to: Declaration(prefix: prefix, uri: uri))
    declared += 1
    return .read
  }

  private func isReserved(_ prefix: XMLName?) -> Bool {
    guard let prefix else { return false }
    return strncmp(prefix, "xml", 3) == 0
  }

  /// The namespace of an element's prefix; false if it has none.
  private func resolve(_ prefix: XMLName?, _ namespace: inout XMLName?) -> Bool {
    var index = declared
    while index > 0 {
      index -= 1
      if declarations[index].prefix == prefix {
        namespace = declarations[index].uri
        return true
      }
    }
    if prefix == names.xml, prefix != nil {
      namespace = names.xmlNamespace
      return true
    }
    return prefix == nil
  }

  /// Gives the attributes their namespaces; false if one has none, or two are one.
  private func finish(_ count: Int) -> Bool {
    for index in 0..<count {
      let slot = attributes + 5 * index
      if let prefix = slot[1] {
        var namespace: XMLName?
        guard resolve(prefix, &namespace) else { return false }
        slot[2] = namespace
      }
      for other in 0..<index where attributes[5 * other] == slot[0] {
        if attributes[5 * other + 2] == slot[2] { return false }
      }
    }
    return true
  }
}
