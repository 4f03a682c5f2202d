/// What an OpenDocument spreadsheet says beside its cells, for those who ask.
struct ODFParts {
  private let names: ODFNames
  /// The sheet that is open.
  var sheet: String?
  private var database: (name: String, range: String)?

  init(_ names: ODFNames) { self.names = names }

  /// The part that a start tag makes known.
  mutating func part(_ name: XMLName, _ attributes: XMLAttributes) -> WorkbookPart? {
    if name == names.namedRange || name == names.namedExpression {
      return definedName(attributes)
    } else if name == names.databaseRange {
      let range = address(attributes.text(of: names.target) ?? "")
      database = (attributes.text(of: names.name) ?? "", range)
      return .table(database?.name ?? "", range: range)
    } else if name == names.filter, let database {
      return .filter(database.range, isActive: true)
    } else if name == names.source {
      return attributes.text(of: names.link).map { .link($0, number: nil) }
    } else if name == names.module || name == names.listener {
      // Modules and what calls them; `office:script` alone is an empty box.
      return .macros(attributes.text(of: names.name) ?? "event listener")
    } else if name == names.nullDate {
      let day = attributes.value(of: names.dateValue)
      return day == nil || day?.equals("1899-12-30") == true ? nil : .unusualDates
    } else if name == names.settings {
      return attributes.value(of: names.precision)?.equals("true") == true
        ? .precisionAsShown : nil
    }
    return nil
  }

  private func definedName(_ attributes: XMLAttributes) -> WorkbookPart? {
    guard let name = attributes.text(of: names.name),
      let text = attributes.text(of: names.rangeAddress)
        ?? attributes.text(of: names.expression)
    else { return nil }
    // A range stands there without the brackets that formulas have.
    let isRange = attributes.value(of: names.rangeAddress) != nil
    return .name(
      name, formula: isRange ? "[\(text)]" : text, sheet: sheet, syntax: .openFormula,
      isHidden: false)
  }

  /// `Sheet1.A1:Sheet1.B5` as written, for people: `Sheet1.A1:B5`.
  private func address(_ text: String) -> String {
    let corners = text.split(separator: ":", maxSplits: 1)
    guard corners.count == 2, let dot = corners[0].lastIndex(of: "."),
      corners[1].hasPrefix(corners[0][...dot])
    else { return text }
    return corners[0] + ":" + corners[1].dropFirst(corners[0][...dot].count)
  }
}
