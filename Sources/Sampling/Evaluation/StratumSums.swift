import BigInt
public import Exact

/// One stratum of a sample for estimation, as exact sums.
public struct StratumSums: Hashable, Sendable {
  /// Items in the stratum.
  public let items: Int
  /// Book total of the stratum.
  public let bookTotal: Rational
  /// Items sampled, at least 2.
  public let sampled: Int
  /// Sum of the sampled items' book values.
  public let book: Rational
  /// Sum of their audited values.
  public let audited: Rational
  /// Sum of the squares of their book values.
  public let bookSquares: Rational
  /// Sum of the squares of their audited values.
  public let auditedSquares: Rational
  /// Sum of book times audited.
  public let products: Rational
  /// Items whose audited value differs from the book value.
  public let differences: Int

  /// Takes sums that were made elsewhere.
  ///
  /// - Throws: ``SamplingError``: no item, `sampled` not in `2...items`, more differences than
  ///   items sampled.
  public init(
    items: Int, bookTotal: Rational, sampled: Int, book: Rational, audited: Rational,
    bookSquares: Rational, auditedSquares: Rational, products: Rational, differences: Int
  ) throws(SamplingError) {
    guard items >= 1 else { throw .emptyPopulation }
    guard sampled >= 2, sampled <= items else {
      throw .sampleSize("\(sampled) of \(items) items in a stratum; at least 2 are needed")
    }
    guard differences >= 0, differences <= sampled else {
      throw .errors(differences, sample: sampled)
    }
    self.items = items
    self.bookTotal = bookTotal
    self.sampled = sampled
    self.book = book
    self.audited = audited
    self.bookSquares = bookSquares
    self.auditedSquares = auditedSquares
    self.products = products
    self.differences = differences
  }

  /// Sums up pairs of book and audited values.
  public init(
    items: Int, bookTotal: Rational, pairs: [(book: Rational, audited: Rational)]
  ) throws(SamplingError) {
    try self.init(
      items: items, bookTotal: bookTotal, sampled: pairs.count,
      book: pairs.reduce(.zero) { $0 + $1.book },
      audited: pairs.reduce(.zero) { $0 + $1.audited },
      bookSquares: pairs.reduce(.zero) { $0 + $1.book * $1.book },
      auditedSquares: pairs.reduce(.zero) { $0 + $1.audited * $1.audited },
      products: pairs.reduce(.zero) { $0 + $1.book * $1.audited },
      differences: pairs.filter { $0.book != $0.audited }.count)
  }

  var meanBook: Rational { book.divided(by: sampled) }
  var meanAudited: Rational { audited.divided(by: sampled) }
  /// Sample variances and covariance, divisor n - 1.
  var varianceBook: Rational { moment(bookSquares, book, book) }
  var varianceAudited: Rational { moment(auditedSquares, audited, audited) }
  var covariance: Rational { moment(products, book, audited) }
  /// `N (N - n) / n`, the factor of a variance of the total.
  var finiteFactor: Rational { Rational(items * (items - sampled)).divided(by: sampled) }

  private func moment(_ products: Rational, _ a: Rational, _ b: Rational) -> Rational {
    (products - (a * b).divided(by: sampled)).divided(by: sampled - 1)
  }
}

extension Rational {
  /// The quotient by a whole number that is not zero.
  func divided(by divisor: Int) -> Rational { (try? self / Rational(divisor)) ?? .zero }
}
