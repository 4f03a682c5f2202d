import ArgumentParser
import Assurance
import Workbench

struct Note: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Review notes: raised, answered, returned, cleared by who raised them.",
    discussion: """
      A note is about a workpaper, a drawn item or an exception. Until it is cleared, the role of \
      who raised it and those above can't sign that workpaper. Nothing is edited: every step is an \
      event. You are the --actor, who must be of the team.
      """,
    subcommands: [List.self, Raise.self, Answer.self, Return.self, Clear.self],
    defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the notes; status 1 if one is not cleared.")
    @OptionGroup var engagement: EngagementOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let notes = try engagement.open().workflow().notes
      switch common.format {
      case .json: Terminal.say(JSONValue.object([("notes", .list(notes.map(json)))]).text())
      case .text:
        if notes.isEmpty { Terminal.say("no notes") }
        for note in notes { show(note) }
      }
      if notes.contains(where: { $0.state != .cleared }) { throw ExitCode(1) }
    }

    private func show(_ note: ReviewNote) {
      let item = note.item.isEmpty ? "" : " \(note.item)"
      Terminal.say(
        Terminal.printable("\(note.number)  \(note.kpi)\(item)  \(note.role)  \(note.state)"))
      guard !common.quiet else { return }
      for turn in note.turns {
        let words = turn.text.isEmpty ? "" : ": \(turn.text)"
        Terminal.say(Terminal.printable("   \(turn.at) \(turn.what) by \(turn.by)\(words)"))
      }
    }

    private func json(_ note: ReviewNote) -> JSONValue {
      .object([
        ("note", .integer(note.number)), ("kpi", .string(note.kpi)), ("item", .string(note.item)),
        ("role", .string(note.role.rawValue)), ("state", .string(note.state.rawValue)),
        (
          "turns",
          .list(
            note.turns.map {
              .object([
                ("what", .string($0.what)), ("by", .string($0.by)), ("at", .string($0.at)),
                ("text", .string($0.text)),
              ])
            })
        ),
      ])
    }
  }

  struct Raise: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Raise a note on a workpaper.")
    @Argument(help: "What you ask or object.") var text: String
    @Option(help: "The KPI whose workpaper it is about.") var kpi: String
    @Option(help: "The key of a drawn item, or the identifier of an exception.") var item: String?
    @OptionGroup var engagement: EngagementOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let number = try engagement.open().raiseNote(kpi: kpi, item: item, text: text)
      NoteWords.say(number, "raised", common)
    }
  }

  struct Answer: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Answer a note of somebody else.")
    @Argument(help: "Its number.") var number: Int
    @Argument(help: "Your answer.") var text: String
    @OptionGroup var engagement: EngagementOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      try engagement.open().note(number, .answer, text: text)
      NoteWords.say(number, "answered", common)
    }
  }

  struct Return: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Send a note of yours back: the answer is not enough.")
    @Argument(help: "Its number.") var number: Int
    @Argument(help: "What is still wanted.") var text: String
    @OptionGroup var engagement: EngagementOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      try engagement.open().note(number, .return, text: text)
      NoteWords.say(number, "returned", common)
    }
  }

  struct Clear: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Clear a note of yours.")
    @Argument(help: "Its number.") var number: Int
    @Argument(help: "How it was settled, if that is to be said.") var text = ""
    @OptionGroup var engagement: EngagementOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      try engagement.open().note(number, .clear, text: text)
      NoteWords.say(number, "cleared", common)
    }
  }
}

private enum NoteWords {
  static func say(_ number: Int, _ what: String, _ common: CommonOptions) {
    switch common.format {
    case .text: if !common.quiet { Terminal.say("note \(number) \(what)") }
    case .json:
      Terminal.say(
        JSONValue.object([("note", .integer(number)), ("state", .string(what))]).text())
    }
  }
}
