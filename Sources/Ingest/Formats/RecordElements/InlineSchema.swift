import Assurance

/// What an XML Schema inside a file says of its tables: .NET DataSets, Access and SQL Server write
/// one ahead of the data. It is a statement of the file's maker; values are read as policy says.
struct InlineSchema {
  private var nSchema, nElement, nRestriction, nName, nType, nBase, nJet, namespace: XMLName?
  /// Open `element` declarations: depth and name.
  private var open: [(depth: Int, name: String)] = []
  private(set) var isPresent = false
  /// Names of tables in order, and their columns with types.
  private(set) var tables: [String] = []
  private(set) var columns: [String: [(name: String, type: String)]] = [:]

  /// Declarations kept at most.
  static let declarationsMax = 10_000
  private var count = 0

  mutating func prepare(_ handler: XMLHandler) {
    namespace = handler.name("http://www.w3.org/2001/XMLSchema")
    nSchema = handler.name("schema")
    nElement = handler.name("element")
    nRestriction = handler.name("restriction")
    nName = handler.name("name")
    nType = handler.name("type")
    nBase = handler.name("base")
    nJet = handler.name("jetType")
  }

  mutating func start(
    _ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes, depth: Int
  ) {
    guard namespace != nil, namespace == self.namespace else { return }
    if name == nSchema, depth == 2 { isPresent = true }
    guard isPresent, count < Self.declarationsMax else { return }
    if name == nElement, let label = attributes.text(of: nName) {
      count += 1
      if let table = open.last?.name {
        if columns[table] == nil { tables.append(table) }
        let type = attributes.text(of: nJet) ?? attributes.text(of: nType) ?? ""
        columns[table, default: []].append((label, type))
      }
      open.append((depth, label))
    } else if name == nRestriction, let base = attributes.text(of: nBase) {
      let table = open.dropLast().last?.name ?? ""
      if let last = columns[table]?.indices.last, columns[table]?[last].type == "" {
        columns[table]?[last].type = base
      }
    }
  }

  mutating func end(depth: Int) {
    if let last = open.last, last.depth == depth + 1 { open.removeLast() }
  }
}
