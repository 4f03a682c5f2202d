/// `&amp;`, `&#8217;`, `&#x2014;` and the named characters that reports use.
enum CharacterReferences {
  private static let names: [String: UInt32] = [
    "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "nbsp": 0xA0, "copy": 0xA9,
    "reg": 0xAE, "deg": 0xB0, "plusmn": 0xB1, "sup1": 0xB9, "sup2": 0xB2, "sup3": 0xB3,
    "frac12": 0xBD, "frac14": 0xBC, "frac34": 0xBE, "middot": 0xB7, "times": 0xD7, "divide": 0xF7,
    "cent": 0xA2, "pound": 0xA3, "yen": 0xA5, "sect": 0xA7, "para": 0xB6, "laquo": 0xAB,
    "raquo": 0xBB, "eacute": 0xE9, "egrave": 0xE8, "agrave": 0xE0, "auml": 0xE4, "ouml": 0xF6,
    "uuml": 0xFC, "Auml": 0xC4, "Ouml": 0xD6, "Uuml": 0xDC, "szlig": 0xDF, "ndash": 0x2013,
    "mdash": 0x2014, "lsquo": 0x2018, "rsquo": 0x2019, "sbquo": 0x201A, "ldquo": 0x201C,
    "rdquo": 0x201D, "bdquo": 0x201E, "dagger": 0x2020, "Dagger": 0x2021, "bull": 0x2022,
    "hellip": 0x2026, "permil": 0x2030, "prime": 0x2032, "euro": 0x20AC, "trade": 0x2122,
    "larr": 0x2190, "uarr": 0x2191, "rarr": 0x2192, "darr": 0x2193, "minus": 0x2212,
    "asymp": 0x2248, "ne": 0x2260, "le": 0x2264, "ge": 0x2265, "ensp": 0x2002, "emsp": 0x2003,
    "thinsp": 0x2009, "zwnj": 0x200C, "zwj": 0x200D, "shy": 0xAD,
  ]

  /// What Windows-1252 has in the places that are control characters elsewhere, as browsers do.
  private static let windows: [UInt32: UInt32] = [
    0x80: 0x20AC, 0x85: 0x2026, 0x91: 0x2018, 0x92: 0x2019, 0x93: 0x201C, 0x94: 0x201D,
    0x95: 0x2022, 0x96: 0x2013, 0x97: 0x2014, 0x99: 0x2122, 0xA0: 0xA0,
  ]

  static func resolve(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
    var out: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if bytes[index] == UInt8(ascii: "&"), let (scalar, end) = reference(bytes, index) {
        out.append(contentsOf: String(Character(scalar)).utf8)
        index = end
      } else {
        out.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func reference(
    _ bytes: ArraySlice<UInt8>, _ start: Int
  ) -> (Unicode.Scalar, Int)? {
    let last = min(bytes.endIndex, start + 12)
    guard let end = bytes[start..<last].firstIndex(of: UInt8(ascii: ";")) else { return nil }
    let name = String(decoding: bytes[start + 1..<end], as: UTF8.self)
    var code: UInt32?
    if name.hasPrefix("#x") || name.hasPrefix("#X") {
      code = UInt32(name.dropFirst(2), radix: 16)
    } else if name.hasPrefix("#") {
      code = UInt32(name.dropFirst(1))
    } else {
      code = names[name]
    }
    guard let code, let scalar = Unicode.Scalar(windows[code] ?? code), scalar.value != 0 else {
      return nil
    }
    return (scalar, end + 1)
  }
}
