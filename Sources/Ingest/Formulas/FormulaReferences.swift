/// References as each way of writing has them.
extension FormulaParser {
  /// A reference at the present place; nil, and nothing is taken, if there is none.
  mutating func reference() -> Formula? {
    let start = index
    if let found = syntax == .openFormula ? bracketedReference() : sheetReference() {
      return found
    }
    index = start
    return nil
  }

  // MARK: A1 and R1C1

  /// `A1`, `Sheet1!A1`, `'My sheet'!A1:B2`, `[1]Sheet1!A1`, `Sheet1:Sheet3!A1`, `Sheet1!name`.
  private mutating func sheetReference() -> Formula? {
    let start = index
    if let sheet = sheetPrefix() {
      if sheet.first == "[" || sheet.contains("]") {
        return skipTarget() ? .external(Self.workbook(sheet)) : nil
      }
      if next == UInt8(ascii: "#") { return errorWord() }
      guard var reference = cells() else {
        return skipTarget() ? .unsupported("a name of a sheet") : nil
      }
      if sheet.contains(":") { return .unsupported("a reference across sheets") }
      reference.sheet = sheet
      return .reference(reference)
    }
    index = start
    return cells().map { .reference($0) }
  }

  /// The name before a `!`, without it; brackets of a workbook included.
  private mutating func sheetPrefix() -> String? {
    if next == UInt8(ascii: "'") {
      guard let name = quoted(by: UInt8(ascii: "'")), take(UInt8(ascii: "!")) else { return nil }
      return name
    }
    let start = index
    if next == UInt8(ascii: "[") {
      while let byte = next, byte != UInt8(ascii: "]") { index += 1 }
      index += 1
    }
    while let byte = next, isWordByte(byte) || byte == UInt8(ascii: ":") { index += 1 }
    guard index > start, index <= bytes.count else { return nil }
    let name = String(decoding: bytes[start..<index], as: UTF8.self)
    return take(UInt8(ascii: "!")) ? name : nil
  }

  /// `[Book.xlsx]Sheet` or `C:\folder\[Book.xlsx]Sheet`: the workbook, as a label.
  private static func workbook(_ sheet: String) -> String {
    guard let close = sheet.lastIndex(of: "]") else { return sheet }
    return sheet[..<close].filter { $0 != "[" }
  }

  /// Takes a reference or a name that is not looked at.
  private mutating func skipTarget() -> Bool {
    if cells() != nil || errorWord() != nil { return true }
    let start = index
    while let byte = next, isWordByte(byte) { index += 1 }
    return index > start
  }

  private struct Corner {
    var row: FormulaReference.Edge?
    var column: FormulaReference.Edge?
  }

  /// A cell, a range, or whole rows or columns of one sheet.
  private mutating func cells() -> FormulaReference? {
    let start = index
    guard let first = syntax == .r1c1 ? relativeCorner() : corner() else { return nil }
    var last = first
    let end = index
    if take(UInt8(ascii: ":")), let second = syntax == .r1c1 ? relativeCorner() : corner() {
      last = second
    } else {
      index = end
    }
    // A corner that is no cell stands for whole rows or columns, in A1 only as a range.
    let isWhole = first.row == nil || first.column == nil
    let isAlike =
      (first.row == nil) == (last.row == nil) && (first.column == nil) == (last.column == nil)
    let ends = next.map { !isWordByte($0) && $0 != UInt8(ascii: "(") } ?? true
    guard ends, isAlike, !isWhole || syntax == .r1c1 || index > end else {
      index = start
      return nil
    }
    return Self.reference(first, last)
  }

  private static func reference(_ first: Corner, _ last: Corner) -> FormulaReference {
    FormulaReference(
      firstRow: first.row ?? .absolute(1), firstColumn: first.column ?? .absolute(1),
      lastRow: last.row ?? .absolute(FormulaReference.rowsMax),
      lastColumn: last.column ?? .absolute(FormulaReference.columnsMax))
  }

  /// `$A$1`, `$A` or `$1`.
  private mutating func corner() -> Corner? {
    var corner = Corner()
    var isFixed = take(UInt8(ascii: "$"))
    var number = 0
    var letters = 0
    while let byte = next, (65...90).contains(byte & 0xDF), byte >= 65, letters < 4 {
      number = number * 26 + Int(byte & 0xDF) - 64
      letters += 1
      index += 1
    }
    guard letters <= 3 else { return nil }
    if letters > 0 {
      corner.column = edge(number, isFixed, from: column)
      isFixed = take(UInt8(ascii: "$"))
    }
    if let row = digits(7) {
      guard row >= 1 else { return nil }
      corner.row = edge(row, isFixed, from: self.row)
    } else if isFixed {
      return nil
    }
    return corner.row == nil && corner.column == nil ? nil : corner
  }

