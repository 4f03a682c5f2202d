import Exact

/// Numbers that are names: standards, codes, models, addresses.
extension Tokenizer {
  /// A name whose digits begin at `start`, set aside with its reason; nil if it is a figure.
  func nameWithDigits(_ start: Int) -> Draft? {
    if let word = vocabulary.words.longest(in: t, at: start), word.entry != "number" {
      return Draft(start..<start + word.length, aside: word.entry == "word" ? .word : .name)
    }
    if let occasion = occasion(at: start) { return occasion }
    return standard(start) ?? indexCode(start) ?? dotted(start) ?? address(start) ?? model(start)
  }

  func occasion(at start: Int) -> Draft? {
    guard let word = vocabulary.occasions.longest(in: t, at: start) else { return nil }
    let end = start + word.length
    let next = skipBlanks(end)
    let followers = word.entry.followers
    let fits =
      followers.isEmpty
      || followers.contains { next + $0.count <= t.count && Array(t[next..<next + $0.count]) == $0 }
    guard fits, let date = Self.date(word.entry.value) else { return nil }
    var draft = Draft(start..<end, .date(date, high: Self.date(word.entry.high)))
    draft.kind = .date
    draft.unit = date.month == nil ? "a" : "date"
    return draft
  }

  /// `yyyy` or `mm-dd`.
  private static func date(_ text: String) -> CalendarDate? {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    if parts.count == 1 { return CalendarDate(year: parts[0]) }
    return parts.count == 2 ? CalendarDate(month: parts[0], day: parts[1]) : nil
  }

  /// ISO 14001, ISO/IEC 27001 和 27701, GB/T2589-2020.
  private func standard(_ start: Int) -> Draft? {
    guard let body = standardBody(start) else { return nil }
    guard let first = Numeral.digits(t, at: start), first.decimals == 0 else { return nil }
    var end = first.end
    let sign = character(end)
    if sign == 0x2D || sign == 0x3A, let edition = Numeral.digits(t, at: end + 1),
      edition.decimals == 0
    {
      end = edition.end
      if character(end) == 0x3A, let year = Numeral.digits(t, at: end + 1) { end = year.end }
    }
    var draft = Draft(start..<end, aside: .standardNumber)
    draft.value = .code(string(start..<end))
    draft.kind = .version
    draft.unit = "1"
    draft.name = body + " " + string(start..<end)
    return draft
  }

  private static let bodies: Set<String> = [
    "ISO", "IEC", "ISO/IEC", "GB", "GB/T", "GBT", "CJ", "CJ/T", "JR/T", "YD/T", "DB", "EN", "BS",
    "ISAE", "ISSA", "ISQC", "ISQM", "ISA", "HKSAE", "OHSAS", "SA", "AA", "PAS", "NFPA", "IEEE",
    "ISO/TS", "ISO/TR", "DL/T", "HJ", "ASTM", "ANSI", "DIN", "SSAE", "SOC", "IFRS", "IAS", "ASU",
    "ASC", "AICPA", "SAS",
  ]

  private func standardBody(_ start: Int) -> String? {
    var end = skipBlanksBack(start)
    if end > 0, t[end - 1] == 0x2D { end -= 1 }
    var first = end
    while first > 0, end - first < 10, Glyph.isLetter(t[first - 1]) || t[first - 1] == 0x2F {
      first -= 1
    }
    let body = string(first..<end)
    if Self.bodies.contains(body) { return body }
    // A second number behind a conjunction has the body of the first.
    guard let last = drafts.last, last.aside == .standardNumber, let name = last.name,
      start - last.range.upperBound <= 4, start > last.range.upperBound
    else { return nil }
    let between = string(last.range.upperBound..<start)
    let joins = between.contains { "和及与、,/&".contains($0) } || between.contains("and")
    return joins ? name.split(separator: " ").first.map(String.init) : nil
  }

