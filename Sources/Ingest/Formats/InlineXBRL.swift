import Assurance

/// Inline XBRL 1.0 and 1.1: facts in a report that people read, written as XHTML.
///
/// Read as the table `facts`, as for an XBRL instance: with transformation, scale and sign applied
/// exactly, continuations joined, exclusions left out, hidden facts marked. The rest of the
/// document, its scripts and its links are not read.
package enum InlineXBRL: SourceFormat {
  package static let id = "inline-xbrl"
  static let namespaces: Set<String> = [
    "http://www.xbrl.org/2013/inlineXBRL", "http://www.xbrl.org/2008/inlineXBRL",
  ]

  package static func recognises(_ head: SourceHead, root: XMLRoot?) -> Bool {
    guard root?.name == "html" else { return false }
    let text = String(decoding: head.bytes.filter { $0 != 0 }, as: UTF8.self)
    return namespaces.contains { text.contains($0) }
  }

  package static func read(
    _ file: SourceFile, options: ReadOptions, into sink: RowSink
  ) throws {
    try TypedTables.read(file, options: options, into: sink) { try $0.readFacts(of: file) }
  }
}
