extension FileInput {
  /// The bytes of an XML file, without the white space that some exporters write before the XML
  /// declaration; that is told to the sink.
  ///
  /// UTF-32, which libxml2 does not tell from its mark in this mode, is turned into UTF-8 first.
  static func xml(_ file: SourceFile, sink: RowSink) throws -> ByteInput {
    let head = SourceHead(
      name: file.name, bytes: try file.firstBytes(64), descriptor: file.descriptor,
      fileBytes: file.bytes, bounds: file.bounds)
    if let wide = TextEncoding.wide32(head.bytes) {
      let input = try TranscodingInput(
        FileInput(file, skipping: wide.mark), encoding: wide.name, place: file.name)
      input.isTranscoded = true
      return input
    }
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
