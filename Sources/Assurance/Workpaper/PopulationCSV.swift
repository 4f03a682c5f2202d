import Exact

/// The frozen population as text: what its digest is the digest of.
///
/// A population's digest is SHA-256 over ``header`` and then one ``line(_:unit:)`` for each item,
/// sorted by the UTF-8 bytes of the key. Whoever freezes a population and whoever prints it go
/// through here, so that `sha256sum` of the file in a pack is the digest in the trail.
package enum PopulationCSV {
  /// Names of the columns, in order.
  package static let columns = ["key", "value", "unit", "locator"]
  /// The first line.
  package static let header = CanonicalCSV.line(columns)

  /// The line of one item: its key, its exact value in `unit`, and where the value stands.
  ///
  /// Labels are left out: they are read again from the locator and decide nothing.
  package static func line(_ item: PopulationItem, unit: String) -> [UInt8] {
    CanonicalCSV.line([item.key, item.value.description, unit, item.locator])
  }

  /// Whether the keys stand in the order of the file, each once.
  package static func isOrdered(_ items: [PopulationItem]) -> Bool {
    zip(items, items.dropFirst()).allSatisfy { a, b in
      a.key.utf8.lexicographicallyPrecedes(b.key.utf8)
    }
  }
}
