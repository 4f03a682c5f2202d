import Assurance

/// Who, when and about what a fact is reported.
struct FactContext {
  var entity = ""
  var scheme = ""
  var start = ""
  var end = ""
  var instant = ""
  var dimensions: [(axis: String, member: String)] = []

  var dimensionText: String {
    dimensions.sorted { $0.axis < $1.axis }.map { "\($0.axis)=\($0.member)" }
      .joined(separator: "; ")
  }
}

/// The first pass: contexts, units, footnotes and continuations, wherever they stand.
final class FactScan: MixedTextHandler {
  private(set) var contexts: [String: FactContext] = [:]
  private(set) var units: [String: String] = [:]
  private(set) var continuations: [String: (text: String, next: String?)] = [:]
  /// Footnote texts by the id of the fact.
  private var notes: [String: (text: String, next: String?)] = [:]
  private var arcs: [String: [String]] = [:]
  private var factsOfLabel: [String: [String]] = [:]
  private(set) var facts = 0

  private var names: FactNames?
  private var ids: [String] = []
  private var current: FactContext?
  private var contextID = ""
  private var axis = ""
  private var numerators: [String] = []
  private var denominators: [String] = []
  private var isDenominator = false
  private var unitID: String?
  private var keptBytes = 0
  /// Footnotes, continuations and references between them and facts.
  private var references = 0

  override func prepare() { names = FactNames(self) }

  override func start(_ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    guard let names else { return }
    let isInline = names.isInline(namespace)
    if namespace == names.xbrli {
      startStructure(String(cString: name), attributes, names)
    } else if isInline {
      startInline(String(cString: name), attributes, names)
    } else if namespace == names.link {
      startLink(String(cString: name), attributes, names)
    } else if current != nil {
      startDimension(String(cString: name), attributes, names)
    } else if attributes.value(of: names.contextRef) != nil {
      facts += 1
    }
  }

  private func startStructure(
    _ name: String, _ attributes: XMLAttributes, _ names: FactNames
  ) {
    switch name {
    case "context":
      current = FactContext()
      contextID = attributes.text(of: names.id) ?? ""
    case "unit":
      unitID = attributes.text(of: names.id)
      numerators = []
      denominators = []
      isDenominator = false
    case "unitDenominator": isDenominator = true
    case "identifier":
      current?.scheme = attributes.text(of: names.scheme) ?? ""
      capture()
    case "startDate", "endDate", "instant", "measure": capture()
    default: break
    }
  }

  private func startDimension(
    _ name: String, _ attributes: XMLAttributes, _ names: FactNames
  ) {
    guard name == "explicitMember" || name == "typedMember" else { return }
    axis = attributes.text(of: names.dimension) ?? ""
    capture()
  }

  /// Counts what is kept beside contexts.
  private func count(_ number: Int) {
    references += number
    if references > bounds.contextsMax * 4 { failContexts() }
  }

  private func failContexts() {
    fail(
      "too-many-contexts",
      "the file has more contexts or footnotes than the bound of \(bounds.contextsMax)",
      remedy: "ask who made the file")
  }

  private func startInline(_ name: String, _ attributes: XMLAttributes, _ names: FactNames) {
    switch name {
    case "nonFraction", "nonNumeric", "fraction":
      facts += 1
      // Inline XBRL 1.0 names footnotes at the fact.
      if let id = attributes.text(of: names.id), let refs = attributes.text(of: names.footnoteRefs)
      {
        arcs[id, default: []] += refs.split(separator: " ").map(String.init)
      }
    case "continuation", "footnote":
      count(1)
      ids.append(
        attributes.text(of: names.id) ?? attributes.text(of: names.footnoteID) ?? "")
      capture()
      let next = attributes.text(of: names.continuedAt)
      if name == "footnote" { notes[ids[ids.count - 1]] = ("", next) }
      if name == "continuation" { continuations[ids[ids.count - 1]] = ("", next) }
    case "relationship":
      let from = (attributes.text(of: names.fromRefs) ?? "").split(separator: " ")
      let to = (attributes.text(of: names.toRefs) ?? "").split(separator: " ").map(String.init)
      count(from.count * (to.count + 1))
      for fact in from { arcs[String(fact), default: []] += to }
    case "exclude": exclude()
    default: break
    }
  }

