import Assurance

/// BuildingSync 2: energy audits of buildings.
///
/// Read as tables: `time-series`, one row a reading with the resource and unit of the use it
/// belongs to; `resource-uses`, one row a scenario's use of a resource; `buildings`.
package enum BuildingSync: SourceFormat {
  package static let id = "building-sync"

  package static func recognises(_ head: SourceHead, root: XMLRoot?) -> Bool {
    root?.name == "BuildingSync" && root?.namespace.hasPrefix("http://buildingsync.net/") == true
  }

  package static func read(
    _ file: SourceFile, options: ReadOptions, into sink: RowSink
  ) throws {
    try TypedTables.read(file, options: options, into: sink) { tables in
      let uses = ResourceUses(bounds: file.bounds)
      try XMLReader.parse(try FileInput.xml(file, sink: sink), handler: uses, place: file.name)
      try tables.read([timeSeries(uses), resourceUses, buildings], of: file)
    }
  }

  private static let scenario = "Facilities/Facility/Reports/Report/Scenarios/Scenario"

  private static func timeSeries(_ uses: ResourceUses) -> TableProjection {
    TableProjection(
      name: "time-series", rows: [scenario + "/TimeSeriesData/TimeSeries"],
      columns: [
        ("facility", .around(["Facilities/Facility/@ID"])),
        ("scenario", .around([scenario + "/@ID"])), ("id", .own(["@ID"])),
        ("resourceUse", .own(["ResourceUseID/@IDref"])),
        ("resource", .found("ResourceUseID/@IDref", uses.resources)),
        ("unit", .found("ResourceUseID/@IDref", uses.units)),
        ("quantity", .own(["TimeSeriesReadingQuantity"])), ("type", .own(["ReadingType"])),
        ("start", .own(["StartTimestamp"])), ("end", .own(["EndTimestamp"])),
        ("frequency", .own(["IntervalFrequency"])), ("reading", .own(["IntervalReading"])),
        ("phase", .own(["Phase"])),
      ])
  }

  private static let resourceUses = TableProjection(
    name: "resource-uses", rows: [scenario + "/ResourceUses/ResourceUse"],
    columns: [
      ("facility", .around(["Facilities/Facility/@ID"])),
      ("scenario", .around([scenario + "/@ID"])), ("id", .own(["@ID"])),
      ("resource", .own(["EnergyResource"])), ("unit", .own(["ResourceUnits"])),
      ("endUse", .own(["EndUse"])), ("annualUse", .own(["AnnualFuelUseNativeUnits"])),
      ("annualUseConsistent", .own(["AnnualFuelUseConsistentUnits"])),
      ("peakUnit", .own(["PeakResourceUnits"])), ("annualPeak", .own(["AnnualPeakNativeUnits"])),
      ("annualCost", .own(["AnnualFuelCost"])),
      ("emissionBoundary", .own(["Emissions/Emission/EmissionBoundary"])),
      ("emissionsType", .own(["Emissions/Emission/EmissionsType"])),
      ("emissions", .own(["Emissions/Emission/GHGEmissions"])),
    ])

  private static let buildings = TableProjection(
    name: "buildings", rows: ["Facilities/Facility/Sites/Site/Buildings/Building"],
    columns: [
      ("facility", .around(["Facilities/Facility/@ID"])), ("id", .own(["@ID"])),
      ("name", .own(["PremisesName"])), ("city", .own(["Address/City"])),
      ("use", .own(["OccupancyClassification"])), ("built", .own(["YearOfConstruction"])),
      ("floorAreaType", .own(["FloorAreas/FloorArea/FloorAreaType"])),
      ("floorArea", .own(["FloorAreas/FloorArea/FloorAreaValue"])),
    ])
}

/// What the uses of resources are called, by their identifiers.
private final class ResourceUses: LeafHandler {
  private(set) var resources: [String: String] = [:]
  private(set) var units: [String: String] = [:]
  private var id = ""

  override func began(_ name: String, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    guard name == "ResourceUse" else { return }
    id = attributes.text(of: self.name("ID")) ?? ""
    if resources.count > bounds.pathsMax {
      fail(
        "too-many-resource-uses",
        "the file has more uses of resources than the bound of \(bounds.pathsMax)",
        remedy: "split it")
    }
  }

  override func leaf(_ name: String, _ text: String) {
    guard path.count >= 2, path[path.count - 2] == "ResourceUse" else { return }
    if name == "EnergyResource" { resources[id] = text }
    if name == "ResourceUnits" { units[id] = text }
  }
}
