// Exact: numbers that are what they say.
//
// Purpose. Every figure that is reported, sampled or compared passes through these three types:
//
//   ExactDecimal   a finite decimal, coefficient × 10^-scale, as it stands in a source cell
//   Rational       a fraction of unlimited integers, for ratios, factors and thresholds
//   Interval       closed interval of Rationals: what a printed figure may have been
//
// Invariants
// 1. No binary floating point goes in or comes out.
// 2. Every operation is exact or throws; rounding happens only where a caller names the number
//    of decimals and the rule.
// 3. One value has one form: trailing zeros are dropped, fractions are in lowest terms. The text
//    a figure was printed with is kept by whoever read it, not here.
// 4. Text is parsed strictly: an optional sign, ASCII digits, an optional point and digits, an
//    optional exponent. Grouping, other digits and other points are the reader's to resolve.
//
// Imports nothing of ours.
