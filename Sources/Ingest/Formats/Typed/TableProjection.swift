import Assurance
import CLibXML2

/// A table made of an element that repeats, with values from inside it and from around it.
struct TableProjection {
  enum Source {
    /// Paths below the row's element: `Item/Name`, `@currencyID`, `text()`.
    case own([String])
    /// Paths below the root, of elements that stand before the rows: `Journal/JournalID`.
    case around([String])
    /// What an identifier at a path below the row's element stands for.
    case found(String, [String: String])
    /// The local name of the row's element.
    case element
    /// How deep the row is nested in rows, from 1.
    case level
    /// The row that this one is nested in: its value in another column.
    case parent(column: String)
  }

  let name: String
  /// Paths below the root of the elements that are rows.
  let rows: [String]
  /// Local names of elements that are rows, too, where they stand directly in a row.
  var nested: Set<String> = []
  let columns: [(name: String, source: Source)]
}

/// Reads a projection twice: first to count, then to give rows out.
final class ProjectionHandler: XMLHandler {
  private final class Node {
    let name: XMLName
    var children: [Node] = []
    /// Columns that the element's text feeds.
    var columns: [Int] = []
    var attributes: [(name: XMLName, column: Int)] = []
    var isRow = false
    /// Columns of the context that lie below, cleared when the element begins.
    var below: [Int] = []
    init(name: XMLName) { self.name = name }
  }

  private struct Frame {
    var around: Node?
    var own: Node?
    var opensRow = false
    var textMark = -1
  }

  private let table: TableProjection
  private let deliver: ((RowBuffer) throws -> Void)?
  private let row: RowBuffer
  private var aroundRoot: Node?
  private var ownRoot: Node?
  private var nestedNames: [XMLName] = []
  private var frames: [Frame] = []
  private var around: [PendingRow] = []
  private var rowsSinceClear: [Int] = []
  private var pending: [PendingRow] = []
  private var pendingCount = 0
  private var openRows: [Int] = []
  private var text: [UInt8] = []
  private var fixed: [(column: Int, source: TableProjection.Source)] = []
  private(set) var count = 0
  private var lookups: [Int: [String: String]] = [:]
  private(set) var lateColumns: Set<String> = []

  /// - Parameter deliver: gets the rows; nil to count them only.
  init(
    _ table: TableProjection, bounds: Bounds, deliver: ((RowBuffer) throws -> Void)? = nil
  ) {
    self.table = table
    self.deliver = deliver
    row = RowBuffer(textMax: bounds.rowTextMax)
    super.init(bounds: bounds)
  }

  override func prepare() {
    guard let empty = lookUp("") else { return }
    let outer = Node(name: empty)
    let own = Node(name: empty)
    for path in table.rows { node(path, from: outer)?.isRow = true }
    for (index, column) in table.columns.enumerated() {
      switch column.source {
      case .own(let paths): for path in paths { seed(path, own, index + 1) }
      case .around(let paths): for path in paths { seed(path, outer, index + 1) }
      case .found(let path, let words):
        seed(path, own, index + 1)
        lookups[index + 1] = words
      default: fixed.append((index + 1, column.source))
      }
    }
    Self.collect(outer)
    aroundRoot = outer
    ownRoot = own
    nestedNames = table.nested.compactMap { lookUp($0) }
    around = Array(repeating: PendingRow(), count: table.columns.count + 1)
    rowsSinceClear = Array(repeating: 0, count: table.columns.count + 1)
  }

  private func lookUp(_ name: String) -> XMLName? {
    var name = name
    return name.withUTF8 { context?.lookUp($0) }
  }

  private func node(_ path: String, from root: Node) -> Node? {
    var node = root
    for step in path.split(separator: "/") {
      guard let name = lookUp(String(step)) else { return nil }
      if let known = node.children.first(where: { $0.name == name }) {
        node = known
      } else {
        let child = Node(name: name)
        node.children.append(child)
        node = child
      }
    }
    return node
  }

  private func seed(_ path: String, _ root: Node, _ column: Int) {
    var steps = path.split(separator: "/")
    if steps.last == "text()" { steps.removeLast() }
    if let last = steps.last, last.first == "@" {
      steps.removeLast()
      guard let name = lookUp(String(last.dropFirst())) else { return }
      node(steps.joined(separator: "/"), from: root)?.attributes.append((name, column))
    } else {
      node(steps.joined(separator: "/"), from: root)?.columns.append(column)
    }
  }

  @discardableResult
  private static func collect(_ node: Node) -> [Int] {
    node.below = node.columns + node.attributes.map(\.column) + node.children.flatMap(collect)
    return node.below
  }

  override func start(_ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    guard let parent = frames.last else { return begin(name, attributes) }
    var frame = Frame()
    if openRows.isEmpty, let node = parent.around?.children.first(where: { $0.name == name }) {
      if node.isRow {
        open(&frame)
      } else {
        frame.around = node
        for column in node.below where !node.columns.contains(column) { clear(column) }
      }
    } else if let own = parent.own {
      if own === ownRoot, nestedNames.contains(name) {
        open(&frame)
      } else {
        frame.own = own.children.first { $0.name == name }
      }
    }
    if frame.opensRow { addFixed(name) }
    if let node = frame.own ?? frame.around { take(attributes, node, &frame) }
    frames.append(frame)
  }

  /// The root element, which may itself be the row.
  private func begin(_ name: XMLName, _ attributes: XMLAttributes) {
    var frame = Frame(around: aroundRoot)
    if aroundRoot?.isRow == true {
      open(&frame)
      addFixed(name)
    }
    if let node = frame.own ?? frame.around { take(attributes, node, &frame) }
    frames.append(frame)
  }

