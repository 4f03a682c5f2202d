/// Repeating-record XML of a facility system: keys as attributes, values as child elements.
enum RecordXML {
  static let table = "/FacilityExport/Reading"

  /// The place name of a field in a record.
  static func name(_ field: String) -> String {
    switch field {
    case "site", "meter", "parent", "role": "@" + field
    case "start": "From"
    case "end": "To"
    default: field.prefix(1).uppercased() + field.dropFirst()
    }
  }

  /// - Parameter prefix: of all elements, `fm` for instance; empty for a default namespace.
  static func text(_ readings: [Reading], prefix: String, half: Int) -> String {
    let p = prefix.isEmpty ? "" : prefix + ":"
    let declaration = prefix.isEmpty ? "xmlns" : "xmlns:" + prefix
    let span = half == 1 ? ("2021-01-01", "2021-06-30") : ("2021-07-01", "2021-12-31")
    var out = """
      <?xml version="1.0" encoding="UTF-8"?>
      <!-- \(Notice.text) -->
      <\(p)FacilityExport \(declaration)="urn:example:facility-system:2">
       <\(p)Request><\(p)From>\(span.0)</\(p)From><\(p)To>\(span.1)</\(p)To></\(p)Request>

      """
    for reading in readings {
      out += " <\(p)Reading site=\"\(reading.site)\" meter=\"\(reading.meter)\""
      out += " role=\"\(reading.isMain ? "main" : "sub")\""
      if let parent = reading.parent { out += " parent=\"\(parent)\"" }
      out += ">"
      let volume = reading.odd.volumeText ?? Amount.text(reading.milli)
      for (name, value) in [
        ("Month", Date.first(reading.year, reading.month).monthText),
        ("From", reading.start.text), ("To", reading.end.text), ("Volume", volume),
        ("Unit", reading.odd.unit ?? "m3"),
        ("Status", reading.isEstimated ? "estimated" : "actual"),
      ] {
        out += "<\(p)\(name)>\(xmlEscaped(value))</\(p)\(name)>"
      }
      out += "</\(p)Reading>\n"
    }
    return out + "</\(p)FacilityExport>\n"
  }

  static func places(_ readings: [Reading], _ file: String) -> [String: Placement] {
    var places: [String: Placement] = [:]
    for (index, reading) in readings.enumerated() {
      places[reading.handle] = Placement(
        file: file, table: table, place: .record(index + 1), fields: [])
    }
    return places
  }
}
