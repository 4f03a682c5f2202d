import Assurance

/// Markdown of a workpaper: headings, lines, lists and tables from values, each value in its place.
///
/// A value never begins a line of its own and never holds a line end, so it can't look like
/// structure: control and direction characters are made visible, `|` is escaped in cells.
struct MarkdownPage {
  private(set) var text = ""

  mutating func heading(_ level: Int, _ words: String) {
    if !text.isEmpty { text += "\n" }
    text += String(repeating: "#", count: level) + " " + Self.inline(words) + "\n\n"
  }

  mutating func paragraph(_ words: String) {
    text += Self.inline(words) + "\n"
  }

  /// An empty line between a list and what follows it.
  mutating func gap() { text += "\n" }

  /// `- name: value` lines.
  mutating func facts(_ facts: [(String, String)]) {
    for (name, value) in facts { text += "- \(Self.inline(name)): \(Self.inline(value))\n" }
  }

  mutating func numbered(_ sentences: [String]) {
    for (index, sentence) in sentences.enumerated() {
      text += "\(index + 1). \(Self.inline(sentence))\n"
    }
  }

  mutating func table(_ columns: [String], _ rows: [[String]]) {
    row(columns)
    text += "|" + columns.map { _ in "---|" }.joined() + "\n"
    for cells in rows { row(cells) }
  }

  private mutating func row(_ cells: [String]) {
    let safe = cells.map { cell in
      Self.inline(cell).split(separator: "|", omittingEmptySubsequences: false)
        .joined(separator: "\\|")
    }
    text += "| " + safe.joined(separator: " | ") + " |\n"
  }

  private static func inline(_ words: String) -> String { VisibleText.of(words) }
}
