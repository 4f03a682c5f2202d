import Foundation
import Testing

@testable import samples

/// Shares add up to what was shared; encodings are those of `iconv`.
struct SplitTests {
  @Test(arguments: [0, 1, 7, 1_000, 4_308_960_000])
  func sharesAddUp(_ total: Int) {
    for weights in [[1], [1, 2, 3], [5, 0, 5], [999_999, 1, 1_000_000, 13]] {
      for step in [1, 10, 1000] {
        let shares = Split.shares(of: total, by: weights, step: step)
        #expect(shares.reduce(0, +) == total)
        #expect(shares.allSatisfy { $0 >= 0 })
        #expect(shares.dropFirst().allSatisfy { $0 % step == 0 })
      }
    }
  }

  @Test func shuffledKeepsTheCounts() {
    var chance = Chance(seed: 7)
    let labels = Split.shuffled([("a", 30), ("b", 4), ("c", 0)], &chance)
    #expect(labels.count { $0 == "a" } == 30 && labels.count { $0 == "b" } == 4)
    #expect(labels.prefix(30) != Array(repeating: "a", count: 30)[...])
  }

  @Test(arguments: [(Charset.gb18030, "GB18030"), (.big5, "BIG5")])
  func charsetsAreThoseOfIconv(_ charset: Charset, _ name: String) throws {
    let text = String(charset.characters.map(\.character))
    #expect(text.count >= 200)
    #expect(try Shell.output("iconv -f \(name) -t UTF-8", given: charset.bytes(text)) == text)
  }

  @Test func daysOfTheYear() {
    #expect(Date.ofYear(0).text == "2021-01-01")
    #expect(Date.ofYear(364).text == "2021-12-31")
    #expect(Date.ofYear(365).text == "2022-01-01")
    #expect(Date.ofYear(-1).text == "2020-12-31")
    #expect(Date.ofYear(-366).text == "2020-01-01")
  }
}

/// A stock tool of the system.
enum Shell {
  static func output(_ command: String, given: [UInt8] = [], in folder: URL? = nil) throws -> String
  {
    let input = FileManager.default.temporaryDirectory.appendingPathComponent(
      "samples-in-" + UUID().uuidString)
    try Data(given).write(to: input)
    defer { try? FileManager.default.removeItem(at: input) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", command + " 2>&1"]
    process.currentDirectoryURL = folder
    process.standardInput = try FileHandle(forReadingFrom: input)
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: output, as: UTF8.self)
  }
}
