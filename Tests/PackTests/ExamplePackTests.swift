import Foundation
import Pack
import Testing

/// Writes the example where `ASSURE_EXAMPLE_PACK` says, for people who want to look at the pages.
@Test func examplePack() throws {
  guard let path = ProcessInfo.processInfo.environment["ASSURE_EXAMPLE_PACK"] else { return }
  try? FileManager.default.removeItem(atPath: path)
  _ = try EvidencePack.write(try Example.content(), to: path)
}
