import Assurance
import Exact

/// The tagged numbers of an inline XBRL page, with their contexts and units.
///
/// Prefixes are those that the page binds to the namespaces of XBRL; where it binds none, the
/// customary ones are taken.
final class InlineFacts {
  private struct Open {
    let name: String
    let attributes: [String: String]
    var place: (line: Int, column: Int)?
    var text = ""
  }

  private struct Pending {
    let fact: Open
    let length: Int
  }

  private(set) var isInline = false
  /// Tagged numbers without a value.
  private(set) var untold = 0
  /// The number whose tag begins now; nil after any other tag.
  private(set) var opened: Int?
  private var open: [Open] = []
  private var pending: [Pending] = []
  private var prefixes: [String: String] = [:]
  private var contexts: [String: FactContext] = [:]
  private var units: [String: String] = [:]
  private var context: (id: String, value: FactContext)?
  private var unit: (id: String, over: [String], under: [String], isUnder: Bool)?
  private var axis = ""
  private var words: String?
  /// References kept, against documents made to exhaust memory.
  private static let factsMax = 500_000

  // MARK: - names

  private static let inlineSpaces = [
    "http://www.xbrl.org/2013/inlineXBRL", "http://www.xbrl.org/2008/inlineXBRL",
  ]

  /// The local name of an element of inline XBRL; nil for any other.
  private func inline(_ name: String) -> Substring? {
    guard let colon = name.firstIndex(of: ":") else { return nil }
    let prefix = String(name[..<colon])
    if let space = prefixes[prefix] {
      guard Self.inlineSpaces.contains(space) else { return nil }
    } else if prefix != "ix" {
      return nil
    }
    return name[name.index(after: colon)...]
  }

  func isHeader(_ name: String) -> Bool {
    let local = inline(name)
    return local == "header" || local == "hidden"
  }

  private func local(_ name: String) -> Substring {
    name.split(separator: ":").last ?? ""
  }

  // MARK: - tags

  func began(_ name: String, _ attributes: [(name: String, value: String)], isEmpty: Bool) {
    opened = nil
    for (key, value) in attributes where key.hasPrefix("xmlns:") {
      prefixes[String(key.dropFirst(6)).lowercased()] = value
    }
    guard name.contains(":") else { return }
    if let kind = inline(name) {
      isInline = true
      guard kind == "nonfraction" || kind == "fraction", !isEmpty,
        pending.count + open.count < Self.factsMax
      else { return }
      let own = Dictionary(attributes.map { ($0.name.lowercased(), $0.value) }) { first, _ in first
      }
      open.append(Open(name: name, attributes: own))
      opened = open.count - 1
      return
    }
    structure(local(name), attributes)
  }

  private func structure(_ name: Substring, _ attributes: [(name: String, value: String)]) {
    let value = { (wanted: String) in attributes.first { $0.name.lowercased() == wanted }?.value }
    switch name {
    case "context": context = (value("id") ?? "", FactContext())
    case "unit": unit = (value("id") ?? "", [], [], false)
    case "unitdenominator": unit?.isUnder = true
    case "explicitmember", "typedmember":
      axis = value("dimension") ?? ""
      words = ""
    case "identifier", "startdate", "enddate", "instant", "measure": words = ""
    default: break
    }
  }

  func place(_ index: Int, _ place: (line: Int, column: Int)) { open[index].place = place }

  func text(_ text: String) {
    if words != nil { words?.append(text) }
    for index in open.indices { open[index].text += text }
  }

  func ended(_ name: String, _ place: (line: Int, column: Int)) {
    guard name.contains(":") else { return }
    if let last = open.last, last.name == name {
      open.removeLast()
      finish(last, place)
      return
    }
    let text = FactScan.trimmed(words ?? "")
    switch local(name) {
    case "identifier": context?.value.entity = text
    case "startdate": context?.value.start = text
    case "enddate": context?.value.end = text
    case "instant": context?.value.instant = text
    case "explicitmember", "typedmember": context?.value.dimensions.append((axis, text))
    case "measure":
      if unit?.isUnder == true { unit?.under.append(text) } else { unit?.over.append(text) }
    case "context":
      if let context, contexts.count < Self.factsMax { contexts[context.id] = context.value }
      context = nil
    case "unit":
      if let unit, units.count < Self.factsMax {
        let under = unit.under.isEmpty ? "" : "/" + unit.under.joined(separator: "*")
        units[unit.id] = unit.over.joined(separator: "*") + under
      }
      unit = nil
    default: return
    }
    words = nil
  }

  private func finish(_ fact: Open, _ end: (line: Int, column: Int)) {
    guard let place = fact.place else { return }
    let length = place.line == end.line ? max(0, end.column - place.column) : 0
    if length > 0 { pending.append(Pending(fact: fact, length: length)) }
  }

  /// Whether facts name contexts that are not in the file: it is one of a set.
  var lacksContexts: Bool { contexts.isEmpty && !pending.isEmpty }

  // MARK: - values

  /// The facts with places and values, contexts and units wherever they stand in the page.
  var known: [ReportFact] {
    untold = 0
    return pending.compactMap { pending in
      let fact = pending.fact
      let context = contexts[fact.attributes["contextref"] ?? ""] ?? FactContext()
      guard let place = fact.place, let value = value(fact) else {
        untold += 1
        return nil
      }
      let digits = fact.attributes["decimals"]
      return ReportFact(
        line: place.line, column: place.column, length: pending.length,
        concept: fact.attributes["name"] ?? "", value: value.description,
        decimals: digits == "INF" ? nil : digits.flatMap { Int($0) },
        scale: Int(fact.attributes["scale"] ?? "0") ?? 0,
        unit: units[fact.attributes["unitref"] ?? ""] ?? "",
        context: fact.attributes["contextref"] ?? "", start: context.start, end: context.end,
        instant: context.instant, dimensions: context.dimensionText)
    }
  }

  private func value(_ fact: Open) -> ExactDecimal? {
    guard case .value(let digits) = FactTransform.number(fact.text, fact.attributes["format"]),
      let scale = Int(fact.attributes["scale"] ?? "0"), abs(scale) <= 38,
      let value = ExactDecimal("\(digits)e\(scale)")
    else { return nil }
    return fact.attributes["sign"] == "-" ? -value : value
  }
}
