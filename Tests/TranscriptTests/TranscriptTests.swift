import Foundation
import Testing

/// Every session in `Transcripts/` says today what it said when it was read and approved.
///
/// With `ASSURE_TRANSCRIPTS=write` in the environment the files are written anew from what the
/// program says; read the difference before you commit it.
@Suite struct TranscriptTests {
  static let isWriting = ProcessInfo.processInfo.environment["ASSURE_TRANSCRIPTS"] == "write"

  @Test(arguments: Transcript.names) func `the session prints what it printed`(_ name: String)
    throws
  {
    var transcript = try Transcript(name: name)
    let folder = try TemporaryFolder()
    var differs = false
    for (index, step) in transcript.steps.enumerated() {
      if step.command.hasPrefix("engagement ") {
        try PreparedEngagement.copy(String(step.command.dropFirst(11)), to: folder.path)
        continue
      }
      if step.command.hasPrefix("fill ") {
        try FilledWorksheet.run(String(step.command.dropFirst(5)), in: folder.path)
        continue
      }
      let outcome = try Program.shell(step.command, in: folder.path)
      let actual = Transcript.lines(outcome, here: folder.path)
      guard !step.isPreparation else {
        try #require(
          outcome.status == 0,
          "\(name).txt:\(step.line): % \(step.command)\n\(actual.joined(separator: "\n"))")
        continue
      }
      guard !Transcript.matches(step.expected[...], actual[...]) else { continue }
      differs = true
      // A line that holds with a placeholder is kept as it is.
      transcript.steps[index].expected = actual.map { line in
        step.expected.first { Transcript.matches(line: $0, line) } ?? line
      }
      guard !Self.isWriting else { continue }
      Issue.record(
        """
        \(name).txt:\(step.line): $ \(step.command)
        \(difference(step.expected, actual))
        """)
    }
    if Self.isWriting, differs { try transcript.write() }
  }

  @Test func `there are transcripts, and each begins with a sentence`() throws {
    #expect(Transcript.names.count >= 20)
    for name in Transcript.names {
      let transcript = try Transcript(name: name)
      #expect(transcript.preamble.first?.hasPrefix("# ") == true, "\(name).txt")
      #expect(!transcript.steps.isEmpty, "\(name).txt")
    }
  }

  /// Both sides, line by line: `-` expected and not printed, `+` printed and not expected.
  private func difference(_ expected: [String], _ actual: [String]) -> String {
    let changes = actual.difference(from: expected) {
      Transcript.matches(line: $1, $0) || Transcript.matches(line: $0, $1)
    }
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in changes {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var lines: [String] = []
    var position = 0
    for (index, line) in expected.enumerated() {
      while inserted.contains(position) {
        lines.append("+ " + actual[position])
        position += 1
      }
      lines.append((removed.contains(index) ? "- " : "  ") + line)
      if !removed.contains(index) { position += 1 }
    }
    lines += actual[min(position, actual.count)...].map { "+ " + $0 }
    return lines.joined(separator: "\n")
  }
}

extension Transcript {
  /// Writes the file with the lines that the steps now expect.
  func write() throws {
    var lines = preamble
    while lines.last == "" { lines.removeLast() }
    for (index, step) in steps.enumerated() {
      let follows = index > 0 && steps[index - 1].isPreparation && step.isPreparation
      if !follows || !step.notes.isEmpty { lines.append("") }
      lines += step.notes
      lines.append((step.isPreparation ? "% " : "$ ") + step.command)
      lines += step.expected
    }
    try (lines.joined(separator: "\n") + "\n")
      .write(toFile: Self.folder + "/\(name).txt", atomically: true, encoding: .utf8)
  }
}
