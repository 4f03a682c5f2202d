package import Assurance
import Trail

/// What is said of a piece of evidence when it is attached.
package struct EvidenceWish: Sendable {
  package var kpi: String
  /// Keys of drawn items; empty for the whole workpaper.
  package var items: [String]
  package var kind: EvidenceKind
  /// Its own date.
  package var date: Day
  package var period: Period?
  package var page: String?
  package var region: String?
  /// The request that it answers.
  package var request: Int?
  package var text: String?

  package init(
    kpi: String, items: [String] = [], kind: EvidenceKind, date: Day, period: Period? = nil,
    page: String? = nil, region: String? = nil, request: Int? = nil, text: String? = nil
  ) {
    self.kpi = kpi
    self.items = items
    self.kind = kind
    self.date = date
    self.period = period
    self.page = page
    self.region = region
    self.request = request
    self.text = text
  }
}

extension Engagement {
  /// Takes a file in as evidence: kept by its digest as it is, and named in the workpaper.
  ///
  /// - Throws: `unknown-item`, `unknown-request`, `evidence-date` for a date that is still to come.
  package func attach(path: String, _ wish: EvidenceWish) throws(AssureError) -> Evidence {
    try refuseChange("evidence.attached")
    let kpi = try kpi(abbreviated: wish.kpi).name
    for item in wish.items { try requireItem(item, of: kpi) }
    let person = try member()
    let at = try Moment.now()
    guard wish.date.description <= at.prefix(10) else {
      throw AssureError(
        "evidence-date", place: "--date \(wish.date)", "that day is still to come",
        remedy: "give the date that the evidence bears")
    }
    if let number = wish.request {
      guard try workflow().requests.contains(where: { $0.number == number && $0.closed == nil })
      else { throw Self.unknownRequest(number) }
    }
    let words = try wish.text.map { (text) throws(AssureError) in try Self.line(text) } ?? ""
    let page = try wish.page.map { (text) throws(AssureError) in try Self.line(text) } ?? ""
    let region = try wish.region.map { (text) throws(AssureError) in try Self.line(text) } ?? ""
    let file = try KeptEvidence.keep(path, in: folder + "/.assure/sources")
    let number = try record("evidence.attached", after: \.evidence.count) { number in
      var facts: CanonicalJSON.Object = [
        "evidence": .integer(Int64(number)), "file": .string(file.name),
        "sha256": .string(file.digest), "bytes": .integer(Int64(file.size)), "kpi": .string(kpi),
        "items": .array(wish.items.map { .string($0) }), "kind": .string(wish.kind.rawValue),
        "date": .string(wish.date.description),
        "period": .string(wish.period?.description ?? ""), "page": .string(page),
        "region": .string(region), "text": .string(words), "by": .string(person),
      ]
      if let request = wish.request { facts["request"] = .integer(Int64(request)) }
      return facts
    }
    guard let one = try workflow().evidence.first(where: { $0.number == number }) else {
      throw AssureError("store-damaged", place: store.path, "the log lacks what was just recorded")
    }
    return one
  }

  /// Whether evidence is weaker than the risk of its KPI lets pass.
  package func isWeak(_ one: Evidence) -> Bool {
    settings.evidence.contains { $0.kpi == one.kpi && one.kind < $0.minimum }
  }

  static func unknownRequest(_ number: Int) -> AssureError {
    AssureError(
      "unknown-request", place: "request \(number)", "no such request is outstanding",
      remedy: "`assure request` lists them")
  }
}

/// Requests to the entity or to third parties.
extension Engagement {
  /// - Parameters:
  ///   - from: who is asked.
  ///   - due: the day by which it is wanted.
  /// - Returns: the request's number.
  package func request(
    kpi name: String, item: String?, from: String, due: Day, text: String
  ) throws(AssureError) -> Int {
    let kpi = try kpi(abbreviated: name).name
    if let item { try requireItem(item, of: kpi) }
    let person = try member()
    let (asked, words) = (try Self.line(from), try Self.line(text))
    return try record("request.made", after: \.requests.count) { number in
      [
        "request": .integer(Int64(number)), "kpi": .string(kpi), "item": .string(item ?? ""),
        "from": .string(asked), "due": .string(due.description), "text": .string(words),
        "by": .string(person),
      ]
    }
  }

  /// Ends a request without evidence, and says why.
  package func closeRequest(_ number: Int, text: String) throws(AssureError) {
    let person = try member()
    guard try workflow().requests.contains(where: { $0.number == number && $0.closed == nil })
    else { throw Self.unknownRequest(number) }
    let words = try Self.line(text)
    let at = try Moment.now()
    try store.commit(actor: actor, at: at) { _ in
      (
        Event(
          "request.closed",
          [
            "request": .integer(Int64(number)), "text": .string(words), "by": .string(person),
          ]), ()
      )
    }
  }
}
