import Exact

/// What is in one column of a table.
package struct ColumnSummary: Sendable {
  /// `C`, or for records the column's name.
  package let name: String
  /// The text of the header row, where there plainly is one; at most 200 characters.
  package internal(set) var header: String?
  /// The unit that the header names, as written there.
  package internal(set) var unit: String?
  package internal(set) var textCells = 0
  package internal(set) var numberCells = 0
  package internal(set) var dateCells = 0
  package internal(set) var booleanCells = 0
  package internal(set) var errorCells = 0
  package internal(set) var formulas = 0
  /// Of the text cells, those that read as numbers.
  package internal(set) var numericTexts = 0
  /// Of the text cells of formats without types, those that are days (`2021-01-31`).
  package internal(set) var isoDays = 0
  package internal(set) var isHidden = false
  /// The row of the first number kept as text.
  var firstNumericText = 0

  init(name: String) { self.name = name }

  /// Cells with a value.
  package var cells: Int { textCells + numberCells + dateCells + booleanCells + errorCells }

  mutating func count(_ cell: Cell, _ text: UnsafeBufferPointer<UInt8>, row: Int) {
    if cell.isFormula { formulas += 1 }
    switch cell.kind {
    case .text:
      textCells += 1
      if NumericText.matches(text) {
        numericTexts += 1
        if firstNumericText == 0 { firstNumericText = row }
      }
    case .number: numberCells += 1
    case .date: dateCells += 1
    case .boolean: booleanCells += 1
    case .error: errorCells += 1
    case .untyped:
      if text.looksNumeric, ExactDecimal(ascii: text) != nil {
        numberCells += 1
      } else {
        textCells += 1
        if SerialDay.number(of: text) != nil { isoDays += 1 }
      }
    case .unknown: break
    }
  }

  /// Whether numbers kept as text stand in a column that is otherwise one of numbers, or that its
  /// header gives a unit.
  var keepsNumbersAsText: Bool {
    let numbers = numberCells + numericTexts
    guard numericTexts > 0, numbers * 5 >= cells * 4 else { return false }
    return numberCells >= 2 || (numericTexts >= 2 && unit != nil)
  }
}

/// Finds the row that heads a table, where it is plain which: the first of the first thirty rows
/// with something in them that holds nothing but words, in at least half as many cells as the
/// fullest of those rows, and that other rows follow.
struct HeaderGuess {
  private static let rowsMax = 30
  private var rows: [(number: Int, cells: [(column: Int, text: String)], areWords: Bool)] = []

  mutating func see(_ row: RowBuffer) {
    guard rows.count < Self.rowsMax else { return }
    var cells: [(column: Int, text: String)] = []
    var areWords = true
    for index in 0..<row.count where row[index].kind != .unknown {
      let cell = row[index]
      let text = row.text(cell)
      let isText = cell.kind == .text || cell.kind == .untyped
      if !isText || cell.isFormula || NumericText.matches(text) { areWords = false }
      if areWords {
        cells.append((Int(cell.column), String(decoding: text.prefix(800), as: UTF8.self)))
      } else {
        cells.append((Int(cell.column), ""))
      }
    }
    if !cells.isEmpty { rows.append((row.number, cells, areWords)) }
  }

  /// The header's row and its words by column.
  func found() -> (row: Int, words: [Int: String])? {
    let widest = rows.map(\.cells.count).max() ?? 0
    let header = rows.dropLast().first {
      $0.areWords && $0.cells.count * 2 >= widest && ($0.cells.count >= 2 || widest == 1)
    }
    guard let header else { return nil }
    // A column of words alone has no plain header.
    if widest == 1, rows.allSatisfy(\.areWords) { return nil }
    let words = header.cells.map { ($0.column, String($0.text.prefix(200))) }
    return (header.number, Dictionary(words) { first, _ in first })
  }
}

/// Units in headers, as people write them.
enum HeaderUnit {
  private static let words: Set<String> = [
    "m3", "m³", "m^3", "cu m", "cbm", "立方米", "立方", "kwh", "mwh", "gwh", "wh", "千瓦时", "千瓦時",
    "兆瓦时", "兆瓦時", "万千瓦时", "萬千瓦時", "度", "万度", "萬度", "t", "吨", "噸", "公吨", "公噸", "tonne", "tonnes",
    "tons", "ton", "kt", "mt", "万吨", "萬噸", "kg", "千克", "公斤", "g", "l", "ℓ", "litre", "litres",
    "liter",
    "liters", "升", "公升", "kl", "千升", "gj", "mj", "tj", "kj", "therm", "therms", "btu", "mmbtu",
    "kw",
    "mw", "kvar", "kvarh", "m2", "m²", "㎡", "㎥", "平方米", "平方呎", "sq ft", "sq m", "ft2", "ft3", "ccf",
    "gal", "gallon", "gallons", "kgal", "人", "人次", "人数", "人數", "宗", "件", "次", "小时", "小時", "hours",
    "hour", "hrs", "h", "天", "日", "days", "月", "%", "元", "万元", "萬元", "亿元", "億元", "百万元", "百萬元",
    "rmb", "cny", "hkd", "usd", "eur", "hk$", "us$", "tco2e", "tco2", "kgco2e", "吨二氧化碳当量",
    "噸二氧化碳當量", "公里", "km", "km2",
  ]
  /// Those that name a unit also without a bracket, at the end of a header.
  private static let plainEnds = [
    "kwh", "mwh", "gwh", "m3", "m³", "m²", "tco2e", "kgco2e", "立方米", "千瓦时", "千瓦時", "therms", "gj",
    "kbtu", "mmbtu", "kgal",
  ]

  /// The unit of a header, as written: `m³` of `用水量 (m³)`, `kWh` of `Usage_kWh`; else nil.
  static func find(in header: String) -> String? {
    for (open, close) in [("(", ")"), ("（", "）"), ("[", "]"), ("【", "】")] {
      guard let start = header.range(of: open), let end = header.lastRange(of: close),
        start.upperBound < end.lowerBound
      else { continue }
      if let unit = known(header[start.upperBound..<end.lowerBound]) { return unit }
    }
    for separator in ["/", "／", ":", "：", ","] {
      if let place = header.lastRange(of: separator) {
        if let unit = known(header[place.upperBound...]) { return unit }
      }
    }
    let folded = Folding.fold(header)
    for end in plainEnds where folded.hasSuffix(end) && folded.count > end.count {
      let before = folded.dropLast(end.count).last
      // `m3` of `cm3` is no cubic metre.
      if before.map({ !$0.isASCII || !($0.isLetter || $0.isNumber) }) ?? true {
        return String(header.filter { $0 != "\n" }.suffix(end.count))
      }
    }
    return nil
  }

  private static func known(_ text: Substring) -> String? {
    let word = Folding.fold(String(text))
    guard
      words.contains(word) || word.split(separator: "/").allSatisfy({ words.contains(String($0)) })
    else { return nil }
    return word.isEmpty ? nil : String(text.trimmingSpace)
  }
}

extension StringProtocol {
  fileprivate func range(of word: String) -> Range<Index>? {
    indices.first { self[$0...].hasPrefix(word) }.map {
      $0..<self.index($0, offsetBy: word.count)
    }
  }

  fileprivate func lastRange(of word: String) -> Range<Index>? {
    indices.last { self[$0...].hasPrefix(word) }.map {
      $0..<self.index($0, offsetBy: word.count)
    }
  }

  fileprivate var trimmingSpace: SubSequence {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
