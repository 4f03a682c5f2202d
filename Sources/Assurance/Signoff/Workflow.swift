import Trail

/// What people did beside the figures, folded from the events of the log: review notes,
/// declarations of independence, requests, evidence, and who changed what last.
///
/// A pure function of the leaves, so that an engagement and a pack of it tell the same.
package struct Workflow: Sendable {
  /// A change of what workpapers say, by somebody.
  package struct Edit: Sendable {
    /// Index of the event.
    package let event: Int
    package let actor: String
    package let kind: String
    /// The KPI; nil where it may touch every workpaper.
    package let kpi: String?
  }

  /// Somebody said of herself that she is independent of the entity.
  package struct Declaration: Sendable {
    package let event: Int
    package let at: String
    package let person: String
    package let role: String
    /// She also said that she was not its partner in the two engagements before.
    package let hasCooledOff: Bool
    package let text: String
    /// Number of the signed statement; nil where it was only recorded.
    package let statement: Int?
  }

  package private(set) var notes: [ReviewNote] = []
  package private(set) var declarations: [Declaration] = []
  package private(set) var requests: [EvidenceRequest] = []
  package private(set) var evidence: [Evidence] = []
  package private(set) var edits: [Edit] = []
  /// When the report was dated: time of the event; nil before.
  package private(set) var reported: String?
  /// Index of the event that dated the report.
  package private(set) var reportEvent: Int?
  /// Indices of events in which an engagement quality reviewer concurred with a pack.
  package private(set) var concurrences: [Int] = []
  /// When the file was locked, and the digest of its pack; nil before.
  package private(set) var locked: (at: String, pack: String)?
  /// Numbers, digests and times of packs of additions.
  package private(set) var amendments: [(number: Int, digest: String, at: String)] = []

  package init() {}

  /// - Parameter events: the exact bytes of each leaf of the log, in order.
  package init(events: [[UInt8]]) {
    add(events, from: 0)
  }

  /// This and what came after it.
  ///
  /// - Parameter first: how many events there were before these.
  package func adding(_ events: some Sequence<[UInt8]>, from first: Int) -> Workflow {
    var longer = self
    longer.add(events, from: first)
    return longer
  }

  private mutating func add(_ events: some Sequence<[UInt8]>, from first: Int) {
    for (index, leaf) in events.enumerated() {
      guard let kind = Self.kind(of: leaf) else { continue }
      if Self.onlyEditing.contains(kind), let edit = Self.edit(leaf, first + index, kind) {
        edits.append(edit)
        continue
      }
      guard Self.kinds.contains(kind), let json = try? CanonicalJSON(parsing: leaf),
        let facts = json["facts"]
      else { continue }
      let event = Entry(
        index: first + index, kind: kind, at: json["at"]?.string ?? "",
        actor: json["actor"]?.string ?? "", facts: facts)
      take(event)
    }
  }

  /// An edit that is nothing else, without building its facts: most events of a long log are such.
  /// Nil if that can't be, or if the line is not canonical.
  private static func edit(_ leaf: [UInt8], _ index: Int, _ kind: String) -> Edit? {
    leaf.withUnsafeBufferPointer { bytes in
      var (actor, kpi) = ("", "")
      var hasFacts = false
      let isCanonical = CanonicalScan.strings(bytes) { place, text in
        if place.depth == 1, isSame(place.key, "actor") {
          actor = String(decoding: text, as: UTF8.self)
        }
        guard place.depth == 2, hasFacts || isSame(place.parent, "facts") else { return }
        hasFacts = true
        if isSame(place.key, "kpi"), isSame(place.parent, "facts") {
          kpi = String(decoding: text, as: UTF8.self)
        }
      }
      guard isCanonical == true, hasFacts else { return nil }
      return Edit(event: index, actor: actor, kind: kind, kpi: kpi.isEmpty ? nil : kpi)
    }
  }

  /// What was attached to a KPI's workpaper, in the order of the log.
  package func evidence(of kpi: String) -> [Evidence] { evidence.filter { $0.kpi == kpi } }

  /// An event with its place in the log.
  struct Entry {
    let index: Int
    let kind: String
    let at: String
    let actor: String
    let facts: CanonicalJSON

    func text(_ key: String) -> String { facts[key]?.string ?? "" }
    func number(_ key: String) -> Int { facts[key]?.integer.map { Int($0) } ?? 0 }
    func texts(_ key: String) -> [String] { facts[key]?.array?.compactMap(\.string) ?? [] }
  }

  /// Kinds that change what workpapers say. A check or a reconciliation only looks.
  package static let editing: Set<String> = [
    "source.received", "source.replaced", "plan.frozen", "sample.drawn", "worksheet.imported",
    "sample.evaluated", "exception.decided", "evidence.attached",
  ]

  private static let onlyEditing = editing.subtracting(["evidence.attached"])

  private static let kinds = editing.union([
    "note.raised", "note.answered", "note.returned", "note.cleared", "independence.declared",
    "request.made", "request.closed", "statement.signed", "amendment.written",
  ])

  /// The kind of an event without reading all of it: in canonical JSON only `actor` and `at` stand
  /// before it, and a quotation mark inside them is escaped.
  package static func kind(of leaf: [UInt8]) -> String? {
    leaf.withUnsafeBytes { bytes in
      let mark: StaticString = "\"event\":\""
      let length = mark.utf8CodeUnitCount
      var index = 0
      while index + length < bytes.count {
        guard bytes[index] == UInt8(ascii: "\""), isNext(bytes, index, mark) else {
          index += 1
          continue
        }
        let rest = bytes[(index + length)...]
        guard let end = rest.firstIndex(of: UInt8(ascii: "\"")) else { return nil }
        return String(decoding: rest[..<end], as: UTF8.self)
      }
      return nil
    }
  }

  private static func isSame(
    _ text: UnsafeBufferPointer<UInt8>?, _ word: StaticString
  ) -> Bool {
    guard let text, text.count == word.utf8CodeUnitCount else { return false }
    for index in 0..<text.count where text[index] != word.utf8Start[index] { return false }
    return true
  }

  private static func isNext(
    _ bytes: UnsafeRawBufferPointer, _ index: Int, _ mark: StaticString
  ) -> Bool {
    for offset in 0..<mark.utf8CodeUnitCount
    where bytes[index + offset] != mark.utf8Start[offset] { return false }
    return true
  }

  private mutating func take(_ event: Entry) {
    if Self.editing.contains(event.kind) {
      let kpi = event.text("kpi")
      edits.append(
        Edit(
          event: event.index, actor: event.actor, kind: event.kind, kpi: kpi.isEmpty ? nil : kpi))
    }
    switch event.kind {
    case "note.raised": notes.append(ReviewNote(event))
    case "note.answered", "note.returned", "note.cleared":
      guard let index = notes.firstIndex(where: { $0.number == event.number("note") }) else {
        return
      }
      notes[index].take(event)
    case "independence.declared": declarations.append(Declaration(event))
    case "request.made": requests.append(EvidenceRequest(event))
    case "request.closed": close(event.number("request"), event, event.text("text"))
    case "evidence.attached":
      let one = Evidence(event)
      evidence.append(one)
      if let request = one.request { close(request, event, "evidence \(one.number)") }
    case "statement.signed": takeStatement(event)
    case "amendment.written":
      amendments.append((event.number("amendment"), event.text("digest"), event.at))
    default: break
    }
  }

  private mutating func close(_ number: Int, _ event: Entry, _ text: String) {
    guard let index = requests.firstIndex(where: { $0.number == number }) else { return }
    requests[index].close(event, text)
  }

  private mutating func takeStatement(_ event: Entry) {
    switch (SignoffScope(event.text("scope")), event.text("decision")) {
    case (.independence(let coolingOff), "declared"):
      declarations.append(
        Declaration(
          event: event.index, at: event.at, person: event.text("signer"),
          role: event.text("role"), hasCooledOff: coolingOff, text: "",
          statement: event.number("number")))
    case (.report, "approved"):
      if reported == nil { (reported, reportEvent) = (event.at, event.index) }
    case (.pack, "concurs"): concurrences.append(event.index)
    case (.pack, "locked"): if locked == nil { locked = (event.at, event.text("pack")) }
    default: break
    }
  }
}

extension Workflow.Declaration {
  fileprivate init(_ event: Workflow.Entry) {
    self.init(
      event: event.index, at: event.at, person: event.text("person"), role: event.text("role"),
      hasCooledOff: event.facts["coolingOff"]?.bool ?? false, text: event.text("text"),
      statement: nil)
  }
}
