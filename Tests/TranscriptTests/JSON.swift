import Foundation

/// What `--format json` printed, looked into.
struct JSON {
  private let value: Any?

  init(_ text: String) throws {
    value = try JSONSerialization.jsonObject(with: Data(text.utf8), options: [.fragmentsAllowed])
  }

  private init(value: Any?) { self.value = value }

  subscript(key: String) -> JSON { JSON(value: (value as? [String: Any])?[key]) }
  var list: [JSON] { (value as? [Any] ?? []).map { JSON(value: $0) } }
  var string: String { value as? String ?? "" }
  var int: Int { (value as? NSNumber)?.intValue ?? -1 }
  var strings: [String] { value as? [String] ?? [] }
  var keys: Set<String> { Set((value as? [String: Any] ?? [:]).keys) }
}
