import ArgumentParser
import Assurance
import Exact
import Foundation
import Sampling

/// Draws from a list of keys, or draws a recorded draw again.
struct Draw: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw a sample from a list of keys, or draw a recorded one again.",
    discussion: """
      Draws by default with Rivest's consistent sampler: the ticket of an item depends on the seed \
      and its own key alone. With --output the draw is recorded as a text file; 'assure draw FILE' \
      draws it again and compares.

      For completeness, draw from a register that should have led to records (meters, bills, sites) \
      and give the keys of the records with --recorded.

      The ticket of one item with a shell alone, printed as a hexadecimal number:
        printf %s "$(printf %s SEED | sha256sum | cut -c1-64)KEY" | sha256sum
      As a decimal number, at least 64 digits long, its digits reversed behind '0.'.

      Exit status: 0 done, or drawn again and equal; 1 drawn again and different, or a drawn key \
      without a record; 2 could not run; 64 misuse.
      """)

  @Argument(help: "A recorded draw, to be done again and compared.")
  var file: String?
  @Option(help: "Text that fixes the draw; public, and chosen after the population.")
  var seed: String?
  @Option(parsing: .unconditional, help: "Items (or hits) wanted.")
  var size: Int?
  @Option(help: "A file with one key a line.")
  var keys: String?
  @Option(help: "A file with one value a line, in the order of the keys.")
  var values: String?
  @Option(help: "\(SelectionMethod.all.map(\.id).joined(separator: ", ")).")
  var method = "consistent"
  @Option(
    parsing: .unconditional, help: "Start of an interval; taken from the seed if nothing is said.")
  var start: ExactNumber?
  @Option(help: "Smallest tickets to leave out: those of earlier rounds.")
  var drop = 0
  @Option(help: "Digits of a ticket to show; it is cut, never rounded.")
  var digits = 18
  @Option(
    help: "A file with the keys that have a record, one a line: shows which drawn keys have none.")
  var recorded: String?
  @Option(parsing: .unconditional, help: "With --recorded: how many may be missing in all.")
  var confidence: ExactNumber?
  @Option(name: .shortAndLong, help: "Write the draw to this file.")
  var output: String?
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if file != nil {
      guard seed == nil, size == nil, keys == nil, values == nil, output == nil else {
        throw ValidationError("a recorded draw holds its own seed, size and keys")
      }
      return
    }
    guard seed != nil || method.hasSuffix("interval") else {
      throw ValidationError("Missing expected argument '--seed'")
    }
    guard size != nil else { throw ValidationError("Missing expected argument '--size'") }
    guard keys != nil else { throw ValidationError("Missing expected argument '--keys'") }
    guard digits >= 1 else { throw ValidationError("--digits must be at least 1") }
    if recorded == nil, confidence != nil {
      throw ValidationError("a draw has no confidence; with --recorded it bounds what is missing")
    }
    if recorded != nil, method != "consistent" || drop != 0 || output != nil {
      throw ValidationError("--recorded goes with a plain draw by ticket")
    }
    if seed == nil, start == nil {
      throw ValidationError("give --start, or --seed to take the start from")
    }
  }

  func run() throws {
    if let file { return try drawAgain(file) }
    let request = try makeRequest()
    if let recorded { return try reverse(request, try lines(recorded)) }
    let (result, record) = try calculated { () throws(SamplingError) in
      let method = try SelectionMethod.named(method)
      let result = try method.draw(request)
      return (result, output == nil ? nil : try DrawRecord(method: method, request: request))
    }
    if let output, let record { try write(record.text, to: output) }
    if common.format == .json {
      answer(result, request).print(.json)
    } else {
      show(result)
    }
  }

  private func reverse(_ request: DrawRequest, _ recorded: [String]) throws {
    var answer = Answer()
    let isComplete = try calculated { () throws(SamplingError) in
      let sample = try ReverseSample(
        seed: request.seed, source: keys ?? "", register: request.keys, recorded: recorded,
        take: request.size)
      answer.add("selected", .list(sample.drawn.map(\.key)))
      answer.add("tickets", .list(sample.drawn.map { $0.ticket.displayed(digits: digits) }))
      answer.add("missing", .list(sample.missing))
      answer.add("population", .integer(sample.population))
      if let confidence {
        let bound = try sample.bound(confidence: confidence.value)
        answer.add("missingAtMost", .integer(bound.upperCount ?? sample.population))
        answer.add("confidence", .exact(confidence.value))
        answer.add("source", .text(bound.source))
      }
      return sample.missing.isEmpty
    }
    answer.print(common.format)
    if !isComplete { throw ExitCode(1) }
  }

  private func makeRequest() throws(AssureError) -> DrawRequest {
    let keyLines = try lines(keys ?? "")
    var decimals: [ExactDecimal]?
    if let values {
      var parsed: [ExactDecimal] = []
      for (index, line) in try lines(values).enumerated() {
        guard let value = ExactDecimal(line) else {
          throw AssureError(
            "value", place: "\(values):\(index + 1)", "'\(line)' is no decimal number",
            remedy: "write plain decimals such as 1234.56, one a line")
        }
        parsed.append(value)
      }
      decimals = parsed
    }
    let found = decimals
    return try calculated { () throws(SamplingError) in
      try DrawRequest(
        seed: seed ?? "", size: size ?? 0, drop: drop, start: start?.value, keys: keyLines,
        values: found)
    }
  }

  private func answer(_ result: DrawResult, _ request: DrawRequest) -> Answer {
    var answer = Answer()
    answer.add("selected", .list(result.selected))
    answer.add("tickets", .list(result.tickets.map { $0.displayed(digits: digits) }))
    if !result.units.isEmpty {
      answer.add("units", .list(result.units.map(\.description)))
    }
    answer.add("method", .text(method))
    answer.add("seed", .text(request.seed))
    answer.add("size", .integer(request.size))
    answer.add("population", .integer(request.keys.count))
    if let interval = result.interval { answer.add("interval", .exact(interval)) }
    if request.values != nil {
      answer.add("certain", .list(result.certain))
      answer.add("negatives", .list(result.negatives.keys))
      answer.add("negativesTotal", .text(result.negatives.total.description))
      answer.add("zeros", .list(result.zeros.keys))
    }
    return answer
  }

  private func show(_ result: DrawResult) {
    for (index, key) in result.selected.enumerated() {
      let place =
        index < result.tickets.count
        ? "  " + result.tickets[index].displayed(digits: digits)
        : index < result.units.count ? "  " + result.units[index].description : ""
      Terminal.say(Terminal.printable(key) + place)
    }
    if result.negatives.count + result.zeros.count > 0, !common.quiet {
      Terminal.complain(
        "assure: note: no chance of selection: \(result.zeros.count) items of zero, "
          + "\(result.negatives.count) negative items totalling \(result.negatives.total)")
    }
  }

  private func drawAgain(_ file: String) throws {
    let text = try contents(file)
    let (record, found) = try calculated { () throws(SamplingError) in
      let record = try DrawRecord(text: text)
      return (record, try record.comparison())
    }
    var answer = Answer()
    answer.add("agrees", .text(found.differences.isEmpty ? "yes" : "no"))
    if !found.differences.isEmpty { answer.add("differences", .list(found.differences)) }
    answer.add("method", .text(record.method))
    answer.add("seed", .text(record.request.seed))
    answer.add("population", .integer(record.request.keys.count))
    answer.add("populationDigest", .text(record.populationDigest))
    answer.add("selected", .list(found.again?.selected.map(\.key) ?? []))
    answer.add("recorded", .list(record.selected.map(\.key)))
    answer.print(common.format)
    if !found.differences.isEmpty { throw ExitCode(1) }
  }

  /// The lines of a file; a last line break ends the last line. CR LF counts as one break.
  private func lines(_ path: String) throws(AssureError) -> [String] {
    var lines = try contents(path).utf8.split(separator: 10, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { line in
      String(Substring(line.last == 13 ? line.dropLast() : line))
    }
  }

  private func contents(_ path: String) throws(AssureError) -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw AssureError(
        "no-file", place: path, "the file can't be read", remedy: "check its name and rights")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw AssureError(
        "not-utf8", place: path, "the file is not UTF-8 text", remedy: "save it as UTF-8")
    }
    return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
  }

  private func write(_ text: String, to path: String) throws(AssureError) {
    guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8)) else {
      throw AssureError(
        "no-write", place: path, "the file can't be written", remedy: "check the folder's rights")
    }
  }
}
