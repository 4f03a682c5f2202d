/// Faults of form, estimates, and everything that looks odd and is right.
extension Planting {
  mutating func plantForms() {
    let (true23, _) = bill("OL-19/2021-02-01") { $0.odd.unit = "gal" }
    note(
      Planted(
        id: "F23", handles: ["OL-19/2021-02-01"], field: "unit", fault: "a unit nobody declared",
        code: "unknown-unit", effect: .unquantified, truth: true23, also: "missing-month",
        note: "the row is rejected, so February is missing"))
    let (true24, _) = reading("OF-16-M1/2021-10") { $0.odd.volumeText = "水錶故障" }
    note(
      Planted(
        id: "F24", handles: ["OF-16-M1/2021-10"], field: "volume",
        fault: "words in a number cell", code: "not-a-number", effect: .unquantified,
        truth: true24, also: "missing-month", note: "the row is rejected, so October is missing"))
    note(
      Planted(
        id: "F25", handles: ["total:廣州"], field: "volume",
        fault: "the sum of the sheet ends a row too early", code: "total-mismatch", effect: .none,
        note: "the records are right, the sheet's own total is not"))
    bill("OL-10/2021-08-01") { $0.odd.isHidden = true }
    note(
      Planted(
        id: "F26", handles: ["OL-10/2021-08-01"], fault: "a hidden row inside the sum",
        code: "hidden-row", effect: .none, note: "a record like any other, and counted"))
  }

  /// Numbers that stand as text.
  mutating func plantTextNumbers() {
    reading("OF-29-M1/2021-08") {
      $0.odd.volumeText = String(
        Amount.text($0.milli).unicodeScalars.map { scalar -> Character in
          let isDigit = ("0"..."9").contains(Character(scalar))
          return Character(isDigit ? UnicodeScalar(scalar.value + 0xFEE0) ?? scalar : scalar)
        })
    }
    note(
      Planted(
        id: "F16", handles: ["OF-29-M1/2021-08"], field: "volume",
        fault: "a number in full-width digits, as text", code: "full-width-digits", effect: .none,
        note: "to be read as the number it shows"))
    reading("OF-09-M1/2021-03") { $0.odd.volumeText = Amount.text($0.milli) }
    note(
      Planted(
        id: "F28", handles: ["OF-09-M1/2021-03"], field: "volume",
        fault: "a number stored as text", code: "number-as-text", effect: .none,
        note: "to be read as the number it shows"))
  }

  mutating func plantEstimates() {
    var shortfall = 0
    for month in ["08", "09", "10"] {
      let (before, after) = reading("OF-14-M1/2021-" + month) {
        $0.milli = Amount.rounded($0.milli / 2, to: 100_000)
        $0.isEstimated = true
      }
      shortfall += before - after
    }
    reading("OF-14-M1/2021-11") { $0.milli += shortfall }
    note(
      Planted(
        id: "F08", handles: ["OF-14-M1/2021-11"], field: "volume",
        fault: "three low estimates, made up for by the next reading", code: "estimate-true-up",
        effect: .none, note: "all four months lie in the year"))
    for meter in ["DC-01-W1", "DC-01-W2", "DC-02-W1", "DC-02-W2", "DC-03-W1", "DC-03-W2"] {
      for month in 7...12 {
        reading("\(meter)/" + Date.first(2021, month).monthText) { $0.isEstimated = true }
      }
    }
    note(
      Planted(
        id: "F27", handles: ["DC-01-W1/2021-07"], field: "status",
        fault: "three large centres estimated for half a year", code: "estimated-share",
        effect: .unquantified,
        note: "one exception for the KPI, 36 records and others; above 10% even of the raw sum"))
  }

  private mutating func nearMiss(
    _ id: String, _ handles: [String], _ field: String?, _ fault: String
  ) {
    note(
      Planted(id: id, handles: handles, field: field, fault: fault, code: "none", effect: .none))
  }

  mutating func plantNearMisses() {
    nearMiss("N01", ["OF-15-M1/2021-09"], "volume", "a real rise to 1.1 times, one more floor")
    nearMiss(
      "N02", ["DC-05-W1/2021-07", "DC-05-W1/2021-08"], "volume", "a real peak in summer")
    nearMiss("N03", ["site:OL-17"], "opened", "opened in July: nothing is missing before")
    nearMiss(
      "N04", ["OF-22-M1/2021-02"], "volume", "an empty row and empty cells left out by ss:Index")
    nearMiss(
      "N05", ["header:office-meters-2021-h1.xml/2021-04"], nil,
      "a header cell merged over two columns; everything after it stands one column on")
    nearMiss("N06", ["DC-06-W1/2021-07"], nil, "the second delivery has a namespace prefix")
    nearMiss("N08", ["OL-12/2021-04-01"], nil, "a bill for a quarter: no month is missing")
    nearMiss("N09", ["OF-12-M2/2021-06"], "meter", "the meter was replaced in June")
    nearMiss(
      "N10", ["LD-01/2020-12-18"], nil, "a bill across the year end of a site without control")
    nearMiss("N11", ["site:LD-04"], nil, "a site without control has no records")
    nearMiss("N12", ["site:OF-35"], nil, "a site that opens in 2022 has no records")
    nearMiss("N13", ["DC-14-W1/2021-05"], "volume", "a new centre at a sixth of its later use")
    bill("OL-16/2021-03-01") {
      $0.odd.unit = "万吨"
      $0.odd.placesMoved = 4
    }
    nearMiss("N14", ["OL-16/2021-03-01"], "volume", "a bill rightly in 万吨")
    bill("OL-20/2021-09-01") {
      let text = Amount.text($0.milli)
      let whole = text.prefix { $0 != "." }
      guard whole.count == 4 else { preconditionFailure("OL-20 is too small: \(text)") }
      $0.odd.volumeText = text.prefix(1) + "," + text.dropFirst(1)
    }
    nearMiss("N07", ["OL-20/2021-09-01"], "volume", "a thousands separator")
    nearMiss("N15", ["OF-07-M1/2021-04"], "status", "one estimated month, a usual one after it")
    nearMiss("N16", ["site:OF-18"], "closed", "closed in March: nothing is missing after")
    nearMiss("N17", ["site:OL-21"], "closed", "closed before the year, no records")
  }
}
