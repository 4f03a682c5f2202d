// Assure: the command line, one verb a file.
//
// Purpose. Reads the options, calls one method of the room that does the work, prints what it
// gives back: as text for people, as one JSON object for programs. `Commands/` has the verbs,
// `Output/` the two ways of printing.
//
// 1. Nothing is computed here; what is printed stands in a summary of Workbench, Pack or Sampling.
// 2. Standard output carries the answer and nothing else; errors, hints and progress go to
//    standard error.
// 3. Exit status: 0 done and agrees, 1 ran and found something, 2 could not run, 64 misuse.
// 4. Text that comes from files is printed without control characters.

import ArgumentParser
import Assurance
import Foundation

@main
struct Assure: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assure",
    abstract: "Assurance over reported figures: from the source cell to the printed number.",
    discussion: """
      Takes in source records without changing them, tests the population, recalculates each \
      figure exactly, draws a sample that anyone can draw again, and hands over a folder that \
      proves itself.

      Exit status: 0 done and agrees, 1 ran and found something, 2 could not run, 64 misuse.
      Time for the record comes from SOURCE_DATE_EPOCH where it is set.
      """,
    version: Version.text,
    subcommands: Commands.all)

  /// Errors of the work become sentences and exit status 2; misuse stays with the parser.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
      Terminal.sayRemarks()
    } catch let error as AssureError {
      Terminal.fail(error)
    } catch {
      Terminal.sayRemarks()
      exit(withError: error)
    }
  }
}

/// The version that goes into packs and `--version`.
enum Version {
  static let text = "0.1.0"
}

/// Every verb, in the order of the work. A verb is a file in `Commands/` and a line here.
enum Commands {
  static let all: [any ParsableCommand.Type] = [
    Init.self, Tables.self, IngestCommand.self, Sources.self, Check.self, Reconcile.self, Plan.self,
    Sample.self, WorksheetCommand.self, Evaluate.self, Exceptions.self, Status.self,
    Trace.self, Sign.self, Signoffs.self, PackCommand.self, Verify.self, Rerun.self, Log.self,
    Size.self, Bound.self, Draw.self,
  ]
}
