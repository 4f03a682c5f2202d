import Assurance

/// OpenDocument spreadsheets in a zip archive: .ods. What is read is as in ``FlatODF``.
package enum PackagedODF: SourceFormat {
  package static let id = "ods"

  package static func recognises(_ head: SourceHead, root: XMLRoot?) -> Bool {
    head.zipEntries?.contains("content.xml") ?? false
  }

  package static func read(
    _ file: SourceFile, options: ReadOptions, into sink: RowSink
  ) throws {
    let package = try ZipPackage(file)
    guard let input = try package.input("content.xml") else { return }
    if package.entries.keys.contains(where: { $0.hasPrefix("basic/") || $0.hasPrefix("scripts/") })
    {
      sink.remark(Remark(code: "macros-present", message: "the file holds macros; none was run"))
      if sink.wantsParts { try sink.part(.macros("Basic")) }
    }
    let handler = ODFHandler(bounds: file.bounds, sink: sink, hasLines: false)
    try XMLReader.parse(input, handler: handler, place: file.name)
  }
}
