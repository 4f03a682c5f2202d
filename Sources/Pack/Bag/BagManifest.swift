/// One line of a manifest, as it stands.
struct BagEntry: Hashable, Sendable {
  /// Hexadecimal, lower case.
  let checksum: String
  let path: String
}

/// A payload or tag manifest, read leniently up to the rules of its version.
struct BagManifest: Sendable {
  let file: String
  let algorithm: BagAlgorithm
  let isTag: Bool
  private(set) var entries: [BagEntry] = []
  private(set) var findings: [Finding] = []

  /// Reads lines of `checksum path`.
  init(file: String, algorithm: BagAlgorithm, isTag: Bool, text: String, version: BagVersion) {
    self.file = file
    self.algorithm = algorithm
    self.isTag = isTag
    for (index, line) in BagText.lines(text).enumerated() {
      let blanks: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
      if line.utf8.allSatisfy(blanks) { continue }
      let checksum = line.utf8.prefix { !blanks($0) }
      let rest = line.utf8.dropFirst(checksum.count).drop(while: blanks)
      guard checksum.count == algorithm.digits, checksum.allSatisfy(Self.isHex), !rest.isEmpty
      else {
        add("manifest-line", "line \(index + 1) is no checksum and path")
        continue
      }
      let path = plain(String(decoding: Array(rest), as: UTF8.self), version: version)
      if let reason = BagText.escapes(path) {
        add("path-outside", "line \(index + 1) names a path with \(reason)")
      } else if !isTag && !path.hasPrefix("data/") {
        add("path-outside", "line \(index + 1) names a file outside data/")
      } else {
        let hex = String(decoding: Array(checksum), as: UTF8.self).lowercased()
        entries.append(BagEntry(checksum: hex, path: path))
      }
    }
    findTwins(version)
  }

  /// Drops the marks that md5sum and shells put before a path, up to version 0.97.
  private mutating func plain(_ raw: String, version: BagVersion) -> String {
    var path = raw
    if !version.is10, path.hasPrefix("*") {
      path.removeFirst()
      add("path-marked", "`*` before \(path)", .warning)
    }
    if path.hasPrefix("./") {
      path.removeFirst(2)
      if version >= BagVersion(major: 0, minor: 97) {
        add("path-relative", "`./` before \(path)", version.is10 ? .error : .warning)
      }
    }
    return BagText.percentDecoded(path, is10: version.is10)
  }

  private mutating func findTwins(_ version: BagVersion) {
    var checksums: [[UInt8]: String] = [:]
    var spellings: [String: [UInt8]] = [:]
    for entry in entries {
      let bytes = Array(entry.path.utf8)
      if let other = checksums[bytes] {
        let same = other == entry.checksum
        add(
          "path-twice", "\(entry.path) is listed twice, with \(same ? "one checksum" : "two")",
          same && !version.is10 ? .warning : .error)
      } else if let other = spellings[SafeName.collisionKey(entry.path)], other != bytes {
        add("name-collision", "\(entry.path) differs from another name in case or form", .warning)
      }
      checksums[bytes] = entry.checksum
      spellings[SafeName.collisionKey(entry.path)] = bytes
    }
  }

  private mutating func add(_ code: String, _ message: String, _ weight: Finding.Weight = .error) {
    findings.append(Finding(code, .structure, path: file, message, weight: weight))
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}

/// `BagIt-Version`.
struct BagVersion: Hashable, Comparable, Sendable {
  let major: Int
  let minor: Int
  /// RFC 8493, which is stricter than the drafts before it.
  var is10: Bool { major >= 1 }

  static func < (a: BagVersion, b: BagVersion) -> Bool { (a.major, a.minor) < (b.major, b.minor) }
}
