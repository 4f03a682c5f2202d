import Trail

/// A whole page: one file without script that loads nothing.
struct HTMLDocument {
  let path: String
  let html: String

  /// - Parameters:
  ///   - path: in the pack.
  ///   - footer: printed at the foot of each sheet, beside page x of y.
  init(
    path: String, title: String, footer: String, navigation: [HTML], main: [HTML],
    language: String = "en"
  ) {
    self.path = path
    let style = StyleSheet.text(footer: footer)
    let policy =
      "default-src 'none'; style-src 'sha256-\(Digest(ofText: style).base64)'; img-src data:; "
      + "base-uri 'none'; form-action 'none'"
    var body = ""
    HTML.element(
      .body, [],
      [
        .element(.a, [.style(.skip), .link("#main")], ["Skip to content"]),
        navigation.isEmpty ? .group([]) : .element(.header, [], navigation),
        .element(.main, [.id("main")], main),
        .element(.footer, [], [.text(footer)]),
      ]
    ).write(to: &body)
    var name = ""
    HTML.text(title).write(to: &name)
    var document = "<!doctype html>\n<html lang=\"\(language)\">\n<head>\n"
    // Policy and digest hold no character that needs escaping.
    document += "<meta http-equiv=\"Content-Security-Policy\" content=\"\(policy)\">\n"
    document += "<meta charset=\"utf-8\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
    document += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    document += "<title>\(name)</title>\n<style>\(style)</style>\n</head>\n"
    html = document + body + "</html>\n"
  }

  /// The relative address of one file of the pack as seen from another.
  static func relative(from page: String, to target: String) -> String {
    let from = page.split(separator: "/").dropLast()
    let to = target.split(separator: "/")
    var common = 0
    while common < from.count, common < to.count - 1, from[common] == to[common] { common += 1 }
    let up = Array(repeating: "..", count: from.count - common)
    return (up + to[common...].map(String.init)).joined(separator: "/")
  }
}
