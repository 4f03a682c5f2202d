import Foundation

/// A session with `assure` in a text file: what was typed, what came back.
///
/// - `# …` a sentence; `% …` a line of preparation, whose output is ignored and which must succeed
/// - `% engagement clean` an engagement in `acme` with that set of `Samples/Water` taken in
/// - `% fill IN OUT | …` a tester's work, see ``FilledWorksheet/run(_:in:)``
/// - `$ …` a command; below it its standard output as printed, `! …` its standard error, and `? 2`
///   its exit status, 0 where none is given
/// - `[...]` in an expected line stands for any text; a line `[... lines]` for any number of lines
///
/// The folder of the session is written `[here]`, the repository `[repository]`.
struct Transcript {
  struct Step {
    /// Sentences above the command.
    let notes: [String]
    let isPreparation: Bool
    let command: String
    /// The expected lines, as in the file.
    var expected: [String] = []
    /// The line of the command in the file, from 1.
    let line: Int
  }

  let name: String
  var preamble: [String] = []
  var steps: [Step] = []

  static let folder = Program.repository + "/Tests/TranscriptTests/Transcripts"

  /// The transcripts there are, without `.txt`, sorted.
  static let names: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }.sorted()

  init(name: String) throws {
    self.name = name
    let text = try String(contentsOfFile: Self.folder + "/\(name).txt", encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var notes: [String] = []
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("$ ") || line.hasPrefix("% ") {
        steps.append(
          Step(
            notes: notes, isPreparation: line.hasPrefix("%"),
            command: String(line.dropFirst(2)), line: index + 1))
        notes = []
      } else if !steps.isEmpty, line.hasPrefix("# ") {
        notes.append(line)
      } else if steps.isEmpty {
        preamble.append(line)
      } else {
        steps[steps.count - 1].expected.append(line)
      }
    }
    for index in steps.indices {
      while steps[index].expected.last == "" { steps[index].expected.removeLast() }
    }
  }

  /// Lines of a result, written as they are in a transcript.
  static func lines(_ outcome: Program.Outcome, here: String) -> [String] {
    func plain(_ text: String) -> [String] {
      var lines =
        text
        .replacingOccurrences(of: here, with: "[here]")
        .replacingOccurrences(of: Program.repository, with: "[repository]")
        .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      if lines.last == "" { lines.removeLast() }
      return lines
    }
    let status = outcome.status == 0 ? [] : ["? \(outcome.status)"]
    return plain(outcome.output) + plain(outcome.complaints).map { "! " + $0 } + status
  }

  /// Whether printed lines are the expected ones.
  static func matches(_ expected: ArraySlice<String>, _ actual: ArraySlice<String>) -> Bool {
    guard let first = expected.first else { return actual.isEmpty }
    if first == "[... lines]" {
      return (actual.startIndex...actual.endIndex).contains {
        matches(expected.dropFirst(), actual[$0...])
      }
    }
    guard let line = actual.first, matches(line: first, line) else { return false }
    return matches(expected.dropFirst(), actual.dropFirst())
  }

  static func matches(line expected: String, _ actual: String) -> Bool {
    let parts = expected.components(separatedBy: "[...]")
    guard parts.count > 1 else { return expected == actual }
    guard let head = parts.first, let tail = parts.last, actual.hasPrefix(head) else {
      return false
    }
    var rest = actual.dropFirst(head.count)
    for part in parts.dropFirst().dropLast() {
      guard let found = rest.range(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return rest.hasSuffix(tail)
  }
}
