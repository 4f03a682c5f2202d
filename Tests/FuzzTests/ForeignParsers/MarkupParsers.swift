import Assurance

@testable import Ingest

extension ForeignParser {
  /// The two readers of XML, each held against the other.
  static let markup = [
    ForeignParser(name: "markup") { bytes in
      let whole = EventSum.of(bytes, .whole)
      for window in [PlainMarkup.windowBytes, 40] {
        let plain = EventSum.of(bytes, .plainWindow(window))
        // What came before a refusal may have come in more pieces.
        guard plain.isRead == whole.isRead, !whole.isRead || plain.sum == whole.sum else {
          throw Fault(description: "libxml2 and the reader of plain markup differ: \(window)")
        }
      }
    }
  ]
}

/// All that a parse tells, in one number; text counts byte by byte, however it is cut.
private final class EventSum: XMLHandler {
  private(set) var sum: UInt64 = 0xCBF2_9CE4_8422_2325
  private(set) var isRead = false

  static func of(_ bytes: [UInt8], _ lane: XMLReader.Lane) -> EventSum {
    let sum = EventSum(bounds: Bounds())
    sum.isRead =
      (try? XMLReader.parse(MemoryInput(bytes), handler: sum, place: "f", lane: lane)) != nil
    return sum
  }

  /// FNV-1a.
  private func add(_ byte: UInt8) { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }

  private func add(_ name: XMLName?) {
    var at = name
    while let byte = at?.pointee, byte != 0 {
      add(byte)
      at = at.map { $0 + 1 }
    }
    add(0)
  }

  override func start(_ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    add(1)
    add(name)
    add(namespace)
    for shift in [0, 8, 16] { add(UInt8(truncatingIfNeeded: line >> shift)) }
    for index in 0..<attributes.count {
      add(attributes.name(index))
      add(attributes.namespace(index))
      for byte in attributes.value(index) { add(byte) }
      add(0)
    }
  }

  override func end(_ name: XMLName, _ namespace: XMLName?) {
    add(2)
    add(name)
    add(namespace)
  }

  override func text(_ text: UnsafePointer<UInt8>, _ count: Int) {
    for byte in UnsafeBufferPointer(start: text, count: count) { add(byte) }
  }
}
