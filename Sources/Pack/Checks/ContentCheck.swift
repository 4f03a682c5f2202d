import Assurance

/// L6: the canonical texts can be read back.
enum ContentCheck: PackCheck {
  static let codes = ["text-malformed"]

  static func run(_ pack: PackUnderCheck, _ verdict: inout Verdict) {
    switch pack.content {
    case .success(let content):
      verdict.hold(
        .content,
        "\(content.workpapers.count) workpapers, \(content.sources.count) sources and "
          + "\(content.trail.events.count) events read back from their canonical texts")
    case .failure(let error):
      verdict.add(error.code, .content, error.place, error.reason)
    }
  }
}
