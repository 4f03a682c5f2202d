/// Numbers of standards that are not in the list, with the listed number they resemble.
enum StandardsCited {
  static func find(_ input: LintInput) -> [Lint] {
    let list = input.vocabulary.standards
    let bodies = Set(list.map(\.body))
    return input.tokens.compactMap { token in
      guard token.aside == .standardNumber, let parts = parts(token), bodies.contains(parts.body)
      else { return nil }
      let same = list.filter { $0.body == parts.body }
      if let known = same.first(where: { $0.number == parts.number }) {
        guard let printed = parts.edition, let edition = known.edition, printed != edition else {
          guard known.subject.contains("replaced") || known.subject.contains("withdrawn") else {
            return nil
          }
          return lint(token, "\(token.name ?? ""): \(known.subject)", known.confirmed)
        }
        return lint(
          token, "\(token.name ?? "") is cited, the list has edition \(edition)", known.confirmed)
      }
      let near = same.filter { isNear($0.number, parts.number) }.max {
        let shared = { (known: StandardNumber) in
          zip(known.number, parts.number).prefix { $0 == $1 }.count
        }
        return shared($0) < shared($1)
      }
      let words =
        near.map { "\(token.name ?? "") is not in the list; \($0.body) \($0.number) is" }
        ?? "\(token.name ?? "") is not in the list"
      return lint(token, words, near?.confirmed ?? false)
    }
  }

  private static func lint(_ token: NumberToken, _ words: String, _ confirmed: Bool) -> Lint {
    Lint(
      kind: .unknownStandard, place: token.place,
      message: confirmed ? words : words + " (unconfirmed)", related: [])
  }

  private static func parts(
    _ token: NumberToken
  ) -> (body: String, number: String, edition: String?)? {
    guard let name = token.name, let space = name.firstIndex(of: " ") else { return nil }
    let body = name[..<space]
    let rest = name[name.index(after: space)...]
    let number = rest.prefix { $0.isNumber }
    let edition = rest.dropFirst(number.count).drop { !$0.isNumber }
    let main = body == "ISO/IEC" ? "ISO" : String(body)
    return (main, String(number), edition.count == 4 ? String(edition) : nil)
  }

  /// One digit left out or added.
  private static func isNear(_ a: String, _ b: String) -> Bool {
    let (short, long) = a.count < b.count ? (a, b) : (b, a)
    guard long.count == short.count + 1, short.count >= 3 else { return false }
    return long.indices.contains { index in
      var copy = long
      copy.remove(at: index)
      return copy == short
    }
  }
}
