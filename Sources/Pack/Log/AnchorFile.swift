package import Trail

/// Something from outside the engagement that fixes a head of its log, as a file.
package struct AnchorFile: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    /// An RFC 3161 reply over the bytes of a checkpoint.
    case token = "tsr"
    /// The checkpoint with the signature lines of witnesses.
    case cosigned
    /// A proof that the head is a leaf of the firm's own log.
    case firm
  }

  package let kind: Kind
  /// Events under the head.
  package let size: Int
  package let body: [UInt8]
  /// The bytes that a token is over; empty for the other kinds.
  package let stamped: [UInt8]

  package init(kind: Kind, size: Int, body: [UInt8], stamped: [UInt8] = []) {
    (self.kind, self.size, self.body, self.stamped) = (kind, size, body, stamped)
  }

  /// Size with at least eight digits, the start of the digest, the kind.
  package var name: String { "\(stem).\(kind.rawValue)" }
  var stampedName: String { "\(stem).checkpoint" }

  private var stem: String {
    let digits = String(size)
    let zeros = String(repeating: "0", count: max(0, 8 - digits.utf8.count))
    return "\(zeros)\(digits)-\(Digest(of: body).hex.prefix(12))"
  }

  /// A head as the leaf of a firm's log: the words that statements quote.
  package static func leaf(origin: String, size: Int, root: Digest) -> [UInt8] {
    Array("\(origin) \(size) \(root.base64)".utf8)
  }

  /// The head that the file is about, by its own words; nil for a token or a malformed file.
  var note: SignedNote? {
    switch kind {
    case .token: try? SignedNote(parsing: stamped)
    case .cosigned: try? SignedNote(parsing: body)
    case .firm: nil
    }
  }

  /// Files of a folder of a pack, in the order of their names.
  static func write(_ anchors: [AnchorFile], in folder: String) -> [(path: String, bytes: [UInt8])]
  {
    anchors.flatMap { anchor -> [(path: String, bytes: [UInt8])] in
      let own = (path: folder + anchor.name, bytes: anchor.body)
      guard anchor.kind == .token else { return [own] }
      return [own, (path: folder + anchor.stampedName, bytes: anchor.stamped)]
    }
  }

  /// Reads a folder back; files that are no anchors are left for others to find.
  static func read(_ tree: any FileTree, _ listing: FolderListing, in folder: String)
    -> [AnchorFile]
  {
    listing.files.map(\.path).filter { $0.hasPrefix(folder) }.compactMap { path in
      let name = path.dropFirst(folder.count)
      let parts = name.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 2, let kind = Kind(rawValue: String(parts[1])),
        let digits = parts[0].split(separator: "-").first, let size = Int(digits),
        let body = tree.read(path, limit: byteCountMax)
      else { return nil }
      let stamped =
        kind == .token
        ? tree.read(folder + parts[0] + ".checkpoint", limit: byteCountMax) ?? [] : []
      let anchor = AnchorFile(kind: kind, size: size, body: body, stamped: stamped)
      return anchor.name == name ? anchor : nil
    }
  }

  /// Bytes in an anchor, at most.
  package static let byteCountMax = 1 << 20
}
