import Assurance

/// A path that was found, with its columns.
struct RecordPath {
  let path: String
  let count: Int
  /// Relative to the record, in the order of first appearance down the tree.
  let columns: [String]
  /// Whether a column lies within another, nested record path.
  let nested: [Bool]
  /// What is to be said of the table before it is read.
  var remarks: [Remark] = []
  /// See ``TableHead/supersededBy``.
  var supersededBy: String?
}

/// Finds the elements of an XML file that repeat.
///
/// A path is a record path if some parent holds it at least twice and it is not a bare value. If
/// there is none, the structured children of the root are. The most frequent come first.
enum RecordPaths {
  /// At most this many are read as tables; a file has few kinds of record.
  static let max = 64

  /// - Parameter path: the one path wanted; nil to find them.
  static func find(
    in file: SourceFile, path: String?, sink: RowSink
  ) throws -> [RecordPath] {
    let handler = PathHandler(bounds: file.bounds)
    try XMLReader.parse(try FileInput.xml(file, sink: sink), handler: handler, place: file.name)
    let found = handler.recordNodes()
    if let path {
      guard let node = handler.node(at: path) else {
        throw AssureError(
          "no-such-record-path", place: file.name, "no element stands at \(path)",
          remedy: found.isEmpty
            ? "`assure tables` shows what is in the file"
            : "one of: \(found.prefix(8).map(\.path).joined(separator: ", "))")
      }
      return [node.recordPath(inner: [], shape: handler.shape)]
    }
    if found.count > max {
      sink.remark(
        Remark(
          code: "record-paths-left-out",
          message: "\(found.count - max) of \(found.count) record paths are not listed;"
            + " name one with --record-path"))
    }
    for remark in handler.shape.fileRemarks { sink.remark(remark) }
    let inner = Set(found.map(\.path))
    return found.prefix(max).map { $0.recordPath(inner: inner, shape: handler.shape) }
  }
}

extension RecordPaths {
  /// How much of a file is looked at for ``guess(in:path:)``.
  private static let guessBytes = 1 << 18

  /// The record path of a large file by its beginning: the one path there that repeats, if there is
  /// but one and it is the one wanted. Nil if a look at the whole file is in order.
  static func guess(in file: SourceFile, path: String?) throws -> RecordPath? {
    guard file.bytes > guessBytes * 4 else { return nil }
    let bytes = try file.firstBytes(guessBytes)
    // A start tag cut in two would be taken for another; encodings of two bytes are left alone.
    guard let end = bytes.lastIndex(of: UInt8(ascii: ">")), !bytes.contains(0) else { return nil }
    let space = bytes.prefix { $0 == 32 || $0 == 9 || $0 == 10 || $0 == 13 }.count
    let handler = PathHandler(bounds: file.bounds)
    // It is cut off, and no error of it counts here.
    try? XMLReader.parse(
      MemoryInput(Array(bytes[space...end])), handler: handler, place: file.name)
    guard let node = handler.onlyRepeated(), node.isStructured, node.path == path ?? node.path
    else { return nil }
    // What is to be said of the whole file takes a look at all of it.
    let found = node.recordPath(inner: [node.path], shape: handler.shape)
    return found.remarks.isEmpty && handler.shape.fileRemarks.isEmpty ? found : nil
  }
}

final class PathNode {
  let name: XMLName
  let path: String
  private(set) var children: [PathNode] = []
  /// Once there are many children or attributes: looking through them all would be quadratic.
  private var childrenByName: [XMLName: PathNode] = [:]
  private var attributeNames: Set<XMLName> = []
  /// Elements seen at the path.
  var count = 0
  /// Which of its parent's elements it was last seen in, by number.
  var parentNumber = 0
  var repeats = false
  private(set) var attributes: [(name: XMLName, text: String)] = []
  var hasText = false
  /// Elements without a value: declared nil, and simply empty.
  var nilCount = 0
  var emptyCount = 0
  /// Whether the element that is open now has text, children or attributes.
  var hasContent = false

  /// Whether it holds more than its own text.
  var isStructured: Bool { !attributes.isEmpty || !children.isEmpty }

  init(name: XMLName, path: String) {
    self.name = name
    self.path = path
  }

  func child(_ name: XMLName) -> PathNode? {
    guard children.count > 16 else { return children.first { $0.name == name } }
    return childrenByName[name]
  }

  func add(_ child: PathNode) {
    children.append(child)
    childrenByName[child.name] = child
  }

  func hasAttribute(_ name: XMLName) -> Bool {
    guard attributes.count > 16 else { return attributes.contains { $0.name == name } }
    return attributeNames.contains(name)
  }

  func addAttribute(_ name: XMLName) {
    attributes.append((name, String(cString: name)))
    attributeNames.insert(name)
  }

