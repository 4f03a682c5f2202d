import Assurance
import Foundation
import Glibc
import Ingest
import Testing

/// No network, no external entity, no XInclude, no stylesheet.
@Suite struct NothingIsOpenedTests {
  private static let secret = "SECRET-4711"

  /// Names a file and an address in every way that XML, spreadsheets and archives know; then asks
  /// the kernel whether the file was opened, and the socket whether anyone called.
  @Test func filesAndAddressesInSources() throws {
    let bait = try TemporaryFile("secret.txt", Self.secret)
    let watch = inotify_init1(Int32(O_NONBLOCK))
    defer { close(watch) }
    #expect(inotify_add_watch(watch, bait.path, UInt32(IN_OPEN) | UInt32(IN_ACCESS)) >= 0)
    let listener = try Listener()
    for target in ["file://\(bait.path)", bait.path, "http://127.0.0.1:\(listener.port)/x"] {
      for (name, bytes) in Self.inputs(target) {
        let file = try TemporaryFile(name, bytes)
        do {
          for table in try TableSummary.read(file.open()) {
            let seen = [table.firstCell?.value, table.lastCell?.value, table.name]
            #expect(!seen.contains { $0?.contains(Self.secret) == true }, "\(name)")
          }
        } catch {
          #expect(!"\(error)".contains(Self.secret), "\(name)")
        }
      }
    }
    var event = [UInt8](repeating: 0, count: 512)
    #expect(Glibc.read(watch, &event, event.count) < 0, "the file named in a source was opened")
    #expect(!listener.wasCalled)
    // The watch does see an opening.
    _ = try Data(contentsOf: URL(filePath: bait.path))
    #expect(Glibc.read(watch, &event, event.count) > 0)
  }

  private static func inputs(_ target: String) -> [(String, [UInt8])] {
    let texts = [
      "<!DOCTYPE a SYSTEM '\(target)'><a/>",
      "<!DOCTYPE a [<!ENTITY x SYSTEM '\(target)'>]><a>&x;</a>",
      "<!DOCTYPE a [<!ENTITY % x SYSTEM '\(target)'> %x;]><a/>",
      "<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='\(target)' parse='text'/>"
        + "<b c='1'/><b c='2'/></a>",
      "<?xml version='1.0'?><?xml-stylesheet type='text/xsl' href='\(target)'?><a><b c='1'/></a>",
      "<a xmlns:x='http://www.w3.org/2001/XMLSchema-instance' x:noNamespaceSchemaLocation="
        + "'\(target)' x:schemaLocation='u \(target)' xml:base='\(target)'><b c='1'/></a>",
      "<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'"
        + " xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0'"
        + " xmlns:xlink='http://www.w3.org/1999/xlink'><office:body><office:spreadsheet>"
        + "<table:table table:name='S'><table:table-source xlink:href='\(target)'/>"
        + "<table:table-row><table:table-cell office:value-type='string'"
        + " table:formula=\"of:=WEBSERVICE('\(target)')\"/></table:table-row></table:table>"
        + "</office:spreadsheet></office:body></office:document>",
      spreadsheet([("S", [["=WEBSERVICE(\(target))", "\(target)"]])]),
      "=HYPERLINK(\"\(target)\"),\(target)\n",
    ]
    let relation =
      "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"\(target)\""
      + " TargetMode=\"External\"/><Relationship Id=\"r1\" Type=\"x/worksheet\""
      + " Target=\"\(target)\"/></Relationships>"
    var link = ZipArchive.openDocument(Array(target.utf8))
    link.entries[1].mode = 0o120777
    return texts.enumerated().map { ("\($0.offset).xml", Array($0.element.utf8)) } + [
      (
        "relation.xlsx",
        ZipArchive.workbook(["xl/_rels/workbook.xml.rels": Array(relation.utf8)]).bytes
      ), ("link.ods", link.bytes),
    ]
  }
}

/// A socket that waits for a call that must not come.
private struct Listener {
  let port: UInt16
  private let socket: Int32

  init() throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let number = socket
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(number, $0, size) == 0 && listen(number, 4) == 0
          && getsockname(number, $0, &size) == 0
      }
    }
    try #require(isBound)
    port = UInt16(bigEndian: address.sin_port)
  }

  var wasCalled: Bool { accept(socket, nil, nil) >= 0 }
}
