import Foundation

@testable import Trail

/// Test data beside this file.
enum Fixtures {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures")

  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: path)))
  }

  static func text(_ path: String) throws -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }

  static func json<Value: Decodable>(_ type: Value.Type, _ path: String) throws -> Value {
    try decoder.decode(type, from: Data(try bytes(path)))
  }

  /// Keys come as they are or in snake case.
  static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }

  /// One value a line.
  static func jsonLines<Value: Decodable>(_ type: Value.Type, _ path: String) throws -> [Value] {
    try text(path).split(separator: "\n").map {
      try decoder.decode(type, from: Data($0.utf8))
    }
  }

  /// The hundred leaves of the made trees.
  static func leaf(_ number: Int) -> [UInt8] { Array("leaf \(number)".utf8) }
}