  func recordPath(inner: Set<String>, shape: RecordShape) -> RecordPath {
    var columns: [String] = []
    var nested: [Bool] = []
    var pending: [(node: PathNode, isNested: Bool)] = [(self, false)]
    while let (node, isNested) = pending.popLast() {
      let relative = String(node.path.dropFirst(path.count + 1))
      for attribute in node.attributes {
        columns.append((relative.isEmpty ? "" : relative + "/") + "@" + attribute.text)
        nested.append(isNested || shape.isBookkeeping(node, attribute.text))
      }
      if node.hasText {
        columns.append(relative.isEmpty ? "text()" : relative)
        nested.append(isNested)
      }
      for child in node.children.reversed() {
        pending.append((child, isNested || inner.contains(child.path)))
      }
    }
    return RecordPath(
      path: path, count: count, columns: columns, nested: nested,
      remarks: shape.remarks(self, columns: columns), supersededBy: shape.supersededBy(self))
  }
}

private final class PathHandler: XMLHandler {
  private var root: PathNode?
  var shape: RecordShape { RecordShape(root: root, schema: schema) }
  private var schema = InlineSchema()
  private var nNil: XMLName?
  private var open: [PathNode] = []
  private var paths = 0
  /// Bytes of all paths together.
  private var pathText = 0

  override func prepare() {
    nNil = name("nil")
    schema.prepare(self)
  }

  override func start(_ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    let node: PathNode
    if let parent = open.last {
      if let known = parent.child(name) {
        node = known
      } else {
        node = PathNode(name: name, path: parent.path + "/" + String(cString: name))
        parent.add(node)
        paths += 1
        pathText += node.path.utf8.count
      }
    } else {
      node = PathNode(name: name, path: "/" + String(cString: name))
      root = node
    }
    guard paths <= bounds.pathsMax else {
      return failPaths("distinct paths than the bound of \(bounds.pathsMax)")
    }
    guard pathText <= bounds.pathTextMax else {
      return failPaths("bytes in its paths than the bound of \(bounds.pathTextMax)")
    }
    node.count += 1
    let parentNumber = open.last?.count ?? 1
    if node.parentNumber == parentNumber { node.repeats = true }
    node.parentNumber = parentNumber
    open.last?.hasContent = true
    node.hasContent = false
    if attributes.count > 0 { note(attributes, of: node) }
    schema.start(name, namespace, attributes, depth: depth)
    open.append(node)
  }

  private func note(_ attributes: XMLAttributes, of node: PathNode) {
    for index in 0..<attributes.count {
      if attributes.name(index) == nNil {
        let value = attributes.value(index).trimmed
        if value.equals("true") || value.equals("1") { node.nilCount += 1 }
      }
      node.hasContent = true
      guard let name = attributes.name(index), !node.hasAttribute(name) else { continue }
      node.addAttribute(name)
      paths += 1
      pathText += node.path.utf8.count + (node.attributes.last?.text.utf8.count ?? 0)
    }
  }

  private func failPaths(_ what: String) {
    fail(
      "too-many-paths", "the file has more \(what)",
      remedy: "ask who made the file; an export has few kinds of record")
  }

  override func text(_ text: UnsafePointer<UInt8>, _ count: Int) {
    guard let node = open.last, !(node.hasText && node.hasContent) else { return }
    guard !UnsafeBufferPointer(start: text, count: count).isBlank else { return }
    node.hasText = true
    node.hasContent = true
  }

  override func end(_ name: XMLName, _ namespace: XMLName?) {
    schema.end(depth: depth)
    if let node = open.popLast(), !node.hasContent { node.emptyCount += 1 }
  }

  func node(at path: String) -> PathNode? {
    var pending = root.map { [$0] } ?? []
    while let node = pending.popLast() {
      if node.path == path { return node }
      pending += node.children.filter { path.hasPrefix($0.path) }
    }
    return nil
  }

  /// The one node that repeats under a parent; nil if there is none or another.
  func onlyRepeated() -> PathNode? {
    var found: PathNode?
    var pending = root.map { [$0] } ?? []
    while let node = pending.popLast() {
      if node.repeats {
        guard found == nil else { return nil }
        found = node
      }
      pending += node.children
    }
    return found
  }

  func recordNodes() -> [PathNode] {
    var found: [PathNode] = []
    let forced = shape.tablePaths
    var pending = root.map { [$0] } ?? []
    while let node = pending.popLast() {
      if node.isStructured, node.repeats || forced.contains(node.path) { found.append(node) }
      pending += node.children
    }
    if found.isEmpty, let root {
      found = root.children.filter(\.isStructured)
      if found.isEmpty { found = [root] }
    }
    return found.sorted { ($1.count, $0.path) < ($0.count, $1.path) }
  }
}
