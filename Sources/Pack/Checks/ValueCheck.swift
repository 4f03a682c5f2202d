import Assurance
import Trail

/// L4: every value beside the log is the one whose salted digest its event has.
enum ValueCheck: PackCheck {
  static let codes = ["value-differs", "value-missing", "value-unknown"]

  static func run(_ pack: PackUnderCheck, _ verdict: inout Verdict) {
    guard let content = verdict.content(of: pack, .trail, for: "values beside the log") else {
      return
    }
    let isRedacted = content.redaction != nil
    check(
      content.trail.values, of: content.trail.events, from: 0, PackPaths.values,
      isRedacted: isRedacted, &verdict)
    guard let seal = (try? pack.seal.get()) ?? nil else { return }
    check(
      seal.values, of: seal.events, from: content.trail.events.count, PackPaths.valuesAfter,
      isRedacted: isRedacted, &verdict)
  }

  private static func check(
    _ values: [SaltedValue], of events: [[UInt8]], from first: Int, _ path: String,
    isRedacted: Bool, _ verdict: inout Verdict
  ) {
    let before = verdict.findings.count
    var wanted: [Place: Digest] = [:]
    for (index, event) in events.enumerated() where SaltedLeaf.mayHold(event) {
      guard let json = try? CanonicalJSON(parsing: event) else { continue }
      for (place, digest) in SaltedLeaf.places(json) {
        wanted[Place(event: first + index, path: place)] = digest
      }
    }
    for value in values {
      switch wanted.removeValue(forKey: Place(event: value.event, path: value.path)) {
      case nil:
        verdict.add(
          "value-unknown", .trail, path, "event \(value.event) has no digest at \(value.path)")
      case value.digest: break
      default:
        verdict.add(
          "value-differs", .trail, path,
          "event \(value.event) has the digest of another value at \(value.path)")
      }
    }
    say(wanted.count, values.count, path, isRedacted, &verdict)
    if verdict.findings.count == before, !values.isEmpty {
      verdict.hold(.trail, "\(values.count) values beside the log are those whose digests it has")
    }
  }

  private static func say(
    _ missing: Int, _ values: Int, _ path: String, _ isRedacted: Bool, _ verdict: inout Verdict
  ) {
    guard missing > 0 else { return }
    if isRedacted {
      verdict.redact(.trail, "\(missing) facts of events: the log has their salted digests")
    } else {
      // A whole pack has them all, unless they were destroyed when they need not be kept any more.
      verdict.warn(
        "value-missing", .trail, path, "\(missing) facts of events are not here, only digests")
    }
  }

  private struct Place: Hashable {
    let event: Int
    let path: String
  }
}
