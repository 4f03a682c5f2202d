import CLibXML2
import Glibc

/// A name as it stands in a tag, with its parts in the parse's dictionary.
struct PlainName {
  enum Kind {
    case ordinary
    /// `xmlns`
    case declaresDefault
    /// `xmlns:…`
    case declaresPrefix
  }

  fileprivate var first: UInt64 = 0
  fileprivate var last: UInt64 = 0
  /// In bytes; 0 for none.
  var length = 0
  /// With its prefix.
  var whole: XMLName
  var prefix: XMLName?
  var local: XMLName
  var kind = Kind.ordinary
}

/// The names of a document by their bytes: each is looked up in the dictionary when it is new, and
/// compared in two words after that.
struct PlainNames: ~Copyable {
  private static let slotCount = 512
  /// Longer ones are libxml2's.
  private static let bytesMax = 1_000

  private let dictionary: xmlDictPtr
  private let slots: UnsafeMutablePointer<PlainName>
  let xml, xmlNamespace: XMLName?
  private let xmlns: XMLName?

  init(_ context: xmlParserCtxtPtr) {
    dictionary = context.pointee.dict
    xml = xmlDictLookup(dictionary, "xml", 3)
    xmlns = xmlDictLookup(dictionary, "xmlns", 5)
    xmlNamespace = xmlDictLookup(dictionary, "http://www.w3.org/XML/1998/namespace", -1)
    slots = .allocate(capacity: Self.slotCount)
    let none = UnsafePointer(UnsafeMutablePointer<UInt8>.allocate(capacity: 1))
    slots.initialize(repeating: PlainName(whole: none, local: none), count: Self.slotCount)
    nothing = none
  }

  private let nothing: XMLName

  deinit {
    slots.deallocate()
    nothing.deallocate()
  }

  /// The name of these bytes, behind which eight more can be loaded; nil if it is not one that is
  /// plain.
  mutating func find(_ start: UnsafePointer<UInt8>, _ length: Int) -> UnsafePointer<PlainName>? {
    let raw = UnsafeRawPointer(start)
    var first = raw.loadUnaligned(as: UInt64.self)
    var last: UInt64 = 0
    if length < 8 {
      first &= (1 << UInt64(8 * length)) &- 1
    } else {
      last = (raw + length - 8).loadUnaligned(as: UInt64.self)
    }
    let mixed = (first ^ (last &* 0xFF51_AFD7_ED55_8CCD) ^ UInt64(length)) &* 0x9E37_79B9_7F4A_7C15
    let slot = slots + Int(mixed >> 55)
    if slot.pointee.length == length, slot.pointee.first == first, slot.pointee.last == last,
      length <= 16 || memcmp(slot.pointee.whole, start, length) == 0
    {
      return UnsafePointer(slot)
    }
    guard var name = intern(start, length) else { return nil }
    (name.first, name.last) = (first, last)
    slot.pointee = name
    return UnsafePointer(slot)
  }

  /// The dictionary's pointer; nil if it is full.
  func word(_ start: UnsafePointer<UInt8>, _ length: Int) -> XMLName? {
    xmlDictLookup(dictionary, start, Int32(truncatingIfNeeded: length))
  }

  private func intern(_ start: UnsafePointer<UInt8>, _ length: Int) -> PlainName? {
    let all = UnsafeBufferPointer(start: start, count: length)
    let colon = all.firstIndex(of: UInt8(ascii: ":"))
    let begin = colon.map { $0 + 1 } ?? 0
    guard length <= Self.bytesMax, begins(all, 0), begins(all, begin),
      !all[begin...].contains(UInt8(ascii: ":")), let whole = word(start, length),
      let local = word(start + begin, length - begin)
    else { return nil }
    var name = PlainName(length: length, whole: whole, local: local)
    if let colon {
      guard let prefix = word(start, colon) else { return nil }
      name.prefix = prefix
      if prefix == xmlns { name.kind = .declaresPrefix }
    } else if local == xmlns {
      name.kind = .declaresDefault
    }
    return name
  }

  private func begins(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    guard index < bytes.count else { return false }
    let lower = bytes[index] | 32
    return (lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z"))
      || bytes[index] == UInt8(ascii: "_")
  }
}
