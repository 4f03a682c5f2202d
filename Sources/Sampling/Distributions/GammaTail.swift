import BigInt
import Exact

/// Q(a, λ), the upper tail of the gamma distribution, between two bounds.
///
/// For a whole `a = c + 1` this is P(X ≤ c) of a Poisson count with mean λ; a fraction stands for
/// a sum of taints. With `g = Γ(a,λ) / (λ^a e^-λ)` and `s = γ(a,λ) / (λ^a e^-λ)` the factor that
/// needs logarithms cancels: `Q = g / (g + s)`, and both are sums and quotients of positive terms:
///
///   s = Σ λ^k / (a (a+1) … (a+k))
///   g(a+1) = (a g(a) + 1) / λ, from 0 < a ≤ 1 where
///   g(a) = 1/(λ + (1-a)/(1 + 1/(λ + (2-a)/(1 + 2/(λ + …))))), Legendre's continued fraction,
///
/// whose successive convergents enclose it (positive coefficients). Source of the formulas: NIST
/// Digital Library of Mathematical Functions, 8.7.1, 8.8.2 and 8.9.2.
struct GammaTail: Sendable {
  /// The shape, above 0.
  let shape: Rational
  /// The point, above 0.
  let point: Rational

  /// The enclosure of Q; its width is about 1e-18 relative times the number of terms.
  var upper: Enclosure {
    var depth = Self.depthMin
    var result = enclosed(depth: depth)
    while depth < 4096, result.high.double - result.low.double > 1e-16 * result.low.double {
      depth *= 2
      result = enclosed(depth: depth)
    }
    return result
  }

  /// Whether Q is at most `risk`. Q is transcendental and can't tie; bounds that stay too close to
  /// decide count as no, the safe side.
  func isAtMost(risk: Rational) -> Bool {
    let risk = Enclosure(risk)
    let series = series
    var depth = Self.depthMin
    while depth <= 1 << 15 {
      if let answer = enclosed(series, fraction(depth)).isAtMost(risk) { return answer }
      if shape.denominator == 1 { return false }
      depth *= 4
    }
    return false
  }

  private static let depthMin = 32

  private func enclosed(depth: Int) -> Enclosure { enclosed(series, fraction(depth)) }

  /// g/(g+s), which rises with g and falls with s.
  private func enclosed(_ s: Enclosure, _ g: Enclosure) -> Enclosure {
    let least = Enclosure(low: g.low, high: g.low)
    let most = Enclosure(low: g.high, high: g.high)
    let sMost = Enclosure(low: s.high, high: s.high)
    let sLeast = Enclosure(low: s.low, high: s.low)
    return Enclosure(
      low: (least / (least + sMost)).low, high: (most / (most + sLeast)).high)
  }

  private var series: Enclosure {
    let x = Enclosure(point)
    let a = Enclosure(shape)
    var term = Enclosure.one / a
    var sum = term
    var index = 0
    while true {
      index += 1
      term = term * x / (a + Enclosure(index))
      sum = sum + term
      // Behind here the terms shrink at least geometrically with this ratio.
      let ratio = x / (a + Enclosure(index + 1))
      guard ratio.high.exponent < -64, (term / sum).high.exponent < -130 else { continue }
      // The ratio is below 1/2, so the rest is below the last term.
      return Enclosure(low: sum.low, high: (sum + term).high)
    }
  }

  private func fraction(_ depth: Int) -> Enclosure {
    let steps = Int(shape.ceiling - 1)
    let x = Enclosure(point)
    let start = shape - Rational(steps)
    var g = start == .one ? Enclosure.one / x : convergents(start, x, depth)
    let a = Enclosure(start)
    for step in 0..<steps { g = ((a + Enclosure(step)) * g + .one) / x }
    return g
  }

  /// The continued fraction for a shape in `0 < a < 1`, cut at `depth`.
  private func convergents(_ a: Rational, _ x: Enclosure, _ depth: Int) -> Enclosure {
    // The tail behind `depth` lies between 0 and infinity: both ends are carried backwards.
    let rest = Enclosure(.one - a)
    var least = x
    var most = x + rest + Enclosure(depth - 1)
    for k in stride(from: depth, through: 1, by: -1) {
      let odd = rest + Enclosure(k - 1)
      least = x + odd / (.one + Enclosure(k) / least)
      if k < depth { most = x + odd / (.one + Enclosure(k) / most) }
    }
    let p = Enclosure.one / least
    let q = Enclosure.one / most
    return Enclosure(
      low: Magnitude.isBelow(p.low, q.low) ? p.low : q.low,
      high: Magnitude.isBelow(p.high, q.high) ? q.high : p.high)
  }
}
