import CLibXML2

/// The paths below a record, each found by pointers to names, never by making text.
///
/// Nodes are numbers into one block of memory: to go from one to another counts no references.
final class ColumnTree {
  /// The number of an element or attribute below the record, whatever record it stands in.
  typealias Node = Int

  private struct Slot {
    let name: XMLName?
    let isAttribute: Bool
    var firstChild = -1
    var lastChild = -1
    var sibling = -1
    var childCount = 0
    /// The child that is looked for first: records repeat.
    var next = -1
    /// The node of its own text, where that is another.
    var text = -1
    /// From 1 once a value was seen there.
    var column = 0
    /// The element under which it was seen last, by the number of that element.
    var seenUnder = 0
  }

  private struct Name: Hashable {
    let parent: Node
    let name: XMLName
    let isAttribute: Bool
  }

  let root = 0
  private var slots: UnsafeMutablePointer<Slot>
  private var used = 1
  private var capacity = 64
  private var paths = [""]
  /// Children of nodes that have many: looking through them all would be quadratic.
  private var byName: [Name: Node] = [:]
  private(set) var count = 0
  /// Bytes of all paths together.
  private(set) var textBytes = 0

  init() {
    slots = .allocate(capacity: capacity)
    slots.initialize(to: Slot(name: nil, isAttribute: false))
  }

  deinit { slots.deallocate() }

  /// Relative to the record: `Period/Start`, `@id`, `text()`.
  func path(_ node: Node) -> String { paths[node] }

  func column(_ node: Node) -> Int { slots[node].column }

  func setColumn(_ column: Int, of node: Node) { slots[node].column = column }

  /// Notes under which element a node stands; false if it stood there before.
  func see(_ node: Node, under element: Int) -> Bool {
    if slots[node].seenUnder == element { return false }
    slots[node].seenUnder = element
    return true
  }

  /// The node of a child, made when it is first seen.
  func child(of parent: Node, name: XMLName, isAttribute: Bool) -> Node {
    let next = slots[parent].next
    if next >= 0, slots[next].name == name, slots[next].isAttribute == isAttribute {
      slots[parent].next = slots[next].sibling
      return next
    }
    return search(parent, name, isAttribute)
  }

  private func search(_ parent: Node, _ name: XMLName, _ isAttribute: Bool) -> Node {
    if slots[parent].childCount > 16 {
      if let known = byName[Name(parent: parent, name: name, isAttribute: isAttribute)] {
        slots[parent].next = slots[known].sibling
        return known
      }
    } else {
      var child = slots[parent].firstChild
      while child >= 0 {
        if slots[child].name == name, slots[child].isAttribute == isAttribute {
          slots[parent].next = slots[child].sibling
          return child
        }
        child = slots[child].sibling
      }
    }
    let step = (isAttribute ? "@" : "") + String(cString: name)
    let path = paths[parent].isEmpty ? step : paths[parent] + "/" + step
    let child = add(Slot(name: name, isAttribute: isAttribute), path)
    let last = slots[parent].lastChild
    if last >= 0 { slots[last].sibling = child } else { slots[parent].firstChild = child }
    slots[parent].lastChild = child
    slots[parent].childCount += 1
    byName[Name(parent: parent, name: name, isAttribute: isAttribute)] = child
    count += 1
    textBytes += path.utf8.count
    return child
  }

  private func add(_ slot: Slot, _ path: String) -> Node {
    if used == capacity {
      let larger = UnsafeMutablePointer<Slot>.allocate(capacity: capacity * 2)
      larger.moveInitialize(from: slots, count: used)
      slots.deallocate()
      slots = larger
      capacity *= 2
    }
    (slots + used).initialize(to: slot)
    used += 1
    paths.append(path)
    return used - 1
  }

  /// Makes the nodes of a path and gives the last one its column.
  func seed(
    _ path: String, column: Int, lookUp: (UnsafeBufferPointer<UInt8>) -> XMLName?
  ) {
    guard path != "text()" else { return setColumn(column, of: text(of: root)) }
    var node = root
    for step in path.split(separator: "/") {
      let isAttribute = step.first == "@"
      var name = String(isAttribute ? step.dropFirst() : step)
      guard let pointer = name.withUTF8(lookUp) else { return }
      node = child(of: node, name: pointer, isAttribute: isAttribute)
    }
    setColumn(column, of: node)
  }

  /// The node for an element's own text: the element itself, `text()` for the record.
  func text(of node: Node) -> Node {
    guard node == root else { return node }
    if slots[root].text < 0 {
      let text = add(Slot(name: nil, isAttribute: false), "text()")
      slots[root].text = text
    }
    return slots[root].text
  }
}

extension xmlParserCtxtPtr {
  /// The dictionary's pointer for a name.
  func lookUp(_ text: UnsafeBufferPointer<UInt8>) -> XMLName? {
    xmlDictLookup(pointee.dict, text.baseAddress, Int32(truncatingIfNeeded: text.count))
  }
}
