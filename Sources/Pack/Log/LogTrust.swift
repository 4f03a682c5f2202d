import Trail

/// By which key a log's heads are checked.
enum LogTrust {
  /// The reader's key for a log of this name, else the pack's own; nil if there is neither.
  static func key(_ trail: TrailFacts, _ trust: ReaderTrust) -> NoteKey? {
    if let policy = trust.policy {
      return policy.logs.first { $0.name == trail.head?.origin }
    }
    return trail.key.flatMap { try? NoteKey(vkey: $0) }
  }

  /// The reader's policy, else the pack's own; nil if there is neither or it can't be read.
  static func policy(_ trail: TrailFacts, _ trust: ReaderTrust) -> LogPolicy? {
    trust.policy ?? trail.policy.flatMap { try? LogPolicy(parsing: $0) }
  }
}
