import Assurance
import Foundation
import Ingest
import Testing

/// A hostile input made on the spot: too big to keep, or plainer as code. Its name begins with the
/// code by which it is refused.
struct Hostile: Sendable, CustomTestStringConvertible {
  /// `<code>_<cause>`.
  let name: String
  /// What the reason must say: the bound that was met.
  var says = ""
  var bounds = Bounds.standard
  let bytes: @Sendable () -> [UInt8]

  var testDescription: String { name }
  var code: String { String(name.prefix { $0 != "_" }) }

  init(
    _ name: String, says: String = "", bound: (WritableKeyPath<Bounds, Int>, Int)? = nil,
    text: @escaping @Sendable () -> String
  ) {
    self.init(name, says: says, bound: bound, bytes: { Array(text().utf8) })
  }

  init(
    _ name: String, says: String = "", bound: (WritableKeyPath<Bounds, Int>, Int)? = nil,
    bytes: @escaping @Sendable () -> [UInt8]
  ) {
    self.name = name
    self.says = says
    self.bytes = bytes
    if let bound { bounds[keyPath: bound.0] = bound.1 }
  }

  func check() throws {
    let file = try TemporaryFile("input", bytes())
    do {
      _ = try TableSummary.read(SourceFile.open(path: file.path, bounds: bounds))
      Issue.record("it was read")
    } catch {
      #expect(error.code == code, "\(error)")
      #expect(!error.place.isEmpty)
      #expect(!error.remedy.isEmpty)
      #expect(says.isEmpty || error.reason.contains(says), "\(error.reason)")
    }
  }
}

@Suite struct HostileXMLTests {
  /// Bounded depth, name and text length, attribute count, entity expansion, each named.
  @Test(.timeLimit(.minutes(10)), arguments: bounded) func boundsOfMarkup(_ input: Hostile) throws {
    try input.check()
  }

  static let bounded: [Hostile] = [
    Hostile("xml-too-deep_million-elements", says: "256") {
      String(repeating: "<a>", count: 1_000_000)
    },
    // Quadratic in libxml2: it must be stopped within the tag.
    Hostile("xml-too-many-attributes_200000", says: "1000") {
      "<a " + (0..<200_000).map { "a\($0)=''" }.joined(separator: " ") + "/>"
    },
    Hostile("xml-too-many-attributes_a-few-too-many", says: "1000") {
      "<a " + (0...1000).map { "a\($0)=''" }.joined(separator: " ") + "/>"
    },
    Hostile("xml-too-many-attributes_names-times-prefixes", says: "1000") {
      "<a " + (0..<300).map { "xmlns:p\($0)='u\($0)'" }.joined(separator: " ") + "><b "
        + (0..<300).flatMap { p in (0..<300).map { "p\(p):n\($0)=''" } }.joined(separator: " ")
        + "/></a>"
    },
    Hostile("xml-too-many-namespaces_50000", says: "1000") {
      "<a " + (0..<50_000).map { "xmlns:p\($0)='u'" }.joined(separator: " ") + "/>"
    },
    Hostile("xml-too-deep_parsers-own-bound", says: "256", bound: (\.depthMax, 10_000)) {
      (0..<5_000).map { "<a xmlns:p\($0)='u'>" }.joined()
    },
    Hostile("xml-name-too-long_element", says: "1000") {
      "<" + String(repeating: "a", count: 1_001) + "/>"
    },
    Hostile("xml-name-too-long_attribute", says: "50000") {
      "<a " + String(repeating: "a", count: 60_000) + "=''/>"
    },
    Hostile("xml-markup-too-long_instruction", says: "10000000") {
      "<a><?p " + String(repeating: "x", count: 11_000_000) + "?></a>"
    },
    Hostile("xml-markup-too-long_attribute", says: "10000000") {
      "<a b='" + String(repeating: "x", count: 11_000_000) + "'/>"
    },
    Hostile("text-too-long_one-text", says: "16777216") {
      "<r><a b='1'>" + String(repeating: "x", count: 17_000_000) + "</a><a b='2'/></r>"
    },
    Hostile("too-many-paths_siblings", says: "20000") {
      "<r>" + (0..<30_000).map { "<a\($0)/>" }.joined() + "</r>"
    },
    Hostile("too-many-paths_attributes", says: "20000") {
      "<r>" + (0..<30_000).map { "<a x\($0)='1'/>" }.joined() + "</r>"
    },
    // 200 levels of long names, then many leaves: each path is 160 kB.
    Hostile("too-many-paths_long-paths", says: "4194304") {
      let name = String(repeating: "n", count: 800)
      return String(repeating: "<\(name)>", count: 200)
        + (0..<5_000).map { "<a\($0)/>" }.joined()
        + String(repeating: "</\(name)>", count: 200)
    },
  ]

