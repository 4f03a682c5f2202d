import Glibc

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

  /// Eight bytes a step: each word is mixed in by a multiplication, the high half brought down.
  @inline(__always)
  private func hash(_ start: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    let raw = UnsafeRawPointer(start)
    var hash = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
    var index = 0
    while index + 8 <= count {
      hash = Self.mixed(hash ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index += 8
    }
    var rest: UInt64 = 0
    while index < count {
      rest = rest << 8 | UInt64(start[index])
      index += 1
    }
    return Self.mixed(hash ^ rest)
  }

  @inline(__always)
  private static func mixed(_ word: UInt64) -> UInt64 {
    let product = word &* 0xD6E8_FEB8_6659_FD93
    return product ^ (product >> 32)
  }

  func find(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard text.count <= Self.textMax, let start = text.baseAddress else { return nil }
    let hash = hash(start, text.count)
    let index = Int(hash % UInt64(Self.slots))
    guard slots[index].hash == hash, Int(slots[index].length) == text.count,
      memcmp(texts + index * Self.textMax, start, text.count) == 0
    else { return nil }
    return Int(slots[index].value)
  }

  func remember(_ text: UnsafeBufferPointer<UInt8>, as value: Int) {
    guard text.count <= Self.textMax, let start = text.baseAddress else { return }
    let hash = hash(start, text.count)
    let index = Int(hash % UInt64(Self.slots))
    (texts + index * Self.textMax).update(from: start, count: text.count)
    slots[index] = Slot(
      hash: hash, length: Int32(text.count), value: Int32(truncatingIfNeeded: value))
  }
}
