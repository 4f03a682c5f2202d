import ArgumentParser
import Assurance
import Foundation

/// What goes to the two outputs, and how.
enum Terminal {
  /// Prints the error, its remedy, and ends with status 2.
  static func fail(_ error: AssureError) -> Never {
    complain("assure: error: \(printable(error.description))")
    if !error.remedy.isEmpty { complain("assure: hint: \(printable(error.remedy))") }
    exit(2)
  }

  // A command runs on one thread, and only this file touches them.
  nonisolated(unsafe) private static var remarks: [String] = []

  /// Keeps a remark for the end of the command; an error says all that is needed instead.
  static func remark(_ text: String) { remarks.append(text) }

  /// Puts the remarks on standard error.
  static func sayRemarks() {
    for text in remarks { complain("assure: note: \(printable(text))") }
    remarks = []
  }

  /// A line on standard error.
  static func complain(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }

  /// A line on standard output.
  static func say(_ line: String = "") {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }

  /// Control characters and marks that turn the direction of text, made visible: names and cells
  /// come from strangers.
  static func printable(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        result += scalar == "\n" ? " " : "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

/// `--format`.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// Options of every verb.
struct CommonOptions: ParsableArguments {
  @Option(help: "What to print: text for people, json for programs (one object, documented).")
  var format: OutputFormat = .text

  @Flag(help: "Print results and errors only.")
  var quiet = false
}

/// Options of every verb that works in an engagement.
struct EngagementOptions: ParsableArguments {
  @Option(
    name: .long, help: "The engagement's folder; else the nearest parent with engagement.yaml.")
  var engagement: String?

  @Option(help: "Who works; else ASSURE_ACTOR, else the login name. Written into the trail.")
  var actor: String?
}
