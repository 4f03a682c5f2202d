import Assurance
import Sampling

@testable import Pack

extension ForeignParser {
  /// What people write by hand, and what packs of others hold.
  static let texts = [
    ForeignParser(name: "policy") { bytes in
      func open() throws -> PolicyNode { try PolicyNode.parse(text(bytes), file: "p.yaml") }
      _ = try open().items()
      let readers: [(PolicyNode) throws -> Void] = [
        { _ = try DatasetDefinition.read($0) }, { _ = try KPIDefinition.read($0) },
        { _ = try SamplingPolicy.read($0) },
      ]
      for read in readers { do { try read(open()) } catch is AssureError {} }
    },
    ForeignParser(name: "reported") { bytes in
      do { _ = try Criterion.read(csv: text(bytes), file: "c.csv") } catch is AssureError {}
      _ = try ReportedValue.read(csv: text(bytes), file: "r.csv")
    },
    ForeignParser(name: "bag") { bytes in
      var findings: [Finding] = []
      let declaration = BagDeclaration.read(bytes, into: &findings)
      for encoding in ["UTF-8", "UTF-16", "ISO-8859-1", declaration?.encoding ?? "x"] {
        guard let decoded = BagText.decode(bytes, encoding: encoding) else { continue }
        for version in [BagVersion(major: 0, minor: 93), BagVersion(major: 1, minor: 0)] {
          _ = BagManifest(
            file: "manifest-sha256.txt", algorithm: .sha256, isTag: false, text: decoded,
            version: version)
        }
      }
    },
    ForeignParser(name: "workpaper") { _ = try WorkpaperReader.read($0, place: "w.json") },
    ForeignParser(name: "engagement") { bytes in
      _ = try EngagementText.read(JSONFields(bytes: bytes, place: "e.json"))
    },
    ForeignParser(name: "ledger") { bytes in
      let columns = PopulationCSV.columns
      let rows = try CSVText.rows(bytes, columns: columns, place: "p.csv")
      let again = rows.reduce(into: PopulationCSV.header) { $0 += CanonicalCSV.line($1) }
      guard again == bytes else { throw Fault(description: "rows do not spell what was read") }
    },
    ForeignParser(name: "draw") { bytes in
      let record = try DrawRecord(text: text(bytes))
      guard record.request.keys.count < 10_000 else { return }
      _ = try record.again()
    },
    ForeignParser(name: "unit") { _ = Unit(text($0)) },
  ]
}
