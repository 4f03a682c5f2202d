/// `bagit.txt`: version and encoding of the tag files.
struct BagDeclaration: Sendable {
  let version: BagVersion
  let encoding: String

  /// Reads it; nil with findings if the folder declares no bag that we know.
  ///
  /// From 1.0 on the two lines have one spelling (RFC 8493, section 2.1.1); the drafts let blanks
  /// stand around the colon.
  static func read(_ bytes: [UInt8], into findings: inout [Finding]) -> BagDeclaration? {
    func refuse(_ code: String, _ message: String) -> BagDeclaration? {
      findings.append(Finding(code, .structure, path: "bagit.txt", message))
      return nil
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      return refuse("declaration-mark", "begins with a byte-order mark")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return refuse("declaration-malformed", "is not UTF-8")
    }
    let lines = BagText.lines(text)
    guard lines.count == 2, let version = value(lines[0], "BagIt-Version"),
      let encoding = value(lines[1], "Tag-File-Character-Encoding"), !encoding.isEmpty
    else { return refuse("declaration-malformed", "is not the two lines of a bag declaration") }
    let numbers = version.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .map { Int(plain: $0) }
    guard numbers.count == 2, let major = numbers[0], let minor = numbers[1] else {
      return refuse("declaration-version", "version \(version) is not of the form M.N")
    }
    let parsed = BagVersion(major: major, minor: minor)
    guard parsed <= BagVersion(major: 1, minor: 0) else {
      return refuse("declaration-version", "version \(version) is newer than 1.0")
    }
    let exact = ["BagIt-Version: \(version)", "Tag-File-Character-Encoding: \(encoding)"]
    guard !parsed.is10 || lines == exact else {
      return refuse("declaration-malformed", "has blanks where version 1.0 allows none")
    }
    return BagDeclaration(version: parsed, encoding: encoding)
  }

  private static func value(_ line: String, _ label: String) -> String? {
    let bytes = Array(line.utf8)
    let name = label.utf8
    guard bytes.starts(with: name) else { return nil }
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    let rest = bytes.dropFirst(name.count).drop(while: isBlank)
    guard rest.first == UInt8(ascii: ":") else { return nil }
    var text = rest.dropFirst().drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    return String(decoding: Array(text), as: UTF8.self)
  }
}

extension Int {
  /// One to 18 ASCII digits and nothing else.
  init?(plain digits: some Collection<UInt8>) {
    guard (1...18).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    self = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}
