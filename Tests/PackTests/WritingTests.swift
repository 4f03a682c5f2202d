import Assurance
import Foundation
import Pack
import Testing

/// A pack that was just written is whole, by our verifier and by stock tools.
@Suite struct WritingTests {
  @Test func aNewPackIsValid() throws {
    let folder = try TemporaryFolder()
    let verdict = try PackVerifier.verify(try folder.pack())
    #expect(verdict.findings == [], "\(verdict.findings)")
    #expect(verdict.word == .validInPart)
    #expect(verdict.notChecked.contains { $0.hasPrefix("signatures") })
  }
}
