import Assurance

/// An XML handler that hears of elements by name, and of the text of those without children.
class LeafHandler: XMLHandler {
  /// The local names of the open elements, the root first.
  final private(set) var path: [String] = []
  /// The text since the last tag.
  final private(set) var textBytes: [UInt8] = []
  private var isLeaf = false
  private var names: [XMLName: String] = [:]

  func began(_ name: String, _ namespace: XMLName?, _ attributes: XMLAttributes) {}
  /// An element without child elements ended; the text is trimmed.
  func leaf(_ name: String, _ text: String) {}
  func ended(_ name: String) {}

  final override func start(
    _ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes
  ) {
    let known: String
    if let word = names[name] {
      known = word
    } else {
      known = String(cString: name)
      names[name] = known
    }
    path.append(known)
    textBytes.removeAll(keepingCapacity: true)
    isLeaf = true
    began(known, namespace, attributes)
  }

  final override func text(_ text: UnsafePointer<UInt8>, _ count: Int) {
    guard isLeaf else { return }
    guard textBytes.count + count <= bounds.rowTextMax else {
      return fail(
        "text-too-long", "a value has more text than the bound of \(bounds.rowTextMax) bytes",
        remedy: "ask who made the file")
    }
    textBytes.append(contentsOf: UnsafeBufferPointer(start: text, count: count))
  }

  final override func end(_ name: XMLName, _ namespace: XMLName?) {
    guard let known = path.last else { return }
    if isLeaf {
      leaf(known, textBytes.withUnsafeBufferPointer { String(decoding: $0.trimmed, as: UTF8.self) })
    }
    isLeaf = false
    ended(known)
    path.removeLast()
  }
}
