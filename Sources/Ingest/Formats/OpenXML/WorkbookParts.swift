import Assurance

/// What a workbook says of itself: its sheets in order, and where its parts lie.
struct WorkbookParts {
  struct Sheet {
    let name: String
    let part: String
    let visibility: Visibility
  }

  private(set) var sheets: [Sheet] = []
  private(set) var is1904 = false
  private(set) var stringsPart: String?
  private(set) var stylesPart: String?
  private var names: [WorkbookPart] = []
  /// The parts of other workbooks, in the order in which formulas number them from 1.
  private var linkParts: [String] = []
  private var macroSheets: [String] = []

  static func read(_ package: ZipPackage) throws -> WorkbookParts {
    let roots = try Relations.read(package, of: "")
    let main =
      roots.first { $0.type.hasSuffix("/officeDocument") }?.target ?? "xl/workbook.xml"
    guard let input = try package.input(main) else {
      throw AssureError(
        "xlsx-part-missing", place: package.name, "the archive has no workbook",
        remedy: "open the file in a spreadsheet program and save it again")
    }
    let handler = WorkbookHandler(bounds: package.bounds)
    try XMLReader.parse(input, handler: handler, place: package.name)
    let relations = try Relations.read(package, of: main)
    var parts = WorkbookParts()
    parts.is1904 = handler.is1904
    parts.stringsPart = relations.first { $0.type.hasSuffix("/sharedStrings") }?.target
    parts.stylesPart = relations.first { $0.type.hasSuffix("/styles") }?.target
    let byId = Dictionary(relations.map { ($0.id, $0) }) { first, _ in first }
    parts.names = handler.parts
    parts.linkParts = handler.links.compactMap { id in byId[id]?.target }
    for sheet in handler.sheets {
      // Chart and dialogue sheets hold no cells.
      guard let relation = byId[sheet.relation] else {
        throw AssureError(
          "xlsx-part-missing", place: "\(package.name), \(sheet.name)",
          "the workbook does not say where this sheet lies",
          remedy: "open the file in a spreadsheet program and save it again")
      }
      if relation.type.hasSuffix("acrosheet") { parts.macroSheets.append(sheet.name) }
      guard relation.type.hasSuffix("/worksheet") else { continue }
      parts.sheets.append(
        Sheet(name: sheet.name, part: relation.target, visibility: sheet.visibility))
    }
    return parts
  }

  /// What a reader of the tables should know about the rest of the archive.
  func remarks(_ package: ZipPackage) -> [Remark] {
    var remarks: [Remark] = []
    let names = package.entries.keys
    if names.contains(where: { $0.hasSuffix("vbaproject.bin") }) || !macroSheets.isEmpty {
      remarks.append(Remark(code: "macros-present", message: "the file holds macros; none was run"))
    }
    if names.contains(where: { $0.contains("externallinks/") && $0.hasSuffix(".xml") }) {
      remarks.append(.link)
    }
    if names.contains(where: { $0.hasSuffix("/connections.xml") }) {
      remarks.append(
        Remark(
          code: "data-connections", message: "the file holds data connections; none was opened"))
    }
    return remarks
  }

  /// Names, macros and files linked, for those who ask.
  func parts(_ package: ZipPackage) throws -> [WorkbookPart] {
    var parts = names
    for name in package.entries.keys.sorted() where name.hasSuffix("vbaproject.bin") {
      parts.append(.macros(name))
    }
    for sheet in macroSheets { parts.append(.macros("sheet " + sheet)) }
    for (index, part) in linkParts.enumerated() {
      let target = try Relations.external(package, of: part).first ?? part
      parts.append(.link(target, number: index + 1))
    }
    if is1904 { parts.append(.unusualDates) }
    return parts
  }
}

private final class WorkbookHandler: XMLHandler {
  private(set) var sheets: [(name: String, relation: String, visibility: Visibility)] = []
  private var sheetNames: Set<String> = []
  private(set) var is1904 = false
  private(set) var parts: [WorkbookPart] = []
  /// Relation identifiers of other workbooks.
  private(set) var links: [String] = []
  private var definition: (name: String, sheet: Int?, isHidden: Bool)?
  private var text: [UInt8] = []
  private var nSheet, nProperties, nName, nId, nState, nDate, nDefined, nLocal, nHidden: XMLName?
  private var nLink, nCalculation, nMode, nPrecision: XMLName?

  override func prepare() {
    nSheet = name("sheet")
    nProperties = name("workbookPr")
    nName = name("name")
    nId = name("id")
    nState = name("state")
    nDate = name("date1904")
    nDefined = name("definedName")
    nLocal = name("localSheetId")
    nHidden = name("hidden")
    nLink = name("externalReference")
    nCalculation = name("calcPr")
    nMode = name("calcMode")
    nPrecision = name("fullPrecision")
  }

  override func text(_ text: UnsafePointer<UInt8>, _ count: Int) {
    guard definition != nil, self.text.count <= FormulaParser.bytesMax else { return }
    self.text.append(contentsOf: UnsafeBufferPointer(start: text, count: count))
  }

