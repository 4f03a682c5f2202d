/// What a statement is about.
package enum SignoffScope: Hashable, Sendable, CustomStringConvertible {
  /// The workpaper of one KPI.
  case workpaper(String)
  /// All workpapers of a section of the engagement.
  case section(String)
  /// A whole pack, through its `tagmanifest-sha256.txt`.
  case pack
  /// Who does what in the engagement, and with which keys.
  case team
  /// The signer's own independence of the entity; with it, where she says so, that she was not its
  /// partner in the two engagements before.
  case independence(coolingOff: Bool)
  /// The report, through the pack that it rests on; its time dates the report.
  case report
  /// An addition after the lock, by its number.
  case amendment(Int)

  package init?(_ text: String) {
    if let fixed = Self.fixed.first(where: { $0.description.utf8.elementsEqual(text.utf8) }) {
      self = fixed
    } else if let name = Self.rest(of: text, after: "workpaper ") {
      self = .workpaper(name)
    } else if let name = Self.rest(of: text, after: "section ") {
      self = .section(name)
    } else if let digits = Self.rest(of: text, after: "amendment "), let number = Int(digits),
      number > 0, String(number) == digits
    {
      self = .amendment(number)
    } else {
      return nil
    }
  }

  private static let fixed: [SignoffScope] = [
    .pack, .team, .independence(coolingOff: false), .independence(coolingOff: true), .report,
  ]

  private static func rest(of text: String, after start: String) -> String? {
    guard text.hasPrefix(start), text.utf8.count > start.utf8.count else { return nil }
    return String(text.dropFirst(start.count))
  }

  package var description: String {
    switch self {
    case .workpaper(let name): "workpaper \(name)"
    case .section(let name): "section \(name)"
    case .pack: "pack"
    case .team: "team"
    case .independence(let coolingOff):
      coolingOff ? "independence with cooling-off" : "independence"
    case .report: "report"
    case .amendment(let number): "amendment \(number)"
    }
  }

  /// Whether signing it says something about the work, and not about people or a folder.
  package var isWork: Bool {
    switch self {
    case .workpaper, .section: true
    default: false
    }
  }

  /// Whether what it covers is a pack's own list of files.
  package var isOfPack: Bool { self == .pack || self == .report }
}