  /// A1.2, B6.4, TC-IM-130a.1, 305-1 in a row of codes.
  private func indexCode(_ start: Int) -> Draft? {
    let letter = character(start - 1)
    if Glyph.isUpper(letter), !Glyph.isLetter(character(start - 2)),
      let number = Numeral.digits(t, at: start), letter == 0x41 || letter == 0x42,
      number.end - start <= 4, !Glyph.isLetter(character(number.end)),
      number.value < ExactDecimal(13)
    {
      return coded(start - 1, number.end)
    }
    guard let first = Numeral.digits(t, at: start), first.decimals == 0,
      character(first.end) == 0x2D, let second = Numeral.digits(t, at: first.end + 1),
      second.decimals == 0, (1...3).contains(first.end - start), second.end - first.end - 1 <= 2,
      character(start - 1) != 0x2D, character(second.end) != 0x2D
    else { return nil }
    let code = string(start..<second.end)
    let gri = first.end - start == 3 || has("GRI", before: skipBlanksBack(start))
    guard gri, inCodeRow(start, second.end),
      Int(exactly: first.value.coefficient).map({ (101...419).contains($0) || $0 <= 3 }) ?? false
    else { return nil }
    var draft = coded(start, second.end)
    draft.name = "GRI " + code
    return draft
  }

  private func coded(_ start: Int, _ end: Int) -> Draft {
    var draft = Draft(start..<end, aside: .indexCode)
    draft.name = string(start..<end)
    draft.kind = .version
    return draft
  }

  /// Between blanks, tabs, semicolons or brackets on both sides.
  private func inCodeRow(_ start: Int, _ end: Int) -> Bool {
    let edge: Set<UInt32> = [9, 10, 32, 0x3B, 0x2C, 0x28, 0x29, 0x3001, 0x5B, 0x5D, 0xFF0C]
    return edge.contains(character(start - 1)) && edge.contains(character(end))
  }

  /// 1.2.3: a section or version number.
  private func dotted(_ start: Int) -> Draft? {
    guard let first = Numeral.digits(t, at: start), first.decimals > 0,
      character(first.end) == 0x2E, Glyph.isDigit(character(first.end + 1))
    else { return nil }
    var end = first.end
    while end < t.count,
      Glyph.isDigit(t[end]) || (t[end] == 0x2E && Glyph.isDigit(character(end + 1)))
    { end += 1 }
    return Draft(start..<end, aside: .sectionNumber)
  }

  /// Words behind which a number is a name: Note 7, Exhibit 99.2, Form 10-K, Level 3.
  private static let numbered = listed.union([
    "scope", "note", "table", "figure", "section", "chapter", "item", "page", "exhibit", "form",
    "rule", "appendix", "article", "level", "tier", "part", "annex", "schedule", "category",
  ])

  /// Words behind which several numbers are names: notes 2 and 12, tables 3, 4 and 5.
  private static let listed: Set<String> = [
    "notes", "tables", "sections", "chapters", "pages", "exhibits", "scopes", "articles",
    "appendices", "schedules", "categories",
  ]

  /// Whether a number goes on a list of such names.
  private func isListed(_ start: Int) -> Bool {
    var end = start
    for draft in drafts.reversed() {
      let gap = end - draft.range.upperBound
      guard draft.aside == .name, gap > 0, gap <= 8 else { return false }
      let between = string(draft.range.upperBound..<end).filter { $0 != " " }.lowercased()
      guard [",", "and", "&", ",and", "to", "-", "–", "or"].contains(between) else { return false }
      end = draft.range.lowerBound
      if Self.listed.contains(lettersBefore(skipBlanksBack(end)).lowercased()) { return true }
    }
    return false
  }

