import Exact

/// One word of a relation's text.
enum RelationToken: Equatable, Sendable {
  case number(Rational)
  case figure(String)
  case word(String)
  case date(Period)
  /// `+ - * / ( ) = >= > <= < , :` and `..`
  case sign(String)
}

/// Cuts a relation's text into tokens.
struct RelationLexer {
  private let characters: [Character]
  private var index = 0

  private init(_ text: String) { characters = Array(text) }

  /// - Throws: `relation-syntax` for a character that has no meaning or an open bracket.
  static func tokens(_ text: String, place: String) throws(AssureError) -> [RelationToken] {
    var lexer = RelationLexer(text)
    var tokens: [RelationToken] = []
    while lexer.index < lexer.characters.count {
      guard lexer.characters[lexer.index].isWhitespace else {
        guard let token = lexer.next() else {
          throw AssureError(
            "relation-syntax", place: place,
            "`\(String(lexer.characters[lexer.index...].prefix(20)))` cannot be read",
            remedy: "write figures in square brackets, plain decimals and + - * / ( ) = >= <=")
        }
        tokens.append(token)
        continue
      }
      lexer.index += 1
    }
    return tokens
  }

  private mutating func next() -> RelationToken? {
    let character = characters[index]
    switch character {
    case "[": return figure()
    case "0"..."9": return number()
    case ">", "<":
      let two = index + 1 < characters.count && characters[index + 1] == "="
      index += two ? 2 : 1
      return .sign(String(character) + (two ? "=" : ""))
    case "≥", "≤":
      index += 1
      return .sign(character == "≥" ? ">=" : "<=")
    case "×", "÷", "−":
      index += 1
      return .sign(character == "×" ? "*" : character == "÷" ? "/" : "-")
    case "." where index + 1 < characters.count && characters[index + 1] == ".":
      index += 2
      return .sign("..")
    case "+", "-", "*", "/", "(", ")", "=", ",", ":":
      index += 1
      return .sign(String(character))
    default:
      guard character.isLetter else { return nil }
      let start = index
      while index < characters.count, Self.isWordPart(characters[index]) { index += 1 }
      return .word(String(characters[start..<index]))
    }
  }

  private static func isWordPart(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "-" || character == "_"
  }

  private mutating func figure() -> RelationToken? {
    guard let end = characters[index...].firstIndex(of: "]") else { return nil }
    let name = String(characters[(index + 1)..<end])
    guard !name.isEmpty else { return nil }
    index = end + 1
    return .figure(name)
  }

  /// A number, or a date `2021-03` or `2021-03-05` written without spaces.
  private mutating func number() -> RelationToken? {
    var end = index
    while end < characters.count, characters[end].isNumber || characters[end] == "-" { end += 1 }
    while characters[end - 1] == "-" { end -= 1 }
    let text = String(characters[index..<end])
    if text.contains("-"), let days = PrintedFigure.days(text) {
      index = end
      return .date(days)
    }
    end = index
    while end < characters.count {
      let isPoint =
        characters[end] == "." && end + 1 < characters.count && characters[end + 1].isNumber
      guard characters[end].isNumber || isPoint else { break }
      end += 1
    }
    guard let number = Rational(String(characters[index..<end])) else { return nil }
    index = end
    return .number(number)
  }
}
