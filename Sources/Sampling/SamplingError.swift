/// Why a size, a draw or a bound can't be computed. Each has a sentence and a remedy.
public enum SamplingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Confidence outside `0 < C < 1`; the text given.
  case confidence(String)
  /// Tolerable rate or amount outside its range; the text given.
  case tolerable(String)
  /// Expected rate, amount or count that is negative or not below the tolerable one.
  case expected(String)
  /// No item, or a total of zero.
  case emptyPopulation
  /// The population size is needed, or not a positive whole number.
  case population(String)
  /// The sample size is not in `1...population`.
  case sampleSize(String)
  /// More errors than items in the sample, or more than the population can hold.
  case errors(Int, sample: Int)
  /// Tolerable amount (materiality) above the total of the population.
  case materialityAboveTotal(tolerable: String, total: String)
  /// A taint above 1 where no policy says how to treat it.
  case taintAboveOne(String)
  /// The same key twice.
  case duplicateKey(String)
  /// Keys and values differ in number.
  case unpaired(keys: Int, values: Int)
  /// A start, rate or other parameter outside its range, in words.
  case parameter(String)
  /// The method can't answer for these data, in words.
  case notApplicable(String)
  /// Even all items would not give the confidence asked for.
  case unreachable(String)
  /// Numbers with more digits than are held exactly.
  case overflow(String)

  /// What is wrong, lower case, without a full stop.
  public var description: String {
    switch self {
    case .confidence(let text): "confidence must lie between 0 and 1, both excluded; it is \(text)"
    case .tolerable(let text):
      "tolerable error must be above 0 and at most the whole; it is \(text)"
    case .expected(let text): "expected error must be at least 0 and below the tolerable; \(text)"
    case .emptyPopulation: "the population is empty or totals zero"
    case .population(let text): "population: \(text)"
    case .sampleSize(let text): "sample size: \(text)"
    case .errors(let errors, let sample):
      "\(errors) errors can't come from a sample of \(sample)"
    case .materialityAboveTotal(let tolerable, let total):
      "the tolerable amount \(tolerable) is above the total \(total)"
    case .taintAboveOne(let text): "a taint of \(text) is above 1"
    case .duplicateKey(let key): "key '\(key)' occurs more than once"
    case .unpaired(let keys, let values): "\(keys) keys but \(values) values"
    case .parameter(let text), .notApplicable(let text), .unreachable(let text): text
    case .overflow(let text): "\(text) has more digits than can be held exactly"
    }
  }

  /// What to do about it, lower case, without a full stop.
  public var hint: String {
    switch self {
    case .confidence: "give a fraction such as 0.95, with the reason for it in the plan"
    case .tolerable: "give a rate such as 0.05, or an amount in the unit of the population"
    case .expected: "lower the expectation, or test all items if errors are that frequent"
    case .emptyPopulation: "check the boundary and the period of the population"
    case .population: "give the number of units in the population as a whole number above 0"
    case .sampleSize: "give a whole number from 1 to the number of items"
    case .errors: "check the count of errors and the sample size"
    case .materialityAboveTotal:
      "check units and scale: such a population can't be misstated so far"
    case .taintAboveOne: "say how to treat it: refuse, clip at 1, or scale by the largest taint"
    case .duplicateKey: "keys must name one item each; add a line number or document number"
    case .unpaired: "give one value a key, in the same order"
    case .parameter: "correct the parameter"
    case .notApplicable: "choose another method"
    case .unreachable: "lower the confidence or raise the tolerable error"
    case .overflow: "use fewer decimals or a larger unit"
    }
  }
}
