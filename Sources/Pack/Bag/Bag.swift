package import Assurance

/// A BagIt folder by anyone, versions 0.93 to 1.0 (RFC 8493), checked for form, completeness and
/// checksums. `fetch.txt` is read and never followed.
package enum Bag {
  /// What a check of a bag gave.
  package struct Report: Sendable {
    package internal(set) var findings: [Finding] = []
    /// As declared, `1.0`; empty if nothing readable is declared.
    package internal(set) var version = ""
    package internal(set) var listing: FolderListing
    /// SHA-256 and SHA-512 of every file whose content was read, by path.
    var digests: [String: [BagAlgorithm: String]] = [:]
    var manifests: [BagManifest] = []

    package var isValid: Bool { !findings.contains { $0.weight == .error } }
    package var hasWarnings: Bool { findings.contains { $0.weight == .warning } }
  }

  /// Checks the bag in a folder.
  ///
  /// - Throws: `folder-unreadable` if there is no such folder; everything else is a finding.
  package static func verify(_ path: String) throws(AssureError) -> Report {
    verify(try FolderReader(path: path))
  }

  static func verify(_ folder: any FileTree) -> Report {
    var checker = BagChecker(folder: folder, listing: folder.listing())
    checker.run()
    return checker.report
  }
}

/// The steps of ``Bag/verify(_:)``, each over what the step before has found.
struct BagChecker {
  let folder: any FileTree
  var report: Bag.Report
  private var version = BagVersion(major: 1, minor: 0)
  private var encoding = "UTF-8"
  private var files: Set<[UInt8]>

  init(folder: any FileTree, listing: FolderListing) {
    self.folder = folder
    report = Bag.Report(listing: listing)
    files = Set(listing.files.map { Array($0.path.utf8) })
  }

  mutating func run() {
    for odd in report.listing.odd { add(odd.code, odd.path, odd.message) }
    guard let bytes = folder.read("bagit.txt", limit: 4096) else {
      add("declaration-missing", "bagit.txt", "is not there: the folder is no bag")
      return
    }
    guard let declaration = BagDeclaration.read(bytes, into: &report.findings) else { return }
    version = declaration.version
    encoding = declaration.encoding
    report.version = "\(version.major).\(version.minor)"
    guard BagText.decode([], encoding: encoding) != nil else {
      add("encoding-unknown", "bagit.txt", "tag files in \(encoding) can't be read")
      return
    }
    if !report.listing.folders.contains("data") {
      add("payload-missing", "data", "the folder data/ is not there")
    }
    readManifests()
    readFetch()
    checkCompleteness()
    checkDigests()
    readInfo()
  }

  mutating func add(
    _ code: String, _ path: String, _ message: String, level: CheckLevel = .structure,
    _ weight: Finding.Weight = .error
  ) {
    report.findings.append(Finding(code, level, path: path, message, weight: weight))
  }

  private func has(_ path: String) -> Bool { files.contains(Array(path.utf8)) }

