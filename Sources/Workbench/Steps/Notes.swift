package import Assurance
import Trail

/// Review notes: raised, answered, returned, cleared. Every step is an event; nothing is edited.
extension Engagement {
  /// - Parameter item: the key of a drawn item or the identifier of an exception.
  /// - Returns: the note's number.
  package func raiseNote(
    kpi name: String, item: String?, text: String
  ) throws(AssureError) -> Int {
    let kpi = try kpi(abbreviated: name).name
    let person = try member()
    if let item { try requireItem(item, of: kpi) }
    let role = settings.team.filter { $0.name == person }.compactMap {
      SignoffRole(rawValue: $0.role)
    }.max()
    return try record("note.raised", after: \.notes.count) { number in
      [
        "note": .integer(Int64(number)), "kpi": .string(kpi), "item": .string(item ?? ""),
        "text": .string(try Self.line(text)), "by": .string(person),
        "role": .string((role ?? .reviewer).rawValue),
      ]
    }
  }

  /// A step in the life of a note.
  package enum NoteStep: String, Sendable { case answer, `return`, clear }

  /// - Parameter text: what is said; may be empty only where it is cleared.
  package func note(_ number: Int, _ step: NoteStep, text: String) throws(AssureError) {
    let person = try member()
    guard let note = try workflow().notes.first(where: { $0.number == number }) else {
      throw AssureError(
        "unknown-note", place: "note \(number)", "there is no such note",
        remedy: "`assure note` lists them")
    }
    guard note.state != .cleared else {
      throw AssureError(
        "note-cleared", place: "note \(number)", "it was cleared; nothing is added to it",
        remedy: "raise another")
    }
    guard step == .answer || note.by == person else {
      throw AssureError(
        "note-not-yours", place: "note \(number)",
        "\(note.by) raised it, and clears or returns it", remedy: "answer it instead")
    }
    guard step != .answer || note.by != person else {
      throw AssureError(
        "note-own", place: "note \(number)", "who raised a note does not answer it",
        remedy: "clear it, or let somebody else answer")
    }
    let kind = [NoteStep.answer: "note.answered", .return: "note.returned", .clear: "note.cleared"]
    let words = text.isEmpty && step == .clear ? "" : try Self.line(text)
    let at = try Moment.now()
    try store.commit(actor: actor, at: at) { _ in
      (
        Event(
          kind[step] ?? "note.answered",
          [
            "note": .integer(Int64(number)), "text": .string(words), "by": .string(person),
          ]), ()
      )
    }
  }

  /// The member of the team that the actor is, by name or by a name in allowed_signers.
  ///
  /// - Throws: `actor-unknown`.
  func member() throws(AssureError) -> String {
    if settings.team.contains(where: { $0.name == actor }) { return actor }
    if let known = settings.signers.first(where: { $0.signer == actor }) { return known.person }
    throw AssureError(
      "actor-unknown", place: "--actor \(actor)", "\(actor) is nobody of the team",
      remedy: "name a member of the team in engagement.yaml with --actor or ASSURE_ACTOR: "
        + settings.team.map(\.name).joined(separator: ", "))
  }

  /// One line of visible characters, for what goes into the log and on pages.
  static func line(_ text: String) throws(AssureError) -> String {
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard VisibleLine.isVisible(words), words.utf8.count <= 4000 else {
      throw AssureError(
        "text-refused", place: text.isEmpty ? "the text" : String(text.prefix(40)),
        "it is empty, too long or has characters that nobody sees",
        remedy: "write a sentence of at most 4000 bytes")
    }
    return words
  }

  /// That a key was drawn for a KPI, or is one of its exceptions.
  func requireItem(_ item: String, of kpi: String) throws(AssureError) {
    let round = try lastRound(kpi)
    let (draw, exceptions) = try store.read { db in
      (
        try DrawTable.facts(kpi: kpi, round: round, db),
        try ExceptionTable.current(kpi: kpi, db).map(\.id)
      )
    }
    let keys = draw?.items.map(\.key) ?? []
    guard keys.contains(item) || exceptions.contains(item) else {
      throw AssureError(
        "unknown-item", place: item, "it is neither a drawn item nor an exception of \(kpi)",
        remedy: "see the worksheet, or `assure exceptions`")
    }
  }

  /// Records an event whose number is one more than there are such things.
  func record(
    _ kind: String, after count: KeyPath<Workflow, Int>,
    _ facts: (Int) throws -> CanonicalJSON.Object
  ) throws(AssureError) -> Int {
    let at = try Moment.now()
    return try store.commit(actor: actor, at: at) { db in
      let lines = try TrailTables.lines(db)
      let number = Workflow(events: lines.map { Array($0.utf8) })[keyPath: count] + 1
      return (Event(kind, try facts(number)), number)
    }
  }
}