  /// Refuse every DTD before parsing in any encoding.
  @Test(arguments: [
    "<!DOCTYPE a><a/>", "<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/x.dtd'><a/>",
    "<!DOCTYPE a PUBLIC '-//X' 'file:///etc/passwd'><a/>",
    "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
    "<!DOCTYPE a [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]><a/>",
    "<!DOCTYPE a [<!ENTITY x 'y'><!ENTITY z '&x;&x;&x;'>]><a b='&z;'/>",
    "<!DOCTYPE a [<!ATTLIST a b CDATA 'default'>]><a/>",
    "<?xml version='1.0'?><!-- c --><?p i?>\n<!DOCTYPE a><a/>",
  ])
  func doctypes(_ text: String) throws {
    try Hostile("xml-doctype_plain", text: { text }).check()
    for encoding in ["UTF-16", "UTF-16LE", "UTF-16BE", "IBM037", "UTF-7"] {
      let declared =
        text.hasPrefix("<?xml")
        ? text.replacing("version='1.0'", with: "version='1.0' encoding='\(encoding)'")
        : "<?xml version='1.0' encoding='\(encoding)'?>" + text
      // A program may read UTF-7 as ASCII: only the part behind the declaration is written in it.
      let bytes =
        encoding == "UTF-7"
        ? Array(declared.prefix { $0 != ">" }.utf8) + Array(">".utf8)
          + Array(declared.drop { $0 != ">" }.dropFirst().flatMap { $0 == "<" ? "+ADw-" : "\($0)" })
          .flatMap { Array(String($0).utf8) }
        : try converted(declared, to: encoding)
      let file = try TemporaryFile("d.xml", bytes)
      let found = code { _ = try TableSummary.read(file.open()) }
      #expect(found == "xml-doctype" || found == "xml-encoding", "\(encoding) \(found ?? "read")")
    }
  }

  /// A DOCTYPE behind more than is looked at to recognise the file.
  @Test func doctypeBehindALongComment() throws {
    // No bound on comments: nothing of them is kept.
    let comment = "<!--" + String(repeating: "x", count: 11_000_000) + "-->"
    let text = comment + "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"
    let file = try TemporaryFile("d.xml", text)
    let found = code { _ = try TableSummary.read(file.open()) }
    #expect(found == "xml-doctype")
    let plain = try TemporaryFile("p.xml", comment + "<r><a b='1'/><a b='2'/></r>")
    #expect(try TableSummary.read(plain.open()).first?.rows == 2)
  }

  /// Control characters, written or referred to: the place is exact.
  @Test func forbiddenCharacters() throws {
    for text in ["<r>\n<a>x&#7;</a></r>", "<r>\n<a>x\u{7}</a></r>"] {
      let file = try TemporaryFile("c.xml", text)
      do {
        _ = try TableSummary.read(file.open())
        Issue.record("it was read")
      } catch let error as AssureError {
        #expect(error.code == "xml-forbidden-character")
        #expect(error.place == "c.xml:2")
        #expect(error.reason.contains("7") && error.reason.contains("column"))
      }
    }
  }
}
