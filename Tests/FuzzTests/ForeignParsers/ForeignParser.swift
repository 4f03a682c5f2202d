import Assurance
import Sampling
import Trail

/// A parser of bytes that others wrote, for the fuzzers and for the mutations of the tests.
struct ForeignParser: Sendable {
  let name: String
  /// Reads the bytes; what it throws is checked by ``run(_:)``.
  let read: @Sendable ([UInt8]) throws -> Void

  /// A bug that is no crash: an error without a code, or more work than the input can ask for.
  struct Fault: Error, CustomStringConvertible {
    let description: String
  }

  /// Reads the bytes. Success and a refusal with a code are both fine.
  func run(_ bytes: [UInt8]) throws {
    do { try read(bytes) } catch let error as AssureError {
      guard !error.code.isEmpty, !error.reason.isEmpty else {
        throw Fault(description: "\(name): an error without a code or reason: \(error)")
      }
    } catch is TrailError {
    } catch is SamplingError {}
  }

  /// Every parser of foreign bytes.
  static let all: [ForeignParser] = sources + markup + parts + trail + texts

  static func named(_ name: String) -> ForeignParser? { all.first { $0.name == name } }
}

/// Bytes as text, damage replaced.
func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