  private func edge(_ value: Int, _ isFixed: Bool, from origin: Int) -> FormulaReference.Edge {
    isFixed ? .absolute(value) : .relative(value - origin)
  }

  private mutating func digits(_ most: Int) -> Int? {
    let start = index
    var value = 0
    while let byte = next, byte >= 48, byte <= 57, index - start <= most {
      value = value * 10 + Int(byte - 48)
      index += 1
    }
    return index > start && index - start <= most ? value : nil
  }

  /// `R1C1`, `R[-1]C`, `RC3`, `C[2]` or `R4`.
  private mutating func relativeCorner() -> Corner? {
    let start = index
    var corner = Corner()
    if take(UInt8(ascii: "R")) { corner.row = relativeEdge() }
    if take(UInt8(ascii: "C")) { corner.column = relativeEdge() }
    return index > start ? corner : nil
  }

  /// What follows `R` or `C`: a number, a distance in brackets, or nothing.
  private mutating func relativeEdge() -> FormulaReference.Edge {
    let start = index
    if take(UInt8(ascii: "[")) {
      let isNegative = take(UInt8(ascii: "-"))
      if let distance = digits(7), take(UInt8(ascii: "]")) {
        return .relative(isNegative ? -distance : distance)
      }
      index = start
      return .relative(0)
    }
    if let number = digits(7) { return .absolute(number) }
    return .relative(0)
  }

  // MARK: OpenFormula

  /// `[.A1]`, `[.A1:.B5]`, `[$Sheet1.A1]`, `['My sheet'.A1]`, `['file:///x.ods'#$Sheet1.A1]`.
  private mutating func bracketedReference() -> Formula? {
    guard take(UInt8(ascii: "[")) else { return nil }
    if let file = sourceFile() {
      while let byte = next, byte != UInt8(ascii: "]") { index += 1 }
      return take(UInt8(ascii: "]")) ? .external(file) : nil
    }
    guard let sheet = openSheet() else { return closedError() }
    guard let first = corner() else { return closedError() }
    var last = first
    var isAcross = false
    if take(UInt8(ascii: ":")) {
      guard let other = openSheet(), let corner = corner() else { return closedError() }
      isAcross = other.map { $0 != sheet } ?? false
      last = corner
    }
    guard take(UInt8(ascii: "]")) else { return nil }
    if isAcross { return .unsupported("a reference across sheets") }
    let isAlike =
      (first.row == nil) == (last.row == nil) && (first.column == nil) == (last.column == nil)
    guard isAlike else { return nil }
    var reference = Self.reference(first, last)
    reference.sheet = sheet
    return .reference(reference)
  }

  /// A reference whose target is gone: `[.#REF!]`, `[#REF!.A1]`.
  private mutating func closedError() -> Formula? {
    let end = bytes[index...].firstIndex(of: UInt8(ascii: "]")) ?? bytes.count
    guard end < bytes.count else { return nil }
    let isGone = String(decoding: bytes[..<end].suffix(64), as: UTF8.self).contains("#REF!")
    index = end + 1
    return isGone ? .error("#REF!") : nil
  }

  private mutating func sourceFile() -> String? {
    let start = index
    if let file = quoted(by: UInt8(ascii: "'")), take(UInt8(ascii: "#")) { return file }
    index = start
    return nil
  }

  /// The sheet before a `.`; nil inside for the formula's own, nil outside if there is no `.`.
  private mutating func openSheet() -> String?? {
    if take(UInt8(ascii: ".")) { return .some(nil) }
    _ = take(UInt8(ascii: "$"))
    if next == UInt8(ascii: "'") {
      guard let name = quoted(by: UInt8(ascii: "'")), take(UInt8(ascii: ".")) else { return nil }
      return .some(name)
    }
    let start = index
    while let byte = next, byte != UInt8(ascii: "."), byte != UInt8(ascii: "]"),
      byte != UInt8(ascii: ":"), byte != UInt8(ascii: "#")
    {
      index += 1
    }
    guard index > start else { return nil }
    let name = String(decoding: bytes[start..<index], as: UTF8.self)
    return take(UInt8(ascii: ".")) ? .some(name) : nil
  }
}
