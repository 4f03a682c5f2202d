import Assurance

/// Reports in HTML or XHTML, inline XBRL among them: the text that a reader sees.
enum HTMLReport {
  /// Whether the first bytes are markup of a page.
  static func recognises(_ head: [UInt8]) -> Bool {
    let text = String(decoding: head.prefix(4096), as: UTF8.self).lowercased()
    let start = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    guard start.hasPrefix("<") else { return false }
    return ["<html", "<!doctype html", "<body", "<?xml", "<div", "<p"].contains {
      text.contains($0)
    }
  }

  static func read(_ file: SourceFile) throws(AssureError) -> ReportDocument {
    let listener = HTMLListener(bounds: file.bounds, place: file.name)
    var scanner = MarkupScanner(
      try ReportReader.text(of: file), place: file.name, bounds: file.bounds)
    try scanner.run(listener)
    let facts = listener.facts.known
    var remarks: [String] = []
    if listener.facts.untold > 0 {
      remarks.append("\(listener.facts.untold) tagged numbers have no value that can be told")
    }
    if listener.facts.lacksContexts {
      remarks.append("the contexts of the tags stand in another file: their periods are not known")
    }
    return try ReportReader.document(
      file, form: listener.facts.isInline ? .inlineXBRL : .html, text: listener.page.text,
      facts: facts, remarks: remarks)
  }
}

/// Follows the tags of a page.
final class HTMLListener: MarkupListener {
  var failure: AssureError?
  private(set) var page = PageText()
  let facts = InlineFacts()
  private let bounds: Bounds
  private let place: String
  /// The element that is not shown, with how many of its name are open in it.
  private var hidden: (name: String, depth: Int)?
  private var raised: String?

  init(bounds: Bounds, place: String) {
    self.bounds = bounds
    self.place = place
  }

  private static let unseen: Set<String> = [
    "script", "style", "head", "template", "noscript", "title", "svg", "object", "select",
  ]
  /// Elements without an end tag.
  private static let void: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr",
  ]
  private static let blocks: Set<String> = [
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "section", "article",
    "header", "footer", "table", "blockquote", "pre", "hr", "br", "dt", "dd", "dl", "figure",
    "figcaption", "caption", "main", "nav", "aside", "address", "form", "fieldset", "body",
  ]

  func began(_ name: String, _ attributes: [(name: String, value: String)], isEmpty: Bool) {
    facts.began(name, attributes, isEmpty: isEmpty)
    if let open = hidden {
      if open.name == name, !isEmpty { hidden?.depth += 1 }
      return
    }
    let isVoid = isEmpty || Self.void.contains(name)
    let style = attributes.first { $0.name == "style" }?.value ?? ""
    if !isVoid, isUnseen(name, attributes, style) {
      hidden = (name, 1)
      return
    }
    if style.contains("break-before"), style.contains("always") || style.contains("page;") {
      page.endPage()
    }
    switch name {
    case "tr": page.beginRow()
    case "td", "th": page.beginCell()
    case "sup" where !isVoid: raised = ""
    default: if Self.blocks.contains(name) { page.endLine() }
    }
    if let tag = facts.opened { facts.place(tag, page.mark()) }
    if name == "hr", style.contains("page-break") || style.contains("break-after") {
      page.endPage()
    }
  }

  private func isUnseen(
    _ name: String, _ attributes: [(name: String, value: String)], _ style: String
  ) -> Bool {
    if Self.unseen.contains(name) || facts.isHeader(name) { return true }
    let plain = style.filter { !$0.isWhitespace }
    return plain.contains("display:none") || attributes.contains { $0.name == "hidden" }
  }

  func ended(_ name: String) {
    defer { facts.ended(name, (page.line, page.column)) }
    if let open = hidden {
      guard open.name == name else { return }
      hidden?.depth -= 1
      if open.depth == 1 { hidden = nil }
      return
    }
    switch name {
    case "tr": page.endRow()
    case "td", "th": page.endCell()
    case "sup":
      if let text = raised { page.addRaised(text) }
      raised = nil
    default: if Self.blocks.contains(name) { page.endLine() }
    }
  }

  func text(_ text: String) {
    facts.text(text)
    guard hidden == nil else { return }
    if raised != nil {
      raised?.append(text)
    } else {
      page.add(text.unicodeScalars)
    }
    guard page.byteCount <= bounds.reportTextMax else {
      failure = AssureError(
        "report-too-long", place: place,
        "the report's text is longer than the bound of \(bounds.reportTextMax) bytes",
        remedy: "no report is as long; name the report itself")
      return
    }
  }
}
