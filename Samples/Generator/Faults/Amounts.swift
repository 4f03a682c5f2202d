/// Faults of units, edges of the period, and signs.
extension Planting {
  mutating func plantUnits() {
    let (true1, wrong1) = reading("OF-30-M1/2021-05") { $0.milli *= 1000 }
    note(
      Planted(
        id: "F01", handles: ["OF-30-M1/2021-05"], field: "volume",
        fault: "one month in litres under a cubic metre header, 1000 times too much",
        code: "unit-mix-up", effect: .amount(true1 - wrong1), truth: true1 - wrong1))
    let (true2, wrong2) = reading("OF-08-M1/2021-11") { $0.milli /= 1000 }
    note(
      Planted(
        id: "F02", handles: ["OF-08-M1/2021-11"], field: "volume",
        fault: "one month in thousand cubic metres, 1000 times too little", code: "unit-mix-up",
        effect: .amount(true2 - wrong2), truth: true2 - wrong2))
    let (true3, _) = bill("OL-14/2021-06-01") { $0.odd.unit = "万吨" }
    note(
      Planted(
        id: "F03", handles: ["OL-14/2021-06-01"], field: "volume",
        fault: "tonnes with the unit 万吨, 10,000 times too much", code: "unit-mix-up",
        effect: .amount(-9999 * true3), truth: -9999 * true3))
    swap("OF-01-M1/2021-09", "OF-21-M1/2021-09")
    note(
      Planted(
        id: "F04", handles: ["OF-01-M1/2021-09", "OF-21-M1/2021-09"], field: "volume",
        fault: "the volumes of two sites are swapped", code: "swapped-values", effect: .none))
  }

  private mutating func swap(_ a: String, _ b: String) {
    let (amountA, _) = reading(a) { _ in }
    let (amountB, _) = reading(b) { $0.milli = amountA }
    reading(a) { $0.milli = amountB }
  }

  mutating func plantEdges() {
    // 47 days, 31 of them in January; the clean amount is a multiple of 31 hundredths.
    let (true6, wrong6) = bill("OL-04/2021-01-01") {
      $0.start = Date(year: 2020, month: 12, day: 16)
      $0.milli = $0.milli / 31 * 47
    }
    note(
      Planted(
        id: "F06", handles: ["OL-04/2021-01-01"],
        fault: "a bill from 16 December 2020 to 31 January 2021 counted whole",
        code: "straddles-period-end", effect: .amount(true6 - wrong6), truth: true6 - wrong6,
        note: "16 of 47 days lie outside"))
    let (true7, _) = bill("OL-18/2021-12-01") {
      $0.end = Date(year: 2022, month: 1, day: 15)
      $0.milli = $0.milli / 31 * 46
      $0.issued = Date(year: 2022, month: 1, day: 24)
    }
    note(
      Planted(
        id: "F07", handles: ["OL-18/2021-12-01"],
        fault: "a bill from 1 December 2021 to 15 January 2022 is left out by its end date",
        code: "straddles-period-end", effect: .amount(true7), truth: true7,
        note: "31 of 46 days lie inside; no missing-month for December"))
    _ = copyReading("OF-11-M1/2021-01", as: "OF-11-M1/2020-12") {
      $0.year = 2020
      $0.month = 12
      $0.start = Date.first(2020, 12)
      $0.milli -= 37_000
    }
    note(
      Planted(
        id: "F21", handles: ["OF-11-M1/2020-12"], fault: "a reading of December 2020",
        code: "outside-period", effect: .none, note: "not counted, so the figure stays"))
  }

  mutating func plantSigns() {
    _ = copyBill("OL-06/2021-07-01", as: "OL-06/2021-07 error") {
      $0.number += "-A"
      $0.milli = 930_000
    }
    _ = copyBill("OL-06/2021-07 error", as: "OL-06/2021-07 credit") {
      $0.number += "-CN"
      $0.milli = -930_000
    }
    note(
      Planted(
        id: "F13", handles: ["OL-06/2021-07 error", "OL-06/2021-07 credit"], field: "volume",
        fault: "a wrong bill and its credit note", code: "reversal-pair", effect: .none))
    let lone = copyBill("OL-02/2021-10-01", as: "OL-02/2021-10 adjustment") {
      $0.number += "-ADJ"
      $0.milli = -58_200
    }
    note(
      Planted(
        id: "F14", handles: ["OL-02/2021-10 adjustment"], field: "volume",
        fault: "a negative bill that nothing explains", code: "negative-value",
        effect: .unquantified, truth: -lone))
    let (true15, _) = reading("OF-27-M1/2021-05") { $0.milli = 0 }
    note(
      Planted(
        id: "F15", handles: ["OF-27-M1/2021-05"], field: "volume",
        fault: "a month of zero at a site in use", code: "zero-value", effect: .unquantified,
        truth: true15))
  }
}
