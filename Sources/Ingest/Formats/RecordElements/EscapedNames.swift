extension CharacterEscapes {
  /// A name as it was before it was made one that XML allows: `Order_x0020_ID` is `Order ID`.
  ///
  /// Access, .NET and SQL Server escape so (`XmlConvert.EncodeName`).
  static func resolved(_ name: String) -> String {
    guard name.utf8.count >= 7, name.contains("_x") else { return name }
    var bytes = Array(name.utf8)
    let count = bytes.withUnsafeMutableBufferPointer { buffer -> Int in
      guard let base = buffer.baseAddress else { return 0 }
      return resolve(base, buffer.count)
    }
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}
