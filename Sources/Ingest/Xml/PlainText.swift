import Glibc

// What stands between tags: text, references, comments, instructions, CDATA, the declaration.
extension PlainMarkup {
  /// Text as far as the next `<`; false if something in it is not plain.
  mutating func text() -> Bool {
    var at = cursor
    while true {
      while !bytes.stopsText(at.pointee) { at += 1 }
      switch at.pointee {
      case 10:
        line += 1
        at += 1
        continue
      case UInt8(ascii: "<"):
        tell(upTo: at)
        return true
      case 128...:
        let length = MarkupBytes.length(at, before: limit)
        if length > 0 {
          at += length
          continue
        }
        tell(upTo: at)
        guard length < 0, refill() else { return false }
      case UInt8(ascii: "&"):
        tell(upTo: at)
        let (used, made) = reference(UnsafePointer(at), decoded)
        if used > 0 {
          tellLine()
          handler.text(decoded, made)
          cursor += used
        } else {
          guard used < 0, refill() else { return false }
        }
      case UInt8(ascii: "]"):
        if limit - at >= 3 {
          if at[1] == UInt8(ascii: "]"), at[2] == UInt8(ascii: ">") {
            tell(upTo: at)
            return false
          }
          at += 1
          continue
        }
        tell(upTo: at)
        guard refill() else { return false }
      case 13:
        tell(upTo: at)
        if limit - at < 2 {
          guard refill() else { return false }
        } else if at[1] == 10 {
          cursor += 1
        } else {
          return false
        }
      default:
        // The end of the window, or a control character.
        tell(upTo: at)
        guard at == limit, refill() else { return false }
      }
      at = cursor
    }
  }

  /// Hands on the bytes before `at`, and goes there.
  private mutating func tell(upTo at: UnsafeMutablePointer<UInt8>) {
    guard at > cursor else { return }
    tellLine()
    handler.text(cursor, at - cursor)
    cursor = at
  }

  /// What `&…;` stands for, written to `out`, which has room for four bytes: bytes used, 0 if it is
  /// none of XML's own or of a character, -1 if the window ends within it; and bytes written.
  func reference(
    _ at: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<UInt8>
  ) -> (used: Int, made: Int) {
    var end = at + 1
    while end < limit, end - at < 12, end.pointee != UInt8(ascii: ";") { end += 1 }
    if end == limit { return (-1, 0) }
    guard end.pointee == UInt8(ascii: ";") else { return (0, 0) }
    let body = UnsafeBufferPointer(start: at + 1, count: end - at - 1)
    let used = end - at + 1
    if body.first == UInt8(ascii: "#") {
      guard let code = Self.code(body.dropFirst()) else { return (0, 0) }
      let made = MarkupBytes.write(code, to: out)
      return (made > 0 ? used : 0, made)
    }
    for (name, byte) in Self.entities where body.elementsEqual(name.utf8) {
      out.pointee = byte
      return (used, 1)
    }
    return (0, 0)
  }

  /// XML 1.0 § 4.6.
  private static let entities: [(String, UInt8)] = [
    ("amp", UInt8(ascii: "&")), ("lt", UInt8(ascii: "<")), ("gt", UInt8(ascii: ">")),
    ("quot", UInt8(ascii: "\"")), ("apos", UInt8(ascii: "'")),
  ]

