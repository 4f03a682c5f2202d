/// What a number is about, as words with weights: pairs of Chinese characters, and Latin words.
struct Subject: Sendable, Hashable {
  /// Weight by term, 1 to 4.
  var terms: [Int: Int] = [:]
}

/// A subject made ready for comparison: terms in order, with weight and rarity.
struct Profile: Sendable {
  private let terms: [Int]
  private let weights: [Int]
  private let rarities: [Int]
  private let total: Int

  init(_ subject: Subject, _ rarity: Rarity) {
    terms = subject.terms.keys.sorted()
    weights = terms.map { subject.terms[$0] ?? 0 }
    rarities = terms.map { rarity.weight($0) }
    total = zip(weights, rarities).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// How many thousandths the two subjects share; rare words count more.
  ///
  /// The mean of the share of the smaller subject and the share of both (the overlap coefficient
  /// and Dice's, 1945), so that a headline's few words can meet a long sentence's.
  func likeness(_ other: Profile) -> Int {
    var shared = 0
    var (a, b) = (0, 0)
    while a < terms.count, b < other.terms.count {
      if terms[a] == other.terms[b] {
        shared += min(weights[a], other.weights[b]) * rarities[a]
        a += 1
        b += 1
      } else if terms[a] < other.terms[b] {
        a += 1
      } else {
        b += 1
      }
    }
    let smaller = terms.count <= other.terms.count ? total : other.total
    guard smaller > 0 else { return 0 }
    return (shared * 1000 / smaller + 2 * shared * 1000 / (total + other.total)) / 2
  }
}

/// In how many lines of the text a term stands.
struct Rarity: Sendable {
  private var lines: [Int: Int] = [:]
  private let count: Int

  init(_ text: ReportText) {
    var lines: [Int: Int] = [:]
    var filled = 0
    for line in 1...max(1, text.lineCount) {
      let terms = Set(Terms.list(text, text.range(ofLine: line)))
      if !terms.isEmpty { filled += 1 }
      for term in terms { lines[term, default: 0] += 1 }
    }
    self.lines = lines
    count = max(filled, 1)
  }

  /// 1 for a term of every line, about twice the logarithm of how rare it is.
  func weight(_ term: Int) -> Int {
    let ratio = count * 4 / max(lines[term] ?? 1, 1)
    return max(1, Int.bitWidth - ratio.leadingZeroBitCount - 2)
  }
}

/// The terms of a stretch of text.
enum Terms {
  static func list(_ text: ReportText, _ range: Range<Int>) -> [Int] { list(text.folded[range]) }

  /// Pairs of neighbouring Chinese characters; Latin words by a hash of their small letters.
  static func list(_ t: ArraySlice<UInt32>) -> [Int] {
    var terms: [Int] = []
    var index = t.startIndex
    while index < t.endIndex {
      let c = t[index]
      if Glyph.isHan(c), !common.contains(c) {
        if index + 1 < t.endIndex, Glyph.isHan(t[index + 1]), !common.contains(t[index + 1]) {
          terms.append(Int(c) << 16 | Int(t[index + 1]))
        }
        index += 1
      } else if Glyph.isLetter(c) {
        var hash = 7
        let start = index
        while index < t.endIndex, Glyph.isLetter(t[index]) {
          hash = (hash &* 31 &+ Int(t[index] | 0x20)) & 0xFFFF_FFFF
          index += 1
        }
        if index - start > 1 { terms.append(1 << 40 | hash) }
      } else {
        index += 1
      }
    }
    return terms
  }

  /// Characters that say nothing of a subject.
  private static let common: Set<UInt32> = Set(
    Glyph.scalars("的了和与及或在为于是有我们其中对将已并等也都以一这那个名位项年月日度"))
}
