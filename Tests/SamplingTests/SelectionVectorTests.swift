import BigInt
import Exact
import Sampling
import Testing

@Suite struct SelectionVectorTests {
  @Test(arguments: Vectors.rows("selection"))
  func selection(row: Row) throws {
    let keys = row.list("ids")
    let values = try row.list("values").map { try #require(ExactDecimal($0)) }
    let items = zip(keys, values).map { WeightedItem(key: $0, value: $1) }
    let population = try WeightedPopulation(items)
    let uniforms = try row.list("uniforms").map { try #require(Rational($0)) }
    // One uniform number an item with a positive value, where a row lists zero values too.
    let perItem = zip(uniforms, values).filter { !$1.isZero }.map(\.0)
    let size = try row.integer("n")
    let selected: [String]
    switch row["method"] {
    case "record_interval":
      selected = try RecordInterval.draw(keys: keys, size: size, start: row.rational("start"))
    case "mus_interval":
      let hits = try QuantityInterval.draw(population, size: size, start: row.rational("start"))
      selected = hits.map(\.key)
      expectUnits(hits, row)
    case "mus_fixed_u1":
      let hits = try QuantityInterval.draw(population, size: size, uniform: uniforms[0])
      selected = hits.map(\.key)
      expectUnits(hits, row)
    case "mus_cell":
      let hits = try CellSelection.draw(population, size: size, uniforms: uniforms)
      selected = hits.map(\.key)
      expectUnits(hits, row)
    case "mus_random":
      let hits = try RandomQuantity.draw(population, size: size, uniforms: uniforms)
      selected = hits.map(\.key)
      expectUnits(hits, row)
    case "mus_randomized_fixed":
      selected = try QuantityInterval.drawRandomised(
        population, size: size, uniforms: perItem
      ).map(\.key)
    case "sieve":
      selected = try Sieve.draw(population, size: size, uniforms: perItem).map(\.key)
    case "modified_sieve", "modified_sieve_rank":
      selected = try Sieve.modified(
        population, size: size, uniforms: perItem,
        keepsCertain: row["method"] == "modified_sieve_rank"
      ).map(\.key)
    case "mus_topstratum_simple", "mus_topstratum_recomputed":
      let isOnce = row["method"] == "mus_topstratum_simple"
      let top = try TopStratum(population, size: size, rule: isOnce ? .once : .untilStable)
      let hits = top.hits(start: try row.rational("start"), roundsToUnits: true)
      selected = top.certain.map { "H:\($0.key)" } + hits.map(\.key)
    case "pps_inclusion_prob":
      let top = try TopStratum(population, size: size)
      selected = top.certain.map(\.key)
      for (key, text) in zip(keys, row.list("hits_or_keys")) {
        let chance = top.inclusion[key]?.approximateForTest ?? 0
        #expect(abs(chance - (Double(text) ?? .nan)) < 1e-11)
      }
    default:
      Issue.record("unknown method \(row["method"])")
      return
    }
    #expect(selected == row.list("selected"))
  }

  private func expectUnits(_ hits: [Hit], _ row: Row) {
    for (hit, text) in zip(hits, row.list("hits_or_keys")) {
      #expect(agrees(hit.unit.approximateForTest, Double(text) ?? .nan))
    }
  }
}
