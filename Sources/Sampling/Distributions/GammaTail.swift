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

  /// The enclosure of Q; its width is about 1e-17 relative times the number of terms.
  var upper: Enclosure {
    let s = series
    let g = fraction
    // g/(g+s) rises with g and falls with s.
    let low = Enclosure(low: g.low, high: g.low)
    let high = Enclosure(low: g.high, high: g.high)
    let sHigh = Enclosure(low: s.high, high: s.high)
    let sLow = Enclosure(low: s.low, high: s.low)
    return Enclosure(low: (low / (low + sHigh)).low, high: (high / (high + sLow)).high)
  }

  /// Whether Q is at most `risk`. Q is transcendental and can't tie; bounds too close to decide
  /// count as no, the safe side.
  func isAtMost(risk: Rational) -> Bool { upper.isAtMost(Enclosure(risk)) ?? false }

  private var series: Enclosure {
    let x = Enclosure(point)
    let a = Enclosure(shape)
    var term = Enclosure.one / a
    var sum = term
    var index = 0
    while true {
      index += 1
      let bottom = a + Enclosure(index)
      term = term * x / bottom
      sum = sum + term
      // Behind here the terms shrink at least geometrically with this ratio.
      let ratio = x / (a + Enclosure(index + 1))
      guard ratio.double < 0.5, term.double < sum.double * 1e-20 || term.double == 0 else {
        continue
      }
      // ratio < 1/2, so the rest is below the last term.
      return Enclosure(low: sum.low, high: (sum + term).high)
    }
  }

  private var fraction: Enclosure {
    let whole = shape.ceiling - 1
    let steps = Int(whole)
    let x = Enclosure(point)
    let start = shape - Rational(steps)
    var g = start == .one ? Enclosure.one / x : convergents(start, x)
    var a = start
    for _ in 0..<steps {
      g = (Enclosure(a) * g + .one) / x
      a = a + .one
    }
    return g
  }

  /// The continued fraction for a shape in `0 < a < 1`, deepened until the bounds stop closing.
  private func convergents(_ a: Rational, _ x: Enclosure) -> Enclosure {
    var depth = 32
    var result = enclosed(a, x, depth)
    while depth < 1 << 17, result.high.double - result.low.double > 1e-17 * result.low.double {
      depth *= 2
      let deeper = enclosed(a, x, depth)
      let better = deeper.high.double - deeper.low.double < result.high.double - result.low.double
      guard better else { break }
      result = deeper
    }
    return result
  }

  private func enclosed(_ a: Rational, _ x: Enclosure, _ depth: Int) -> Enclosure {
    // The tail behind `depth` lies between 0 and infinity: both ends are carried backwards.
    // Tail 0 makes the innermost `x + 0`; tail infinity makes the innermost quotient 0.
    var least = x
    var most: Enclosure? = nil
    for k in stride(from: depth, through: 1, by: -1) {
      let odd = Enclosure(Rational(k) - a)
      let even = Enclosure(k)
      least = x + odd / (.one + even / least)
      if let inner = most {
        most = x + odd / (.one + even / inner)
      } else {
        most = x + odd
      }
    }
    let p = Enclosure.one / least
    let q = Enclosure.one / (most ?? least)
    let low = Magnitude.isBelow(p.low, q.low) ? p.low : q.low
    let high = Magnitude.isBelow(p.high, q.high) ? q.high : p.high
    return Enclosure(low: low, high: high)
  }
}
