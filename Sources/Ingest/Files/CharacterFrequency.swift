/// Which encoding makes the likeliest text of bytes that are no UTF-8.
enum CharacterFrequency {
  /// The multi-byte encoding whose text holds the most familiar characters; nil if none fits.
  static func eastAsian(_ bytes: [UInt8]) -> String? {
    let names = ["BIG5-HKSCS", "GB18030", "CP932", "EUC-JP"]
    let scores = names.compactMap { name in
      TranscodingInput.decode(bytes, as: name).map { (name: name, score: familiarity($0, name)) }
    }
    // On a tie the first, for Chinese tables are the commoner ones here.
    var best: (name: String, score: Int)?
    for score in scores where score.score > (best?.score ?? 0) { best = score }
    return best?.name
  }

  /// Per mille of non-ASCII characters that are among the commonest of tables and headings.
  ///
  /// Kana are familiar in Japanese encodings; GB18030 has them as well, but shows them beside
  /// Chinese characters that nobody uses.
  private static func familiarity(_ text: String, _ name: String) -> Int {
    let isJapanese = name == "CP932" || name == "EUC-JP"
    var foreign = 0
    var familiar = 0
    var runs = 0
    var gluedRuns = 0
    var last: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      let isRun = last.value > 127
      if scalar.value > 127, !isRun { runs += 1 }
      if scalar.value > 127 ? !isRun && isLower(last) : isRun && isLower(scalar) { gluedRuns += 1 }
      last = scalar
      guard scalar.value > 127 else { continue }
      foreign += 1
      switch scalar.value {
      case 0x3041...0x30FF: familiar += isJapanese ? 1 : 0
      // Half-width katakana are what Chinese bytes look like in Shift_JIS.
      case 0xFF61...0xFF9F: break
      default:
        if common.contains(scalar) || (isJapanese && japanese.contains(scalar)) { familiar += 1 }
      }
    }
    // `Größe` read so has its foreign characters inside words of Latin letters.
    guard foreign > 0, gluedRuns * 2 <= runs else { return 0 }
    return familiar * 1000 / foreign
  }

  private static func isLower(_ scalar: Unicode.Scalar) -> Bool { ("a"..."z").contains(scalar) }

  private static let common = Set(
    ("的一是不了在人有我他這这中大来來上国國个個到说說们們为為子和你地出道也时时年得就那要下以生会會"
      + "日期月份公司用水电電量单單位编編号號名称稱項项目合計计总總部门門类類别別数數值表备備注註"
      + "噸吨立方米度千瓦時小時员員工性男女职職金额額元港币幣人民地址城市区區省址点點读讀起止"
      + "供应應商客户戶编編码碼状狀态態来源說明本上下期初末实實际際估算抄表账賬单單").unicodeScalars)
  private static let japanese = Set(
    "気売円税込業務所課店舗区分済考品価県町村給使料社株式営検針指前今回次検室階棟東西南北".unicodeScalars)

  /// Windows-1251 or KOI8-R, if the text reads as Russian or its neighbours write it.
  ///
  /// Ten letters make 60 % of Russian text; of bytes at random they would make a sixth. Words count
  /// once: one Chinese word in every row would reach the share by itself (线上 is `оъио` in KOI8-R).
  static func cyrillic(_ bytes: [UInt8]) -> String? {
    var best: (name: String, share: Int) = ("", 0)
    for name in ["WINDOWS-1251", "KOI8-R"] {
      guard let text = TranscodingInput.decode(bytes, as: name) else { continue }
      let words = Set(text.unicodeScalars.split { $0.value <= 127 }.map { Array($0) })
      let foreign = words.joined()
      guard foreign.count >= 8 else { continue }
      let letters = foreign.count { frequent.contains($0) }
      let share = letters * 1000 / foreign.count
      if share > best.share { best = (name, share) }
    }
    return best.share >= 450 ? best.name : nil
  }

  private static let frequent = Set("оеаинтсрвл".unicodeScalars)
}
