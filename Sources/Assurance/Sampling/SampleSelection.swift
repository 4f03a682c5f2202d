import Exact
import Sampling

/// The selection methods that a worksheet can be made from. Both rank by Rivest's tickets, so the
/// order of the records cannot change a draw.
package enum SampleSelection: String, Sendable, CaseIterable {
  /// Weighted by value: Hoogduin, Hall and Tsay, "Modified sieve sampling" (2010), with Rivest's
  /// tickets as the random numbers.
  case modifiedSieve = "modified-sieve"
  /// Each item with the same chance: Rivest, "Consistent sampling with replacement" (2018), first
  /// generation of tickets.
  case consistent

  /// Draws `size` items from those of positive value, in the order of the method.
  ///
  /// - Throws: `draw-impossible` with the method's reason: duplicate keys, an empty seed.
  package func draw(
    seed: String, items: [PopulationItem], size: Int
  ) throws(AssureError) -> [DrawnItem] {
    let positive = items.filter { $0.value > .zero }
    // By bytes: texts that Unicode calls equivalent are two keys with two tickets.
    var byKey: [[UInt8]: PopulationItem] = [:]
    for item in positive { byKey[Array(item.key.utf8)] = item }
    func drawn(_ key: String, _ ticket: Ticket, certain: Bool) throws(AssureError) -> DrawnItem {
      guard let item = byKey[Array(key.utf8)] else {
        throw AssureError("draw-impossible", place: key, "the key is not in the population")
      }
      return DrawnItem(
        key: key, ticket: ticket.digits, value: item.value, locator: item.locator,
        basis: certain ? .key : .sampled, labels: item.labels)
    }
    do {
      switch self {
      case .modifiedSieve:
        let result = try ModifiedSieve.draw(
          seed: seed, items: positive.lazy.map { (key: $0.key, value: $0.value) }, size: size)
        return try result.drawn.map { try drawn($0.key, $0.ticket, certain: $0.isCertain) }
      case .consistent:
        let result = try ConsistentSample.draw(
          seed: seed, keys: positive.lazy.map(\.key), take: size)
        return try result.map { try drawn($0.key, $0.ticket, certain: false) }
      }
    } catch let error as AssureError {
      throw error
    } catch {
      throw AssureError(
        "draw-impossible", place: "the draw", "\(error)",
        remedy: "look at the keys of the population")
    }
  }

  /// The rule in sentences with which anyone can draw again.
  package func rule(seed: String, size: Int, populationDigest: String) -> [String] {
    let ticket = [
      "Take the population file; its SHA-256 is \(populationDigest). Leave out items of zero or less.",
      "Seed text, as UTF-8 without quotes or line end: \"\(seed)\".",
      "h = SHA-256 of the seed in 64 lower-case hex digits; the same h serves every item.",
      """
      Ticket of an item: SHA-256 of h followed by the item's key, as an integer in decimal, \
      left-padded with zeros to at least 64 digits, its digits reversed, written after "0."; \
      R. L. Rivest, consistent_sampler, first generation.
      """,
    ]
    switch self {
    case .consistent:
      return ticket + ["The \(size) items with the smallest tickets are drawn, smallest first."]
    case .modifiedSieve:
      return ticket + [
        """
        Rank every item by value / ticket, largest first; ties by key. With B the sum of the values, \
        an item's final rank is the smaller of its rank and B / value.
        """,
        """
        The items with a final rank of at most \(size) are drawn, in the order of that rank. Items \
        with B / value of at most \(size) are drawn with certainty: the key items. Hoogduin, Hall \
        and Tsay 2010.
        """,
      ]
    }
  }
}