  /// The number in `#10` or `#xA`, without its sign.
  private static func code(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32? {
    let isHex = digits.first == UInt8(ascii: "x")
    let text = isHex ? digits.dropFirst() : digits
    guard !text.isEmpty, text.count <= 8 else { return nil }
    var code: UInt32 = 0
    for byte in text {
      let digit: UInt8
      switch byte {
      case 48...57: digit = byte - 48
      case 65...70 where isHex: digit = byte - 55
      case 97...102 where isHex: digit = byte - 87
      default: return nil
      }
      let (product, isTooMuch) = code.multipliedReportingOverflow(by: isHex ? 16 : 10)
      guard !isTooMuch else { return nil }
      code = product &+ UInt32(digit)
    }
    return code
  }

  /// The token that begins with `<` at the cursor.
  mutating func markup() -> Token {
    guard limit - cursor >= 2 else { return .more }
    switch cursor[1] {
    case UInt8(ascii: "/"): return depth > 0 ? endTag() : .odd
    case UInt8(ascii: "?"): return instruction()
    case UInt8(ascii: "!"): return commentOrSection()
    default: return startTag()
    }
  }

  private mutating func commentOrSection() -> Token {
    guard limit - cursor >= 9 else { return isNext("<!--") ? comment() : .more }
    if isNext("<!--") { return comment() }
    return depth > 0 && isNext("<![CDATA[") ? section() : .odd
  }

  /// `<!-- … -->`, without two hyphens in it.
  private mutating func comment() -> Token {
    var at = UnsafePointer(cursor + 4)
    var lines = 0
    while true {
      let token = skip(&at, to: UInt8(ascii: "-"), &lines)
      guard token == .read else { return token }
      guard at[1] == UInt8(ascii: "-") else {
        if left(at) == 1 { return .more }
        at += 1
        continue
      }
      guard at[2] == UInt8(ascii: ">") else { return missing(at + 2) }
      return pass(at + 3, lines)
    }
  }

  /// `<?target …?>`
  private mutating func instruction() -> Token {
    var at = UnsafePointer(cursor + 2)
    guard bytes.beginsName(at.pointee) else { return missing(at) }
    let target = at
    while bytes.isInName(at.pointee) {
      if at.pointee == UInt8(ascii: ":") { return .odd }
      at += 1
    }
    guard at < limit else { return .more }
    let isReserved =
      at - target == 3 && target[0] | 32 == UInt8(ascii: "x") && target[1] | 32 == UInt8(ascii: "m")
      && target[2] | 32 == UInt8(ascii: "l")
    guard !isReserved else { return .odd }
    guard bytes.isSpace(at.pointee) || at.pointee == UInt8(ascii: "?") else { return .odd }
    if at.pointee == UInt8(ascii: "?"), at[1] != UInt8(ascii: ">") { return missing(at + 1) }
    var lines = 0
    while true {
      let token = skip(&at, to: UInt8(ascii: "?"), &lines)
      guard token == .read else { return token }
      if at[1] == UInt8(ascii: ">") { return pass(at + 2, lines) }
      if left(at) == 1 { return .more }
      at += 1
    }
  }

  /// `<![CDATA[ … ]]>`
  private mutating func section() -> Token {
    let start = UnsafePointer(cursor + 9)
    var at = start
    var lines = 0
    while true {
      let token = skip(&at, to: UInt8(ascii: "]"), &lines)
      guard token == .read else { return token }
      if left(at) < 3 { return .more }
      if at[1] == UInt8(ascii: "]"), at[2] == UInt8(ascii: ">") { break }
      at += 1
    }
    // Line ends are one newline each; another carriage return is not plain.
    var piece = start
    for index in 0..<(at - start) where start[index] == 13 && start[index + 1] != 10 { return .odd }
    line += lines
    tellLine()
    for index in 0..<(at - start) where start[index] == 13 {
      if start + index > piece { handler.text(piece, start + index - piece) }
      piece = start + index + 1
    }
    if at > piece { handler.text(piece, at - piece) }
    cursor += at + 3 - UnsafePointer(cursor)
    return .read
  }

  /// `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
  mutating func declaration() -> Token {
    var at = UnsafePointer(cursor + 5)
    var lines = 0
    var stop = at
    while stop < limit, stop.pointee != UInt8(ascii: "?") || stop[1] != UInt8(ascii: ">") {
      stop += 1
    }
    guard stop < limit else { return .more }
    var step = 0
    while true {
      let space = skipSpace(&at, &lines)
      if at == stop { return step > 0 ? pass(at + 2, lines) : .odd }
      guard space > 0, at < stop, let (name, value) = pseudoAttribute(&at, before: stop) else {
        return .odd
      }
      switch name {
      case "version" where step == 0 && value == "1.0": step = 1
      case "encoding" where step == 1 && (input.isTranscoded || value.uppercased() == "UTF-8"):
        step = 2
      case "standalone" where (step == 1 || step == 2) && (value == "yes" || value == "no"):
        step = 3
      default: return .odd
      }
    }
  }

  private func pseudoAttribute(
    _ at: inout UnsafePointer<UInt8>, before stop: UnsafePointer<UInt8>
  ) -> (name: String, value: String)? {
    let all = UnsafeBufferPointer(start: at, count: stop - at)
    guard let sign = all.firstIndex(of: UInt8(ascii: "=")), sign + 1 < all.count else { return nil }
    let quote = all[sign + 1]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
      let close = all[(sign + 2)...].firstIndex(of: quote)
    else { return nil }
    at += close + 1
    return (
      String(decoding: all[..<sign], as: UTF8.self),
      String(decoding: all[(sign + 2)..<close], as: UTF8.self)
    )
  }

  /// Passes characters that XML allows as far as a byte of ASCII.
  private func skip(
    _ at: inout UnsafePointer<UInt8>, to stop: UInt8, _ lines: inout Int
  ) -> Token {
    while at.pointee != stop {
      switch at.pointee {
      case 9, 13, 32..<128: at += 1
      case 10:
        lines += 1
        at += 1
      case 128...:
        let length = MarkupBytes.length(at, before: limit)
        guard length > 0 else { return length < 0 ? .more : .odd }
        at += length
      default: return missing(at)
      }
    }
    return .read
  }

  private mutating func pass(_ end: UnsafePointer<UInt8>, _ lines: Int) -> Token {
    line += lines
    cursor += end - UnsafePointer(cursor)
    return .read
  }
}
