import Assurance
import Workbench

/// What a figure stands on, as text: a line a record.
struct FigureTraceText {
  let isQuiet: Bool
  private var out = LineWriter()
  private var unit = ""
  private var figureUnit = ""
  private var decimals = 0

  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  mutating func write(_ step: TraceStep) {
    switch step {
    case .figure(let kpi, let printed):
      (unit, figureUnit, decimals) = (kpi.unit.code, kpi.unit.code, kpi.decimals)
      let words = printed.map { ", printed \($0.printed) (\($0.printedPlace))" } ?? ""
      out.say(Terminal.printable("\(kpi.name) in \(unit)\(words)"))
    case .part(let term, let title, let unit):
      self.unit = unit
      let filter = term.filter.map { ", where \($0)" } ?? ""
      out.say(Terminal.printable("  \(title) (\(term.dataset)) by \(term.date)\(filter)"))
    case .record(let record):
      guard !isQuiet else { return }
      out.put("    ")
      put(record.value)
      out.put("  ")
      put(record.key)
      out.put("  ")
      put(record.locator)
      out.put("\n")
    case .total(let count, let sum):
      let amount = sum.map { "= \($0) \(unit) from" } ?? "="
      out.say("  \(amount) \(count) \(count == 1 ? "record" : "records")")
    case .outcome(let figure):
      for part in figure.parts {
        out.say(
          Terminal.printable(
            "    \(Reconciler.text(part.amount, decimals: decimals)) \(figureUnit) from "
              + "\(part.count): \(part.label)"))
      }
      out.say("  = \(Reconciler.text(figure.point, decimals: decimals)) \(figureUnit)")
    case .stated: out.say("  taken as stated in reported.csv, not recalculated")
    }
  }

  mutating func finish() { out.flush() }

  /// Plain text as it is; anything else by way of what makes it harmless.
  private mutating func put(_ bytes: [UInt8]) {
    if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
      out.put(bytes)
    } else {
      out.put(Terminal.printable(String(decoding: bytes, as: UTF8.self)))
    }
  }
}

/// What a figure stands on, as one JSON object that is written as it comes.
struct FigureTraceJSON {
  private var out = LineWriter()
  private var isInPart = false
  private var hasParts = false
  private var hasRecords = false
  private var hasFigures = false

  init() { out.put("{\n  \"figures\": [") }

  mutating func write(_ step: TraceStep) {
    switch step {
    case .figure(let kpi, let printed):
      endFigure()
      out.put(hasFigures ? ",\n" : "\n")
      out.put("    {\"kpi\": \(quoted(kpi.name)), \"unit\": \(quoted(kpi.unit.code)), ")
      out.put("\"printed\": \(printed.map { quoted($0.printed) } ?? "null"), ")
      out.put("\"printedAt\": \(printed.map { quoted($0.printedPlace) } ?? "null"), ")
      out.put("\"parts\": [")
      (hasFigures, hasParts) = (true, false)
    case .part(let term, _, let unit):
      out.put(hasParts ? ",\n" : "\n")
      out.put("      {\"dataset\": \(quoted(term.dataset)), \"date\": \(quoted(term.date)), ")
      out.put("\"filter\": \(term.filter.map(quoted) ?? "null"), ")
      out.put("\"unit\": \(quoted(unit)), \"records\": [")
      (hasParts, hasRecords) = (true, false)
    case .record(let record):
      out.put(hasRecords ? ",\n        {\"key\": \"" : "\n        {\"key\": \"")
      put(record.key)
      out.put("\", \"value\": \"")
      put(record.value)
      out.put("\", \"locator\": \"")
      put(record.locator)
      out.put("\"}")
      hasRecords = true
    case .total(let count, let sum):
      out.put("], \"count\": \(count), \"sum\": \(sum.map { "\"\($0)\"" } ?? "null")}")
    case .outcome, .stated: break
    }
  }

  private mutating func endFigure() { if hasFigures { out.put("]}") } }

  mutating func finish() {
    endFigure()
    out.say("\n  ]\n}")
    out.flush()
  }

  private func quoted(_ text: String) -> String { JSONValue.string(text).text() }

  private mutating func put(_ bytes: [UInt8]) {
    let isPlain = bytes.allSatisfy {
      $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") && $0 != 0x7F
    }
    if isPlain {
      out.put(bytes)
    } else {
      out.put(String(quoted(String(decoding: bytes, as: UTF8.self)).dropFirst().dropLast()))
    }
  }
}
