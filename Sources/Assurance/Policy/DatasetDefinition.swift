package import Exact

/// The type of a field.
package enum FieldType: String, Sendable, CaseIterable {
  /// Any text, white space at its ends removed.
  case text
  /// An exact decimal, with or without a unit.
  case decimal
  /// A civil day.
  case date
  /// A calendar month.
  case month
  /// One of a declared list of words.
  case choice
}

/// One field of a dataset.
package struct FieldDefinition: Sendable {
  /// A lower-case identifier: letters, digits, `_`; what filters and measures call it.
  package let name: String
  package let type: FieldType
  /// Whether a row without a value is rejected.
  package let isRequired: Bool
  /// The headers under which the field stands, in any language; compared folded.
  package let aliases: [String]
  /// For decimals: the unit values are stored in.
  package let unit: Unit?
  /// For decimals: the field that names the unit of each value, if the source has such a column.
  package let unitField: String?
  /// The dataset of kind register whose key this field holds; filters may then say
  /// `register.field`.
  package let register: String?
  /// For choices: identifier to the words that mean it.
  package let choices: [(id: String, words: [String])]
  /// Whether it tells who a natural person is, or something of one that is nobody's business: what
  /// a redacted pack withholds.
  package let isPersonal: Bool
  /// For decimals: how numbers are written as text, where the field differs from its dataset.
  package let numbers: NumberForm?
  /// For dates and months: the form of dates, where the field differs from its dataset.
  package let dates: DateForm?
}

/// What a field is to population tests and pages, whatever the dataset calls it.
package enum FieldRole: String, Sendable, CaseIterable {
  /// The site or other subject that a grid has a row for.
  case site
  /// The amount measured.
  case quantity
  /// The calendar month, for records that are monthly.
  case month
  /// The first and the last day covered, for records with days.
  case start, end
  /// A choice with `actual` and `estimated` among its identifiers.
  case status
  /// The meter or account, and the meter above it in the tree.
  case meter, parent
  /// A choice with `main` and `sub` among its identifiers.
  case tier
  /// In a register: the first and the last day that the site is in the boundary.
  case opened, closed
  /// The number of the document, such as a bill.
  case document
}

/// A declared conversion between units of different dimensions, such as a density.
package struct UnitConversion: Sendable {
  package let from: Unit
  package let to: Unit
  /// How many `to` one `from` is.
  package let factor: Rational
  /// Why: kept in the receipt and the workpaper as an assumption.
  package let basis: String
}

/// How numbers are written where they stand as text.
package struct NumberForm: Sendable, Hashable {
  /// `.` or `,`.
  package let point: Character
  /// The grouping character, in threes; nil if none is allowed.
  package let group: Character?
  /// Whether Chinese numerals (`三千二百`, `壹佰`) and the units 万 and 亿 are read, too.
  package let isChinese: Bool
  /// Whether policy says so; else it is what most tables write, and what could be read in two ways
  /// is refused.
  package let isDeclared: Bool

  package static let plain = NumberForm(point: ".", group: ",")
  package static let undeclared = NumberForm(point: ".", group: ",", isDeclared: false)

  package init(
    point: Character, group: Character?, isChinese: Bool = false, isDeclared: Bool = true
  ) {
    self.point = point
    self.group = group
    self.isChinese = isChinese
    self.isDeclared = isDeclared
  }

  /// The forms by the text that declares them: the number 1234.5 as it is written.
  package static let named: [(name: String, form: NumberForm)] = [
    ("1,234.5", NumberForm(point: ".", group: ",")),
    ("1.234,5", NumberForm(point: ",", group: ".")),
    ("1 234,5", NumberForm(point: ",", group: " ")),
    ("1'234.5", NumberForm(point: ".", group: "'")),
    ("1 234.5", NumberForm(point: ".", group: " ")),
    ("1234.5", NumberForm(point: ".", group: nil)),
    ("1234,5", NumberForm(point: ",", group: nil)),
    ("european", NumberForm(point: ",", group: ".")),
    ("chinese", NumberForm(point: ".", group: ",", isChinese: true)),
  ]
}

/// How dates are written where they stand as text.
package enum DateForm: String, Sendable, CaseIterable {
  /// The order of day, month and year where they stand as digits around `/`, `-` or `.`.
  case ymd, dmy, mdy
  /// As `ymd`, with Chinese numerals: 二〇二一年三月五日.
  case chinese
  /// As `chinese`, in years of the Republic of China: 民國110年3月5日, 110/03/05 are in 2021.
  case roc
}

/// A kind of record, as policy declares it.
package struct DatasetDefinition: Sendable {
  /// A lower-case identifier in kebab case.
  package let name: String
  package let title: String
  package let fields: [FieldDefinition]
  /// The fields whose values together name one real-world thing.
  package let key: [String]
  /// Words for "nothing" in a cell, beside an empty one.
  package let nulls: [String]
  /// Words that mark a row of totals, which is set apart and compared with the sum.
  package let totals: [String]
  package let numbers: NumberForm
  /// How dates are written as text. Dates that a spreadsheet stores as dates need none.
  package let dates: DateForm
  package let conversions: [UnitConversion]
  /// Unit code to the words that mean it in a unit column or a header's brackets.
  package let unitWords: [(code: String, words: [String])]
  /// Whether several tables of one file may feed the dataset.
  package let manyTables: Bool
  /// The only sheets that feed the dataset; empty if any may.
  package let sheets: [String]
  /// For repeating-record XML: the record path, if declared; else it is found.
  package let recordPath: String?
  /// What tests call a field, to the field's name.
  package let roles: [FieldRole: String]
  /// Pairs of fields of days or months, the second of which never lies before the first.
  package let order: [(first: String, second: String)]

  /// Whether any field is personal.
  package var isPersonal: Bool { fields.contains(where: \.isPersonal) }

  /// The position of a field, or nil.
  package func index(of field: String) -> Int? { fields.firstIndex { $0.name == field } }
  package func field(_ name: String) -> FieldDefinition? { fields.first { $0.name == name } }
  /// The position of the field that has the role, or nil.
  package func index(of role: FieldRole) -> Int? { roles[role].flatMap { index(of: $0) } }
}
