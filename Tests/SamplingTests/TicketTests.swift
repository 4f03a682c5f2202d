import Exact
import Testing

@testable import Sampling

@Suite struct TicketTests {
  @Test(arguments: Vectors.rows("sampler_primitives"))
  func primitives(row: Row) throws {
    let input = row["input"]
    switch row["function"] {
    case "sha256_hex": #expect(Ticket.hexDigest(input) == row["output"])
    case "sha256_uniform": #expect(Ticket.uniform(input) == row["output"])
    case "next_fraction":
      #expect(Ticket(digits: input, generation: 1).next.digits == row["output"])
    case "trim":
      let parts = row.list("input")
      let ticket = Ticket(digits: parts[0], generation: 1)
      #expect(ticket.displayed(digits: try #require(Int(parts[1]))) == row["output"])
    case "first_fraction":
      let parts = try #require(input.wholeMatch(of: /seed=(.*);id=(.*)/))
      let ticket = Ticket(seed: String(parts.1), key: String(parts.2))
      #expect(ticket.digits == row["output"])
    case "sha256_counter_random":
      let parts = try #require(input.wholeMatch(of: /seed=(.*);count=(.*)/))
      var stream = CounterStream(seed: String(parts.1))
      for text in row.list("output", "|") {
        #expect(agrees(stream.next().approximateForTest, try #require(Double(text)), 1e-15))
      }
      #expect(stream.count == Int(parts.2))
    default:
      Issue.record("unknown function \(row["function"])")
    }
  }

  @Test(arguments: Vectors.rows("sampler_consistent"))
  func draws(row: Row) throws {
    let drawn = try ConsistentSample.draw(
      seed: row["seed"], keys: Self.keys(row["ids"]).shuffled(), take: Int(row["take"]),
      drop: try row.integer("drop"), withReplacement: row["with_replacement"] == "true")
    let digits = try row.integer("digits")
    #expect(drawn.map(\.key) == row.list("sample", "|"))
    #expect(drawn.map { $0.ticket.displayed(digits: digits) } == row.list("tickets", "|"))
    #expect(drawn.map { "\($0.ticket.generation)" } == row.list("generations", "|"))
  }

  @Test(arguments: Vectors.rows("sampler_weighted_composed"))
  func weightedDraws(row: Row) throws {
    let keys = row.list("ids", "|")
    let values = try row.list("values", "|").map { try #require(ExactDecimal($0)) }
    #expect(
      keys.map { String(Ticket(seed: row["seed"], key: $0).digits.prefix(20)) }
        == row.list("tickets_18", "|"))
    let items = Array(zip(keys, values)).shuffled().map { (key: $0.0, value: $0.1) }
    let result = try ModifiedSieve.draw(
      seed: row["seed"], items: items, size: try row.integer("n"))
    #expect(result.drawn.map(\.key) == row.list("selected_modified_sieve", "|"))
    let population = try WeightedPopulation(
      zip(keys, values).map { WeightedItem(key: $0, value: $1) })
    let plain = try Sieve.modified(
      population, size: try row.integer("n"),
      uniforms: population.items.map { Ticket(seed: row["seed"], key: $0.key).fraction },
      keepsCertain: false)
    #expect(plain.map(\.key) == row.list("selected_plain_sieve", "|"))
    #expect(Set(result.certain.map(\.key)) == Set(row.list("certainty_ids", "|")))
  }

  /// The ids of a row: a list, or a range in words.
  static func keys(_ text: String) -> [String] {
    func padded(_ prefix: String, _ range: ClosedRange<Int>, _ width: Int) -> [String] {
      range.map {
        prefix + String(repeating: "0", count: max(0, width - "\($0)".count)) + "\($0)"
      }
    }
    switch text {
    case "0..99 (decimal integers)": return (0...99).map(String.init)
    case "1..10 (decimal integers)": return (1...10).map(String.init)
    case "WTR-0001..WTR-0365 (4 digits)": return padded("WTR-", 1...365, 4)
    case "WTR-0001..WTR-0120 (4 digits)": return padded("WTR-", 1...120, 4)
    case "WTR-0121..WTR-0365 (4 digits)": return padded("WTR-", 121...365, 4)
    case "SITE-1..SITE-50 (no padding)": return padded("SITE-", 1...50, 0)
    case "M01..M12": return padded("M", 1...12, 2)
    case "HR/C/I for C in DE,FR,PL and I in 1..40":
      return ["DE", "FR", "PL"].flatMap { country in (1...40).map { "HR/\(country)/\($0)" } }
    default:
      if text.hasPrefix("('pct P', B)") {
        return (1...4).flatMap { p in (1...25).map { "('pct \(p)', \($0))" } }
      }
      return text.split(separator: "|").map(String.init)
    }
  }
}
