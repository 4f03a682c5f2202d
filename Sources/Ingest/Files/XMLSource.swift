extension FileInput {
  /// The bytes of an XML file, without the white space that some exporters write before the XML
  /// declaration; that is told to the sink.
  static func xml(_ file: SourceFile, sink: RowSink) throws -> FileInput {
    let head = SourceHead(
      name: file.name, bytes: try file.firstBytes(64), descriptor: file.descriptor,
      fileBytes: file.bytes, bounds: file.bounds)
    let space = head.leadingSpace
    if space > 0 {
      sink.remark(
        Remark(
          code: "space-before-declaration",
          message: "\(space) bytes of white space before the XML declaration were skipped"))
    }
    return FileInput(file, skipping: space)
  }
}