  /// 海天二路 33 號, Unit 303 & 305, 3/F, 4 號樓, and a hotline's number.
  private func address(_ start: Int) -> Draft? {
    guard let first = Numeral.digits(t, at: start) else { return nil }
    let before = skipBlanksBack(start)
    let after = skipBlanks(first.end)
    if character(after) == 0x2F, character(after + 1) == 0x46 {
      return Draft(start..<first.end, aside: .address, value: first.value)
    }
    let word = lettersBefore(before)
    if Self.numbered.contains(word.lowercased()) || has("范围", before: before)
      || isListed(start), first.end - start <= 4, first.value < ExactDecimal(1000)
    {
      return Draft(start..<first.end, aside: .name, value: first.value)
    }
    let chained = character(before - 1) == 0x26 && drafts.last?.aside == .address
    if ["Unit", "Building", "Phase", "Floor", "Room", "Block", "Suite", "Level", "Box"]
      .contains(word) || chained
    {
      var end = first.end
      while end < t.count, Glyph.isLetter(t[end]) { end += 1 }
      return Draft(start..<end, aside: .address, value: first.value)
    }
    if character(after) == 0x53F7, character(before - 1) != 0x7B2C {
      if has("路", before: before) || has("街", before: before) || has("道", before: before)
        || has("巷", before: before)
      {
        return Draft(start..<first.end, aside: .address, value: first.value)
      }
      let next = character(skipBlanks(after + 1))
      if [0x697C, 0x7EBF, 0x9986, 0x5385, 0x95E8, 0x4ED3].contains(next) {
        return Draft(start..<first.end, aside: .name, value: first.value)
      }
    }
    let phone = ["热线", "电话", "传真", "hotline", "Tel", "tel"].contains { has($0, before: before) }
    if phone, first.end - start >= 4 {
      return Draft(start..<first.end, aside: .telephone, value: first.value)
    }
    return nil
  }

  /// COP15, 5G, H.266, OS2.0: letters touch the digits.
  private func model(_ start: Int) -> Draft? {
    let before = character(start - 1)
    let letters = lettersBefore(start)
    let joined = before == 0x2D || before == 0x2E || before == 0x2F
    let hasLetter = !letters.isEmpty || (joined && Glyph.isLetter(character(start - 2)))
    let currency = ["RMB", "USD", "HKD", "CNY", "EUR", "FY", "Q", "x", "X", "No"].contains(letters)
    guard let first = Numeral.digits(t, at: start) else { return nil }
    if hasLetter, !currency {
      if first.decimals > 0, !letters.isEmpty, !Glyph.isLetter(character(first.end)) {
        var draft = Draft(start..<first.end, .figure(first.value, high: nil))
        draft.kind = .version
        draft.unit = "1"
        draft.name = letters + string(start..<first.end)
        return draft
      }
      return modelName(start)
    }
    guard Glyph.isLetter(character(first.end)) else { return nil }
    if ["st", "nd", "rd", "th"].contains(where: { has($0, at: first.end) }),
      !Glyph.isLetter(character(first.end + 2))
    {
      if english(start) != nil { return nil }
      var draft = Draft(start..<first.end, .figure(first.value, high: nil))
      draft.kind = .ordinal
      draft.unit = "1"
      return draft
    }
    if has("X", at: first.end), first.decimals > 0 || Glyph.isDigit(character(first.end + 1)) {
      return nil
    }
    let generation = has("G", at: first.end) && first.end - start == 1
    if !generation, vocabulary.units.longest(in: t, at: first.end) != nil { return nil }
    for word in ["million", "billion", "thousand", "bn", "mn", "m", "k", "x"]
    where has(word, at: first.end) && !Glyph.isLetter(character(first.end + word.utf8.count)) {
      return nil
    }
    return modelName(start)
  }

  /// The whole name of letters, digits, points and hyphens.
  private func modelName(_ start: Int) -> Draft {
    var first = start
    while first > 0, start - first < 20, isNamePart(t[first - 1]) { first -= 1 }
    if let last = drafts.last { first = max(first, last.range.upperBound) }
    var end = start
    while end < t.count, isNamePart(t[end]) { end += 1 }
    while end > start + 1, t[end - 1] == 0x2E || t[end - 1] == 0x2D { end -= 1 }
    while first < start, !Glyph.isLetter(t[first]), !Glyph.isDigit(t[first]) { first += 1 }
    var draft = Draft(first..<end, aside: .model)
    draft.name = string(first..<end)
    if Self.isIndexName(draft.name ?? "") { draft.aside = .indexCode }
    return draft
  }

  private func isNamePart(_ c: UInt32) -> Bool {
    Glyph.isLetter(c) || Glyph.isDigit(c) || c == 0x2E || c == 0x2D
  }

  /// TC-IM-130a.1: a code of the SASB standards.
  private static func isIndexName(_ name: String) -> Bool {
    let parts = name.split(separator: "-")
    return parts.count == 3 && parts[0].count == 2 && parts[1].count == 2
  }
}
