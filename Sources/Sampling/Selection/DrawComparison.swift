import Exact

/// A recorded draw beside the same draw done again.
public struct DrawComparison: Hashable, Sendable {
  /// The draw done again; nil where the changed population can't be drawn from.
  public let again: DrawRecord?
  /// What differs, a sentence each, the population first; empty if all agrees.
  public let differences: [String]
}

extension DrawRecord {
  /// Draws again and says what differs from the record: population, places, tickets.
  ///
  /// - Throws: ``SamplingError`` where the population is the recorded one and still can't be drawn
  ///   from, such as an unknown method.
  public func comparison() throws(SamplingError) -> DrawComparison {
    var differences: [String] = []
    if recordedPopulation != populationClaim {
      differences.append(
        "the population is \(populationClaim), recorded was \(recordedPopulation)")
    }
    do {
      let again = try again()
      return DrawComparison(again: again, differences: differences + changes(again))
    } catch {
      guard !differences.isEmpty else { throw error }
      return DrawComparison(
        again: nil, differences: differences + ["it can't be drawn from: \(error)"])
    }
  }

  private func changes(_ again: DrawRecord) -> [String] {
    var changes: [String] = []
    if selected.count != again.selected.count {
      changes.append("\(again.selected.count) items are drawn, recorded were \(selected.count)")
    }
    for (place, pair) in zip(1..., zip(again.selected, selected)) where pair.0 != pair.1 {
      let (found, recorded) = pair
      if found.key != recorded.key {
        changes.append("place \(place): '\(found.key)' is drawn, recorded was '\(recorded.key)'")
      } else {
        changes.append("place \(place): '\(found.key)' has another ticket than recorded")
      }
    }
    return changes
  }
}
