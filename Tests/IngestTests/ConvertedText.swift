import Foundation

/// Text in another encoding, made by the system's own converter: the independent one at hand.
func converted(_ text: String, to encoding: String) throws -> [UInt8] {
  let raw = try TemporaryFile("u.txt", text)
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/iconv")
  process.arguments = ["-f", "UTF-8", "-t", encoding, raw.path]
  let pipe = Pipe()
  process.standardOutput = pipe
  try process.run()
  defer { process.waitUntilExit() }
  return [UInt8](pipe.fileHandleForReading.readDataToEndOfFile())
}
