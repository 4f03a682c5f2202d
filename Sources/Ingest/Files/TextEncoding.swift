/// The encoding of a text file, told from its bytes.
struct TextEncoding: Sendable {
  /// The name iconv knows it by.
  let name: String
  /// Bytes of a byte order mark.
  let mark: Int
  /// Whether the bytes prove it, or it is only the likeliest.
  let isCertain: Bool

  /// Tells the encoding of a file from its first bytes.
  ///
  /// A mark decides; then text that is UTF-8 is UTF-8; then zero bytes at every second place mean
  /// UTF-16; else GB18030 and Big5 are tried, and the one whose text holds more of the characters
  /// that every Chinese table holds wins; else Windows-1252.
  static func detect(_ bytes: [UInt8], isWhole: Bool) -> TextEncoding {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return .init(name: "UTF-8", mark: 3) }
    if bytes.starts(with: [0xFF, 0xFE]) { return .init(name: "UTF-16LE", mark: 2) }
    if bytes.starts(with: [0xFE, 0xFF]) { return .init(name: "UTF-16BE", mark: 2) }
    if let wide = wide(bytes) { return wide }
    if TranscodingInput.decode(bytes, as: "UTF-8") != nil {
      return TextEncoding(name: "UTF-8", mark: 0, isCertain: true)
    }
    let scores = ["BIG5-HKSCS", "GB18030"].compactMap { name in
      TranscodingInput.decode(bytes, as: name).map { (name: name, score: familiarity($0)) }
    }
    if let best = scores.max(by: { $0.score < $1.score }), best.score > 0 {
      return TextEncoding(name: best.name, mark: 0, isCertain: false)
    }
    return TextEncoding(name: "WINDOWS-1252", mark: 0, isCertain: false)
  }

  private init(name: String, mark: Int, isCertain: Bool = true) {
    self.name = name
    self.mark = mark
    self.isCertain = isCertain
  }

  /// An encoding somebody names.
  init(named name: String, mark: Int) { self.init(name: name, mark: mark) }

  private static func wide(_ bytes: [UInt8]) -> TextEncoding? {
    let sample = bytes.prefix(2048)
    guard sample.count >= 4 else { return nil }
    let even = stride(from: 0, to: sample.count, by: 2).count { sample[$0] == 0 }
    let odd = stride(from: 1, to: sample.count, by: 2).count { sample[$0] == 0 }
    let half = sample.count / 2
    if odd * 10 > half * 4, even * 10 < half { return TextEncoding(name: "UTF-16LE", mark: 0) }
    if even * 10 > half * 4, odd * 10 < half { return TextEncoding(name: "UTF-16BE", mark: 0) }
    return nil
  }

  /// Per mille of non-ASCII characters that are among the commonest of tables and headings.
  private static func familiarity(_ text: String) -> Int {
    var foreign = 0
    var familiar = 0
    for scalar in text.unicodeScalars where scalar.value > 127 {
      foreign += 1
      if common.contains(scalar) { familiar += 1 }
    }
    return foreign == 0 ? 0 : familiar * 1000 / foreign
  }

  private static let common = Set(
    ("的一是不了在人有我他这這中大来來上国國个個到说說们們为為子和你地出道也时時年得就那要下以生会會"
      + "日期月份公司用水电電量单單位编編号號名称稱项項目合计計总總部门門类類别別数數值表备備注註"
      + "噸吨立方米度千瓦時小時员員工性男女职職金额額元港币幣人民地址城市区區省址点點读讀起止"
      + "供应應商客户戶编碼码状狀态態来源說明本上下期初末实實际際估算抄表账賬单單").unicodeScalars)
}
