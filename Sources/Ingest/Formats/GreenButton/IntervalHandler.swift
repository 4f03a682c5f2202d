import Assurance
import Exact

/// The second pass: the readings, each as a row.
final class IntervalHandler: LeafHandler {
  private let feed: [BlockContext]
  private let deliver: (RowBuffer) throws -> Void
  private let row: RowBuffer
  private var pending = PendingRow()
  private var block = -1
  private var number = 0
  private var isReading = false
  private var blockStart: Int?
  private var blockDuration: Int?
  private var start: Int?
  private var duration: Int?
  private var value: String?
  private var qualities: [String] = []
  private var coverage: [Coverage] = []
  private var remarkCounts: [String: Int] = [:]
  private(set) var remarks: [Remark] = []

  init(
    bounds: Bounds, feed: [BlockContext], deliver: @escaping (RowBuffer) throws -> Void
  ) {
    self.feed = feed
    self.deliver = deliver
    row = RowBuffer(textMax: bounds.rowTextMax)
    coverage = Array(repeating: Coverage(), count: (feed.map(\.series).max() ?? 0) + 1)
    super.init(bounds: bounds)
  }

  private var current: BlockContext {
    feed.indices.contains(block) ? feed[block] : BlockContext()
  }

  override func began(_ name: String, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    if name == "IntervalBlock" {
      block += 1
      blockStart = nil
      blockDuration = nil
    } else if name == "IntervalReading" {
      isReading = true
      number += 1
      pending.clear(line: line)
      start = nil
      duration = nil
      value = nil
      qualities = []
    }
  }

  override func leaf(_ name: String, _ text: String) {
    guard path.count >= 2 else { return }
    let parent = path[path.count - 2]
    switch (name, parent) {
    case ("start", "interval"): blockStart = Int(text)
    case ("duration", "interval"): blockDuration = Int(text)
    case ("start", "timePeriod"): start = Int(text)
    case ("duration", "timePeriod"): duration = Int(text)
    case ("value", "IntervalReading"): value = text
    case ("cost", "IntervalReading"): pending.add(IntervalColumn.cost.number, text)
    case ("tou", "IntervalReading"): pending.add(IntervalColumn.tou.number, text)
    case ("quality", _): if qualities.count < 16 { qualities.append(text) }
    default: break
    }
  }

  override func ended(_ name: String) {
    guard name == "IntervalReading" else { return }
    isReading = false
    addContext()
    addTime()
    addQuantity()
    pending.fill(row, number: number)
    attempt { try deliver(row) }
  }

  private func add(_ column: IntervalColumn, _ text: String?) {
    if let text { pending.add(column.number, text) }
  }

  private func addContext() {
    let context = current
    add(.usagePoint, context.usagePoint)
    add(.usagePointTitle, context.usagePointTitle)
    add(.meterReading, context.meterReading)
    add(.service, context.service.map { ESPICodes.services[$0] ?? String($0) })
    add(.intervalBlock, String(block + 1))
    add(.quality, qualities.joined(separator: " "))
    if qualities.contains(where: { ESPICodes.estimated.contains($0) }) {
      add(.status, "estimated")
    } else if !qualities.isEmpty, qualities.allSatisfy({ ESPICodes.actual.contains($0) }) {
      add(.status, "actual")
    }
    for remark in context.remarks { note(remark.code, remark.message) }
  }

  private func addTime() {
    add(.duration, duration.map(String.init))
    // Years 1 to 9999, which days can name.
    guard let start, (-62_135_596_800..<253_402_300_800 - 86_400 * 2).contains(start) else {
      return note("no-start", "a reading has no start that is a number of seconds since 1970")
    }
    add(.start, LocalTime.text(start, offset: nil))
    let offset = current.localTime?.offset(at: start)
    if let offset { add(.localStart, LocalTime.text(start, offset: offset)) }
    add(.day, Day(number: LocalTime.day(start + (offset ?? 0))).description)
    if offset == nil {
      note("no-time-zone", "the feed gives no local time; days are those of UTC")
    }
    guard let duration, duration > 0, duration < 1 << 40 else { return }
    if let blockStart, let blockDuration,
      start < blockStart || start + duration > blockStart &+ blockDuration
    {
      note("outside-block", "the reading lies outside the interval its block declares")
    }
    switch coverage[current.series].add(start, start + duration) {
    case .none: break
    case .partial:
      note("interval-overlap", "part of the time is covered by an earlier reading of the series")
    case .whole:
      note("interval-repeated", "all of the time is covered by earlier readings of the series")
    }
  }

  private func addQuantity() {
    add(.value, value)
    guard let type = current.readingType else {
      return note("no-reading-type", "no reading type tells unit and power of ten: no quantity")
    }
    let uom = type["uom"].flatMap { Int($0) }
    add(.powerOfTen, type["powerOfTenMultiplier"])
    add(.uom, type["uom"])
    add(.commodity, type["commodity"])
    add(.currency, type["currency"])
    add(.flow, type["flowDirection"].map { ESPICodes.flows[Int($0) ?? -1] ?? $0 })
    if let behaviour = type["accumulationBehaviour"], ESPICodes.registers.contains(behaviour) {
      note("register-readings", "accumulation \(behaviour): readings of a register, not amounts")
    }
    guard let uom, let unit = ESPICodes.units[uom] else {
      return note("unknown-uom", "uom `\(type["uom"] ?? "")` is no unit that is known here")
    }
    add(.unit, unit)
    if let service = current.service, ESPICodes.contradicts(service: service, uom: uom) {
      let name = ESPICodes.services[service] ?? ""
      note("unit-of-another-service", "\(name) is not metered in \(unit)")
    }
    let power = type["powerOfTenMultiplier"].map { Int($0) } ?? 0
    guard let power, abs(power) <= 38, let value, !value.contains("e"), !value.contains("E"),
      let quantity = ExactDecimal("\(value)e\(power)")
    else {
      return note("no-quantity", "the value or its power of ten is no number that can be held")
    }
    add(.quantity, quantity.description)
  }

  /// At most a hundred remarks a code stand with their rows; the rest are counted.
  private func note(_ code: String, _ message: String) {
    let isOfFile =
      code == "no-time-zone" || code == "reading-type-assumed"
      || code == "unit-of-another-service" || code == "register-readings"
      || code == "unknown-uom" || code == "no-reading-type"
    let count = (remarkCounts[code] ?? 0) + 1
    remarkCounts[code] = count
    if isOfFile {
      if count == 1 { remarks.append(Remark(code: code, message: message)) }
    } else if count <= 100 {
      remarks.append(Remark(code: code, message: message, row: number))
    } else if count == 101 {
      remarks.append(Remark(code: code, message: "and more of these"))
    }
  }
}
