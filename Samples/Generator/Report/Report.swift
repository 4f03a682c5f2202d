/// Made-up source data behind a whole report: every figure of its tables, from invented records.
///
/// `swift run samples report Samples/Report` writes `clean/sources`, from which every printed
/// figure follows to its last printed digit, and `faulty/sources`, the files of the twin that
/// differ, with planted faults and near-misses, listed in `faulty/planted.csv`.
///
/// 1. Totals are exact by construction: a target in whole units (kWh, kg, litres, half hours,
///    persons) is shared out by ``Split``, which gives back what it was given.
/// 2. Headcounts are solved for, not drawn: ``Workforce`` holds whole numbers that satisfy all
///    printed counts and rates at once; labels are then dealt out by a seeded shuffle.
/// 3. Each dataset has its own stream of chance, so that one can change without the others.
/// 4. Water comes from ``Water``, so that the same sites stand behind both samples.
struct Report {
  static let seed: UInt64 = 20_220_411

  var sites: [Site]
  var files: [SourceFile] = []
  /// Written as they are: the water of ``Delivery``, the register apart.
  var ready: [(name: String, bytes: [UInt8])] = []

  static func clean() -> Report {
    let water = Water.clean()
    var report = Report(sites: water.sites)
    report.ready = Delivery(water, isFaulty: false).files.filter { $0.name != "site-register.xml" }
    report.addRegister()
    report.addEntities()
    let power = report.addElectricity()
    report.addFuel()
    report.addGas()
    report.addDirectEmissions()
    report.addScope3()
    report.addWaste()
    report.addGreenPower()
    report.addGeneration()
    report.addCentres(power)
    report.addCertificates()
    report.addPeople()
    report.addSafety()
    report.addSuppliers()
    report.addComplaints()
    report.addCases()
    report.addGiving()
    return report
  }

  /// A stream of chance of its own for a dataset.
  static func chance(_ stream: UInt64) -> Chance { Chance(seed: seed &+ stream &* 1_000_003) }

  mutating func add(_ name: String, _ layout: SourceFile.Layout, _ sheets: [Sheet]) {
    files.append(SourceFile(name, layout, sheets))
  }

  /// Every file by name, sorted.
  var contents: [(name: String, bytes: [UInt8])] {
    (ready + files.map { ($0.name, $0.bytes) }).sorted { $0.name < $1.name }
  }
}
