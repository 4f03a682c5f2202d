import ArgumentParser
import Assurance
import Ingest

/// What a user may say of delimited text, which says nothing of itself.
struct TextOptions: ParsableArguments {
  @Option(
    help: "For delimited text: its encoding, such as GB18030 or windows-1250; else it is found.")
  var encoding: String?
  @Option(help: "For delimited text: the character between fields, or `tab`; else it is found.")
  var delimiter: String?

  /// - Throws: `delimiter-unknown` for anything but one ASCII character or `tab`.
  func options() throws(AssureError) -> ReadOptions {
    var options = ReadOptions(encoding: encoding)
    guard let delimiter else { return options }
    let bytes = Array((delimiter == "tab" ? "\t" : delimiter).utf8)
    guard bytes.count == 1, bytes[0] < 128, bytes[0] != UInt8(ascii: "\"") else {
      throw AssureError(
        "delimiter-unknown", "`\(delimiter)` is not one character that can part fields",
        remedy: "write one such as ; or | or the word tab")
    }
    options.delimiter = bytes[0]
    return options
  }
}
