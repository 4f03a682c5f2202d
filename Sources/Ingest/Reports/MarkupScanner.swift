import Assurance

/// What a scan of markup tells.
protocol MarkupListener: AnyObject {
  /// A start tag, names as written but for letters of ASCII, which are small in elements' names.
  func began(_ name: String, _ attributes: [(name: String, value: String)], isEmpty: Bool)
  func ended(_ name: String)
  /// A piece of text, references resolved.
  func text(_ text: String)
  /// Set to end the scan.
  var failure: AssureError? { get }
}

/// Reads HTML and XHTML as browsers do, tag by tag, without building a tree.
///
/// Nothing is opened and no entity is defined by a document: a DOCTYPE is passed over, an unknown
/// reference stays as it is written. Cost: linear in the bytes.
struct MarkupScanner {
  private let bytes: [UInt8]
  private let place: String
  private let bounds: Bounds
  private var index = 0

  init(_ text: String, place: String, bounds: Bounds) {
    bytes = Array(text.utf8)
    self.place = place
    self.bounds = bounds
  }

  /// Elements whose content is no markup, up to their end tag.
  private static let raw: Set<String> = ["script", "style", "textarea", "title", "xmp"]

  mutating func run(_ listener: any MarkupListener) throws(AssureError) {
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "<"), let next = peek(1) {
        if next == UInt8(ascii: "!") {
          passDeclaration(listener)
        } else if next == UInt8(ascii: "?") {
          pass(until: "?>")
        } else if next == UInt8(ascii: "/") {
          endTag(listener)
        } else if Self.isNameStart(next) {
          try startTag(listener)
        } else {
          listener.text("<")
          index += 1
        }
      } else {
        let start = index
        repeat { index += 1 } while index < bytes.count && bytes[index] != UInt8(ascii: "<")
        listener.text(CharacterReferences.resolve(bytes[start..<index]))
      }
      if let failure = listener.failure { throw failure }
    }
  }

  private func peek(_ offset: Int) -> UInt8? {
    index + offset < bytes.count ? bytes[index + offset] : nil
  }

  private static func isNameStart(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
  }

  private static func small(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 32 || byte == 9 || byte == 10 || byte == 12 || byte == 13
  }

  private func starts(_ word: String, _ at: Int) -> Bool {
    let word = word.utf8
    return at + word.count <= bytes.count && bytes[at..<at + word.count].elementsEqual(word)
  }

  private mutating func pass(until word: String) {
    while index < bytes.count, !starts(word, index) { index += 1 }
    index = min(bytes.count, index + word.utf8.count)
  }

  /// A comment, a CDATA section, whose text counts, or a DOCTYPE with what stands in its brackets.
  private mutating func passDeclaration(_ listener: any MarkupListener) {
    if starts("<!--", index) {
      index += 4
      pass(until: "-->")
    } else if starts("<![CDATA[", index) {
      let start = index + 9
      pass(until: "]]>")
      let end = max(start, index - 3)
      listener.text(String(decoding: bytes[start..<end], as: UTF8.self))
    } else {
      var depth = 0
      while index < bytes.count {
        let byte = bytes[index]
        index += 1
        if byte == UInt8(ascii: "[") { depth += 1 }
        if byte == UInt8(ascii: "]") { depth -= 1 }
        if byte == UInt8(ascii: ">"), depth <= 0 { return }
      }
    }
  }

  private mutating func name() throws(AssureError) -> String {
    let start = index
    while index < bytes.count, !Self.isBlank(bytes[index]), bytes[index] != UInt8(ascii: ">"),
      bytes[index] != UInt8(ascii: "/"), bytes[index] != UInt8(ascii: "=")
    {
      index += 1
    }
    guard index - start <= bounds.nameBytesMax else {
      throw refusal("html-name-too-long", "a name is longer than \(bounds.nameBytesMax) bytes")
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private func refusal(_ code: String, _ reason: String) -> AssureError {
    AssureError(code, place: "\(place), byte \(index)", reason, remedy: "ask who made the file")
  }

  private mutating func endTag(_ listener: any MarkupListener) {
    index += 2
    let start = index
    while index < bytes.count, bytes[index] != UInt8(ascii: ">") { index += 1 }
    let name = String(decoding: bytes[start..<index].prefix { !Self.isBlank($0) }, as: UTF8.self)
    index = min(bytes.count, index + 1)
    listener.ended(name.lowercased())
  }

  private mutating func startTag(_ listener: any MarkupListener) throws(AssureError) {
    index += 1
    let element = try name().lowercased()
    var attributes: [(name: String, value: String)] = []
    var isEmpty = false
    while index < bytes.count, bytes[index] != UInt8(ascii: ">") {
      if Self.isBlank(bytes[index]) || bytes[index] == UInt8(ascii: "=") {
        index += 1
      } else if bytes[index] == UInt8(ascii: "/") {
        isEmpty = peek(1) == UInt8(ascii: ">")
        index += 1
      } else {
        let name = try name()
        guard attributes.count < bounds.attributesMax else {
          throw refusal(
            "html-too-many-attributes",
            "an element has more attributes than the bound of \(bounds.attributesMax)")
        }
        attributes.append((name, try value()))
      }
    }
    index = min(bytes.count, index + 1)
    listener.began(element, attributes, isEmpty: isEmpty)
    if Self.raw.contains(element), !isEmpty { passRaw(element, listener) }
  }

  /// The value behind a name, quoted or bare; empty where there is none.
  private mutating func value() throws(AssureError) -> String {
    while index < bytes.count, Self.isBlank(bytes[index]) { index += 1 }
    guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else { return "" }
    index += 1
    while index < bytes.count, Self.isBlank(bytes[index]) { index += 1 }
    guard index < bytes.count else { return "" }
    let quote = bytes[index]
    let start: Int
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      start = index + 1
      index = start
      while index < bytes.count, bytes[index] != quote { index += 1 }
    } else {
      start = index
      while index < bytes.count, !Self.isBlank(bytes[index]), bytes[index] != UInt8(ascii: ">") {
        index += 1
      }
    }
    let end = index
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      index = min(bytes.count, index + 1)
    }
    guard end - start <= ParserLimit.bytesMax else {
      throw refusal("html-markup-too-long", "an attribute is longer than the bound")
    }
    return CharacterReferences.resolve(bytes[start..<end])
  }

  /// Goes on to the end tag of an element whose content is no text of the page.
  private mutating func passRaw(_ element: String, _ listener: any MarkupListener) {
    let word = Array("</\(element)".utf8)
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "<"), index + word.count <= bytes.count,
        zip(word, bytes[index...]).allSatisfy({ own, there in own == Self.small(there) })
      {
        return
      }
      index += 1
    }
  }
}