  private func open(_ frame: inout Frame) {
    frame.opensRow = true
    frame.own = ownRoot
    count += 1
    guard deliver != nil else { return openRows.append(0) }
    guard pendingCount < bounds.nestedRowsMax else {
      return fail(
        "too-many-nested-rows",
        "one row holds more nested rows than the bound of \(bounds.nestedRowsMax)",
        remedy: "name a record path with --record-path")
    }
    if pendingCount == pending.count { pending.append(PendingRow()) }
    pending[pendingCount].clear(line: line)
    openRows.append(pendingCount)
    pendingCount += 1
    for column in 1..<around.count {
      if let text = around[column].text(column) { pending[pendingCount - 1].add(column, text) }
      rowsSinceClear[column] += 1
    }
  }

  private func addFixed(_ name: XMLName) {
    guard deliver != nil, let current = openRows.last else { return }
    for (column, source) in fixed {
      switch source {
      case .element: pending[current].add(column, String(cString: name))
      case .level: pending[current].add(column, String(openRows.count))
      case .parent(let other):
        guard openRows.count > 1,
          let index = table.columns.firstIndex(where: { $0.name == other }),
          let text = pending[openRows[openRows.count - 2]].text(index + 1)
        else { continue }
        pending[current].add(column, text)
      case .own, .around, .found: break
      }
    }
  }

  private func take(_ attributes: XMLAttributes, _ node: Node, _ frame: inout Frame) {
    guard deliver != nil else { return }
    for (name, column) in node.attributes {
      if let value = attributes.value(of: name) { put(column, value, isOwn: frame.own != nil) }
    }
    if !node.columns.isEmpty { frame.textMark = text.count }
  }

  override func text(_ text: UnsafePointer<UInt8>, _ count: Int) {
    guard let frame = frames.last, frame.textMark >= 0 else { return }
    guard self.text.count + count <= bounds.rowTextMax else { return failText() }
    self.text.append(contentsOf: UnsafeBufferPointer(start: text, count: count))
  }

  override func end(_ name: XMLName, _ namespace: XMLName?) {
    guard let frame = frames.popLast() else { return }
    if frame.textMark >= 0, let node = frame.own ?? frame.around {
      text.withUnsafeBufferPointer { all in
        let value = UnsafeBufferPointer(rebasing: all[frame.textMark...])
        for column in node.columns { put(column, value, isOwn: frame.own != nil) }
      }
      text.removeLast(text.count - frame.textMark)
    }
    guard frame.opensRow else { return }
    openRows.removeLast()
    if openRows.isEmpty { flush() }
  }

  private func put(_ column: Int, _ value: UnsafeBufferPointer<UInt8>, isOwn: Bool) {
    if isOwn {
      guard let current = openRows.last else { return }
      if let words = lookups[column] {
        let word = words[String(decoding: value.trimmed, as: UTF8.self)]
        if let word { pending[current].add(column, word) }
      } else {
        pending[current].add(column, value)
      }
      if pending[current].byteCount > bounds.rowTextMax { failText() }
    } else {
      guard !value.isBlank else { return }
      if rowsSinceClear[column] > 0 {
        lateColumns.insert(table.columns[column - 1].name)
        clear(column)
      }
      // Where several paths feed a column, the first that is there does.
      if around[column].text(column) == nil { around[column].add(column, value) }
    }
  }

  private func clear(_ column: Int) {
    around[column].clear(line: 0)
    rowsSinceClear[column] = 0
  }

  private func flush() {
    defer { pendingCount = 0 }
    guard let deliver else { return }
    for index in 0..<pendingCount {
      pending[index].fill(row, number: count - pendingCount + index + 1)
      guard !row.overflowed else { return failText() }
      attempt { try deliver(row) }
    }
  }

  private func failText() {
    fail(
      "text-too-long", "a row has more text than the bound of \(bounds.rowTextMax) bytes",
      remedy: "name a record path with --record-path")
  }
}

extension TypedTables {
  /// Reads every projection of a file that has rows, each in a pass of its own.
  func read(
    _ projections: [TableProjection], of file: SourceFile, remarks: [String: [Remark]] = [:]
  ) throws {
    let counter = ProjectionCounts(projections, bounds: file.bounds)
    try XMLReader.parse(try FileInput.xml(file, sink: sink), handler: counter, place: file.name)
    for (projection, count) in zip(projections, counter.counts) where count > 0 {
      let columns = projection.columns.map(\.name)
      guard try begin(projection.name, columns: columns, count: count) != nil else {
        continue
      }
      let reader = ProjectionHandler(projection, bounds: file.bounds) { try self.sink.row($0) }
      try XMLReader.parse(try FileInput.xml(file, sink: sink), handler: reader, place: file.name)
      var tail = TableTail()
      tail.remarks = remarks[projection.name] ?? []
      for column in reader.lateColumns.sorted() {
        tail.remarks.append(
          Remark(
            code: "value-after-rows",
            message: "`\(column)` stands behind rows that it belongs to; they show none"))
      }
      try sink.end(tail)
    }
  }
}

/// Counts the rows of several projections in one pass.
private final class ProjectionCounts: XMLHandler {
  private let parts: [ProjectionHandler]
  var counts: [Int] { parts.map(\.count) }

  init(_ projections: [TableProjection], bounds: Bounds) {
    parts = projections.map { ProjectionHandler($0, bounds: bounds) }
    super.init(bounds: bounds)
  }

  override func prepare() {
    for part in parts {
      part.context = context
      part.prepare()
    }
  }

  override func start(_ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    for part in parts { part.start(name, namespace, attributes) }
  }

  override func end(_ name: XMLName, _ namespace: XMLName?) {
    for part in parts { part.end(name, namespace) }
  }
}
