import Assurance
import Exact

/// The second pass: the facts, each as a row, in the order in which they end.
final class FactHandler: MixedTextHandler {
  private struct Open {
    var isInline = false
    /// `nonFraction`, `nonNumeric`, `fraction`; empty for the items of an instance.
    var element = ""
    var row = PendingRow()
    var values: [FactColumn: String] = [:]
    var continuedAt: String?
    var parts: [String] = []
    var depth = 0
  }

  private let scan: FactScan
  private let deliver: (RowBuffer) throws -> Void
  private let row: RowBuffer
  private var names: FactNames?
  private var open: [Open] = []
  private var hiddenDepth = 0
  private var isInContext = false
  private var languages: [(depth: Int, text: String)] = []
  private var tuples: [String] = []
  private var number = 0
  private var unknownFormats: [String: Int] = [:]
  var notes = FactNotes()

  init(
    bounds: Bounds, scan: FactScan, deliver: @escaping (RowBuffer) throws -> Void
  ) {
    self.scan = scan
    self.deliver = deliver
    row = RowBuffer(textMax: bounds.rowTextMax)
    super.init(bounds: bounds)
  }

  override func prepare() { names = FactNames(self) }

  override func start(_ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    guard let names else { return }
    if let language = attributes.text(of: names.lang) { languages.append((depth, language)) }
    tuples.append("")
    if names.isInline(namespace) {
      startInline(String(cString: name), attributes, names)
    } else if namespace == names.xbrli || namespace == names.link {
      if String(cString: name) == "context" { isInContext = true }
    } else if !isInContext, attributes.value(of: names.contextRef) != nil {
      var fact = Open()
      let prefix = prefix(of: namespace) ?? ""
      fact.values[.concept] = (prefix.isEmpty ? "" : prefix + ":") + String(cString: name)
      fact.values[.namespace] = namespace.map { String(cString: $0) }
      fact.values[.tuple] = tuples.dropLast().last
      begin(fact, attributes, names)
    } else if open.isEmpty, !isInContext, depth > 1 {
      tuples[tuples.count - 1] = String(cString: name)
    }
  }

  private func startInline(_ name: String, _ attributes: XMLAttributes, _ names: FactNames) {
    switch name {
    case "nonFraction", "nonNumeric", "fraction":
      var fact = Open(isInline: true, element: name)
      let concept = attributes.text(of: names.name) ?? ""
      fact.values[.concept] = concept
      let prefix = concept.contains(":") ? String(concept.prefix { $0 != ":" }) : ""
      fact.values[.namespace] = self.namespace(of: prefix)
      fact.continuedAt = attributes.text(of: names.continuedAt)
      begin(fact, attributes, names)
    case "numerator", "denominator": capture()
    case "exclude": exclude()
    case "hidden": hiddenDepth = depth
    default: break
    }
  }

  private func begin(_ fact: Open, _ attributes: XMLAttributes, _ names: FactNames) {
    var fact = fact
    fact.row.clear(line: line)
    fact.depth = depth
    for index in 0..<attributes.count {
      guard let name = attributes.name(index) else { continue }
      let text = String(decoding: attributes.value(index), as: UTF8.self)
      switch String(cString: name) {
      case "contextRef": fact.values[.context] = text
      case "unitRef": fact.values[.unit] = text
      case "decimals": fact.values[.decimals] = text
      case "precision": fact.values[.precision] = text
      case "scale": fact.values[.scale] = text
      case "sign": fact.values[.sign] = text
      case "format": fact.values[.format] = text
      case "id": fact.values[.id] = text
      case "nil": fact.values[.nil] = text == "true" || text == "1" ? "true" : nil
      default: break
      }
    }
    fact.values[.language] = languages.last?.text
    if hiddenDepth > 0 { fact.values[.hidden] = "true" }
    open.append(fact)
    capture()
  }

  override func end(_ name: XMLName, _ namespace: XMLName?) {
    let text = captured()
    tuples.removeLast()
    if languages.last?.depth == depth + 1 { languages.removeLast() }
    if hiddenDepth == depth + 1 { hiddenDepth = 0 }
    if isInContext, namespace == names?.xbrli, String(cString: name) == "context" {
      isInContext = false
    }
    guard let text else { return }
    if open.last?.depth == depth + 1 {
      finish(open.removeLast(), text)
    } else if !open.isEmpty {
      open[open.count - 1].parts.append(FactScan.trimmed(text))
    }
  }

