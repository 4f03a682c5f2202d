/// Faults of gaps, copies and the boundary.
extension Planting {
  mutating func plantGaps() {
    let lost = removeReading("OF-24-M1/2021-12")
    let others = water.readings.filter { $0.site == "OF-24" }.map(\.milli)
    let mean = (2 * others.reduce(0, +) + others.count) / (2 * others.count)
    note(
      Planted(
        id: "F05", handles: ["site:OF-24"], fault: "December is missing", code: "missing-month",
        effect: .amount(mean), truth: lost,
        note: "subject OF-24 2021-12; the effect is the mean of the other eleven months"))
    addSite(
      Site(
        code: "OF-36", name: "Office Wuhan 36", city: "Wuhan", kind: .office, ownership: "leased",
        isControlled: true, hasOwnMeter: true, opened: Date.first(2019, 4), closed: nil, usual: 0))
    note(
      Planted(
        id: "F19", handles: ["site:OF-36"], fault: "a site of the register has no records",
        code: "register-without-records", effect: .unquantified,
        note: "one exception, not twelve missing months; how much is missing nobody knows"))
  }

  mutating func plantCopies() {
    let copy9 = copyBill("OL-20/2021-04-01", as: "OL-20/2021-04 copy") {
      $0.landlord = .south
      $0.sheet = "深圳"
    }
    note(
      Planted(
        id: "F09", handles: ["OL-20/2021-04 copy"],
        fault: "the same bill in two files", code: "duplicate-key", effect: .amount(-copy9),
        truth: -copy9, note: "the first copy is in landlord-bills-hk-2021.csv"))
    let copy10 = copyBill("OL-15/2021-05-01", as: "OL-15/2021-05 reissue") {
      $0.number += "-R"
      $0.issued = $0.issued.later(20)
    }
    note(
      Planted(
        id: "F10", handles: ["OL-15/2021-05-01", "OL-15/2021-05 reissue"],
        fault: "a bill issued again under another number", code: "duplicate-document",
        effect: .amount(-copy10), truth: -copy10))
    let copy20 = copyReading("DC-08-W1/2021-06", as: "DC-08-W1/2021-06 copy") {
      $0.milli += 120_500
      $0.delivery = 2
    }
    note(
      Planted(
        id: "F20", handles: ["DC-08-W1/2021-06 copy"], field: "volume",
        fault: "the same meter and month in two deliveries with different volumes",
        code: "duplicate-key", effect: .unquantified, truth: -copy20,
        note: "the first is in facility-readings-2021-h1.xml"))
    plantSubMeters()
  }

  private mutating func plantSubMeters() {
    let handles = (7...12).map { "DC-02-W1-S1/" + Date.first(2021, $0).monthText }
    var added = 0
    for handle in handles { added += reading(handle) { $0.isMain = true }.0 }
    note(
      Planted(
        id: "F11", handles: handles,
        fault: "a sub-meter called main in the second delivery, added to the main meter",
        code: "sub-meter-in-total", effect: .amount(-added), truth: -added,
        note: "its parent is still named"))
    let (march, _) = reading("OF-02-M1-S1/2021-03") {
      $0.isMain = true
      $0.parent = nil
    }
    note(
      Planted(
        id: "F12", handles: ["OF-02-M1-S1/2021-03"],
        fault: "a sub-meter called main in one month, its parent left out",
        code: "sub-meter-in-total", effect: .amount(-march), truth: -march,
        note: "the other months name the parent"))
  }

  mutating func plantBoundary() {
    for month in 4...6 {
      let handle = "OL-09/sold \(month)"
      let amount = copyBill("OL-09/2021-03-01", as: handle) {
        $0.start = Date.first(2021, month)
        $0.end = Date.last(2021, month)
        $0.issued = $0.end.later(6)
        $0.number = "S-OL09-210\(month)01"
        $0.milli += 4_310 * (month - 3)
      }
      note(
        Planted(
          id: "F17\("abc".map(String.init)[month - 4])", handles: [handle],
          fault: "a site sold in March is still billed", code: "after-closing",
          effect: .amount(-amount), truth: -amount))
    }
    for month in 8...9 {
      _ = copyBill("OL-17/2021-12-01", as: "OL-99/\(month)") {
        $0.site = "OL-99"
        $0.start = Date.first(2021, month)
        $0.end = Date.last(2021, month)
        $0.issued = $0.end.later(9)
        $0.number = "N-OL99-210\(month)01"
        $0.milli += 7_250 * month
      }
    }
    note(
      Planted(
        id: "F18", handles: ["OL-99/9", "OL-99/8"], fault: "bills of a site not in the register",
        code: "not-in-register", effect: .unquantified,
        note: "not counted, for no register row gives control"))
    let early = copyReading("OF-31-M1/2021-07", as: "OF-31-M1/2021-05") {
      $0.month = 5
      $0.start = Date.first(2021, 5)
      $0.delivery = 1
      $0.milli -= 11_000
    }
    note(
      Planted(
        id: "F22", handles: ["OF-31-M1/2021-05"],
        fault: "a reading two months before the site opened", code: "before-opening",
        effect: .amount(-early), truth: -early))
  }
}
