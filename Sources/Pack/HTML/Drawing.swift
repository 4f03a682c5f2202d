import Exact

/// Pieces that charts are drawn with. A drawing is read without colour: fills are patterns, and
/// what they mean stands in words.
enum Drawing {
  static let ink = "#17212b"
  static let soft = "#53616e"
  static let rule = "#c3ccd4"

  /// How a bar is filled, from the darkest.
  enum Fill: String, CaseIterable {
    case solid, hatched, dotted, crossed, lined, empty
  }

  /// A box; `id` is that of the drawing, in which fills are defined.
  static func bar(
    _ fill: Fill, in id: String, x: Coordinate, y: Coordinate, width: Coordinate,
    height: Coordinate, isDashed: Bool = false
  ) -> HTML {
    var attributes: [HTML.Attribute] = [
      .place(.x, x), .place(.y, y), .place(.width, width), .place(.height, height),
      .paint(.fill, paint(fill, in: id)), .paint(.stroke, ink), .paint(.strokeWidth, "0.75"),
    ]
    if isDashed { attributes.append(.paint(.dashes, "3 2")) }
    return .element(.rect, attributes, [])
  }

  static func words(
    _ text: String, x: Coordinate, y: Coordinate, _ anchor: HTML.Attribute.Anchor = .start,
    size: String? = nil, isStrong: Bool = false
  ) -> HTML {
    var attributes: [HTML.Attribute] = [.place(.x, x), .place(.y, y), .anchor(anchor)]
    if let size { attributes.append(.paint(.size, size)) }
    if isStrong { attributes.append(.paint(.weight, "bold")) }
    return .element(.words, attributes, [.text(text)])
  }

  static func line(
    x1: Coordinate, y1: Coordinate, x2: Coordinate, y2: Coordinate, stroke: String = rule,
    width: String = "1", dashes: String? = nil
  ) -> HTML {
    var attributes: [HTML.Attribute] = [
      .place(.x1, x1), .place(.y1, y1), .place(.x2, x2), .place(.y2, y2), .paint(.stroke, stroke),
      .paint(.strokeWidth, width),
    ]
    if let dashes { attributes.append(.paint(.dashes, dashes)) }
    return .element(.line, attributes, [])
  }

  /// A small box with what its fill means; `count` is how wide the words are taken to be.
  static func key(
    _ items: [(fill: Fill, words: String, isDashed: Bool)], in id: String, x: Int, y: Int,
    each width: Int, perLine: Int
  ) -> [HTML] {
    items.enumerated().flatMap { index, item -> [HTML] in
      let (left, top) = (x + index % perLine * width, y + index / perLine * 18)
      return [
        bar(
          item.fill, in: id, x: Coordinate(left), y: Coordinate(top), width: 16, height: 11,
          isDashed: item.isDashed),
        words(item.words, x: Coordinate(left + 22), y: Coordinate(top + 10), size: "12"),
      ]
    }
  }

  private static func paint(_ fill: Fill, in id: String) -> String {
    switch fill {
    case .solid: ink
    case .empty: "#fff"
    default: "url(#\(id)-\(fill.rawValue))"
    }
  }

  /// The fills that are patterns, defined once in a drawing.
  static func fills(in id: String) -> HTML {
    .element(
      .defs, [],
      [
        pattern(.hatched, id, 5, "M-1 1 L1 -1 M0 5 L5 0 M4 6 L6 4", "1.6"),
        pattern(.dotted, id, 5, "M1.5 2.5 h2", "2"),
        pattern(.crossed, id, 6, "M0 0 L6 6 M0 6 L6 0", "0.9"),
        pattern(.lined, id, 4, "M0 2 h4", "0.9"),
      ])
  }

  private static func pattern(
    _ fill: Fill, _ id: String, _ side: Int, _ outline: String, _ width: String
  ) -> HTML {
    .element(
      .pattern,
      [
        .id("\(id)-\(fill.rawValue)"), .place(.width, Coordinate(side)),
        .place(.height, Coordinate(side)), .paint(.units, "userSpaceOnUse"),
      ],
      [
        .element(
          .rect,
          [
            .place(.width, Coordinate(side)), .place(.height, Coordinate(side)),
            .paint(.fill, "#fff"),
          ], []),
        .element(
          .path,
          [
            .outline(outline), .paint(.stroke, ink), .paint(.strokeWidth, width),
            .paint(.fill, "none"),
          ], []),
      ])
  }
}

extension String {
  /// At most so many characters, with a mark where some are left out.
  func shortened(to count: Int) -> String {
    self.count > count ? prefix(count - 1) + "…" : self
  }
}
