import Exact
import Testing

@testable import Assurance

@Suite("factor sets")
struct FactorSetTests {
  static let header =
    "quantity,gas,value,unit,basis,edition,valid_from,valid_to,status,source\n"

  @Test(
    "a set that cannot be used is refused with its code",
    arguments: [
      (
        "warming,ch4,28,kg/kg,b,AR5,,,found,x\nwarming,ch4,30,kg/kg,b,AR5,,,found,x",
        "factors-twice"
      ),
      (
        "warming,ch4,28,kg/kg,100 years,AR5,,,found,x\nwarming,n2o,1,kg/kg,20 years,AR5,,,found,x",
        "factors-mixed"
      ),
      ("warming,ch4,2 8,kg/kg,100 years,AR5,,,found,x", "factors-value"),
      ("warming,ch4,28,stone,100 years,AR5,,,found,x", "factors-value"),
      ("warming,ch4,28,kg/kg,100 years,AR5,2021-02-30,,found,x", "factors-value"),
      ("warming,ch4,28,kg/kg,100 years,AR5,,,maybe,x", "factors-value"),
      ("warming,ch4,28,kg/kg,,AR5,,,found,x", "factors-value"),
      ("warming,ch4,28,kg/kg,100 years,AR5,,,found", "factors-row"),
      (
        "warming,ch4,28,kg/kg,b,AR5,,,found,x\nwarming,n2o,1,kg/m3,b,AR5,,,found,x",
        "factors-value"
      ),
    ])
  func refused(_ rows: String, _ code: String) {
    #expect(throws: AssureError(code, "")) {
      try FactorSet.read(csv: Self.header + rows + "\n", name: "w", file: "w.csv")
    }
  }

  @Test("columns that are not there are named") func header() {
    #expect(throws: AssureError("factors-header", "")) {
      try FactorSet.read(csv: "quantity,value\n", name: "w", file: "w.csv")
    }
  }
}
