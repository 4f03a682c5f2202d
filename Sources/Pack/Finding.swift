/// How deep a check goes; the numbers are those of the format's description.
package enum CheckLevel: Int, Sendable, CaseIterable, Comparable, CustomStringConvertible {
  /// What lies in the folder and under which names.
  case structure = 0
  /// Whether every file has the bytes that the manifests state.
  case fixity = 1
  /// Who signed: signature, name, role, key.
  case signature = 2
  /// What was signed against what is there.
  case coverage = 3
  /// The log: its root, its order.
  case trail = 4
  /// What outside the engagement fixes of the log, and of time.
  case anchor = 5
  /// Figures, populations and draws computed again, derived files built again.
  case content = 6
  /// The rules of the work: order of signing, independence.
  case policy = 7

  package static func < (a: CheckLevel, b: CheckLevel) -> Bool { a.rawValue < b.rawValue }
  package var description: String { "L\(rawValue)" }

  /// What the level is about, in a word or two.
  package var title: String {
    switch self {
    case .structure: "structure and names"
    case .fixity: "every byte as listed"
    case .signature: "signatures"
    case .coverage: "what is signed is here"
    case .trail: "the log"
    case .anchor: "anchors and time"
    case .content: "figures and pages again"
    case .policy: "rules of signing"
    }
  }
}

/// Something that a check found in a folder.
package struct Finding: Hashable, Sendable {
  package enum Weight: String, Sendable {
    /// The folder is not what it says it is.
    case error
    /// Worth knowing; breaks nothing.
    case warning
  }
  package let level: CheckLevel
  /// Stable, kebab case.
  package let code: String
  package let weight: Weight
  /// In the folder; empty if the whole is meant. Control and direction characters are made visible.
  package let path: String
  package let message: String

  package init(
    _ code: String, _ level: CheckLevel, path: String, _ message: String, weight: Weight = .error
  ) {
    self.level = level
    self.code = code
    self.weight = weight
    self.path = VisibleText.of(path)
    self.message = VisibleText.of(message)
  }
}

/// Text from a pack as it may be shown: nothing that moves a cursor or turns the direction.
package enum VisibleText {
  /// Replaces control, direction, zero-width and line-break characters by `⟨U+XXXX⟩`.
  package static func of(_ text: String) -> String {
    // Plain ASCII is by far the most: it holds nothing to look up.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    var shown = ""
    for scalar in text.unicodeScalars {
      if isHidden(scalar) {
        let hex = String(scalar.value, radix: 16, uppercase: true)
        shown += "⟨U+" + String(repeating: "0", count: max(0, 4 - hex.utf8.count)) + hex + "⟩"
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
