/// HTML and SVG as values. Text and attribute values are escaped where they are written, names of
/// elements and attributes come from closed lists, and markup can't be put in as text.
indirect enum HTML: Sendable {
  case text(String)
  case group([HTML])
  case element(Tag, [Attribute], [HTML])
  /// The end of a line inside `pre`.
  case lineEnd

  enum Tag: String, Sendable {
    case a, body, caption, code, dd, div, dl, dt, em, figcaption, figure, footer, h1, h2, h3
    case header, html, li, main, nav, ol, p, pre, section, small, span, strong, table, tbody, td
    case th, thead, tr, ul
    case svg, g, rect, line, path, defs, pattern
    /// Words in SVG; name and description of a drawing for those who don't see it.
    case words = "text"
    case name = "title"
    case description = "desc"
  }

  /// An attribute of a closed list; values are escaped.
  struct Attribute: Sendable {
    fileprivate let name: String
    fileprivate let value: String
    private init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }

    static func style(_ name: StyleName) -> Attribute { Attribute("class", name.rawValue) }
    static func id(_ id: String) -> Attribute { Attribute("id", id) }
    static func language(_ code: String) -> Attribute { Attribute("lang", code) }
    static func columns(_ count: Int) -> Attribute { Attribute("colspan", String(count)) }
    static func label(_ text: String) -> Attribute { Attribute("aria-label", text) }
    static let columnScope = Attribute("scope", "col")
    static let rowScope = Attribute("scope", "row")
    /// Shown while the pointer rests on it.
    static func hint(_ text: String) -> Attribute { Attribute("title", text) }
    static let image = Attribute("role", "img")
    static let current = Attribute("aria-current", "page")
    /// A path inside the pack, relative to the page, or a `#` in it: safe names only.
    static func link(_ path: String) -> Attribute { Attribute("href", path) }
    static func viewBox(_ width: Int, _ height: Int) -> Attribute {
      Attribute("viewBox", "0 0 \(width) \(height)")
    }
    /// A length or place in a drawing.
    static func place(_ name: Place, _ value: Coordinate) -> Attribute {
      Attribute(name.rawValue, value.text)
    }
    static func anchor(_ anchor: Anchor) -> Attribute { Attribute("text-anchor", anchor.rawValue) }
    /// Elements of the page that name and describe this one.
    static func labelledBy(_ ids: String...) -> Attribute {
      Attribute("aria-labelledby", ids.joined(separator: " "))
    }
    /// What a drawing looks like without a style sheet: as presentation attributes, which a content
    /// security policy does not forbid and a file of its own keeps.
    static func paint(_ name: Paint, _ value: String) -> Attribute {
      Attribute(name.rawValue, value)
    }
    /// The outline of a `path`.
    static func outline(_ steps: String) -> Attribute { Attribute("d", steps) }
    /// For a drawing that is a file of its own.
    static let svgNamespace = Attribute("xmlns", "http://www.w3.org/2000/svg")

    enum Place: String { case x, y, x1, x2, y1, y2, width, height }
    enum Anchor: String { case start, middle, end }
    enum Paint: String {
      case fill, stroke
      case strokeWidth = "stroke-width"
      case dashes = "stroke-dasharray"
      case units = "patternUnits"
      case size = "font-size"
      case family = "font-family"
      case weight = "font-weight"
      case edges = "shape-rendering"
    }
  }

  /// Markup, UTF-8.
  func write(to out: inout String) {
    switch self {
    case .text(let text): Self.escape(text, to: &out)
    case .lineEnd: out += "\n"
    case .group(let items): for item in items { item.write(to: &out) }
    case .element(let tag, let attributes, let items):
      out += "<" + tag.rawValue
      for attribute in attributes {
        out += " " + attribute.name + "=\""
        Self.escape(attribute.value, to: &out)
        out += "\""
      }
      out += ">"
      for item in items { item.write(to: &out) }
      out += "</" + tag.rawValue + ">"
      if Self.breaksLine(tag) { out += "\n" }
    }
  }

  private static func breaksLine(_ tag: Tag) -> Bool {
    switch tag {
    case .a, .code, .em, .small, .span, .strong, .td, .th, .dt: false
    default: true
    }
  }

  /// Also makes control and direction characters visible: text can't rearrange the page.
  private static func escape(_ text: String, to out: inout String) {
    let text = VisibleText.of(text)
    guard text.utf8.contains(where: isSpecial) else {
      out += text
      return
    }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      default: out.unicodeScalars.append(scalar)
      }
    }
  }
}

extension HTML {
  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      true
    default: false
    }
  }
}

extension HTML: ExpressibleByStringLiteral {
  init(stringLiteral value: String) { self = .text(value) }
}

/// Short spellings for what pages use most.
extension HTML {
  static func h1(_ items: HTML...) -> HTML { .element(.h1, [], items) }
  static func h2(_ words: String) -> HTML { .element(.h2, [], [.text(words)]) }
  static func h2(_ words: String, chinese: String) -> HTML {
    .element(.h2, [], [.text(words + " "), .chinese(chinese)])
  }
  static func h3(_ words: String) -> HTML { .element(.h3, [], [.text(words)]) }
  static func p(_ items: HTML...) -> HTML { .element(.p, [], items) }
  static func note(_ words: String) -> HTML { .element(.p, [.style(.note)], [.text(words)]) }
  static func code(_ text: String) -> HTML { .element(.code, [], [.text(text)]) }
  static func strong(_ text: String) -> HTML { .element(.strong, [], [.text(text)]) }
  static func chinese(_ text: String) -> HTML {
    .element(.span, [.language("zh-Hant")], [.text(text)])
  }
  static func section(_ items: [HTML]) -> HTML { .element(.section, [], items) }
  static func list(_ sentences: [String]) -> HTML {
    .element(.ol, [], sentences.map { .element(.li, [], [.text($0)]) })
  }
  /// Sentences in no order.
  static func points(_ sentences: [String]) -> HTML {
    .element(.ul, [.style(.points)], sentences.map { .element(.li, [], [.text($0)]) })
  }
  /// Terms with their values.
  static func facts(_ facts: [(String, HTML)]) -> HTML {
    .element(
      .dl, [],
      facts.map { .group([.element(.dt, [], [.text($0.0)]), .element(.dd, [], [$0.1])]) })
  }
}

/// Names of the style sheet's classes.
enum StyleName: String, Sendable {
  case skip, note, number, wide, mark
  case strongMark = "mark strong"
  case scroll, plain
  case actual, estimated, missing, outside, months, path, warning, brand
  case small, key, steps, word, broad, narrow, chart, dense, slip, way, points, links
  case tieText = "tie-text"
  case tieLine = "tie-line"
  case tieNumber = "tie-number"
  case tieSign = "tie-sign"
  case tieExact = "tie exact"
  case tieRounded = "tie rounded"
  case tieBound = "tie bound"
  case tieConflict = "tie conflict"
  case tieScope = "tie scope"
  case tieAside = "tie aside"
  case tieUnmatched = "tie unmatched"
}
