/// The code lists of ESPI (NAESB REQ.21, after IEC 61968-9) that readings need.
enum ESPICodes {
  /// Symbols of `UomType`; the numbers stand in the schema's own documentation.
  static let units: [Int: String] = [
    0: "", 5: "A", 6: "K", 9: "deg", 23: "degC", 29: "V", 31: "J", 33: "Hz", 38: "W", 42: "m3",
    61: "VA", 63: "var", 65: "cos", 67: "V2", 69: "A2", 71: "VAh", 72: "Wh", 73: "varh",
    106: "Ah", 119: "ft3", 122: "ft3/h", 125: "m3/h", 128: "USgal", 129: "USgal/h",
    130: "IMPgal", 131: "IMPgal/h", 132: "Btu", 133: "Btu/h", 134: "L", 137: "L/h",
    140: "Pa(gauge)", 155: "Pa(absolute)", 169: "therm",
  ]

  /// `ServiceKind`; the numbers beyond differ between editions and stay numbers.
  static let services: [Int: String] = [0: "electricity", 1: "gas", 2: "water"]

  /// `FlowDirection`: 1 is energy to the customer, 19 energy from them.
  static let flows: [Int: String] = [1: "delivered", 4: "net", 19: "received"]

  /// `QualityOfReading` codes of readings that nobody took: estimated from a reference day (8) or
  /// by interpolation (9), projected (12).
  static let estimated: Set<String> = ["8", "9", "12"]
  /// Codes of readings that passed checks: valid, validated, verified, fit for billing.
  static let actual: Set<String> = ["0", "17", "18", "19"]

  /// `AccumulationBehaviour` of register readings, which are not the amount of an interval.
  static let registers: Set<String> = ["1", "2", "3", "9"]

  /// Units of energy, volume and so on that fit a service; the others are remarked on.
  static func contradicts(service: Int, uom: Int) -> Bool {
    let volumes: Set<Int> = [42, 119, 128, 130, 134]
    let electric: Set<Int> = [38, 61, 63, 71, 72, 73]
    return service == 0 && volumes.union([169]).contains(uom)
      || service == 2 && electric.union([169, 132]).contains(uom)
  }
}
