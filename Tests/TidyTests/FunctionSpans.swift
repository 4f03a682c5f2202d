/// The functions of a file with the lines they take, found by matching braces.
struct FunctionSpan {
  let name: String
  /// From 1.
  let firstLine: Int
  /// The line of the declaration and of the closing brace both count.
  let lines: Int
}

extension SwiftFile {
  var functions: [FunctionSpan] {
    code.indices.compactMap { index in
      guard let declared = declaration(in: code[index]),
        let last = lastLine(from: index, column: declared.column)
      else { return nil }
      return FunctionSpan(name: declared.name, firstLine: index + 1, lines: last - index + 1)
    }
  }

  private func declaration(in line: String) -> (name: String, column: Int)? {
    guard line.contains("func ") || line.contains("init") || line.contains("subscript") else {
      return nil
    }
    let shape = /(?:^|[^.\w])(?:func\s+([^\s(<]+)|(init|subscript)(?=[?(<]))/
    guard let match = line.firstMatch(of: shape) else { return nil }
    let name = String(match.1 ?? match.2 ?? "")
    return (name, line.distance(from: line.startIndex, to: match.range.upperBound))
  }

  /// The line with the body's closing brace; nothing for a declaration without a body.
  private func lastLine(from first: Int, column: Int) -> Int? {
    var parentheses = 0
    var braces = 0
    for index in first..<code.count {
      let line = index == first ? String(code[index].dropFirst(column)) : code[index]
      if index > first, braces == 0, parentheses == 0, declaration(in: line) != nil { return nil }
      for character in line {
        switch character {
        case "(", "[": parentheses += 1
        case ")", "]": parentheses -= 1
        case "{" where parentheses == 0 || braces > 0: braces += 1
        case "}":
          guard braces > 0 || parentheses > 0 else { return nil }
          if braces > 0 { braces -= 1 }
          if braces == 0, parentheses <= 0 { return index }
        default: break
        }
      }
    }
    return nil
  }
}
