/// Keeps the `capacity` first elements of a stream in the order given, in constant memory.
struct SmallestHeap<Element: Sendable>: Sendable {
  let capacity: Int
  /// Strict order; the heap's root is the last of those kept.
  let precedes: @Sendable (Element, Element) -> Bool
  private(set) var elements: [Element] = []

  init(capacity: Int, precedes: @escaping @Sendable (Element, Element) -> Bool) {
    self.capacity = max(0, capacity)
    self.precedes = precedes
  }

  /// The last of those kept, once the heap is full; what comes after it can be skipped.
  var threshold: Element? { elements.count == capacity ? elements.first : nil }

  mutating func insert(_ element: Element) {
    guard capacity > 0 else { return }
    if elements.count < capacity {
      elements.append(element)
      siftUp(elements.count - 1)
    } else if precedes(element, elements[0]) {
      elements[0] = element
      siftDown(0)
    }
  }

  /// Puts `element` in the place of the root.
  mutating func replaceRoot(_ element: Element) {
    guard !elements.isEmpty else { return }
    elements[0] = element
    siftDown(0)
  }

  /// The elements kept, first to last.
  var sorted: [Element] { elements.sorted(by: precedes) }

  private mutating func siftUp(_ start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      guard precedes(elements[parent], elements[child]) else { return }
      elements.swapAt(parent, child)
      child = parent
    }
  }

  private mutating func siftDown(_ start: Int) {
    var parent = start
    while true {
      var last = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < elements.count && precedes(elements[last], elements[child]) {
        last = child
      }
      if last == parent { return }
      elements.swapAt(parent, last)
      parent = last
    }
  }
}
