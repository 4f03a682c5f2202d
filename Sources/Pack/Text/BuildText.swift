import Assurance
import Trail

/// `data/build/build.json`: the engagement, the options, and what made the pack.
enum BuildText {
  static let format = "assure.pack/1"
  /// Counted up whenever pages or tables are written differently from the same content: a pack of
  /// another number can't be built again here, byte for byte.
  static let rendering = 3

  static func bytes(_ content: PackContent, _ taken: TakenFiles) -> [UInt8] {
    let rule: (String, CanonicalJSON) =
      switch content.originalsRule {
      case .include: ("include", .null)
      case .leaveOut: ("leave-out", .null)
      case .upTo(let bytes): ("up-to", .count(bytes))
      }
    let json: CanonicalJSON = [
      "format": .string(format), "rendering": .count(rendering), "asOf": .string(content.asOf),
      "engagement": EngagementText.json(content.engagement),
      "workpapers": .texts(content.workpapers.map(\.kpi.name)),
      "originals": [
        "rule": .string(rule.0), "limit": rule.1, "bytes": .count(taken.originalsSize),
        "files": .count(content.originals.count), "included": .bool(taken.includesOriginals),
      ],
      "events": .count(content.trail.events.count),
    ]
    return json.bytes + [0x0A]
  }
}
