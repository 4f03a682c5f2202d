/// The modules of a symbol with one mask: patterns that a reader finds it by, then the codewords.
struct QRGrid {
  let version: Int
  let side: Int
  /// By row, then column.
  private(set) var dark: [[Bool]]
  /// Modules that hold no data.
  private var isFixed: [[Bool]]

  init(version: Int, codewords: [UInt8], mask: Int) {
    self.version = version
    side = 17 + 4 * version
    dark = Array(repeating: Array(repeating: false, count: side), count: side)
    isFixed = dark
    drawPatterns()
    drawFormat(mask)
    drawVersion()
    place(codewords, mask)
  }

  private mutating func fix(_ column: Int, _ row: Int, _ isDark: Bool) {
    dark[row][column] = isDark
    isFixed[row][column] = true
  }

  /// Finders, timing and alignment patterns (6.3).
  private mutating func drawPatterns() {
    for index in 0..<side {
      fix(6, index, index % 2 == 0)
      fix(index, 6, index % 2 == 0)
    }
    for (column, row) in [(3, 3), (side - 4, 3), (3, side - 4)] {
      draw(rings: 4, light: [2, 4], column, row)
    }
    let places = Self.alignment(version)
    for column in places {
      for row in places {
        let isFinder =
          (column == 6 && (row == 6 || row == places.last)) || (row == 6 && column == places.last)
        if !isFinder { draw(rings: 2, light: [1], column, row) }
      }
    }
  }

  /// Square rings around a middle; those of the radii named are light.
  private mutating func draw(rings: Int, light: Set<Int>, _ column: Int, _ row: Int) {
    for y in -rings...rings {
      for x in -rings...rings {
        guard (0..<side).contains(column + x), (0..<side).contains(row + y) else { continue }
        fix(column + x, row + y, !light.contains(max(abs(x), abs(y))))
      }
    }
  }

  /// Middles of alignment patterns along one side (annex E).
  static func alignment(_ version: Int) -> [Int] {
    guard version > 1 else { return [] }
    let count = version / 7 + 2
    let step = (version * 8 + count * 3 + 5) / (count * 4 - 4) * 2
    let last = 10 + 4 * version
    return [6] + (0..<count - 1).map { last - (count - 2 - $0) * step }
  }

  /// Level and mask with their checks, in two copies (7.9).
  static func format(_ mask: Int) -> Int {
    let data = 0b00 << 3 | mask
    return (data << 10 | remainder(data, 0x537, bits: 10)) ^ 0x5412
  }

  /// The version with its checks (7.10).
  static func version(_ version: Int) -> Int {
    version << 12 | remainder(version, 0x1F25, bits: 12)
  }

  private static func remainder(_ data: Int, _ generator: Int, bits: Int) -> Int {
    (0..<bits).reduce(data) { rest, _ in
      rest << 1 ^ (rest >> (bits - 1)) * generator
    }
  }

  private mutating func drawFormat(_ mask: Int) {
    let bits = Self.format(mask)
    func bit(_ place: Int) -> Bool { bits >> place & 1 == 1 }
    for place in 0..<6 { fix(8, place, bit(place)) }
    fix(8, 7, bit(6))
    fix(8, 8, bit(7))
    fix(7, 8, bit(8))
    for place in 9..<15 { fix(14 - place, 8, bit(place)) }
    for place in 0..<8 { fix(side - 1 - place, 8, bit(place)) }
    for place in 8..<15 { fix(8, side - 15 + place, bit(place)) }
    fix(8, side - 8, true)
  }

  private mutating func drawVersion() {
    guard version >= 7 else { return }
    let bits = Self.version(version)
    for place in 0..<18 {
      let isDark = bits >> place & 1 == 1
      fix(side - 11 + place % 3, place / 3, isDark)
      fix(place / 3, side - 11 + place % 3, isDark)
    }
  }

  /// Bits from below right in pairs of columns, up and down, each turned over where the mask says
  /// so (7.7.3, 7.8).
  private mutating func place(_ codewords: [UInt8], _ mask: Int) {
    var index = 0
    var right = side - 1
    while right > 0 {
      if right == 6 { right -= 1 }
      let isUpward = (right + 1) & 2 == 0
      for step in 0..<side {
        let row = isUpward ? side - 1 - step : step
        for column in [right, right - 1] where !isFixed[row][column] {
          let bit =
            index < codewords.count * 8
            && codewords[index / 8] >> (7 - index % 8) & 1 == 1
          dark[row][column] = bit != Self.isTurned(mask, column, row)
          index += 1
        }
      }
      right -= 2
    }
  }

  private static func isTurned(_ mask: Int, _ x: Int, _ y: Int) -> Bool {
    switch mask {
    case 0: (x + y) % 2 == 0
    case 1: y % 2 == 0
    case 2: x % 3 == 0
    case 3: (x + y) % 3 == 0
    case 4: (x / 3 + y / 2) % 2 == 0
    case 5: x * y % 2 + x * y % 3 == 0
    case 6: (x * y % 2 + x * y % 3) % 2 == 0
    default: ((x + y) % 2 + x * y % 3) % 2 == 0
    }
  }
}

/// How hard a symbol is to read (7.8.3): the mask with the least is taken.
extension QRGrid {
  var penalty: Int {
    let columns = (0..<side).map { column in dark.map { $0[column] } }
    let lines = (dark + columns).reduce(0) { $0 + Self.runs($1) + Self.finders($1) }
    return lines + squares + balance
  }

  /// Three for five of one kind in a line, one for each further.
  private static func runs(_ line: [Bool]) -> Int {
    var (penalty, length) = (0, 0)
    for (index, isDark) in line.enumerated() {
      length = index > 0 && line[index - 1] == isDark ? length + 1 : 1
      if length == 5 { penalty += 3 } else if length > 5 { penalty += 1 }
    }
    return penalty
  }

  /// Forty for what looks like a finder with light at one side.
  private static func finders(_ line: [Bool]) -> Int {
    let finder = [true, false, true, true, true, false, true]
    let light = [false, false, false, false]
    return (0...line.count - 11).count { start in
      let part = line[start..<start + 11]
      return part.elementsEqual(finder + light) || part.elementsEqual(light + finder)
    } * 40
  }

  /// Three for every square of four alike.
  private var squares: Int {
    var count = 0
    for y in 1..<side {
      for x in 1..<side {
        let some = dark[y][x]
        let others = [dark[y - 1][x], dark[y][x - 1], dark[y - 1][x - 1]]
        if others.allSatisfy({ $0 == some }) { count += 1 }
      }
    }
    return 3 * count
  }

  /// Ten for every twentieth by which dark modules are not half of all.
  private var balance: Int {
    let count = dark.reduce(0) { $0 + $1.count { $0 } }
    return abs(count * 20 - side * side * 10) / (side * side) * 10
  }
}
