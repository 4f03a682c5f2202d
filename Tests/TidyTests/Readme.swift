import Foundation

/// README.md, taken apart into what a reader could type.
enum Readme {
  /// A fenced block; `info` is what follows the three backticks.
  struct Block {
    let info: String
    let lines: [String]
  }

  static func blocks() throws -> [Block] {
    var blocks: [Block] = []
    var open: (info: String, lines: [String])?
    for line in try Repository.text("README.md").components(separatedBy: "\n") {
      guard line.hasPrefix("```") else {
        open?.lines.append(line)
        continue
      }
      if let block = open {
        blocks.append(Block(info: block.info, lines: block.lines))
        open = nil
      } else {
        open = (String(line.dropFirst(3)), [])
      }
    }
    return blocks
  }

  /// A command as shown after `$ `, and the lines shown under it.
  struct Step {
    let command: String
    var shown: [String]

    /// `# exit status 1` behind the command; else 0.
    var status: Int {
      command.firstMatch(of: /# exit status (\d+)/).flatMap { Int($0.1) } ?? 0
    }
  }

  /// The commands of every block with this info string, in order.
  static func steps(_ info: String) throws -> [Step] {
    var steps: [Step] = []
    for block in try blocks() where block.info == info {
      for line in block.lines {
        if line.hasPrefix("$ ") {
          steps.append(Step(command: String(line.dropFirst(2)), shown: []))
        } else if !steps.isEmpty, !line.isEmpty {
          steps[steps.count - 1].shown.append(line)
        }
      }
    }
    return steps
  }

  /// Every `assure …`: after `$ ` in a block, and between backticks in the text.
  static func programCommands() throws -> [String] {
    let shown = try blocks().flatMap(\.lines).filter { $0.hasPrefix("$ assure ") }
      .map { String($0.dropFirst(2)) }
    let inText = try Repository.text("README.md").matches(of: /`(assure [^`\n]+)`/)
      .map { String($0.1) }
    return shown + inText
  }
}

/// The program that was built with these tests.
enum BuiltProgram {
  static let path: String? = {
    let beside = Bundle.main.executableURL?.deletingLastPathComponent().appending(path: "assure")
    let usual = Repository.root.appending(path: ".build/debug/assure")
    return [beside, usual].compactMap { $0?.path }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// Runs bash over a script in a folder, with the program first in the path.
  static func bash(_ script: String, in folder: URL) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment
    let program = path.map { URL(filePath: $0).deletingLastPathComponent().path } ?? ""
    environment["PATH"] = program + ":" + (environment["PATH"] ?? "/usr/bin:/bin")
    environment["ASSURE_ACTOR"] = nil
    process.environment = environment
    try process.run()
    process.waitUntilExit()
  }
}
