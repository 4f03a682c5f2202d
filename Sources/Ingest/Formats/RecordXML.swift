import Assurance

/// XML made of repeating elements: database exports, interchange files, reports.
///
/// A record path such as `/Export/Reading` names the element that repeats. Columns are its
/// attributes (`@id`), its own text (`text()`), and those of its descendants (`Period/Start`).
/// Names are local names; namespaces do not tell columns apart. A path is given or found.
package enum RecordXML: SourceFormat {
  package static let id = "record-xml"

  package static func recognises(_ head: SourceHead, root: XMLRoot?) -> Bool { root != nil }

  package static func read(
    _ file: SourceFile, options: ReadOptions, into sink: RowSink
  ) throws {
    if sink.canRestart, let path = try RecordPaths.guess(in: file, path: options.recordPath),
      try readOnce(file, path, into: sink)
    {
      return
    }
    for path in try RecordPaths.find(in: file, path: options.recordPath, sink: sink) {
      let head = TableHead(name: path.path, isRecordPath: true)
      head.columnNames = path.columns
      head.recordCount = path.count
      head.nestedColumns = path.nested
      head.isRestating = options.isRestating
      head.supersededBy = path.supersededBy
      guard try sink.begin(head) else { continue }
      let handler = RecordHandler(bounds: file.bounds, sink: sink, head: head)
      try XMLReader.parse(try FileInput.xml(file, sink: sink), handler: handler, place: file.name)
      var tail = TableTail()
      tail.remarks = path.remarks
      try sink.end(tail)
    }
  }
}

extension RecordXML {
  /// Reads the records of a path that the beginning of the file shows to be the only one, without
  /// a reading beforehand; false, and the sink as new, if the rest of the file shows another shape.
  private static func readOnce(
    _ file: SourceFile, _ path: RecordPath, into sink: RowSink
  ) throws -> Bool {
    let head = TableHead(name: path.path, isRecordPath: true)
    head.columnNames = path.columns
    head.nestedColumns = path.nested
    if try sink.begin(head) {
      let handler = RecordHandler(bounds: file.bounds, sink: sink, head: head, isGuess: true)
      do {
        try XMLReader.parse(
          try FileInput.xml(file, sink: sink), handler: handler, place: file.name)
        try sink.end(TableTail())
        return true
      } catch is OtherShape {}
    }
    try sink.restart()
    return false
  }
}

/// What the beginning of a file showed does not hold for all of it.
private struct OtherShape: Error {}

/// Streams the records of one path.
private final class RecordHandler: XMLHandler {
  private let sink: RowSink
  private let head: TableHead
  private let steps: [String]
  private let row: RowBuffer
  private var stepNames: [XMLName?] = []
  /// How many elements of the path are open, in order from the root.
  private var matched = 0
  private(set) var records = 0
  private let columns = ColumnTree()
  /// An open element of the record: its node, its number, and where its text begins.
  private struct Open {
    var node: ColumnTree.Node
    var number: Int
    var mark: Int
    var hasAttributes: Bool
  }
  /// The open elements of the record, the record itself first.
  private let open: UnsafeMutablePointer<Open>
  private var openCount = 0
  private var elements = 0
  private var texts: UnsafeMutablePointer<UInt8>
  private var textCapacity = 1 << 12
  private var textCount = 0
  /// Whether columns and path are guessed, so that anything else ends the reading.
  private let isGuess: Bool
  private var pathElements: [Int]
  private var nNil: XMLName?

  init(bounds: Bounds, sink: RowSink, head: TableHead, isGuess: Bool = false) {
    self.sink = sink
    self.head = head
    self.isGuess = isGuess
    open = .allocate(capacity: bounds.depthMax + 1)
    texts = .allocate(capacity: textCapacity)
    steps = head.name.split(separator: "/").map(String.init)
    row = RowBuffer(textMax: bounds.rowTextMax)
    pathElements = [Int](repeating: 0, count: steps.count)
    super.init(bounds: bounds)
  }

  deinit {
    open.deallocate()
    texts.deallocate()
  }

