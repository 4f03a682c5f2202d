/// Made-up source data for the sample engagements: the records of an invented company.
///
/// `swift run samples report Samples/Report` writes what ``Report`` describes, and
/// `swift run samples water Samples/Water` writes `clean/sources`, whose counted records add up to
/// the printed 6,201,652 t, and `faulty/sources`, the same sources with planted faults and
/// near-misses, listed in `faulty/planted.csv` from what was changed here, never from what a
/// program found.
///
/// 1. Same code, same bytes: chance comes from SplitMix64 with the seed written in ``Water``; no
///    clock, locale or environment is read.
/// 2. Amounts are whole thousandths of a tonne. There is no binary floating point.
/// 3. Every file says in its first lines that the data is made up.
/// 4. Nothing of `assure` is imported: the samples must not share a mistake with what they test.
import Foundation

@main
enum Samples {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count == 3, let files = ["water": files, "report": reportFiles][arguments[1]]
    else {
      FileHandle.standardError.write(
        Data("usage: samples water|report FOLDER   (such as Samples/Water)\n".utf8))
      exit(64)
    }
    do {
      try write(files(), to: URL(fileURLWithPath: arguments[2], isDirectory: true))
    } catch {
      FileHandle.standardError.write(Data("samples: error: \(error)\n".utf8))
      exit(2)
    }
  }

  /// Every generated file by its path below the folder.
  package static func files() -> [(path: String, bytes: [UInt8])] {
    var files: [(String, [UInt8])] = []
    for file in Delivery(Water.clean(), isFaulty: false).files {
      files.append(("clean/sources/" + file.name, file.bytes))
    }
    let (water, planted) = Planting.faulty()
    let delivery = Delivery(water, isFaulty: true)
    for file in delivery.files { files.append(("faulty/sources/" + file.name, file.bytes)) }
    files.append(("faulty/planted.csv", Array(PlantedList.text(planted, in: delivery).utf8)))
    return files
  }

  /// Every generated file of the whole report by its path below the folder.
  package static func reportFiles() -> [(path: String, bytes: [UInt8])] {
    let clean = Report.clean()
    let twin = Twin.make(from: clean)
    return clean.contents.map { ("clean/sources/" + $0.name, $0.bytes) }
      + twin.contents.map { ("faulty/sources/" + $0.name, $0.bytes) }
      + [("faulty/planted.csv", Array(twin.list.utf8))] + Statements.files
  }

  package static func write(_ files: [(path: String, bytes: [UInt8])], to folder: URL) throws {
    for (path, bytes) in files {
      let file = folder.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
  }
}
