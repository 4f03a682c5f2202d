import Assurance

extension RecordQuery {
  /// A record as it passes by: bytes that are valid until the next one.
  struct Passing {
    let table: SourceTable
    let row: Int
    /// The business key.
    let key: UnsafeBufferPointer<UInt8>
    /// The field asked for, as stored; empty if the record has none.
    let text: UnsafeBufferPointer<UInt8>
    let passesFilter: Bool
    let isInPeriod: Bool
  }

  /// Which records to hand over.
  enum Choice {
    /// Those that make up the figure.
    case counted
    /// One row of the dataset's table, counted or not.
    case row(id: Int64)
  }

  /// The rows of a register that a term's counted records name.
  func names(
    of register: String, term: MeasureTerm, period: Period, blame: String
  ) throws(AssureError) -> Set<String> {
    guard let dataset = policy.dataset(term.dataset),
      let field = dataset.fields.first(where: { $0.register == register })?.name,
      let ready = try prepare(dataset, term: term, blame: blame)
    else { return [] }
    let (passes, isInside) = ready.standing(in: period)
    let sql = """
      SELECT DISTINCT record."_text_\(field)"
      \(from(dataset, registers: ready.registers, replaced: ready.replaced))
        AND coalesce(\(passes), 0) AND coalesce(\(isInside), 0)
      """
    var names: Set<String> = []
    do {
      try ready.connection.steps(sql, [], blame: blame) { stored in
        if let name = stored.text(0) { names.insert(name) }
      }
    } catch { throw Store.explain(error, path: store.path) }
    return names
  }

  /// Hands over records in the order in which they were taken in, without keeping any.
  ///
  /// - Parameter field: whose text is wanted; nil for none.
  func stream(
    of dataset: DatasetDefinition, term: MeasureTerm, field: String?, choice: Choice,
    period: Period, blame: String, _ each: (Passing) throws -> Void
  ) throws {
    guard let ready = try prepare(dataset, term: term, blame: blame) else { return }
    let (passes, isInside) = ready.standing(in: period)
    let counted = "coalesce(\(passes), 0) AND coalesce(\(isInside), 0)"
    var standing = "1, 1"
    let condition: String
    switch choice {
    case .counted: condition = counted
    case .row(let id):
      standing = "coalesce(\(passes), 0), coalesce(\(isInside), 0)"
      condition = "record._id = \(id)"
    }
    let isOne = if case .row = choice { true } else { false }
    let text = field.map { "record.\"_text_\($0)\"" } ?? "''"
    let sql = """
      SELECT record._table, record._row, record._key, \(text), \(standing)
      \(from(dataset, registers: ready.registers, replaced: ready.replaced, isOne: isOne))
        AND \(condition)
      ORDER BY record._id
      """
    var last: (id: Int64, table: SourceTable)?
    try ready.connection.steps(sql, [], blame: blame) { stored in
      let id = stored.integer(0)
      if last?.id != id {
        guard let table = ready.tables[id] else { throw Self.damaged(store.path, dataset.name) }
        last = (id, table)
      }
      guard let table = last?.table else { return }
      try each(
        Passing(
          table: table, row: Int(stored.integer(1)), key: stored.bytes(2), text: stored.bytes(3),
          passesFilter: stored.integer(4) == 1, isInPeriod: stored.integer(5) == 1))
    }
  }
}