  private func finish(_ fact: Open, _ text: String) {
    var fact = fact
    number += 1
    addContext(&fact)
    let unit = fact.values[.unit]
    if let unit {
      fact.values[.unit] = scan.units[unit] ?? unit
      if scan.units[unit] == nil, !scan.contexts.isEmpty {
        notes.add("unknown-unit", "there is no unit `\(unit)`", row: number)
      }
    }
    let isNumber = fact.isInline ? fact.element == "nonFraction" : unit != nil
    fact.values[.kind] = fact.element == "fraction" ? "fraction" : isNumber ? "number" : "text"
    if let id = fact.values[.id] { fact.values[.footnotes] = scan.footnotes(of: id) }
    if fact.values[.nil] == nil { addValue(&fact, text, isNumber: isNumber) }
    for column in FactColumn.allCases {
      if let value = fact.values[column] { fact.row.add(column.number, value) }
    }
    fact.row.fill(row, number: number)
    guard !row.overflowed else {
      return fail(
        "text-too-long", "a fact has more text than the bound of \(bounds.rowTextMax) bytes",
        remedy: "ask who made the file")
    }
    attempt { try deliver(row) }
  }

  private func addContext(_ fact: inout Open) {
    guard let context = scan.contexts[fact.values[.context] ?? ""] else {
      if scan.contexts.isEmpty {
        if number == 1 {
          notes.add(
            "no-contexts",
            "the file has no contexts: it is one of a set, and the others say whom,"
              + " when and what its facts are about", row: 0)
        }
        return
      }
      return notes.add(
        "unknown-context", "there is no context `\(fact.values[.context] ?? "")`", row: number)
    }
    fact.values[.entity] = context.entity
    fact.values[.entityScheme] = context.scheme
    fact.values[.start] = context.start
    fact.values[.end] = context.end
    fact.values[.instant] = context.instant
    fact.values[.dimensions] = context.dimensionText
  }

  private func addValue(_ fact: inout Open, _ text: String, isNumber: Bool) {
    if fact.element == "fraction" {
      fact.values[.written] = FactScan.trimmed(text)
      if fact.parts.count == 2 { fact.values[.value] = fact.parts.joined(separator: "/") }
    } else if isNumber {
      fact.values[.written] = FactScan.trimmed(text)
      addNumber(&fact, FactScan.trimmed(text))
    } else {
      let whole = scan.continued(text, at: fact.continuedAt)
      if whole == nil {
        notes.add(
          "broken-continuation",
          "the text goes on at `\(fact.continuedAt ?? "")`, which is missing"
            + " or leads back", row: number)
      }
      addText(&fact, whole ?? text)
    }
  }

  private func addText(_ fact: inout Open, _ text: String) {
    fact.values[.written] = FactScan.trimmed(text)
    guard let format = fact.values[.format] else {
      fact.values[.value] = FactScan.trimmed(text)
      return
    }
    switch FactTransform.text(text, format) {
    case .value(let value): fact.values[.value] = value
    case .mismatch: mismatch(format)
    case .unknown: unknown(format)
    }
  }

  private func addNumber(_ fact: inout Open, _ text: String) {
    var value: ExactDecimal?
    if fact.isInline {
      switch FactTransform.number(text, fact.values[.format]) {
      case .value(let digits): value = ExactDecimal(digits)
      case .mismatch: return mismatch(fact.values[.format] ?? "a number without transformation")
      case .unknown: return unknown(fact.values[.format] ?? "")
      }
      let scale = fact.values[.scale].map { Int($0) } ?? 0
      guard let digits = value, let scale, abs(scale) <= 38 else {
        return notes.add("no-number", "the scale is no number of digits", row: number)
      }
      value = ExactDecimal("\(digits)e\(scale)")
      if fact.values[.sign] == "-" { value = value.map { -$0 } }
    } else {
      value = ExactDecimal(text)
    }
    guard let value else {
      return notes.add(
        "no-number", "the value is no decimal number of at most 38 digits", row: number)
    }
    fact.values[.value] = value.description
    guard scan.contexts[fact.values[.context] ?? ""] != nil else { return }
    let key = [
      FactColumn.namespace, .concept, .entity, .start, .end, .instant, .dimensions, .unit,
    ].map { fact.values[$0] ?? "" }.joined(separator: "\u{1}")
    notes.compare(key, value, decimals: fact.values[.decimals], row: number)
  }

  private func mismatch(_ format: String) {
    notes.add("transformation-mismatch", "the text is not of the form of `\(format)`", row: number)
  }

  private func unknown(_ format: String) {
    let count = (unknownFormats[format] ?? 0) + 1
    unknownFormats[format] = count
    if count == 1 {
      notes.add(
        "unknown-transformation",
        "`\(format)` is not known here; its facts show what is written and no value", row: number)
    }
  }
}
