import Assurance

/// How headers and words are compared: trimmed, white space collapsed, case and width folded.
enum Folding {
  /// `  Ｗater\nUsage ` and `water usage` fold to the same.
  static func fold(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    var space = false
    for scalar in text.unicodeScalars {
      let scalar = halfWidth(scalar)
      if scalar.properties.isWhitespace || scalar == "\u{FEFF}" || scalar == "\u{200B}" {
        space = !result.isEmpty
        continue
      }
      if space { result.append(" ") }
      space = false
      result.append(contentsOf: scalar.properties.lowercaseMapping)
    }
    return result
  }

  /// ASCII for the full-width forms of it, else the character itself.
  static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    case 0x3000: " "
    default: scalar
    }
  }

  /// A header with a bracket at its end: what stands before it and what in it, both folded but the
  /// bracket's text also as written, because units are told apart by case.
  static func bracket(_ text: String) -> (before: String, inside: String)? {
    let scalars = text.unicodeScalars.map(halfWidth)
    guard let close = scalars.lastIndex(where: { !$0.properties.isWhitespace }),
      scalars[close] == ")" || scalars[close] == "]"
    else { return nil }
    let opener: Unicode.Scalar = scalars[close] == ")" ? "(" : "["
    guard let open = scalars[..<close].lastIndex(of: opener), open > 0 else { return nil }
    var before = String.UnicodeScalarView()
    before.append(contentsOf: scalars[..<open])
    var inside = String.UnicodeScalarView()
    inside.append(contentsOf: scalars[(open + 1)..<close])
    return (fold(String(before)), String(inside))
  }
}

/// The words that mean a unit, by dataset.
struct UnitWords {
  private var words: [String: Unit] = [:]

  init(_ dataset: DatasetDefinition) {
    for (code, names) in dataset.unitWords {
      guard let unit = Unit(code) else { continue }
      for name in names { words[Folding.fold(name)] = unit }
    }
  }

  /// The unit a text names, by the dataset's words or as a unit code; nil if it names none.
  func unit(_ text: String) -> Unit? {
    if let unit = words[Folding.fold(text)] { return unit }
    var code = text[...]
    while code.first?.isWhitespace == true { code.removeFirst() }
    while code.last?.isWhitespace == true { code.removeLast() }
    return Unit(String(code))
  }
}