  override func end(_ name: XMLName, _ namespace: XMLName?) {
    guard name == nDefined, let found = definition else { return }
    definition = nil
    guard parts.count < bounds.pathsMax else { return }
    // Names come after the sheets they are counted by.
    let sheet = found.sheet.flatMap { $0 < sheets.count ? sheets[$0].name : nil }
    parts.append(
      .name(
        found.name, formula: String(decoding: text, as: UTF8.self), sheet: sheet, syntax: .a1,
        isHidden: found.isHidden))
  }

  override func start(_ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    if name == nDefined {
      let hidden = attributes.value(of: nHidden)
      definition = (
        attributes.text(of: nName) ?? "", attributes.integer(of: nLocal),
        hidden?.equals("1") == true || hidden?.equals("true") == true
      )
      text.removeAll(keepingCapacity: true)
    } else if name == nLink {
      if links.count < bounds.zipEntriesMax { links.append(attributes.text(of: nId) ?? "") }
    } else if name == nCalculation {
      if attributes.value(of: nMode)?.equals("manual") == true { parts.append(.manualCalculation) }
      let full = attributes.value(of: nPrecision)
      if full?.equals("0") == true || full?.equals("false") == true {
        parts.append(.precisionAsShown)
      }
    } else if name == nProperties {
      let flag = attributes.value(of: nDate)
      is1904 = flag?.equals("1") == true || flag?.equals("true") == true
    } else if name == nSheet {
      guard sheets.count < bounds.tablesMax else {
        return fail(
          "too-many-tables", "the file has more sheets than the bound of \(bounds.tablesMax)",
          remedy: "split it")
      }
      let visibility: Visibility =
        switch attributes.text(of: nState) {
        case "hidden": .hidden
        case "veryHidden": .veryHidden
        default: .visible
        }
      let name = label(attributes, nName) ?? "Sheet\(sheets.count + 1)"
      guard sheetNames.insert(name).inserted else { return failSheet(name) }
      sheets.append(
        (
          name,
          label(attributes, nId) ?? "", visibility
        ))
    }
  }
}

/// The relations of a part: identifiers to other parts of the archive.
enum Relations {
  struct Relation {
    let id: String
    let type: String
    /// The part's name from the root of the archive.
    let target: String
  }

  /// Reads `folder/_rels/name.rels`; none if there is no such entry.
  static func read(_ package: ZipPackage, of part: String) throws -> [Relation] {
    let folder = part.split(separator: "/").dropLast().joined(separator: "/")
    return try handler(package, of: part).found.filter { !$0.isExternal }.map {
      Relation(id: $0.id, type: $0.type, target: resolve($0.target, in: folder))
    }
  }

  /// The targets outside the archive, as they are written; never opened.
  static func external(_ package: ZipPackage, of part: String) throws -> [String] {
    try handler(package, of: part).found.filter(\.isExternal).map(\.target)
  }

  private static func handler(_ package: ZipPackage, of part: String) throws -> RelationHandler {
    let steps = part.split(separator: "/").map(String.init)
    let folder = steps.dropLast().joined(separator: "/")
    let name = (folder.isEmpty ? "" : folder + "/") + "_rels/" + (steps.last ?? "") + ".rels"
    let handler = RelationHandler(bounds: package.bounds)
    if let input = try package.input(name) {
      try XMLReader.parse(input, handler: handler, place: "\(package.name), \(name)")
    }
    return handler
  }

  /// A target relative to a folder of the archive, `..` and `/` honoured; only ever a label.
  private static func resolve(_ target: String, in folder: String) -> String {
    let plain = target.split(separator: "\\").joined(separator: "/")
    guard target.first != "/", target.first != "\\" else { return plain }
    var steps = folder.split(separator: "/").map(String.init)
    for step in plain.split(separator: "/") where step != "." {
      if step == ".." { _ = steps.popLast() } else { steps.append(String(step)) }
    }
    return steps.joined(separator: "/")
  }
}

private final class RelationHandler: XMLHandler {
  private(set) var found: [(id: String, type: String, target: String, isExternal: Bool)] = []
  private var nRelationship, nId, nType, nTarget, nMode: XMLName?

  override func prepare() {
    nRelationship = name("Relationship")
    nId = name("Id")
    nType = name("Type")
    nTarget = name("Target")
    nMode = name("TargetMode")
  }

  override func start(_ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    guard name == nRelationship else { return }
    guard found.count < bounds.zipEntriesMax else {
      return fail(
        "too-many-relations", "a part has more relations than the bound of \(bounds.zipEntriesMax)",
        remedy: "ask who made the file")
    }
    let isExternal = attributes.value(of: nMode)?.equals("External") == true
    // Addresses outside the file are named and never followed, however long they are.
    let target =
      isExternal
      ? attributes.text(of: nTarget).map { String($0.prefix(1000)) } : label(attributes, nTarget)
    found.append(
      (
        label(attributes, nId) ?? "", label(attributes, nType) ?? "",
        target ?? "", isExternal
      ))
  }
}
