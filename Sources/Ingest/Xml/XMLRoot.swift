import Assurance
import Glibc

/// The root element of an XML document: enough to tell formats apart.
package struct XMLRoot: Sendable {
  /// Local name.
  package let name: String
  package let namespace: String

  /// Parses as far as the first start tag.
  ///
  /// - Throws: `xml-…` if there is none, or a DOCTYPE before it.
  static func read(_ head: SourceHead) throws(AssureError) -> XMLRoot {
    let handler = RootHandler(bounds: head.bounds)
    do {
      try XMLReader.parse(input(head), handler: handler, place: head.name)
    } catch let error as AssureError {
      if let root = handler.root { return root }
      throw error
    } catch {
      throw AssureError("xml-unreadable", place: head.name, "\(error)")
    }
    guard let root = handler.root else {
      throw AssureError("xml-truncated", place: head.name, "there is no root element")
    }
    return root
  }

  /// Text of four bytes a character is made UTF-8 here: libxml2 does not know it by its mark.
  private static func input(_ head: SourceHead) -> ByteInput {
    let bytes = Array(head.bytes.dropFirst(head.leadingSpace))
    guard let wide = TextEncoding.wide32(bytes),
      let text = TranscodingInput.decode(Array(bytes.dropFirst(wide.mark)), as: wide.name)
    else { return HeadInput(head) }
    let input = MemoryInput(Array(text.utf8))
    input.isTranscoded = true
    return input
  }
}

/// The file from its start: the root may stand behind a comment longer than the head.
private final class HeadInput: ByteInput {
  private let head: SourceHead
  private var offset: Int

  init(_ head: SourceHead) {
    self.head = head
    offset = head.leadingSpace
  }

  override var likelyEncoding: String? {
    TextEncoding.detect(head.bytes, isWhole: false).name
  }

  override func read(into buffer: UnsafeMutableRawPointer, count: Int) -> Int {
    let left = max(0, head.fileBytes - offset)
    let got = pread(head.descriptor, buffer, min(count, left), offset)
    if got > 0 { offset += got }
    return got
  }
}

private final class RootHandler: XMLHandler {
  var root: XMLRoot?

  override func start(_ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    guard root == nil else { return }
    root = XMLRoot(
      name: String(cString: name), namespace: namespace.map { String(cString: $0) } ?? "")
    fail(AssureError("xml-unreadable", "only the root was wanted"))
  }
}

extension SourceHead {
  /// Bytes of ASCII white space before an XML declaration, which XML forbids and exporters write.
  var leadingSpace: Int {
    let space = bytes.prefix { $0 == 32 || $0 == 9 || $0 == 10 || $0 == 13 }.count
    return space > 0 && bytes.dropFirst(space).starts(with: Array("<?xml".utf8)) ? space : 0
  }

  /// Whether the first character after marks and white space is `<`, in any Unicode form.
  var looksLikeXML: Bool {
    let ignored: Set<UInt8> = [0, 9, 10, 13, 32, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF]
    if bytes.starts(with: [0x4C, 0x6F, 0xA7, 0x94]) { return true }  // `<?xm` in EBCDIC
    return bytes.prefix(1024).first { !ignored.contains($0) } == UInt8(ascii: "<")
  }
}
