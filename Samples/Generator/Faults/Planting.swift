/// The faulty set: the clean records with faults put in, and the list of them.
struct Planting {
  private(set) var water: Water
  private(set) var planted: [Planted] = []

  static func faulty() -> (Water, [Planted]) {
    var planting = Planting(water: Water.clean())
    planting.plantUnits()
    planting.plantGaps()
    planting.plantEdges()
    planting.plantCopies()
    planting.plantSigns()
    planting.plantBoundary()
    planting.plantForms()
    planting.plantTextNumbers()
    planting.plantEstimates()
    planting.plantNearMisses()
    return (planting.water, planting.planted.sorted { $0.id < $1.id })
  }

  mutating func note(_ planted: Planted) { self.planted.append(planted) }

  /// The amount before and after a change to a reading.
  @discardableResult
  mutating func reading(_ handle: String, _ change: (inout Reading) -> Void) -> (Int, Int) {
    guard let index = water.readings.firstIndex(where: { $0.handle == handle }) else {
      preconditionFailure("no reading \(handle)")
    }
    let before = water.readings[index].milli
    change(&water.readings[index])
    return (before, water.readings[index].milli)
  }

  /// The amount before and after a change to a bill.
  @discardableResult
  mutating func bill(_ handle: String, _ change: (inout Bill) -> Void) -> (Int, Int) {
    guard let index = water.bills.firstIndex(where: { $0.handle == handle }) else {
      preconditionFailure("no bill \(handle)")
    }
    let before = water.bills[index].milli
    change(&water.bills[index])
    return (before, water.bills[index].milli)
  }

  /// A changed copy right after the reading; gives the copy's amount.
  mutating func copyReading(
    _ handle: String, as name: String, _ change: (inout Reading) -> Void = { _ in }
  ) -> Int {
    guard let index = water.readings.firstIndex(where: { $0.handle == handle }) else {
      preconditionFailure("no reading \(handle)")
    }
    var copy = water.readings[index]
    copy.handle = name
    change(&copy)
    water.readings.insert(copy, at: index + 1)
    return copy.milli
  }

  /// A changed copy right after the bill; gives the copy's amount.
  mutating func copyBill(
    _ handle: String, as name: String, _ change: (inout Bill) -> Void = { _ in }
  ) -> Int {
    guard let index = water.bills.firstIndex(where: { $0.handle == handle }) else {
      preconditionFailure("no bill \(handle)")
    }
    var copy = water.bills[index]
    copy.handle = name
    change(&copy)
    water.bills.insert(copy, at: index + 1)
    return copy.milli
  }

  mutating func removeReading(_ handle: String) -> Int {
    guard let index = water.readings.firstIndex(where: { $0.handle == handle }) else {
      preconditionFailure("no reading \(handle)")
    }
    return water.readings.remove(at: index).milli
  }

  mutating func addSite(_ site: Site) { water.sites.append(site) }
}
