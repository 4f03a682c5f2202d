package import Exact

/// Whether a figure is printed finely enough for its materiality to mean something.
///
/// A figure printed as 0.019 stands for anything from 0.0185 to 0.0195, which is 2.6% to each side:
/// a threshold of 5% is half used up before anything is wrong.
package struct DisplayPrecision: Sendable {
  /// Half a unit of the last printed digit, in the KPI's unit.
  package let halfUnit: Rational
  /// ``halfUnit`` over the figure; nil for a figure of zero.
  package let shareOfFigure: Rational?
  /// ``halfUnit`` over materiality; nil if there is none.
  package let shareOfMateriality: Rational?

  /// - Parameters:
  ///   - decimals: digits after the point as printed.
  ///   - materiality: in the unit of the figure; nil if none is set.
  package init(figure: ExactDecimal, decimals: Int, materiality: Rational?) {
    halfUnit = FigureBook.halfUnit(decimals)
    shareOfFigure = try? halfUnit / Rational(figure).magnitude
    shareOfMateriality = materiality.flatMap { [halfUnit] in try? halfUnit / $0 }
  }

  /// How rounding stands to materiality.
  package enum Verdict: String, Sendable, CaseIterable {
    /// At most a tenth of materiality is lost to rounding.
    case fine
    /// More than a tenth: the margin left for misstatement is smaller than it looks.
    case coarse
    /// As much as materiality or more: a material misstatement could hide in the rounding.
    case blind
    case noMateriality = "no materiality"
  }

  package var verdict: Verdict {
    guard let share = shareOfMateriality else { return .noMateriality }
    if share >= .one { return .blind }
    return share + share + share + share + share + share + share + share + share + share > .one
      ? .coarse : .fine
  }
}
