import Assurance

/// Which cell formats of a workbook show dates.
struct StyleDates {
  /// By the cell's style number.
  private var isDate: [Bool] = []

  subscript(style: Int) -> Bool { style >= 0 && style < isDate.count && isDate[style] }

  static func read(_ package: ZipPackage, part: String?) throws -> StyleDates {
    guard let input = try package.input(part ?? "xl/styles.xml") else { return StyleDates() }
    let handler = StylesHandler(bounds: package.bounds)
    try XMLReader.parse(input, handler: handler, place: "\(package.name), styles")
    var styles = StyleDates()
    // Once a code, not once a style: both can be many.
    let codes = handler.codes.mapValues { NumberFormat.isDate($0) }
    styles.isDate = handler.formats.map { codes[$0] ?? NumberFormat.builtInDates.contains($0) }
    return styles
  }
}

/// Number format codes (ECMA-376 part 1, 18.8.30 and 18.8.31).
enum NumberFormat {
  /// Dates, times, and the East Asian dates that the standard lists by language.
  static let builtInDates = Set([14...22, 27...36, 45...47, 50...58].joined())

  /// Whether a code shows a date or time: it has a `d`, `m`, `y`, `h` or `s` that is neither
  /// quoted, escaped, padding nor in brackets; elapsed time (`[h]`) counts.
  static func isDate(_ code: String) -> Bool {
    var scalars = Array(code.lowercased().unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\"":
        scalars = scalars.drop { $0 != "\"" }.dropFirst()
      case "\\", "_", "*": scalars = scalars.dropFirst()
      case "[":
        let inside = scalars.prefix { $0 != "]" }
        if !inside.isEmpty, inside.allSatisfy({ $0 == "h" || $0 == "m" || $0 == "s" }) {
          return true
        }
        scalars = scalars.dropFirst(inside.count + 1)
      case "d", "m", "y", "h", "s": return true
      case "g":
        // `General` and the era code `g`, which never stands without a year.
        if String(String.UnicodeScalarView(scalars.prefix(6))) == "eneral" {
          scalars = scalars.dropFirst(6)
        }
      case ";":
        // What follows shapes negatives and zero; the first section decides.
        return false
      default: break
      }
    }
    return false
  }
}

private final class StylesHandler: XMLHandler {
  private(set) var codes: [Int: String] = [:]
  private(set) var formats: [Int] = []
  private var inCellFormats = false
  private var nFormat, nFormats, nCell, nId, nCode: XMLName?

  override func prepare() {
    nFormat = name("numFmt")
    nFormats = name("cellXfs")
    nCell = name("xf")
    nId = name("numFmtId")
    nCode = name("formatCode")
  }

  override func start(_ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    if name == nFormat {
      if let id = attributes.integer(of: nId), let code = label(attributes, nCode) {
        guard codes.count < bounds.formatsMax else { return failCount(bounds.formatsMax) }
        codes[id] = code
      }
    } else if name == nFormats {
      inCellFormats = true
    } else if name == nCell, inCellFormats {
      guard formats.count < bounds.stylesMax else { return failCount(bounds.stylesMax) }
      formats.append(attributes.integer(of: nId) ?? 0)
    }
  }

  override func end(_ name: XMLName, _ namespace: XMLName?) {
    if name == nFormats { inCellFormats = false }
  }

  private func failCount(_ bound: Int) {
    fail(
      "too-many-styles", "the workbook has more cell or number formats than the bound of \(bound)",
      remedy: "ask who made the file")
  }
}
