import Foundation
import Workbench

/// How far the file that is read has come, on one line of a terminal, drawn over and over.
///
/// It goes to standard error, and nowhere if that is no terminal: pipes and logs stay clean.
final class ProgressBar {
  private static let width = 24
  private let clock = ContinuousClock()
  private let started: ContinuousClock.Instant
  private var began: ContinuousClock.Instant
  private var drawn: ContinuousClock.Instant
  private var doneBefore = 0
  private var isShown = false

  /// Nil where nobody would see it.
  init?(isQuiet: Bool) {
    guard !isQuiet, isatty(2) == 1, ProcessInfo.processInfo.environment["TERM"] != "dumb" else {
      return nil
    }
    started = clock.now
    began = started
    drawn = started
  }

  /// Draws, ten times a second at most, and not for files that are done at once.
  func show(_ progress: IngestProgress) {
    let now = clock.now
    if progress.done < doneBefore { began = now }
    doneBefore = progress.done
    guard now - started > .milliseconds(400), now - drawn > .milliseconds(100) else { return }
    drawn = now
    isShown = true
    write("\r\u{1B}[K" + Self.line(progress, after: now - began))
  }

  /// Takes the line away.
  func clear() {
    if isShown { write("\r\u{1B}[K") }
    isShown = false
    doneBefore = 0
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

  /// Name, bar, share, rate and time left.
  static func line(_ progress: IngestProgress, after: Duration) -> String {
    let name = Terminal.printable(String(progress.file.prefix(32)))
    let total = max(progress.total, 1)
    let filled = progress.done * width / total
    let bar =
      String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
    let (seconds, rest) = after.components
    let milliseconds = Int(seconds) * 1000 + Int(rest / 1_000_000_000_000_000)
    var text = "\(name)  [\(bar)] \(progress.done * 100 / total) %"
    guard milliseconds > 0, progress.done > 0 else { return text }
    // Bytes by milliseconds are kilobytes by seconds.
    text += "  \(progress.done / milliseconds / 1000) MB/s"
    let left = (total - progress.done) / 1000 * milliseconds / progress.done
    return text + "  " + (left < 120 ? "\(left) s" : "\(left / 60) min") + " left"
  }
}
