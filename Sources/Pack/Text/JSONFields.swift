import Assurance
import Exact
import Trail

/// The members of a canonical JSON object, read with the place in the error.
struct JSONFields {
  let value: CanonicalJSON
  let place: String

  init(_ value: CanonicalJSON, place: String) {
    self.value = value
    self.place = place
  }

  /// Reads a file: one canonical JSON value and LF.
  init(bytes: [UInt8], place: String) throws(AssureError) {
    guard bytes.last == 0x0A, let value = try? CanonicalJSON(parsing: bytes.dropLast()) else {
      throw AssureError("text-malformed", place: place, "it is not canonical JSON and a line end")
    }
    self.init(value, place: place)
  }

  func error(_ key: String, _ wanted: String) -> AssureError {
    AssureError("text-malformed", place: "\(place): \(key)", "\(wanted) is wanted")
  }

  func text(_ key: String) throws(AssureError) -> String {
    guard let text = value[key]?.string else { throw error(key, "a text") }
    return text
  }

  /// A whole number of at most 10^12 to either side: sums over a file of them can't overflow.
  func number(_ key: String) throws(AssureError) -> Int {
    try number(key, in: -1_000_000_000_000...1_000_000_000_000)
  }

  func number(_ key: String, in range: ClosedRange<Int64>) throws(AssureError) -> Int {
    guard let number = value[key]?.integer, range.contains(number) else {
      throw error(key, "a whole number in \(range)")
    }
    return Int(number)
  }

  func flag(_ key: String) throws(AssureError) -> Bool {
    guard let flag = value[key]?.bool else { throw error(key, "true or false") }
    return flag
  }

  func decimal(_ key: String) throws(AssureError) -> ExactDecimal {
    let text = try text(key)
    guard let decimal = ExactDecimal(text), decimal.description == text else {
      throw error(key, "a decimal in its shortest form")
    }
    return decimal
  }

  func optionalDecimal(_ key: String) throws(AssureError) -> ExactDecimal? {
    isNull(key) ? nil : try decimal(key)
  }

  func optionalText(_ key: String) throws(AssureError) -> String? {
    isNull(key) ? nil : try text(key)
  }

  func optionalRational(_ key: String) throws(AssureError) -> Rational? {
    guard let text = try optionalText(key) else { return nil }
    guard let number = Rational(text) else { throw error(key, "a decimal or a fraction") }
    return number
  }

  func word<Word: RawRepresentable>(
    _ key: String, _ type: Word.Type
  ) throws(AssureError) -> Word where Word.RawValue == String {
    guard let word = Word(rawValue: try text(key)) else { throw error(key, "a known word") }
    return word
  }

  func list<Element>(
    _ key: String, _ read: (JSONFields) throws(AssureError) -> Element
  ) throws(AssureError) -> [Element] {
    guard let items = value[key]?.array else { throw error(key, "a list") }
    var elements: [Element] = []
    for (index, item) in items.enumerated() {
      elements.append(try read(JSONFields(item, place: "\(place): \(key)[\(index)]")))
    }
    return elements
  }

  func texts(_ key: String) throws(AssureError) -> [String] {
    guard let items = value[key]?.array else { throw error(key, "a list") }
    let texts = items.compactMap(\.string)
    guard texts.count == items.count else { throw error(key, "a list of texts") }
    return texts
  }

  /// A list of lists of two texts.
  func pairs(_ key: String) throws(AssureError) -> [(String, String)] {
    try list(key) { (item) throws(AssureError) in
      let texts = item.value.array?.compactMap(\.string) ?? []
      guard texts.count == 2, item.value.array?.count == 2 else {
        throw item.error("", "a list of two texts")
      }
      return (texts[0], texts[1])
    }
  }

  /// A nested object; nil where null stands.
  func optional<Element>(
    _ key: String, _ read: (JSONFields) throws(AssureError) -> Element
  ) throws(AssureError) -> Element? {
    isNull(key) ? nil : try nested(key, read)
  }

  func nested<Element>(
    _ key: String, _ read: (JSONFields) throws(AssureError) -> Element
  ) throws(AssureError) -> Element {
    guard let member = value[key], member.object != nil else { throw error(key, "an object") }
    return try read(JSONFields(member, place: "\(place): \(key)"))
  }

  private func isNull(_ key: String) -> Bool { value[key]?.isNull ?? false }
}

extension CanonicalJSON {
  static func pairs(_ pairs: [(String, String)]) -> CanonicalJSON {
    .array(pairs.map { .array([.string($0.0), .string($0.1)]) })
  }
  static func texts(_ texts: [String]) -> CanonicalJSON { .array(texts.map { .string($0) }) }
  static func text(_ text: String?) -> CanonicalJSON { text.map { .string($0) } ?? .null }
  static func decimal(_ decimal: ExactDecimal?) -> CanonicalJSON { text(decimal?.description) }
  static func count(_ number: Int) -> CanonicalJSON { .integer(Int64(number)) }
}
