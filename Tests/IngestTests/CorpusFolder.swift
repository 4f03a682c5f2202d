import Foundation

/// Files by other hands: those copied into this folder's fixtures, and the whole corpus where it
/// lies beside the repository.
enum Corpus {
  static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures")

  /// The corpus in a folder `shared` beside any parent of this file, or nil.
  static let shared: URL? = {
    var folder = URL(filePath: #filePath).deletingLastPathComponent()
    while folder.path.count > 1 {
      let candidate = folder.appending(path: "shared/corpus")
      if FileManager.default.fileExists(atPath: candidate.appending(path: "facts.csv").path) {
        return candidate
      }
      folder = folder.deletingLastPathComponent()
    }
    return nil
  }()

  /// Rows of a CSV file as dictionaries: the obvious, slow way, for tests only.
  static func rows(_ file: URL) throws -> [[String: String]] {
    let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    var rows: [[String]] = [[]]
    var field = ""
    var quoted = false
    let scalars = Array(text.unicodeScalars)
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      if quoted {
        if scalar == "\"", index + 1 < scalars.count, scalars[index + 1] == "\"" {
          field.unicodeScalars.append("\"")
          index += 1
        } else if scalar == "\"" {
          quoted = false
        } else {
          field.unicodeScalars.append(scalar)
        }
      } else if scalar == "\"" {
        quoted = true
      } else if scalar == "," {
        rows[rows.count - 1].append(field)
        field = ""
      } else if scalar == "\n" {
        rows[rows.count - 1].append(field)
        field = ""
        rows.append([])
      } else if scalar != "\r" {
        field.unicodeScalars.append(scalar)
      }
      index += 1
    }
    guard let header = rows.first else { return [] }
    return rows.dropFirst().filter { $0.count == header.count }.map {
      Dictionary(uniqueKeysWithValues: zip(header, $0))
    }
  }
}
