/// Folds full-width forms to ASCII and traditional characters to simplified ones, one for one.
///
/// Positions are kept: the folded text is as long as the text.
struct ScriptFolding: Sendable {
  /// Simplified form by code point, U+0000 to U+FFFF.
  private let table: [UInt16]
  /// Simplified characters that do not occur in traditional text, with the traditional form.
  let simplifiedOnly: [UInt32: UInt32]
  /// Characters that do not occur in simplified text.
  let traditionalOnly: Set<UInt32>

  init() { self.init([]) }

  init(_ rows: [VocabularyRows.Row]) {
    var table = (0...UInt16.max).map { $0 }
    var simplifiedOnly: [UInt32: UInt32] = [:]
    var traditionalOnly: Set<UInt32> = []
    for code in 0xFF01...0xFF5E where code != 0xFF0C { table[code] = UInt16(code - 0xFEE0) }
    for code in [0xA0, 0x2002, 0x2003, 0x2007, 0x2009, 0x202F, 0x3000] { table[code] = 32 }
    table[0x2212] = 0x2D
    table[0xFE6A] = 0x25
    for row in rows where row.cells.count > 1 {
      guard let from = row[0].unicodeScalars.first?.value, from <= 0xFFFF,
        let to = row[1].unicodeScalars.first?.value, to <= 0xFFFF
      else { continue }
      table[Int(from)] = UInt16(to)
      let only = row.optional(2) ?? ""
      if only.contains("S"), simplifiedOnly[to] == nil { simplifiedOnly[to] = from }
      if only.contains("T") { traditionalOnly.insert(from) }
    }
    self.table = table
    self.simplifiedOnly = simplifiedOnly
    self.traditionalOnly = traditionalOnly
  }

  func fold(_ scalar: UInt32) -> UInt32 { scalar <= 0xFFFF ? UInt32(table[Int(scalar)]) : scalar }
  func fold(_ text: String) -> [UInt32] { text.unicodeScalars.map { fold($0.value) } }
}
