import Assurance

/// The shared strings of a workbook in one block of bytes.
final class SharedStrings {
  private var bytes: UnsafeMutablePointer<UInt8> = .allocate(capacity: 1 << 12)
  private var capacity = 1 << 12
  private(set) var used = 0
  private var ends: [Int] = []

  deinit { bytes.deallocate() }

  var count: Int { ends.count }

  /// A string by its number, from 0; nil if there is none. Valid as long as the table.
  func text(_ index: Int) -> UnsafeBufferPointer<UInt8>? {
    guard index >= 0, index < ends.count else { return nil }
    let start = index == 0 ? 0 : ends[index - 1]
    return UnsafeBufferPointer(start: bytes + start, count: ends[index] - start)
  }

  static func read(_ package: ZipPackage, part: String?) throws -> SharedStrings {
    let table = SharedStrings()
    guard let input = try package.input(part ?? "xl/sharedStrings.xml") else { return table }
    let handler = StringsHandler(bounds: package.bounds, table: table)
    try XMLReader.parse(input, handler: handler, place: "\(package.name), shared strings")
    return table
  }

  fileprivate func append(_ text: UnsafePointer<UInt8>, _ count: Int) {
    if used + count > capacity {
      while capacity < used + count { capacity *= 2 }
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
      larger.update(from: bytes, count: used)
      bytes.deallocate()
      bytes = larger
    }
    (bytes + used).update(from: text, count: count)
    used += count
  }

  /// Ends the string that is open; escapes in it are resolved in place.
  fileprivate func close() {
    let start = ends.last ?? 0
    used = start + CharacterEscapes.resolve(bytes + start, used - start)
    ends.append(used)
  }
}

private final class StringsHandler: XMLHandler {
  private let table: SharedStrings
  private var nItem, nText, nPhonetic: XMLName?
  private var isText = false
  private var phoneticDepth = 0

  init(bounds: Bounds, table: SharedStrings) {
    self.table = table
    super.init(bounds: bounds)
  }

  override func prepare() {
    nItem = name("si")
    nText = name("t")
    nPhonetic = name("rPh")
  }

  override func start(_ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    if name == nPhonetic { phoneticDepth = depth }
    isText = name == nText && phoneticDepth == 0
  }

  override func text(_ text: UnsafePointer<UInt8>, _ count: Int) {
    guard isText else { return }
    guard table.used + table.count * 8 + count <= bounds.sharedTextMax else { return failSize() }
    table.append(text, count)
  }

  override func end(_ name: XMLName, _ namespace: XMLName?) {
    isText = false
    if name == nPhonetic { phoneticDepth = 0 }
    if name == nItem {
      table.close()
      if table.used + table.count * 8 > bounds.sharedTextMax { failSize() }
    }
  }

  private func failSize() {
    fail(
      "text-too-long", "the shared strings exceed the bound of \(bounds.sharedTextMax) bytes",
      remedy: "split the workbook")
  }
}

/// The `_xHHHH_` escapes of Office Open XML strings (ECMA-376 part 1, 22.4.2.4).
enum CharacterEscapes {
  /// Resolves escapes in place; the new length, never more than the old.
  static func resolve(_ text: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
    guard count >= 7 else { return count }
    var read = 0
    var write = 0
    while read < count {
      if text[read] == UInt8(ascii: "_"), let scalar = scalar(text + read, count - read) {
        for byte in UTF8.encode(scalar) ?? .init() {
          text[write] = byte
          write += 1
        }
        read += 7
      } else {
        text[write] = text[read]
        write += 1
        read += 1
      }
    }
    return write
  }

  private static func scalar(
    _ text: UnsafeMutablePointer<UInt8>, _ count: Int
  ) -> Unicode.Scalar? {
    guard count >= 7, text[1] == UInt8(ascii: "x"), text[6] == UInt8(ascii: "_") else { return nil }
    var value: UInt32 = 0
    for index in 2..<6 {
      let byte = text[index]
      switch byte {
      case 48...57: value = value * 16 + UInt32(byte - 48)
      case 65...70: value = value * 16 + UInt32(byte - 55)
      case 97...102: value = value * 16 + UInt32(byte - 87)
      default: return nil
      }
    }
    // A zero byte can't stand in a cell, nor half a pair.
    return value == 0 ? nil : Unicode.Scalar(value)
  }
}
