import Exact
import Foundation

/// The modified moment bound of Dworin and Grimlund for accounts.
///
/// The bound's sampling distribution is matched to a three-parameter gamma by its first three
/// moments, one hypothetical taint added, and its quantile taken by Wilson and Hilferty (1931).
/// Source: Dworin and Grimlund, Dollar unit sampling for accounts receivable and inventory, The
/// Accounting Review 59 (1984), 218-241.
extension QuantityMethod {
  static let moment = QuantityMethod(
    id: "moment",
    title: "Modified moment bound for accounts",
    source: "Dworin and Grimlund (1984)",
    limits: "approximate: tighter than Stringer, coverage shown by simulation only"
  ) { (sample) throws(SamplingError) in
    let taints = sample.signed.filter { $0 != 0 }
    let z = NormalDistribution.quantile(upper: sample.tail)
    let fitted = MomentFit(taints: taints, size: Double(sample.size))
    let sum = sample.taints.reduce(.zero, +)
    let likely = (try? (sample.side == .under ? -sum : sum) / Rational(sample.size)) ?? .zero
    return QuantityBound(
      upperRate: fitted.quantile(z),
      lowerRate: sample.side == .twoSided ? fitted.quantile(-z) : nil, mostLikelyRate: likely)
  }
}

/// Shape, scale and origin of the gamma distribution fitted.
private struct MomentFit {
  let shape: Double
  let scale: Double
  let origin: Double

  init(taints: [Double], size n: Double) {
    let m = Double(taints.count)
    let mean = taints.isEmpty ? 0 : taints.reduce(0, +) / m
    let extra = 0.81 * (1 - 0.667 * tanh(10 * mean)) * (1 + 0.667 * tanh(m / 10))
    func moment(_ power: Double) -> Double {
      taints.reduce(pow(extra, power)) { $0 + pow($1, power) } / (m + 1)
    }
    let (t1, t2, t3) = (moment(1), moment(2), moment(3))
    let e1 = (m + 1) / (n + 2)
    let e2 = (m + 2) / (n + 3) * e1
    let e3 = (m + 3) / (n + 4) * e2
    let raw1 = e1 * t1
    let raw2 = (e1 * t2 + (n - 1) * e2 * t1 * t1) / n
    let raw3 =
      (e1 * t3 + 3 * (n - 1) * e2 * t1 * t2 + (n - 1) * (n - 2) * e3 * t1 * t1 * t1) / (n * n)
    let variance = raw2 - raw1 * raw1
    let skew = raw3 - 3 * raw1 * raw2 + 2 * raw1 * raw1 * raw1
    shape = 4 * variance * variance * variance / (skew * skew)
    scale = skew / (2 * variance)
    origin = raw1 - 2 * variance * variance / skew
  }

  func quantile(_ z: Double) -> Double {
    let cube = 1 + z / (9 * shape).squareRoot() - 1 / (9 * shape)
    return origin + shape * scale * cube * cube * cube
  }
}
