import Assurance

/// A path that was found, with its columns.
struct RecordPath {
  let path: String
  let count: Int
  /// Relative to the record, in the order of first appearance down the tree.
  let columns: [String]
  /// Whether a column lies within another, nested record path.
  let nested: [Bool]
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
      return [node.recordPath(inner: [])]
    }
    if found.count > max {
      sink.remark(
        Remark(
          code: "record-paths-left-out",
          message: "\(found.count - max) of \(found.count) record paths are not listed;"
            + " name one with --record"))
    }
    let inner = Set(found.map(\.path))
    return found.prefix(max).map { $0.recordPath(inner: inner) }
  }
}

private final class PathNode {
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

  func recordPath(inner: Set<String>) -> RecordPath {
    var columns: [String] = []
    var nested: [Bool] = []
    var pending: [(node: PathNode, isNested: Bool)] = [(self, false)]
    while let (node, isNested) = pending.popLast() {
      let relative = String(node.path.dropFirst(path.count + 1))
      for attribute in node.attributes {
        columns.append((relative.isEmpty ? "" : relative + "/") + "@" + attribute.text)
        nested.append(isNested)
      }
      if node.hasText {
        columns.append(relative.isEmpty ? "text()" : relative)
        nested.append(isNested)
      }
      for child in node.children.reversed() {
        pending.append((child, isNested || inner.contains(child.path)))
      }
    }
    return RecordPath(path: path, count: count, columns: columns, nested: nested)
  }
}

private final class PathHandler: XMLHandler {
  private var root: PathNode?
  private var open: [PathNode] = []
  private var paths = 0
  /// Bytes of all paths together.
  private var pathText = 0

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
    if attributes.count > 0 { note(attributes, of: node) }
    open.append(node)
  }

  private func note(_ attributes: XMLAttributes, of node: PathNode) {
    for index in 0..<attributes.count {
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
    guard let node = open.last, !node.hasText else { return }
    if !UnsafeBufferPointer(start: text, count: count).isBlank { node.hasText = true }
  }

  override func end(_ name: XMLName, _ namespace: XMLName?) { open.removeLast() }

  func node(at path: String) -> PathNode? {
    var pending = root.map { [$0] } ?? []
    while let node = pending.popLast() {
      if node.path == path { return node }
      pending += node.children.filter { path.hasPrefix($0.path) }
    }
    return nil
  }

  func recordNodes() -> [PathNode] {
    var found: [PathNode] = []
    var pending = root.map { [$0] } ?? []
    while let node = pending.popLast() {
      if node.repeats, node.isStructured { found.append(node) }
      pending += node.children
    }
    if found.isEmpty, let root {
      found = root.children.filter(\.isStructured)
      if found.isEmpty { found = [root] }
    }
    return found.sorted { ($1.count, $0.path) < ($0.count, $1.path) }
  }
}
