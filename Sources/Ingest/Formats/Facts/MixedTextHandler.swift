import Assurance
import CLibXML2

/// An XML handler that takes the text of chosen elements, their descendants' text included.
class MixedTextHandler: XMLHandler {
  private var marks: [(depth: Int, mark: Int)] = []
  private var cuts: [(depth: Int, mark: Int)] = []
  private var bytes: [UInt8] = []

  /// Takes the text of the element that begins now.
  final func capture() { marks.append((depth, bytes.count)) }

  /// Leaves the text of the element that begins now out of what is taken around it.
  final func exclude() { if !marks.isEmpty { cuts.append((depth, bytes.count)) } }

  /// The text of the element that ends now, if it is taken.
  final func captured() -> String? {
    if let cut = cuts.last, cut.depth == depth + 1 {
      cuts.removeLast()
      bytes.removeLast(bytes.count - cut.mark)
    }
    guard let last = marks.last, last.depth == depth + 1 else { return nil }
    marks.removeLast()
    let text = String(decoding: bytes[last.mark...], as: UTF8.self)
    if marks.isEmpty { bytes.removeAll(keepingCapacity: true) }
    return text
  }

  final override func text(_ text: UnsafePointer<UInt8>, _ count: Int) {
    guard !marks.isEmpty else { return }
    guard bytes.count + count <= bounds.rowTextMax else {
      return fail(
        "text-too-long", "a fact has more text than the bound of \(bounds.rowTextMax) bytes",
        remedy: "ask who made the file")
    }
    bytes.append(contentsOf: UnsafeBufferPointer(start: text, count: count))
  }

  override var readsNamespaces: Bool { true }

  /// The prefix that is bound to a namespace where the parser stands.
  final func prefix(of namespace: XMLName?) -> String? {
    guard let namespace, let context, let table = context.pointee.nsTab else { return nil }
    var index = Int(context.pointee.nsNr) - 2
    while index >= 0 {
      if table[index + 1] == namespace { return table[index].map { String(cString: $0) } ?? "" }
      index -= 2
    }
    return nil
  }

  /// The namespace that a prefix is bound to where the parser stands.
  final func namespace(of prefix: String) -> String? {
    guard let context, let table = context.pointee.nsTab else { return nil }
    var index = Int(context.pointee.nsNr) - 2
    while index >= 0 {
      let bound = table[index].map { String(cString: $0) } ?? ""
      if bound == prefix { return table[index + 1].map { String(cString: $0) } }
      index -= 2
    }
    return nil
  }
}

/// The names that facts are told by, looked up once a parse.
struct FactNames {
  let xbrli, link, inline, inlineOld: XMLName?
  let contextRef, unitRef, id, name, nilled, lang, label, href, from, to: XMLName?
  let continuedAt, fromRefs, toRefs, footnoteRefs, footnoteID, dimension, scheme: XMLName?

  init(_ handler: XMLHandler) {
    xbrli = handler.name("http://www.xbrl.org/2003/instance")
    link = handler.name("http://www.xbrl.org/2003/linkbase")
    inline = handler.name("http://www.xbrl.org/2013/inlineXBRL")
    inlineOld = handler.name("http://www.xbrl.org/2008/inlineXBRL")
    contextRef = handler.name("contextRef")
    unitRef = handler.name("unitRef")
    id = handler.name("id")
    name = handler.name("name")
    nilled = handler.name("nil")
    lang = handler.name("lang")
    label = handler.name("label")
    href = handler.name("href")
    from = handler.name("from")
    to = handler.name("to")
    continuedAt = handler.name("continuedAt")
    fromRefs = handler.name("fromRefs")
    toRefs = handler.name("toRefs")
    footnoteRefs = handler.name("footnoteRefs")
    footnoteID = handler.name("footnoteID")
    dimension = handler.name("dimension")
    scheme = handler.name("scheme")
  }

  func isInline(_ namespace: XMLName?) -> Bool {
    namespace != nil && (namespace == inline || namespace == inlineOld)
  }
}
