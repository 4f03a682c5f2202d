extension PolicySet {
  /// The personal fields that a KPI's workpaper may show, sorted: those of the datasets that its
  /// measure sums and its tests read.
  package func personalFields(of kpi: KPIDefinition) -> [String] {
    let read = kpi.measure.terms.map(\.dataset) + kpi.tests.flatMap(\.datasets)
    let own = datasets.filter { read.contains($0.name) }.flatMap(\.fields)
    return Set(own.filter(\.isPersonal).map(\.name)).sorted()
  }
}
