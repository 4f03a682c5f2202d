/// Remembers what short texts were found to mean, by their bytes: cells repeat few words.
///
/// One slot a hash; a newer text takes the slot of an older one. Bounded: 512 slots.
final class ByteMemo {
  private static let slots = 512
  private static let textMax = 52

  private struct Slot {
    var hash: UInt64 = 0
    /// -1 where nothing is remembered.
    var length: Int32 = -1
    var value: Int32 = 0
  }

  private let slots: UnsafeMutablePointer<Slot>
  private let texts: UnsafeMutablePointer<UInt8>

  init() {
    slots = .allocate(capacity: Self.slots)
    slots.initialize(repeating: Slot(), count: Self.slots)
    texts = .allocate(capacity: Self.slots * Self.textMax)
  }

  deinit {
    slots.deallocate()
    texts.deallocate()
  }

  private func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    // FNV-1a, 64 bits (Fowler, Noll, Vo).
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash ^ (hash >> 29)
  }

  func find(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard text.count <= Self.textMax, let start = text.baseAddress else { return nil }
    let hash = hash(text)
    let index = Int(hash % UInt64(Self.slots))
    guard slots[index].hash == hash, Int(slots[index].length) == text.count else { return nil }
    let known = texts + index * Self.textMax
    for position in 0..<text.count where known[position] != start[position] { return nil }
    return Int(slots[index].value)
  }

  func remember(_ text: UnsafeBufferPointer<UInt8>, as value: Int) {
    guard text.count <= Self.textMax, let start = text.baseAddress else { return }
    let hash = hash(text)
    let index = Int(hash % UInt64(Self.slots))
    (texts + index * Self.textMax).update(from: start, count: text.count)
    slots[index] = Slot(
      hash: hash, length: Int32(text.count), value: Int32(truncatingIfNeeded: value))
  }
}
