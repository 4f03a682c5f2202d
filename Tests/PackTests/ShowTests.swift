import Foundation
import Pack
import Testing

@Test func show() throws {
  try? FileManager.default.removeItem(atPath: "/work/h/pack-show")
  _ = try EvidencePack.write(try Example.content(), to: "/work/h/pack-show")
}
