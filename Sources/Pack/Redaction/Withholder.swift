import Assurance
import Trail

/// Puts salted digests in the place of values.
///
/// A digest is the first 32 hexadecimal digits of SHA-256 over a salt and the value's UTF-8 bytes.
/// With its salt one value can be shown to somebody without showing any other.
struct Withholder {
  let salts: SaltSource

  static let mark = "withheld:"

  /// A name of somebody: the same wherever it stands, so that a reader can follow it through the
  /// pack.
  func identifier(_ value: String) -> String { token(["identifier"], value) }

  /// Anything else: never the same twice, since few people share a name and many a birthday.
  func value(_ value: String, at place: [String]) -> String {
    token(["value"] + place, value)
  }

  /// A locator without its row and column: sources are mostly sorted by who they are about.
  func locator(_ text: String) -> String {
    guard let mark = Self.tableStart(text) else { return value(text, at: ["locator"]) }
    return text[..<mark] + value(text, at: ["locator"])
  }

  /// Behind the `#` that follows the digest of the source; nil in a text that is no locator.
  private static func tableStart(_ text: String) -> String.Index? {
    text.indices.first { index in
      guard text[index] == "#" else { return false }
      let before = text[..<index].suffix(13)
      return before.count == 13 && before.first == "@"
        && before.dropFirst().allSatisfy(\.isHexDigit)
    }.map { text.index(after: $0) }
  }

  private func token(_ context: [String], _ value: String) -> String {
    let bytes = Array(value.utf8)
    return Self.mark + Digest(of: salts.salt(context, bytes) + bytes).hex.prefix(32)
  }
}
