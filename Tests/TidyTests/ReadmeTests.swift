import Foundation
import Testing

@Suite("the README")
struct ReadmeTests {
  /// One verb with what it takes, from the argument parser's own description.
  struct Verb {
    let subverbs: [String: Verb]
    let options: Set<String>
  }

  static func root() throws -> Verb {
    let program = try #require(BuiltProgram.path, "the program is not built")
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try BuiltProgram.bash("'\(program)' --experimental-dump-help > help.json", in: folder)
    let data = try Data(contentsOf: folder.appending(path: "help.json"))
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    return verb(try #require(object["command"] as? [String: Any]))
  }

  private static func verb(_ object: [String: Any]) -> Verb {
    let subverbs = (object["subcommands"] as? [[String: Any]] ?? []).map { sub in
      (sub["commandName"] as? String ?? "", verb(sub))
    }
    let arguments = object["arguments"] as? [[String: Any]] ?? []
    let names = arguments.flatMap { $0["names"] as? [[String: Any]] ?? [] }
    let options = names.map { name in
      (name["kind"] as? String == "short" ? "-" : "--") + (name["name"] as? String ?? "")
    }
    return Verb(
      subverbs: Dictionary(subverbs) { first, _ in first },
      options: Set(options + ["--help", "-h", "--version"]))
  }

  static func temporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "assure-tidy-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.resolvingSymlinksInPath()
  }

  @Test("every command it names has that verb and those options")
  func commands() throws {
    let root = try Self.root()
    let commands = try Readme.programCommands()
    #expect(commands.count > 20)
    for command in commands {
      let first = command.split(separator: /[;|&>#]/).first.map(String.init) ?? ""
      let words = first.replacing(/"[^"]*"|'[^']*'/, with: "TEXT").split(separator: " ").dropFirst()
        .map(String.init)
      var verb = root
      var rest = words[...]
      while let name = rest.first, let sub = verb.subverbs[name] {
        verb = sub
        rest = rest.dropFirst()
      }
      if let word = words.first, !word.hasPrefix("-"), word != "help", word.allSatisfy(\.isLetter) {
        #expect(rest.count < words.count || word.allSatisfy(\.isUppercase), "no verb: \(command)")
      }
      for option in rest where option.hasPrefix("-") {
        #expect(verb.options.contains(option), "no option \(option): \(command)")
      }
    }
  }

  @Test("its table of verbs has every verb")
  func verbs() throws {
    let text = try Repository.text("README.md")
    let table = text.matches(of: /(?m)^\| `([a-z-]+)[^`]*`/).map { String($0.1) }
    for name in try Self.root().subverbs.keys where name != "help" {
      #expect(table.contains(name), "\(name) is not in the table")
    }
  }

  @Test("its table of codes has every code of the population tests, with its severity")
  func codes() throws {
    let text = try Repository.text("README.md")
    let kinds = /FindingKind\(\s*"([a-z-]+)",\s*\.(\w+)/
    var count = 0
    for path in Repository.files("Sources/Assurance/Testing", ending: ".swift") {
      for kind in try Repository.text(path).matches(of: kinds) {
        #expect(text.contains("| `\(kind.1)` | \(kind.2) |"), "\(kind.1)")
        count += 1
      }
    }
    #expect(count > 15)
  }

  @Test("its tour runs, with the exit status and the lines that it shows")
  func tour() throws {
    _ = try #require(BuiltProgram.path, "the program is not built")
    let steps = try Readme.steps("console tour")
    #expect(steps.count > 15)
    let folder = try Self.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let work = folder.appending(path: "work")
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      at: work.appending(path: "Samples"),
      withDestinationURL: Repository.root.appending(path: "Samples"))

    let script = steps.enumerated().map { number, step in
      let out = folder.appending(path: "\(number)").path
      return "{\n\(step.command)\n} > '\(out).out' 2>&1; echo $? > '\(out).status'"
    }
    try BuiltProgram.bash(script.joined(separator: "\n"), in: work)

    for (number, step) in steps.enumerated() {
      func result(_ kind: String) throws -> String {
        try String(contentsOf: folder.appending(path: "\(number).\(kind)"), encoding: .utf8)
      }
      let output = try result("out").components(separatedBy: "\n")
      let status = try result("status").trimmingCharacters(in: .whitespacesAndNewlines)
      #expect(status == "\(step.status)", "\(step.command)\n\(output.joined(separator: "\n"))")
      Self.compare(step, output)
    }
  }

  /// Every shown line occurs in the output, in order; `…` stands for anything.
  private static func compare(_ step: Readme.Step, _ output: [String]) {
    var rest = output[...]
    for shown in step.shown where shown.trimmingCharacters(in: .whitespaces) != "…" {
      guard let index = rest.firstIndex(where: { matches(shown, $0) }) else {
        Issue.record(
          "`\(step.command)` does not print this line here: \(shown)\n\(rest.joined(separator: "\n"))"
        )
        return
      }
      rest = rest[(index + 1)...]
    }
  }

  static func matches(_ shown: String, _ line: String) -> Bool {
    let parts = shown.components(separatedBy: "…")
    guard parts.count > 1 else { return shown == line }
    guard line.hasPrefix(parts[0]) else { return false }
    var rest = line.dropFirst(parts[0].count)
    for part in parts.dropFirst() where !part.isEmpty {
      guard let found = rest.range(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return parts.last == "" || rest.isEmpty
  }
}