  override func prepare() {
    nNil = name("nil")
    stepNames = steps.map { step in
      guard let context else { return nil }
      var step = step
      return step.withUTF8 { context.lookUp($0) }
    }
    for (index, path) in head.columnNames.enumerated() {
      columns.seed(path, column: index + 1) { self.context?.lookUp($0) }
    }
  }

  override func start(_ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    if openCount == 0 {
      // Outside a record: only the path's own elements matter.
      guard matched == depth - 1, matched < stepNames.count, stepNames[matched] == name else {
        if isGuess, records > 0 { differ() }
        return
      }
      pathElements[matched] += 1
      if isGuess, matched < stepNames.count - 1, pathElements[matched] > 1 { return differ() }
      matched += 1
      guard matched == stepNames.count else { return }
      records += 1
      row.start(number: records, line: line)
      push(columns.root, attributes)
      return
    }
    let parent = open + (openCount - 1)
    let child = columns.child(of: parent.pointee.node, name: name, isAttribute: false)
    if isGuess, !columns.see(child, under: parent.pointee.number) { return differ() }
    push(child, attributes)
  }

  /// Ends a reading that began on a guess.
  private func differ() { attempt { throw OtherShape() } }

  override func text(_ text: UnsafePointer<UInt8>, _ count: Int) {
    guard openCount > 0 else { return }
    guard textCount + count <= bounds.rowTextMax else { return failText() }
    if textCount + count > textCapacity { growTexts(to: textCount + count) }
    (texts + textCount).update(from: text, count: count)
    textCount += count
  }

  private func growTexts(to needed: Int) {
    while textCapacity < needed { textCapacity *= 2 }
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: textCapacity)
    larger.update(from: texts, count: textCount)
    texts.deallocate()
    texts = larger
  }

  override func end(_ name: XMLName, _ namespace: XMLName?) {
    guard openCount > 0 else {
      if matched > depth { matched = depth }
      return
    }
    openCount -= 1
    let element = open[openCount]
    let text = UnsafeBufferPointer(
      start: texts + element.mark, count: textCount - element.mark
    ).trimmed
    if text.count > 0 {
      put(columns.text(of: element.node), text)
    } else if isGuess, elements == element.number, !element.hasAttributes {
      // An element without a value is counted and told, which takes a look at the whole file.
      differ()
    }
    textCount = element.mark
    guard openCount == 0 else { return }
    matched -= 1
    guard !row.overflowed else { return failText() }
    attempt { try sink.row(row) }
  }

  private func push(_ node: ColumnTree.Node, _ attributes: XMLAttributes) {
    elements += 1
    // The reader sees to it that no more are open than the bound allows.
    open[openCount] = Open(
      node: node, number: elements, mark: textCount,
      hasAttributes: attributes.count > 0)
    openCount += 1
    for index in 0..<attributes.count {
      guard let name = attributes.name(index) else { continue }
      let value = attributes.value(index).trimmed
      if isGuess, name == nNil { return differ() }
      if value.count > 0 { put(columns.child(of: node, name: name, isAttribute: true), value) }
    }
    if columns.count > bounds.pathsMax || columns.textBytes > bounds.pathTextMax {
      fail(
        "too-many-paths",
        "records have more distinct paths than the bound of \(bounds.pathsMax), or longer ones than"
          + " \(bounds.pathTextMax) bytes", remedy: "name a narrower record path with --record-path"
      )
    }
  }

  /// The text has no white space at its ends.
  private func put(_ node: ColumnTree.Node, _ text: UnsafeBufferPointer<UInt8>) {
    var column = columns.column(node)
    if column == 0 {
      if isGuess { return differ() }
      head.columnNames.append(columns.path(node))
      column = head.columnCount
      columns.setColumn(column, of: node)
    }
    row.open(column: column, kind: .untyped)
    row.append(text)
    row.close()
  }

  private func failText() {
    fail(
      "text-too-long", "a record has more text than the bound of \(bounds.rowTextMax) bytes",
      remedy: "name a narrower record path with --record-path")
  }
}
