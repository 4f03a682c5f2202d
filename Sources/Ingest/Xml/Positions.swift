import CLibXML2

extension XMLHandler {
  /// A whole number that places a cell or says how often it is repeated, or nil if the attribute is
  /// not there. One that can't be read would move everything behind it: it ends the parse.
  final func position(_ attributes: XMLAttributes, _ name: XMLName?) -> Int? {
    guard let value = attributes.value(of: name) else { return nil }
    return position(value)
  }

  /// As ``position(_:_:)``, for a value that was found already.
  final func position(_ value: UnsafeBufferPointer<UInt8>) -> Int? {
    if let number = Int(asciiDigits: value) { return number }
    fail(
      "bad-position",
      "`\(String(decoding: value.prefix(40), as: UTF8.self))` places or repeats a row or cell; it"
        + " is not a whole number below 1,000,000,000",
      remedy: "open the file in a spreadsheet program and save it again")
    return nil
  }

  /// A label that the file gives, such as a sheet's name; longer ones end the parse.
  final func label(_ attributes: XMLAttributes, _ name: XMLName?) -> String? {
    guard let value = attributes.value(of: name) else { return nil }
    guard value.count <= bounds.labelBytesMax else {
      fail(
        "label-too-long",
        "a name in the file is longer than the bound of \(bounds.labelBytesMax) bytes",
        remedy: "ask who made the file")
      return nil
    }
    return String(decoding: value, as: UTF8.self)
  }
}
