/// A policy's filter before it becomes part of a statement: one expression, closed in itself.
enum FilterText {
  /// What is wrong with a filter, or nil. Text in quotes may hold anything; outside, parentheses
  /// pair up, and there is no comment, no second statement and no parameter, any of which would
  /// change the statement around the filter.
  static func flaw(in filter: String) -> String? {
    var rest = filter.unicodeScalars[...]
    var depth = 0
    while let scalar = rest.popFirst() {
      switch scalar {
      case "'", "\"", "`", "[":
        let end: Unicode.Scalar = scalar == "[" ? "]" : scalar
        guard let close = rest.firstIndex(of: end) else { return "a quote is not closed" }
        rest = rest[rest.index(after: close)...]
      case "(": depth += 1
      case ")":
        depth -= 1
        if depth < 0 { return "a parenthesis is closed that is not open" }
      case "-" where rest.first == "-", "/" where rest.first == "*":
        return "it holds a comment"
      case ";", "?", ":", "@", "$", "#", "\0": return "it holds `\(scalar)`"
      default: break
      }
    }
    return depth == 0 ? nil : "a parenthesis is not closed"
  }
}
