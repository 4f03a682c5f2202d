package import Assurance

/// A draft assurance report in one language: paragraphs, made from a wording and facts of the file.
package struct DraftReport: Sendable {
  package enum Block: Sendable, Hashable {
    case heading(String)
    case paragraph(String)
    case list([String])
    /// Head and rows of equal length.
    case table([[String]])
    /// A pack's digest and the log's head, to be copied letter by letter.
    case slip(PackSlip)
  }

  /// `en` or `zh-Hant`.
  package let language: String
  package let title: String
  package let blocks: [Block]
  /// What stands in brackets: a person completes it.
  package let toComplete: [String]

  /// What is filled in.
  package struct Facts: Sendable {
    package var entity: String
    package var period: String
    package var standard: String
    package var edition: String
    /// `YYYY-MM-DD`; nil leaves it open.
    package var date: String?
    /// Figures in the scope: titles by language, printed figure and unit.
    package var scope: [(titles: [(language: String, text: String)], printed: String, unit: String)]
    package var criteria: [String]
    /// Kinds of facts that the file has: `sources`, `samples`, …
    package var done: Set<String>
    /// Of the pack that the report rests on; nil if none is named.
    package var slip: PackSlip?

    package init(
      entity: String, period: String, standard: String, edition: String, date: String?,
      scope: [(titles: [(language: String, text: String)], printed: String, unit: String)],
      criteria: [String], done: Set<String>, slip: PackSlip? = nil
    ) {
      self.entity = entity
      self.period = period
      self.standard = standard
      self.edition = edition
      self.date = date
      self.scope = scope
      self.criteria = criteria
      self.done = done
      self.slip = slip
    }
  }

  /// Writes a draft. Procedures that the file does not show are not claimed.
  package init(_ wording: ReportWording, facts: Facts, language: String) {
    self.language = language
    title = wording.titles[language] ?? ""
    var blocks: [Block] = []
    for part in wording.parts {
      guard let text = part.texts[language] else { continue }
      if !text.title.isEmpty { blocks.append(.heading(text.title)) }
      blocks.append(.paragraph(Self.filled(text.text, facts, language)))
      switch part.name {
      case "scope": blocks.append(.table(Self.scope(facts, language)))
      case "criteria": blocks.append(.list(facts.criteria))
      case "procedures":
        blocks.append(
          .list(
            wording.procedures.filter { facts.done.contains($0.needs) }
              .compactMap { $0.texts[language] }))
      default: break
      }
    }
    if let slip = facts.slip { blocks += Self.slip(slip, language) }
    self.blocks = blocks
    toComplete = blocks.flatMap { block -> [String] in
      if case .paragraph(let text) = block { Self.bracketed(text) } else { [] }
    }
  }

  private static func slip(_ slip: PackSlip, _ language: String) -> [Block] {
    let words =
      language == "en"
      ? (
        "Evidence file",
        "The evidence behind this report is kept in one file. These lines say which: its digest, "
          + "and the head of the log of the work. The code has the same lines."
      )
      : ("證據檔案", "本報告所據的證據存於一份檔案，由下列各行識別：檔案識別碼及工作軌跡的根值。二維碼載有相同文字。")
    return [.heading(words.0), .paragraph(words.1), .slip(slip)]
  }

  private static func filled(_ text: String, _ facts: Facts, _ language: String) -> String {
    let open = language == "en" ? "[date]" : "[日期]"
    let values = [
      ("{entity}", facts.entity), ("{period}", facts.period), ("{standard}", facts.standard),
      ("{edition}", facts.edition), ("{date}", facts.date ?? open),
    ]
    return values.reduce(text) { $0.replacing($1.0, with: $1.1) }
  }

  private static func scope(_ facts: Facts, _ language: String) -> [[String]] {
    let head = language == "en" ? ["Figure", "As printed", "Unit"] : ["項目", "刊載數字", "單位"]
    return [head]
      + facts.scope.map { item in
        let title = item.titles.first { $0.language == language } ?? item.titles.first
        return [title?.text ?? "", item.printed, item.unit]
      }
  }

  private static func bracketed(_ text: String) -> [String] {
    text.split(separator: "[").dropFirst().compactMap { piece in
      piece.firstIndex(of: "]").map { String(piece[..<$0]) }
    }
  }
}

extension DraftReport {
  /// A page that prints on A4, with the word draft on it.
  package var html: String {
    var main: [HTML] = [
      .element(
        .p, [],
        [Mark.of(language == "en" ? "Draft, not signed" : "草稿，未簽署", strong: true)]),
      .h1(.text(title)),
    ]
    for block in blocks {
      switch block {
      case .heading(let text): main.append(.h2(text))
      case .paragraph(let text): main.append(.p(.text(text)))
      case .list(let items): main.append(.list(items))
      case .slip(let slip): main.append(SlipPage.block(slip))
      case .table(let rows):
        main.append(
          HTMLTable(
            caption: "",
            columns: zip(rows[0], 0...).map { name, index in
              index == 1 ? .number(name) : .text(name)
            }, rows: rows.dropFirst().map { $0.map { .text($0) } }
          ).html)
      }
    }
    return HTMLDocument(
      path: "draft.html", title: title, footer: language == "en" ? "Draft" : "草稿",
      navigation: [], main: main, language: language
    ).html
  }
}
