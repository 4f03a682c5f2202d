import Assurance

/// What an interval block stands for.
struct BlockContext {
  var usagePoint = ""
  var usagePointTitle = ""
  var meterReading = ""
  var service: Int?
  var localTime: LocalTime?
  /// The values of the reading type by name; nil where it is not in the file.
  var readingType: [String: String]?
  /// Tells series of readings apart.
  var series = 0
  var remarks: [Remark] = []
}

/// The first pass: the entries of a feed and the links between them, without the readings.
final class FeedHandler: LeafHandler {
  private struct Entry {
    var kinds: [String] = []
    var title = ""
    var links: [(rel: String, href: String)] = []
    var values: [String: String] = [:]
    var blocks = 0
    var own: String { links.first { $0.rel == "self" }?.href ?? "" }
    var up: String { links.first { $0.rel == "up" }?.href ?? "" }
    var related: [String] { links.filter { $0.rel == "related" }.map(\.href) }
  }

  private var entries: [Entry] = []
  private var entry = Entry()
  private(set) var intervals = 0
  private var links = 0

  private static let kinds: Set<String> = [
    "UsagePoint", "MeterReading", "ReadingType", "LocalTimeParameters",
  ]

  override func began(_ name: String, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    switch name {
    case "entry": entry = Entry()
    case "link":
      links += 1
      guard links <= bounds.feedEntriesMax * 8 else { return failEntries() }
      let rel = attributes.text(of: self.name("rel")) ?? ""
      entry.links.append((rel, Self.plain(attributes.text(of: self.name("href")) ?? "")))
    case "IntervalBlock": entry.blocks += 1
    case "IntervalReading": intervals += 1
    default: if Self.kinds.contains(name) { entry.kinds.append(name) }
    }
  }

  override func leaf(_ name: String, _ text: String) {
    if name == "title", path.count >= 2, path[path.count - 2] == "entry" {
      entry.title = text
    } else if entry.blocks == 0, !entry.kinds.isEmpty, entry.values.count < 64 {
      entry.values[path[path.count - 2] == "ServiceCategory" ? "service" : name] = text
    }
  }

  override func ended(_ name: String) {
    let isRootContent = path.count == 1 && name != "feed"
    guard name == "entry" || isRootContent, entry.blocks > 0 || !entry.kinds.isEmpty else { return }
    entries.append(entry)
    entry = Entry()
    if entries.count > bounds.feedEntriesMax { failEntries() }
  }

  private func failEntries() {
    fail(
      "too-many-entries",
      "the feed has more entries or links than the bound of \(bounds.feedEntriesMax)",
      remedy: "split it")
  }

  /// Addresses are names here: they are compared and never opened.
  private static func plain(_ href: String) -> String {
    var text = Substring(href.filter { !$0.isWhitespace })
    while text.last == "/" { text.removeLast() }
    return String(text)
  }

  /// The context of each interval block, in the order of the file.
  func resolved() -> [BlockContext] {
    let points = entries.filter { $0.kinds.contains("UsagePoint") }
    let meters = entries.filter { $0.kinds.contains("MeterReading") }
    let types = entries.filter { $0.kinds.contains("ReadingType") }
    let clocks = entries.filter { $0.kinds.contains("LocalTimeParameters") }
    let meterOf = Self.index(meters)
    let pointOf = Self.index(points)
    var typeOf: [String: Int] = [:]
    for (index, type) in types.enumerated() { typeOf[type.own] = index }
    var series: [String: Int] = [:]
    var contexts: [BlockContext] = []
    for block in entries where block.blocks > 0 {
      var context = BlockContext()
      let meter = Self.find(block, meterOf).map { meters[$0] }
      var point = (meter.map { Self.find($0, pointOf) } ?? Self.find(block, pointOf))
        .map { points[$0] }
      if point == nil, points.count == 1 { point = points[0] }
      var type = meter?.related.compactMap { typeOf[$0] }.first
      if type == nil, types.count == 1 {
        type = 0
        context.remarks.append(
          Remark(
            code: "reading-type-assumed",
            message: "no link leads from these readings to a reading type; the only one of the"
              + " file was taken"))
      }
      let clock =
        point?.related.compactMap { href in clocks.first { $0.own == href } }.first
        ?? (clocks.count == 1 ? clocks[0] : nil)
      context.usagePoint = Self.name(point?.own ?? "", among: points.map(\.own))
      context.usagePointTitle = point?.title ?? ""
      context.meterReading = Self.name(meter?.own ?? "", among: meters.map(\.own))
      context.service = point?.values["service"].flatMap { Int($0) }
      context.localTime = clock.flatMap { LocalTime($0.values) }
      context.readingType = type.map { types[$0].values }
      let key = "\(point?.own ?? "") \(type ?? -1)"
      context.series = series[key] ?? series.count
      series[key] = context.series
      // Several blocks of one entry share its links.
      contexts += Array(repeating: context, count: block.blocks)
    }
    return contexts
  }

  /// From the addresses that lead to an entry to its position.
  private static func index(_ entries: [Entry]) -> [String: Int] {
    var index: [String: Int] = [:]
    for (position, entry) in entries.enumerated() {
      for href in [entry.own] + entry.related where !href.isEmpty && index[href] == nil {
        index[href] = position
      }
    }
    return index
  }

  /// The entry that names this one, or whose address this one's continues.
  private static func find(_ entry: Entry, _ index: [String: Int]) -> Int? {
    if let found = index[entry.own] ?? index[entry.up] { return found }
    for href in [entry.own, entry.up] {
      var parts = href.split(separator: "/", omittingEmptySubsequences: false)
      while parts.count > 1 {
        parts.removeLast()
        if let found = index[parts.joined(separator: "/")] { return found }
      }
    }
    return nil
  }

  /// The last part of an address, or all of it where another ends the same.
  private static func name(_ href: String, among all: [String]) -> String {
    func last(_ href: String) -> Substring { href.split(separator: "/").last ?? "" }
    let isAlone = all.count { last($0) == last(href) } <= 1
    return isAlone ? String(last(href)) : href
  }
}
