import Exact

/// Records under different keys that are one thing written in two ways.
///
/// Texts are compared folded: without case, width, spaces and punctuation, and without the words
/// that policy lists, such as forms of companies.
package struct Alike: PopulationTest {
  package static let kind = "alike"
  static let finding = FindingKind(
    "alike-records", .medium, "Records under different keys agree in name or number once folded.")
  package static let findings = [finding]

  package let dataset: String?
  /// Fields that must agree together; any one of the lists is enough.
  package let by: [[String]]
  /// Folded, longest first.
  let ignored: [String]

  package init(_ node: PolicyNode) throws(AssureError) {
    dataset = try node.optional("dataset")?.text()
    var by: [[String]] = []
    for item in try node.required("by").items() { by.append(try DatasetDefinition.texts(item)) }
    self.by = by
    ignored = try DatasetDefinition.texts(node.optional("ignore")).map { Self.fold($0) }
      .filter { !$0.isEmpty }.sorted { ($1.count, $0) < ($0.count, $1) }
  }

  package var datasets: [String] { [dataset].compactMap { $0 } }

  package func problem(in policy: PolicyView) -> String? {
    guard let name = dataset ?? policy.measure.terms.first?.dataset,
      let definition = policy.dataset(name)
    else { return "its dataset is not declared" }
    guard !by.isEmpty, by.allSatisfy({ !$0.isEmpty }) else { return "`by` names no field" }
    return by.joined().first { definition.field($0) == nil }.map {
      "`\($0)` is no field of `\(name)`"
    }
  }

  package func run(_ context: TestContext) -> [Exception] {
    guard let name = dataset ?? context.kpi.measure.terms.first?.dataset else { return [] }
    let readings = context.readings(of: name, .counted)
    let fields = RecordFields(name, context)
    var told: Set<[String]> = []
    var found: [Exception] = []
    for list in by {
      let readers = list.map { fields.reader($0) }
      var groups: [String: [Reading]] = [:]
      for reading in readings {
        let words = readers.compactMap { read in
          read(reading.record).map { word($0.canonical) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        if words.count == list.count { groups[Record.key(words), default: []].append(reading) }
      }
      for copies in groups.values {
        var seen: Set<String> = []
        let distinct = copies.filter { seen.insert($0.record.key).inserted }
        guard distinct.count > 1, told.insert(distinct.map(\.record.key)).inserted else { continue }
        // A thing that counts once goes with all of its records; others are duplicates' concern.
        let others =
          context.countsOnce(name)
          ? copies.filter { $0.record.key != distinct[0].record.key } : Array(distinct.dropFirst())
        found.append(exception(distinct, without: others, list, name, context))
      }
    }
    return found.inOrder(of: Self.findings)
  }

  private func exception(
    _ copies: [Reading], without others: [Reading], _ list: [String], _ name: String,
    _ context: TestContext
  ) -> Exception {
    let keys = copies.map(\.record.key).joined(separator: ", ")
    return context.exception(
      Self.finding, subject: "\(name) \(keys)",
      locators: copies.map { $0.record.source.locator(field: list[0]).description },
      effect: context.effect(removing: others),
      message: "\(keys) of \(name) agree in \(list.joined(separator: " and ")) once case, width, "
        + "spaces and punctuation are left out; different things were expected under different "
        + "keys; ask whether they are one")
  }

  /// Folded, without the words to be ignored.
  func word(_ text: String) -> String {
    var words = Self.words(text)
    words.removeAll { ignored.contains($0) }
    var folded = words.joined()
    // Chinese forms stand without a space behind the name.
    for suffix in ignored where folded.count > suffix.count && folded.hasSuffix(suffix) {
      guard suffix.unicodeScalars.contains(where: { $0.value > 0x7F }) else { continue }
      folded.removeLast(suffix.count)
    }
    return folded.isEmpty ? Self.fold(text) : folded
  }

  static func fold(_ text: String) -> String { words(text).joined() }

  /// Runs of letters and digits, lower-case and half-width.
  private static func words(_ text: String) -> [String] {
    // Most numbers and names are plain, and properties of scalars are slow to look up.
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return plainWords(text) }
    var words = [""]
    for scalar in text.unicodeScalars {
      let isWide = (0xFF01...0xFF5E).contains(scalar.value)
      let plain = isWide ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
      if plain.properties.isAlphabetic || plain.properties.numericType != nil {
        words[words.count - 1] += plain.properties.lowercaseMapping
      } else if plain != ".", plain != "'", words.last != "" {
        words.append("")
      }
    }
    return words.filter { !$0.isEmpty }
  }

  private static func plainWords(_ text: String) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        word.append(byte)
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): word.append(byte | 0x20)
      case UInt8(ascii: "."), UInt8(ascii: "'"): continue
      default:
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        word.removeAll(keepingCapacity: true)
      }
    }
    if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
    return words
  }
}
