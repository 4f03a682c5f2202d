import CLibXML2

/// The paths below a record, each found by pointers to names, never by making text.
struct ColumnTree {
  /// An element or attribute below the record, whatever record it stands in.
  final class Node {
    fileprivate let name: XMLName?
    fileprivate let isAttribute: Bool
    fileprivate var children: [Node] = []
    /// Once there are many children: looking through them all would be quadratic.
    fileprivate var elementsByName: [XMLName: Node] = [:]
    fileprivate var attributesByName: [XMLName: Node] = [:]
    fileprivate var textNode: Node?
    /// Relative to the record: `Period/Start`, `@id`, `text()`.
    let path: String
    /// From 1 once a value was seen there.
    var column = 0
    /// The element under which it was seen last, by the number of that element.
    var seenUnder = 0
    /// Where among the children the next one is looked for first: records repeat.
    fileprivate var next = 0

    fileprivate init(name: XMLName?, isAttribute: Bool, path: String) {
      self.name = name
      self.isAttribute = isAttribute
      self.path = path
    }
  }

  let root = Node(name: nil, isAttribute: false, path: "")
  private(set) var count = 0
  /// Bytes of all paths together.
  private(set) var textBytes = 0

  /// The node of a child, made when it is first seen.
  mutating func child(of parent: Node, name: XMLName, isAttribute: Bool) -> Node {
    if parent.next < parent.children.count {
      let child = parent.children[parent.next]
      if child.name == name, child.isAttribute == isAttribute {
        parent.next += 1
        return child
      }
    }
    if parent.children.count > 16 {
      let known = isAttribute ? parent.attributesByName[name] : parent.elementsByName[name]
      if let known { return known }
    } else {
      for (index, child) in parent.children.enumerated()
      where child.name == name && child.isAttribute == isAttribute {
        parent.next = index + 1
        return child
      }
    }
    let step = (isAttribute ? "@" : "") + String(cString: name)
    let path = parent.path.isEmpty ? step : parent.path + "/" + step
    let child = Node(name: name, isAttribute: isAttribute, path: path)
    parent.children.append(child)
    if isAttribute {
      parent.attributesByName[name] = child
    } else {
      parent.elementsByName[name] = child
    }
    count += 1
    textBytes += path.utf8.count
    return child
  }

  /// Makes the nodes of a path and gives the last one its column.
  mutating func seed(
    _ path: String, column: Int, lookUp: (UnsafeBufferPointer<UInt8>) -> XMLName?
  ) {
    guard path != "text()" else {
      text(of: root).column = column
      return
    }
    var node = root
    for step in path.split(separator: "/") {
      let isAttribute = step.first == "@"
      var name = String(isAttribute ? step.dropFirst() : step)
      guard let pointer = name.withUTF8(lookUp) else { return }
      node = child(of: node, name: pointer, isAttribute: isAttribute)
    }
    node.column = column
  }

  /// The column for an element's own text: the element itself, `text()` for the record.
  mutating func text(of node: Node) -> Node {
    guard node === root else { return node }
    if let text = node.textNode { return text }
    let text = Node(name: nil, isAttribute: false, path: "text()")
    node.textNode = text
    return text
  }
}

extension xmlParserCtxtPtr {
  /// The dictionary's pointer for a name.
  func lookUp(_ text: UnsafeBufferPointer<UInt8>) -> XMLName? {
    xmlDictLookup(pointee.dict, text.baseAddress, Int32(truncatingIfNeeded: text.count))
  }
}
