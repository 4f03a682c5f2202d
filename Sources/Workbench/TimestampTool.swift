package import Assurance
import Foundation
package import Pack
package import Trail

/// RFC 3161 replies, read and checked by the stock `openssl ts`.
///
/// Its own parser of ASN.1 and its check of certificates stand in for ours. Where it is not
/// installed, a token is "not checked".
package enum TimestampTool {
  /// The time that a reply states; nil if it can't be read or there is no openssl.
  package static func time(of reply: [UInt8]) -> UTCTime? {
    guard let folder = try? Scratch(["reply": reply]),
      let said = folder.run(["ts", "-reply", "-in", "reply", "-text"]), said.status == 0
    else { return nil }
    let line = said.text.split(separator: "\n").first { $0.hasPrefix("Time stamp: ") }
    return line.flatMap { time(inWords: String($0.dropFirst(12))) }
  }

  /// Whether a reply is over these bytes: it holds their SHA-256 or SHA-512. Says nothing of who
  /// made it.
  static func isOver(_ bytes: [UInt8], reply: [UInt8]) -> Bool {
    let digests = PackDigests.both(of: bytes)
    return digests.contains { digest in
      reply.indices.contains { reply[$0...].starts(with: digest) }
    }
  }

  /// `Nov 22 10:00:00 2026 GMT`, perhaps with a fraction of the second.
  static func time(inWords text: String) -> UTCTime? {
    let words = text.split(separator: " ").map(String.init)
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    guard words.count == 5, words[4] == "GMT", let month = months.firstIndex(of: words[0]),
      let day = Int(words[1])
    else { return nil }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let clock = words[2].prefix { $0 != "." }
    return UTCTime("\(words[3])-\(two(month + 1))-\(two(day))T\(clock)Z")
  }

  /// What checks replies by the certificates of an authority that the reader trusts.
  ///
  /// - Throws: `no-such-certificate` if there is no such file.
  package static func check(
    by certificates: String
  ) throws(AssureError) -> (@Sendable ([UInt8], [UInt8]) -> ReaderTrust.TokenVerdict) {
    guard let authority = FileManager.default.contents(atPath: certificates) else {
      throw AssureError(
        "no-such-certificate", place: certificates, "the authority's certificate cannot be read",
        remedy: "name a file in PEM")
    }
    let bytes = Array(authority)
    return { stamped, reply in
      guard let folder = try? Scratch(["data": stamped, "reply": reply, "ca": bytes]),
        let said = folder.run(["ts", "-verify", "-data", "data", "-in", "reply", "-CAfile", "ca"])
      else { return .notChecked("openssl can't be started") }
      guard said.status == 0 else {
        let why = said.text.split(separator: "\n").last.map(String.init) ?? "no words"
        return .wrong("openssl ts does not accept it: \(why)")
      }
      guard let time = time(of: reply) else {
        return .notChecked("openssl accepts it, but its time can't be read")
      }
      return .good(time)
    }
  }
}

/// A folder for one run of a tool, gone with the value.
private final class Scratch {
  private let path: String

  init(_ files: [String: [UInt8]]) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "assure-\(UUID())")
    try FileManager.default.createDirectory(
      at: url, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    path = url.path(percentEncoded: false)
    for (name, bytes) in files { try Data(bytes).write(to: url.appending(path: name)) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Nil if openssl can't be started.
  func run(_ arguments: [String]) -> (status: Int32, text: String)? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["openssl"] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: path)
    let pipe = Pipe()
    (process.standardOutput, process.standardError) = (pipe, pipe)
    process.standardInput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    // 127: env found no such program.
    guard process.terminationStatus != 127 else { return nil }
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
