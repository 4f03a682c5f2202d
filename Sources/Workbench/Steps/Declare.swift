package import Assurance
import Trail

extension Engagement {
  /// Records that the actor is independent of the entity in this engagement, without a signature;
  /// with a key, sign the scope `independence` instead.
  ///
  /// - Parameter coolingOff: whether the person also says that she was not partner of the
  ///   engagement in the two before (AS 1220.08, ISQM 2.19).
  package func declareIndependence(
    coolingOff: Bool, text: String?
  ) throws(AssureError) -> (person: String, role: String) {
    let person = try member()
    let role = settings.team.first { $0.name == person }?.role ?? ""
    let words = try text.map { (text) throws(AssureError) in try Self.line(text) } ?? ""
    let at = try Moment.now()
    try store.commit(actor: actor, at: at) { _ in
      (
        Event(
          "independence.declared",
          [
            "person": .string(person), "role": .string(role), "coolingOff": .bool(coolingOff),
            "text": .string(words),
          ]), ()
      )
    }
    return (person, role)
  }
}
