import Assurance
import Trail

/// How anyone draws the sample again.
enum RedrawText {
  static func text(_ paper: Workpaper, _ draw: DrawFacts) -> String {
    let name = paper.kpi.name
    var lines = [
      "How to draw the sample of \(name), round \(draw.round), again", "",
      "method              \(paper.plan?.method ?? "")",
      "size                \(paper.plan.map { String($0.size) } ?? "")",
      "seed                \(draw.seed)", "population          ../ledger/\(name)-population.csv",
      "population SHA-256  \(draw.populationDigest)",
      "keys alone          \(name)-round-\(draw.round)-keys.txt",
      "what was drawn      \(name)-round-\(draw.round).csv", "", "The rule",
    ]
    for (index, sentence) in draw.rule.enumerated() { lines.append("\(index + 1). \(sentence)") }
    lines += ["", "With assure, all of it, from this pack alone", "", "  assure verify PACK", ""]
    if let item = draw.items.first, !item.ticket.hasPrefix(Withholder.mark) {
      lines += ["With stock tools, the ticket of one item", ""]
      lines += TicketExample(seed: draw.seed, key: item.key).commands.map { "  " + $0 }
      lines += ["", "It must print", "", "  " + item.ticket]
    }
    return lines.map { VisibleText.of($0) + "\n" }.joined()
  }
}

/// One ticket by hand: SHA-256 twice, the digest as a decimal number, its digits reversed.
struct TicketExample {
  let seed: String
  let key: String
  /// SHA-256 of the seed, in hex.
  var seedDigest: String { Digest(ofText: seed).hex }
  /// SHA-256 of the seed's digest followed by the key, in hex.
  var keyDigest: String { Digest(ofText: seedDigest + key).hex }

  /// POSIX shell with coreutils, bc, sed and rev.
  var commands: [String] {
    [
      "SEED=\(Self.quoted(seed))", "KEY=\(Self.quoted(key))",
      "H=$(printf '%s' \"$SEED\" | sha256sum | cut -c 1-64)",
      "D=$(printf '%s%s' \"$H\" \"$KEY\" | sha256sum | cut -c 1-64 | tr a-f A-F)",
      "N=$(echo \"ibase=16; $D\" | BC_LINE_LENGTH=0 bc)",
      "printf '%64s' \"$N\" | tr ' ' 0 | rev | sed 's/^/0./'",
    ]
  }

  /// In single quotes for a POSIX shell.
  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}
