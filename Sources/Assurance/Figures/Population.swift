package import Exact

/// The records inside a KPI's boundary and period, as items with exact values in its unit.
package enum Population {
  /// Items sorted by key bytes.
  ///
  /// A key is `dataset/business key`. Records that share a business key are told apart by `~2`,
  /// `~3`… in the order of source digest, table and row, so that each can be drawn and tested.
  ///
  /// - Throws: `population-value` if a record has no value to sum or one that cannot be expressed
  ///   exactly in the KPI's unit.
  package static func items(
    kpi: KPIDefinition, terms: [(term: MeasureTerm, records: DatasetRecords)]
  ) throws(AssureError) -> [PopulationItem] {
    var items: [PopulationItem] = []
    for (term, dataset) in terms {
      let value = try valuer(kpi: kpi, term: term, definition: dataset.definition)
      var previous = ""
      var copies = 1
      for (record, isIn) in zip(dataset.records, dataset.isInPopulation) where isIn {
        copies = record.key == previous ? copies + 1 : 1
        previous = record.key
        items.append(
          PopulationItem(
            key: "\(term.dataset)/\(record.key)" + (copies > 1 ? "~\(copies)" : ""),
            value: try value(record),
            locator: (term.field.map { record.source.locator(field: $0) } ?? record.source.locator)
              .description,
            labels: labels(record, definition: dataset.definition, except: term.field)))
      }
    }
    return items.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }

  /// Fields with a value, in the dataset's order, the summed one left out.
  static func labels(
    _ record: Record, definition: DatasetDefinition, except field: String?
  ) -> [(field: String, value: String)] {
    zip(definition.fields, record.values).compactMap { definition, value in
      guard definition.name != field, let value else { return nil }
      return (definition.name, value.canonical)
    }
  }

  /// How a record's value is had in the KPI's unit: 1 for a count.
  private static func valuer(
    kpi: KPIDefinition, term: MeasureTerm, definition: DatasetDefinition
  ) throws(AssureError) -> (Record) throws(AssureError) -> ExactDecimal {
    guard let name = term.field else { return { _ in ExactDecimal(1) } }
    guard let index = definition.index(of: name), let unit = definition.fields[index].unit,
      let factor = unit.factor(to: kpi.unit)?.decimal
    else {
      throw AssureError(
        "population-value", place: "kpis/\(kpi.name).yaml",
        "`\(definition.name).\(name)` has no exact value in \(kpi.unit.code)",
        remedy: "declare the field in a unit that is a decimal multiple of the KPI's")
    }
    return { (record) throws(AssureError) in
      guard case .decimal(let value)? = record.values[index] else {
        throw AssureError(
          "population-value", place: record.source.locator(field: name).description,
          "the record has no \(name) to sum", remedy: "make the field required in the dataset")
      }
      guard let product = try? value * factor else {
        throw AssureError(
          "population-value", place: record.source.locator(field: name).description,
          ExactError.overflow.description, remedy: "look at the cell: no meter reads so many digits"
        )
      }
      return product
    }
  }

  /// The exact sum of the items' values.
  package static func sum(_ items: [PopulationItem]) throws(AssureError) -> ExactDecimal {
    var sum = ExactDecimal.zero
    for item in items {
      do { sum = try sum + item.value } catch {
        throw AssureError(
          "overflow", place: item.locator, error.description, remedy: "look at the cell")
      }
    }
    return sum
  }
}
