import Exact

/// A draw as a text file that anyone can draw again.
///
/// ```
/// assure draw 1
/// method: modified-sieve
/// seed: 20261122
/// size: 5
/// drop: 0
/// start: -
/// population: 12 sha256 …
///
/// population
/// <value or -> TAB <key>          one line an item, in the order drawn from
///
/// selected
/// <ticket or -> TAB <key>         one line an item, in the order of selection
/// ```
///
/// UTF-8, lines end in LF. The digest is SHA-256 of the lines of the population section. The
/// ticket is whole. Keys and seed are one line each and may not hold a line break.
public struct DrawRecord: Hashable, Sendable {
  /// The method's id.
  public let method: String
  /// What was drawn from, with seed and size.
  public let request: DrawRequest
  /// Number of items and SHA-256 of the population as recorded: `12 sha256 …`. A record that was
  /// changed may claim another one than ``populationClaim`` finds.
  public let recordedPopulation: String
  /// Keys and ticket texts as recorded.
  public let selected: [Selected]

  /// One line of the draw.
  public struct Selected: Hashable, Sendable {
    /// The key drawn.
    public let key: String
    /// The whole ticket, or nil where tickets don't decide.
    public let ticket: String?
  }

  /// Draws, and records it.
  public init(method: SelectionMethod, request: DrawRequest) throws(SamplingError) {
    for text in request.keys + [request.seed] where text.utf8.contains(10) || text.utf8.contains(13)
    {
      throw .parameter("keys and seed must be one line each to be recorded")
    }
    let result = try method.draw(request)
    self.method = method.id
    self.request = request
    recordedPopulation = Self.claim(request)
    selected = result.selected.enumerated().map { index, key in
      Selected(
        key: key, ticket: index < result.tickets.count ? result.tickets[index].digits : nil)
    }
  }

  /// SHA-256 of the population section, lowercase hexadecimal.
  public var populationDigest: String { Ticket.hexDigest(Self.populationText(request)) }

  /// What the record should claim of its population.
  public var populationClaim: String { Self.claim(request) }

  private static func claim(_ request: DrawRequest) -> String {
    "\(request.keys.count) sha256 \(Ticket.hexDigest(populationText(request)))"
  }

  private static func populationText(_ request: DrawRequest) -> String {
    request.keys.enumerated().map { index, key in
      "\(request.values?[index].description ?? "-")\t\(key)\n"
    }.joined()
  }

  /// The record as the text file above.
  public var text: String {
    let start = request.start?.description ?? "-"
    let head = """
      assure draw 1
      method: \(method)
      seed: \(request.seed)
      size: \(request.size)
      drop: \(request.drop)
      start: \(start)
      population: \(recordedPopulation)

      population

      """
    let lines = selected.map { "\($0.ticket ?? "-")\t\($0.key)\n" }.joined()
    return head + Self.populationText(request) + "\nselected\n" + lines
  }

  /// Reads a record. What it claims is not yet checked: see ``comparison()``.
  ///
  /// - Throws: ``SamplingError/parameter(_:)`` with the line at fault.
  public init(text: String) throws(SamplingError) {
    var reader = DrawRecordReader(text)
    try reader.expect("assure draw 1")
    method = try reader.field("method")
    let seed = try reader.field("seed")
    let size = try reader.number("size")
    let drop = try reader.number("drop")
    let startText = try reader.field("start")
    let start = startText == "-" ? nil : Rational(startText)
    if startText != "-", start == nil { throw reader.wrong("a start that is no number") }
    recordedPopulation = try reader.field("population")
    try reader.expect("")
    try reader.expect("population")
    let lines = try reader.pairs(until: "")
    try reader.expect("selected")
    let chosen = try reader.pairs(until: nil)
    var values: [ExactDecimal] = []
    for line in lines where line.first != "-" {
      guard let value = ExactDecimal(line.first) else {
        throw .parameter("draw file: '\(line.first)' is no value")
      }
      values.append(value)
    }
    request = try DrawRequest(
      seed: seed, size: size, drop: drop, start: start, keys: lines.map(\.second),
      values: values.isEmpty ? nil : values)
    selected = chosen.map {
      Selected(key: $0.second, ticket: $0.first == "-" ? nil : $0.first)
    }
  }

  /// The same draw, done anew.
  public func again() throws(SamplingError) -> DrawRecord {
    try DrawRecord(method: try SelectionMethod.named(method), request: request)
  }
}

/// Lines of a draw file, one after the other.
private struct DrawRecordReader {
  private let lines: [Substring]
  private var place = 0

  init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  func wrong(_ what: String) -> SamplingError {
    .parameter("draw file, line \(place): \(what)")
  }

  private mutating func next() throws(SamplingError) -> Substring {
    guard place < lines.count else { throw wrong("the file ends early") }
    place += 1
    return lines[place - 1]
  }

  mutating func expect(_ text: String) throws(SamplingError) {
    guard try next() == text else { throw wrong("'\(text)' was expected") }
  }

  mutating func field(_ name: String) throws(SamplingError) -> String {
    let line = try next()
    guard line.hasPrefix("\(name): ") || line == "\(name):" else {
      throw wrong("'\(name):' was expected")
    }
    return String(line.dropFirst(name.count + 2))
  }

  mutating func number(_ name: String) throws(SamplingError) -> Int {
    guard let number = Int(try field(name)) else { throw wrong("'\(name)' is no whole number") }
    return number
  }

  mutating func pairs(
    until end: String?
  ) throws(SamplingError) -> [(first: String, second: String)] {
    var pairs: [(first: String, second: String)] = []
    while true {
      if end == nil, place == lines.count - 1, lines[place].isEmpty { return pairs }
      let line = try next()
      if let end, line == end { return pairs }
      guard let tab = line.firstIndex(of: "\t") else { throw wrong("a tab was expected") }
      pairs.append((String(line[..<tab]), String(line[line.index(after: tab)...])))
    }
  }
}
