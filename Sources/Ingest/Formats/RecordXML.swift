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
    for path in try RecordPaths.find(in: file, path: options.recordPath, sink: sink) {
      let head = TableHead(name: path.path, isRecordPath: true)
      head.columnNames = path.columns
      head.recordCount = path.count
      head.nestedColumns = path.nested
      guard try sink.begin(head) else { continue }
      let handler = RecordHandler(bounds: file.bounds, sink: sink, head: head)
      try XMLReader.parse(try FileInput.xml(file, sink: sink), handler: handler, place: file.name)
      try sink.end(TableTail())
    }
  }
}

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
  private var columns: ColumnTree
  /// The node of each open element of the record, the record itself first.
  private var open: [ColumnTree.Node] = []
  private var texts: [UInt8] = []
  private var textMarks: [Int] = []

  init(bounds: Bounds, sink: RowSink, head: TableHead) {
    self.sink = sink
    self.head = head
    steps = head.name.split(separator: "/").map(String.init)
    row = RowBuffer(textMax: bounds.rowTextMax)
    columns = ColumnTree()
    super.init(bounds: bounds)
  }

  override func prepare() {
    stepNames = steps.map { step in
      guard let context else { return nil }
      var step = step
      return step.withUTF8 { context.lookUp($0) }
    }
    columns = ColumnTree()
    for (index, path) in head.columnNames.enumerated() {
      columns.seed(path, column: index + 1) { self.context?.lookUp($0) }
    }
  }

  override func start(_ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    if open.isEmpty {
      // Outside a record: only the path's own elements matter.
      guard matched == depth - 1, matched < stepNames.count, stepNames[matched] == name else {
        return
      }
      matched += 1
      guard matched == stepNames.count else { return }
      records += 1
      row.start(number: records, line: line)
      push(columns.root, attributes)
      return
    }
    guard let parent = open.last else { return }
    push(columns.child(of: parent, name: name, isAttribute: false), attributes)
  }

  override func text(_ text: UnsafePointer<UInt8>, _ count: Int) {
    guard !open.isEmpty else { return }
    guard texts.count + count <= bounds.rowTextMax else { return failText() }
    texts.append(contentsOf: UnsafeBufferPointer(start: text, count: count))
  }

  override func end(_ name: XMLName, _ namespace: XMLName?) {
    guard let node = open.popLast(), let mark = textMarks.popLast() else {
      if matched > depth { matched = depth }
      return
    }
    texts.withUnsafeBufferPointer { all in
      let text = UnsafeBufferPointer(rebasing: all[mark...])
      if !text.isBlank { put(columns.text(of: node), text) }
    }
    texts.removeLast(texts.count - mark)
    guard open.isEmpty else { return }
    matched -= 1
    guard !row.overflowed else { return failText() }
    attempt { try sink.row(row) }
  }

  private func push(_ node: ColumnTree.Node, _ attributes: XMLAttributes) {
    open.append(node)
    textMarks.append(texts.count)
    for index in 0..<attributes.count {
      guard let name = attributes.name(index) else { continue }
      let value = attributes.value(index)
      if !value.isBlank { put(columns.child(of: node, name: name, isAttribute: true), value) }
    }
    if columns.count > bounds.pathsMax || columns.textBytes > bounds.pathTextMax {
      fail(
        "too-many-paths",
        "records have more distinct paths than the bound of \(bounds.pathsMax), or longer ones than"
          + " \(bounds.pathTextMax) bytes", remedy: "name a narrower record path with --record")
    }
  }

  private func put(_ node: ColumnTree.Node, _ text: UnsafeBufferPointer<UInt8>) {
    if node.column == 0 {
      head.columnNames.append(node.path)
      node.column = head.columnNames.count
    }
    row.open(column: node.column, kind: .untyped)
    row.append(text.trimmed)
    row.close()
  }

  private func failText() {
    fail(
      "text-too-long", "a record has more text than the bound of \(bounds.rowTextMax) bytes",
      remedy: "name a narrower record path with --record")
  }
}