  private func startLink(_ name: String, _ attributes: XMLAttributes, _ names: FactNames) {
    let label = attributes.text(of: names.label) ?? ""
    count(1)
    switch name {
    case "loc":
      let href = attributes.text(of: names.href) ?? ""
      factsOfLabel[label, default: []].append(String(href.drop { $0 != "#" }.dropFirst()))
    case "footnote":
      ids.append(label)
      capture()
    case "footnoteArc":
      for fact in factsOfLabel[attributes.text(of: names.from) ?? ""] ?? [] {
        arcs[fact, default: []].append(attributes.text(of: names.to) ?? "")
      }
    default: break
    }
  }

  override func end(_ name: XMLName, _ namespace: XMLName?) {
    guard let names else { return }
    let text = captured()
    if let text, names.isInline(namespace) || namespace == names.link {
      keep(text, String(cString: name))
    } else if namespace == names.xbrli {
      endStructure(String(cString: name), text.map(Self.trimmed))
    } else if let text, current != nil {
      current?.dimensions.append((axis, Self.trimmed(text)))
    }
  }

  private func keep(_ text: String, _ name: String) {
    guard let id = ids.popLast() else { return }
    keptBytes += text.utf8.count
    guard keptBytes <= bounds.sharedTextMax else {
      return fail(
        "text-too-long",
        "footnotes and continuations are longer than the bound of \(bounds.sharedTextMax) bytes",
        remedy: "ask who made the file")
    }
    if name == "footnote" {
      notes[id] = (text, notes[id]?.next)
    } else {
      continuations[id] = (text, continuations[id]?.next)
    }
  }

  private func endStructure(_ name: String, _ text: String?) {
    let text = text ?? ""
    switch name {
    case "identifier": current?.entity = text
    case "startDate": current?.start = Self.day(text, isEnd: false)
    case "endDate": current?.end = Self.day(text, isEnd: true)
    case "instant": current?.instant = Self.day(text, isEnd: true)
    case "context":
      contexts[contextID] = current
      current = nil
      if contexts.count > bounds.contextsMax { failContexts() }
    case "measure":
      if isDenominator { denominators.append(text) } else { numerators.append(text) }
    case "unit":
      guard let unitID else { return }
      let over = numerators.sorted().joined(separator: "*")
      units[unitID] =
        denominators.isEmpty ? over : over + "/" + denominators.sorted().joined(separator: "*")
    default: break
    }
  }

  /// The day of a period's bound. Midnight at an end is the end of the day before.
  private static func day(_ text: String, isEnd: Bool) -> String {
    guard text.count > 10, let day = Day(String(text.prefix(10))) else { return text }
    let time = text.dropFirst(10)
    guard time.first == "T" else { return text }
    let isMidnight = time.dropFirst().prefix(8).allSatisfy { $0 == "0" || $0 == ":" }
    return (isEnd && isMidnight ? day.adding(days: -1) : day).description
  }

  static func trimmed(_ text: String) -> String {
    var text = text[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// A text with all that continues it; nil if the chain is broken or runs in a circle.
  func continued(_ text: String, at next: String?) -> String? {
    var whole = text
    var next = next
    var seen: Set<String> = []
    while let id = next {
      guard seen.insert(id).inserted, let part = continuations[id],
        whole.utf8.count + part.text.utf8.count <= bounds.rowTextMax
      else { return nil }
      whole += part.text
      next = part.next
    }
    return whole
  }

  /// The footnotes of a fact, joined by ` | `.
  func footnotes(of fact: String) -> String? {
    let texts = (arcs[fact] ?? []).compactMap { id in
      notes[id].map { Self.trimmed(continued($0.text, at: $0.next) ?? $0.text) }
    }
    return texts.isEmpty ? nil : texts.joined(separator: " | ")
  }
}
