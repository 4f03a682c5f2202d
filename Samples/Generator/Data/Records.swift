/// What makes a record wrong or odd in the file, beside its values.
struct Oddity {
  /// Written in the volume cell as text instead of the number.
  var volumeText: String?
  /// Written instead of the file's usual unit.
  var unit: String?
  /// How many places the point of the number moves to the left, to suit `unit`.
  var placesMoved = 0
  var isHidden = false
}

/// One meter in one month.
struct Reading {
  /// The name by which faults and layout speak of it; never written.
  var handle: String
  var site: String
  var meter: String
  var parent: String?
  var isMain: Bool
  var year: Int
  var month: Int
  var start: Date
  /// Thousandths of a tonne.
  var milli: Int
  var isEstimated = false
  /// The half-yearly delivery it comes with, 1 or 2.
  var delivery: Int
  var odd = Oddity()

  var end: Date { Date.last(year, month) }
}

/// One bill of a landlord.
struct Bill {
  enum Landlord: Int { case south, north, hongKong }
  /// See ``Reading/handle``.
  var handle: String
  var number: String
  var site: String
  var landlord: Landlord
  /// The sheet of the southern workbook.
  var sheet: String
  var start: Date
  var end: Date
  var milli: Int
  var isEstimated = false
  var issued: Date
  var odd = Oddity()
}
