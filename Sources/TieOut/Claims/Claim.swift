import Exact

/// A number that claims something: how it is qualified, when, and about what.
package struct Claim: Sendable, Hashable {
  package let token: NumberToken
  /// The printed words that qualify the number, in a fixed order; empty for none.
  package let qualifiers: [String]
  /// How the figure stands to the quantity it speaks of.
  package let relation: Relation
  /// The date of "as at", "截至", for what is counted at a date; nil if none is printed.
  package let asOf: CalendarDate?
  /// Share of a whole, change against an earlier figure, sum since a start, average.
  package let aspects: Set<Aspect>
  /// The sentence and, at the ends of short lines, the lines around, as words with weights.
  let subject: Subject
  /// The sentence it stands in, as a number; claims with the same one share a sentence.
  let sentence: Int

  /// What a sentence says of its figure besides its size.
  package enum Aspect: String, Sendable, Hashable, CaseIterable {
    case share, change, cumulative, annual, average
  }

  /// The qualifiers joined by semicolons.
  package var qualifier: String { qualifiers.joined(separator: ";") }
}