  private mutating func text(_ file: String) -> String? {
    guard let bytes = folder.read(file), let text = BagText.decode(bytes, encoding: encoding) else {
      add("tag-file-unreadable", file, "is too long or not \(encoding)")
      return nil
    }
    if encoding.uppercased() == "UTF-8", bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      add("tag-file-mark", file, "begins with a byte-order mark")
    }
    return text
  }

  private mutating func readManifests() {
    for file in report.listing.files.map(\.path) where !file.utf8.contains(UInt8(ascii: "/")) {
      let isTag = file.hasPrefix("tagmanifest-")
      guard isTag || file.hasPrefix("manifest-"), file.hasSuffix(".txt") else { continue }
      let name = file.dropFirst(isTag ? 12 : 9).dropLast(4).lowercased()
      guard let algorithm = BagAlgorithm(rawValue: name) else {
        add("algorithm-unknown", file, "\(name) is not known and was not checked", .warning)
        continue
      }
      guard let text = text(file) else { continue }
      let manifest = BagManifest(
        file: file, algorithm: algorithm, isTag: isTag, text: text, version: version)
      report.findings += manifest.findings
      report.manifests.append(manifest)
    }
    if !report.manifests.contains(where: { !$0.isTag }) {
      add("manifest-missing", "", "no payload manifest of a known algorithm")
    }
  }

  /// Every name in fetch.txt must stay in data/ and stand in a manifest.
  private mutating func readFetch() {
    guard has("fetch.txt"), let text = text("fetch.txt") else { return }
    let listed = Set(report.manifests.flatMap { $0.entries.map { Array($0.path.utf8) } })
    for (index, line) in BagText.lines(text).enumerated() where !line.isEmpty {
      let parts = line.utf8.split(maxSplits: 2, whereSeparator: { $0 == 0x20 || $0 == 0x09 })
      guard parts.count == 3 else {
        add("fetch-line", "fetch.txt", "line \(index + 1) is no address, length and path")
        continue
      }
      let path = BagText.percentDecoded(
        String(decoding: Array(parts[2]), as: UTF8.self), is10: version.is10)
      if BagText.escapes(path) != nil || !path.hasPrefix("data/") {
        add("path-outside", "fetch.txt", "line \(index + 1) names a path outside data/")
      } else if !listed.contains(Array(path.utf8)) {
        add("fetch-not-listed", "fetch.txt", "line \(index + 1) names a file of no manifest")
      }
    }
  }

  private mutating func checkCompleteness() {
    for manifest in report.manifests {
      for entry in manifest.entries {
        if !has(entry.path) {
          add("file-missing", entry.path, "listed in \(manifest.file), not there", level: .fixity)
        }
        let name = entry.path.split(separator: "/").last.map(String.init) ?? ""
        if [".ds_store", "thumbs.db", "desktop.ini"].contains(name.lowercased()) {
          add("system-file", entry.path, "a file that systems make by themselves", .warning)
        }
        if manifest.isTag, version.is10, entry.path.hasPrefix("tagmanifest-") {
          add("tag-manifest-listed", manifest.file, "lists a tag manifest")
        }
      }
    }
    let payload = report.manifests.filter { !$0.isTag }
    let sets = payload.map { Set($0.entries.map { Array($0.path.utf8) }) }
    for file in report.listing.files where file.path.hasPrefix("data/") {
      let path = Array(file.path.utf8)
      let holders = sets.count { $0.contains(path) }
      if holders == 0 {
        add("file-not-listed", file.path, "in data/, in no manifest", level: .fixity)
      } else if version.is10, holders < sets.count {
        add("file-not-listed", file.path, "not in every payload manifest", level: .fixity)
      }
    }
  }

  private mutating func checkDigests() {
    var wanted: [[UInt8]: [(BagAlgorithm, String, String)]] = [:]
    for manifest in report.manifests {
      for entry in manifest.entries {
        wanted[Array(entry.path.utf8), default: []].append(
          (manifest.algorithm, entry.checksum, manifest.file))
      }
    }
    let listed = report.listing.files.filter { wanted[Array($0.path.utf8)] != nil }
    let computed = ParallelDigests.of(
      listed.map { file in
        let claims = wanted[Array(file.path.utf8)] ?? []
        return (file.path, file.size, Set(claims.map(\.0)).sorted { $0.rawValue < $1.rawValue })
      }, in: folder)
    for (file, digests) in zip(listed, computed) {
      guard let digests else {
        add("unreadable", file.path, "can't be read", level: .fixity)
        continue
      }
      report.digests[file.path] = digests
      for (algorithm, checksum, manifest) in wanted[Array(file.path.utf8)] ?? []
      where digests[algorithm] != checksum {
        add("digest-differs", file.path, "not the bytes of \(manifest)", level: .fixity)
      }
    }
  }

  /// `Payload-Oxum: bytes.files` in bag-info.txt, or in package-info.txt before 0.96.
  private mutating func readInfo() {
    let file = version < BagVersion(major: 0, minor: 96) ? "package-info.txt" : "bag-info.txt"
    guard has(file), let text = text(file) else { return }
    let label = "payload-oxum"
    let values = BagText.lines(text).compactMap { line -> String? in
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmed }
      return parts.count == 2 && parts[0].lowercased() == label ? parts[1] : nil
    }
    guard let value = values.first else { return }
    if values.count > 1 { add("oxum-twice", file, "Payload-Oxum stands there more than once") }
    let payload = report.listing.files.filter { $0.path.hasPrefix("data/") }
    let counted = "\(payload.reduce(0) { $0 + $1.size }).\(payload.count)"
    if value != counted {
      add("oxum-differs", file, "Payload-Oxum \(value), counted \(counted)", level: .fixity)
    }
  }
}

extension Substring {
  fileprivate var trimmed: String {
    var rest = self
    while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
    while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
    return String(rest)
  }
}
