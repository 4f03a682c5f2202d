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

/// How a dataset's numbers are written where they stand as text.
package struct NumberForm: Sendable, Hashable {
  /// `.` or `,`.
  package let point: Character
  /// The grouping character, in threes; nil if none is allowed.
  package let group: Character?
  package static let plain = NumberForm(point: ".", group: ",")

  package init(point: Character, group: Character?) {
    self.point = point
    self.group = group
  }
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
  /// The order of day, month and year where they stand as digits around `/`, `-` or `.`: `ymd`,
  /// `dmy` or `mdy`. Dates that a spreadsheet stores as dates need none.
  package let dateOrder: String
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

  /// The position of a field, or nil.
  package func index(of field: String) -> Int? { fields.firstIndex { $0.name == field } }
  package func field(_ name: String) -> FieldDefinition? { fields.first { $0.name == name } }
  /// The position of the field that has the role, or nil.
  package func index(of role: FieldRole) -> Int? { roles[role].flatMap { index(of: $0) } }
}
