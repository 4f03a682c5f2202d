import Exact

extension SelectionMethod {
  static let consistent = SelectionMethod(
    id: "consistent", title: "Consistent sampler: the smallest tickets",
    source: "Rivest (2018), arXiv 1808.10016", isWeighted: false, isConsistent: true
  ) { (request) throws(SamplingError) in
    try tickets(request, withReplacement: false)
  }

  static let consistentWithReplacement = SelectionMethod(
    id: "consistent-with-replacement", title: "Consistent sampler with replacement",
    source: "Rivest (2018), arXiv 1808.10016", isWeighted: false, isConsistent: true
  ) { (request) throws(SamplingError) in
    try tickets(request, withReplacement: true)
  }

  private static func tickets(
    _ request: DrawRequest, withReplacement: Bool
  ) throws(SamplingError) -> DrawResult {
    guard request.size >= 1 else { throw .sampleSize("\(request.size) is below 1") }
    let drawn = try ConsistentSample.draw(
      seed: request.seed, keys: request.keys, take: request.size, drop: request.drop,
      withReplacement: withReplacement)
    return DrawResult(selected: drawn.map(\.key), tickets: drawn.map(\.ticket))
  }

  static let recordInterval = SelectionMethod(
    id: "record-interval", title: "Systematic selection by record",
    source: "Cochran, Sampling techniques (1977), chapter 8", isWeighted: false,
    isConsistent: false
  ) { (request) throws(SamplingError) in
    let interval = Rational(request.keys.count).divided(by: max(1, request.size))
    let keys = try RecordInterval.draw(
      keys: request.keys, size: request.size, start: request.start(interval: interval))
    return DrawResult(selected: keys, tickets: [], interval: interval)
  }

  static let quantityInterval = SelectionMethod(
    id: "mus-interval", title: "Fixed interval by quantity",
    source: "AICPA Audit Guide Audit Sampling (2017), Appendix C", isWeighted: true,
    isConsistent: false
  ) { (request) throws(SamplingError) in
    let population = try request.population()
    let interval = try population.interval(request.size)
    let hits = try QuantityInterval.draw(
      population, size: request.size, start: request.start(interval: interval))
    return result(hits, population, interval)
  }

  static let randomisedInterval = SelectionMethod(
    id: "mus-randomised-interval", title: "Fixed interval after shuffling by ticket",
    source: "Hartley and Rao (1962); FSaudit 1.0.0", isWeighted: true, isConsistent: false
  ) { (request) throws(SamplingError) in
    let population = try request.population()
    let hits = try QuantityInterval.drawRandomised(
      population, size: request.size, uniforms: population.items.map { request.uniform($0.key) })
    return result(hits, population, try population.interval(request.size))
  }

  static let cell = SelectionMethod(
    id: "mus-cell", title: "Cell selection by quantity",
    source: "Leslie, Teitlebaum and Anderson (1979)", isWeighted: true, isConsistent: false
  ) { (request) throws(SamplingError) in
    let population = try request.population()
    let interval = try population.interval(request.size)
    let hits = try CellSelection.draw(
      population, size: request.size, uniforms: request.uniforms("cell"))
    return result(hits, population, interval)
  }

  static let randomQuantity = SelectionMethod(
    id: "mus-random", title: "Independent hits by quantity, with replacement",
    source: "Hansen and Hurwitz (1943)", isWeighted: true, isConsistent: false
  ) { (request) throws(SamplingError) in
    let population = try request.population()
    let interval = try population.interval(request.size)
    let hits = try RandomQuantity.draw(
      population, size: request.size, uniforms: request.uniforms("hit"))
    return result(hits, population, interval)
  }

  static let sieve = SelectionMethod(
    id: "sieve", title: "Sieve on tickets; the number selected varies",
    source: "Gill (1983); Rivest (2018)", isWeighted: true, isConsistent: false
  ) { (request) throws(SamplingError) in
    let population = try request.population()
    let items = try Sieve.draw(
      population, size: request.size, uniforms: population.items.map { request.uniform($0.key) })
    return DrawResult(
      selected: items.map(\.key), tickets: items.map { Ticket(seed: request.seed, key: $0.key) },
      negatives: population.negatives, zeros: population.zeros,
      interval: try population.interval(request.size))
  }

  static let modifiedSieve = SelectionMethod(
    id: "modified-sieve", title: "Modified sieve on tickets",
    source: "Hoogduin, Hall and Tsay (2010); Rivest (2018)", isWeighted: true,
    isConsistent: true
  ) { (request) throws(SamplingError) in
    guard let values = request.values else {
      throw .parameter("this method is weighted by quantity and needs a value for each key")
    }
    let drawn = try ModifiedSieve.draw(
      seed: request.seed, items: zip(request.keys, values).map { (key: $0, value: $1) },
      size: request.size)
    return DrawResult(
      selected: drawn.drawn.map(\.key), tickets: drawn.drawn.map(\.ticket),
      certain: drawn.certain.map(\.key), negatives: drawn.negatives, zeros: drawn.zeros,
      interval: drawn.interval)
  }

  private static func result(
    _ hits: [Hit], _ population: WeightedPopulation, _ interval: Rational
  ) -> DrawResult {
    DrawResult(
      selected: hits.map(\.key), tickets: [], units: hits.map(\.unit),
      certain: population.items.filter { Rational($0.value) >= interval }.map(\.key),
      negatives: population.negatives, zeros: population.zeros, interval: interval)
  }
}

extension DrawRequest {
  /// One uniform number a hit: the tickets of `<name>:1`, `<name>:2`, ….
  fileprivate func uniforms(_ name: String) -> [Rational] {
    size < 1 ? [] : (1...size).map { uniform("\(name):\($0)") }
  }
}
