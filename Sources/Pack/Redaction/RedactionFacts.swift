package import Assurance
import Trail

/// What a redacted pack says of itself: from which pack it was made, and what it withholds.
///
/// It stands in `data/build/build.json` (whose redaction it is, of which workpapers) and in
/// `data/redaction.csv` (what, where and why), and from there on pages, in `VERIFY.txt` and in
/// `bag-info.txt`.
package struct RedactionFacts: Sendable, Equatable {
  /// One thing that was withheld.
  package struct Row: Sendable, Equatable {
    package enum What: String, Sendable, CaseIterable {
      /// The file is not in this pack.
      case leftOut = "left out"
      /// The file has digests in place of some of its values.
      case values = "values"
    }
    /// In the full pack.
    package let path: String
    package let what: What
    /// The fields concerned, blank between them; empty for whole files.
    package let fields: String
    /// How many values; 1 for a file.
    package let count: Int
    /// Of a file that was left out: its SHA-256, if that tells nothing; else under a salt.
    package let digest: String
    package let reason: String
  }

  /// SHA-256 in hex of the full pack's `tagmanifest-sha256.txt`.
  package var full: String
  /// Workpapers with withheld values, sorted.
  package var workpapers: [String]
  /// Sorted by path.
  package var rows: [Row]

  /// The rules by which this was made; another number for other rules.
  static let profile = "personal/1"
  static let columns = ["path", "what", "fields", "count", "digest", "reason"]

  /// Whether values of a workpaper are withheld.
  package func hides(_ paper: Workpaper) -> Bool { workpapers.contains(paper.kpi.name) }

  /// Files that are not in this pack.
  var leftOut: [Row] { rows.filter { $0.what == .leftOut } }

  /// Values that are withheld, over all files.
  var valueCount: Int { rows.filter { $0.what == .values }.reduce(0) { $0 + $1.count } }

  /// `data/redaction.csv`.
  var table: [UInt8] {
    rows.reduce(into: CanonicalCSV.line(Self.columns)) { bytes, row in
      bytes += CanonicalCSV.line([
        row.path, row.what.rawValue, row.fields, String(row.count), row.digest, row.reason,
      ])
    }
  }

  /// The member `redaction` of `build.json`.
  var json: CanonicalJSON {
    ["of": .string(full), "profile": .string(Self.profile), "workpapers": .texts(workpapers)]
  }

  /// What a pack says; nil if it does not say that it is redacted.
  ///
  /// - Throws: `text-malformed`.
  static func read(
    _ folder: any FileTree, _ build: JSONFields
  ) throws(AssureError) -> RedactionFacts? {
    guard build.value["redaction"] != nil else { return nil }
    let facts = try build.nested("redaction") { (fields) throws(AssureError) in
      guard try fields.text("profile") == profile, Digest(hex: try fields.text("of")) != nil else {
        throw fields.error("profile", "\(profile) with a digest")
      }
      return (full: try fields.text("of"), workpapers: try fields.texts("workpapers"))
    }
    let place = PackPaths.redaction
    guard let bytes = folder.read(place, limit: 1 << 26) else {
      throw AssureError(
        "text-malformed", place: place, "the pack is redacted and does not say what is withheld")
    }
    var rows: [Row] = []
    for row in try CSVText.rows(bytes, columns: columns, place: place) {
      guard let what = Row.What(rawValue: row[1]), let count = Int(plain: row[3].utf8) else {
        throw AssureError("text-malformed", place: place, "\(row[0]): no known kind or count")
      }
      rows.append(
        Row(
          path: row[0], what: what, fields: row[2], count: count, digest: row[4], reason: row[5]))
    }
    return RedactionFacts(full: facts.full, workpapers: facts.workpapers, rows: rows)
  }

  /// What it is, in sentences, for pages and `VERIFY.txt`.
  var sentences: [String] {
    [
      "This pack is redacted. It is not the whole: it was made from the pack with the digest "
        + "\(full), and values that tell who natural persons are stand in it as salted digests "
        + "(withheld:…) or are left out.",
      "\(valueCount) values and \(leftOut.count) files are withheld; \(PackPaths.redaction) says "
        + "which, where and why. What rests on them could not be checked here.",
      "Whoever holds the whole pack can prove that this one follows from it: "
        + "assure verify THIS --full THE-WHOLE.",
    ]
  }
}

/// `data/keys/redaction.key`: in a whole pack, from what a redaction of it makes its salts. Whoever
/// holds the whole pack has every value anyway; a redacted one never has the key.
enum RedactionKey {
  static func read(_ folder: any FileTree) throws(AssureError) -> SaltSource? {
    guard let bytes = folder.read(PackPaths.redactionKey, limit: 1 << 10) else { return nil }
    guard bytes.last == 0x0A,
      let key = SaltSource(hex: String(decoding: bytes.dropLast(), as: UTF8.self))
    else {
      throw AssureError(
        "text-malformed", place: PackPaths.redactionKey, "no 64 hexadecimal digits and a line end")
    }
    return key
  }
}
