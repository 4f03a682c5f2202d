package import Assurance
import Exact
import GRDB
import Trail

extension Engagement {
  /// Refuses a seed that cannot be read off a page and typed again, character by character.
  ///
  /// - Throws: `seed-text` for nothing but blanks, blanks at an end, or a control character.
  package static func requirePlain(seed: String) throws(AssureError) {
    let isPlain = seed.unicodeScalars.allSatisfy {
      switch $0.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: false
      default: true
      }
    }
    let hasEnds = seed.first?.isWhitespace == false && seed.last?.isWhitespace == false
    guard isPlain, hasEnds else {
      throw AssureError(
        "seed-text", place: "--seed",
        "the seed begins or ends with a blank, is empty, or holds a line break or another control "
          + "character; whoever draws again could not type it",
        remedy: "give one line of visible text, such as 20 dice rolls")
    }
  }

  /// Draws the sample of a planned round. The seed is fixed after the plan, in the same event.
  ///
  /// A round that is drawn already is returned as it is if the seed is the same or none is given.
  ///
  /// - Parameters:
  ///   - seed: any text; dice rolls are good. It decides the draw together with the keys.
  ///   - seedOrigin: `given`, or `system randomness`.
  package func draw(
    kpi name: String, round: Int, seed: String?, seedOrigin: String
  ) throws(AssureError) -> DrawFacts {
    let kpi = try kpi(abbreviated: name)
    if let drawn = try store.read({ try DrawTable.facts(kpi: kpi.name, round: round, $0) }) {
      guard seed == nil || seed == drawn.seed else {
        throw AssureError(
          "already-drawn", place: "\(kpi.name) round \(round)",
          "this round was drawn with another seed on \(drawn.drawn); a draw is never discarded",
          remedy:
            "a second sample is a second round: `assure plan --kpi \(kpi.name) --round \(round + 1)`"
        )
      }
      return drawn
    }
    guard let seed, !seed.isEmpty else {
      throw AssureError(
        "no-seed", place: "\(kpi.name) round \(round)", "a draw needs a seed text",
        remedy:
          "give --seed \"20 dice rolls\", or --seed-from-system to have one made and recorded as such"
      )
    }
    try Self.requirePlain(seed: seed)
    guard let plan = try store.read({ try PlanTable.facts(kpi: kpi.name, round: round, $0) }),
      let selection = SampleSelection(rawValue: plan.method)
    else {
      throw AssureError(
        "no-plan", place: "\(kpi.name) round \(round)", "there is no frozen plan for this round",
        remedy: "`assure plan --kpi \(kpi.name)` first")
    }
    let items = try requireUnchanged(kpi, round: round)
    let populationDigest = PopulationTable.digest(items, unit: kpi.unit.code)
    let at = try Moment.now()
    let drawn = DrawFacts(
      round: round, seed: seed, seedOrigin: seedOrigin, seedFixed: at, drawn: at,
      populationDigest: populationDigest,
      items: try selection.draw(seed: seed, items: items, size: plan.size),
      rule: selection.rule(seed: seed, size: plan.size, populationDigest: populationDigest))
    let digest = DrawTable.digest(drawn)
    try store.commit(actor: actor, at: at) { db in
      try DrawTable.insert(kpi: kpi.name, draw: drawn, digest: digest, db)
      return (
        Event(
          "sample.drawn",
          [
            "kpi": .string(kpi.name), "round": .integer(Int64(round)), "seed": .string(seed),
            "seedOrigin": .string(seedOrigin), "plan": .string(plan.digest),
            "population": .string(populationDigest), "draw": .string(digest),
            "keys": .array(drawn.items.map { .string($0.key) }),
          ]), ()
      )
    }
    return drawn
  }
}
