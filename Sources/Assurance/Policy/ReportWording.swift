/// The wording of a draft assurance report, as a policy set gives it.
package struct ReportWording: Sendable {
  /// One part in one language.
  package struct Part: Sendable {
    /// Empty where the part has no heading.
    package let title: String
    /// With `{names}` of what is filled in and `[brackets]` around what a person completes.
    package let text: String
  }

  /// A procedure that may be claimed, and what in the file shows that it was done.
  package struct Procedure: Sendable {
    package let name: String
    /// A kind of fact: `sources`, `checks`, `reconciled`, `samples`, …
    package let needs: String
    package let texts: [String: String]
    /// Groups of word beginnings; all of one group in a sentence make the claim.
    package let words: [[String]]
  }

  /// Language codes that every text has.
  package static let languages = ["en", "zh-Hant"]

  /// Whether the wording was compared with the text of the standard.
  package let isConfirmed: Bool
  package let titles: [String: String]
  /// In the order of the report.
  package let parts: [(name: String, texts: [String: Part])]
  package let procedures: [Procedure]

  /// Reads `report.yaml` of a policy set.
  package static func read(_ text: String, file: String) throws(AssureError) -> ReportWording {
    let node = try PolicyNode.parse(text, file: file)
    let confirmed = try node.required("confirmed").word(Answer.self) == .yes
    let titles = try Self.texts(node.required("titles"))
    var parts: [(name: String, texts: [String: Part])] = []
    for item in try node.required("parts").items() {
      let name = try item.required("part").text()
      var texts: [String: Part] = [:]
      for language in languages {
        let own = try item.required(language)
        texts[language] = Part(
          title: try own.optional("title")?.text() ?? "", text: try own.required("text").text())
        try own.finish()
      }
      try item.finish()
      parts.append((name, texts))
    }
    var procedures: [Procedure] = []
    for item in try node.required("procedures").items() {
      let name = try item.required("procedure").text()
      var words: [[String]] = []
      for group in try item.required("words").items() {
        var own: [String] = []
        for word in try group.items() { own.append(try word.text().lowercased()) }
        words.append(own)
      }
      var texts: [String: String] = [:]
      for language in languages { texts[language] = try item.required(language).text() }
      procedures.append(
        Procedure(
          name: name, needs: try item.required("needs").text(), texts: texts, words: words))
      try item.finish()
    }
    try node.finish()
    return ReportWording(
      isConfirmed: confirmed, titles: titles, parts: parts, procedures: procedures)
  }

  private static func texts(_ node: PolicyNode) throws(AssureError) -> [String: String] {
    var texts: [String: String] = [:]
    for language in languages { texts[language] = try node.required(language).text() }
    try node.finish()
    return texts
  }
}
