/// The encodings that delimited files come in.
///
/// The tables hold the characters that the samples use and no more: the same bytes on every
/// machine, whatever converters it has. They follow GB 18030-2005 and Big5 as iconv has them.
enum Charset {
  case utf8, gb18030, big5

  func bytes(_ text: String) -> [UInt8] {
    switch self {
    case .utf8: Array(text.utf8)
    case .gb18030: Self.bytes(text, Self.gb18030Codes)
    case .big5: Self.bytes(text, Self.big5Codes)
    }
  }

  private static func bytes(_ text: String, _ codes: [UInt32: UInt16]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        bytes.append(UInt8(scalar.value))
      } else if let code = codes[scalar.value] {
        bytes.append(UInt8(code >> 8))
        bytes.append(UInt8(code & 0xFF))
      } else {
        preconditionFailure("no code for \(scalar); add it to the table")
      }
    }
    return bytes
  }

  /// Every character with a code, for tests.
  var characters: [(character: Character, code: UInt16)] {
    switch self {
    case .utf8: []
    case .gb18030: Self.pairs(Self.gb18030Table)
    case .big5: Self.pairs(Self.big5Table)
    }
  }

  /// A character followed by four hexadecimal digits, apart by blanks.
  private static func pairs(_ table: String) -> [(Character, UInt16)] {
    table.split(whereSeparator: \.isWhitespace).compactMap { item in
      guard let character = item.first, let code = UInt16(item.dropFirst(), radix: 16) else {
        return nil
      }
      return (character, code)
    }
  }

  private static func codes(_ table: String) -> [UInt32: UInt16] {
    var codes: [UInt32: UInt16] = [:]
    for (character, code) in pairs(table) {
      for scalar in character.unicodeScalars { codes[scalar.value] = code }
    }
    return codes
  }

  private static let gb18030Codes = codes(gb18030Table)
  private static let big5Codes = codes(big5Table)

  private static let gb18030Table = """
    一D2BB 万CDF2 三C8FD 上C9CF 不B2BB 与D3EB 业D2B5 东B6AB 中D6D0 主D6F7 习CFB0 乡CFE7 予D3E8 事CAC2 二B6FE
    云D4C6 五CEE5 亡CDF6 交BDBB 京BEA9 人C8CB 他CBFB 付B8B6 代B4FA 以D2D4 件BCFE 份B7DD 休D0DD 会BBE1 传B4AB
    估B9C0 位CEBB 体CCE5 余D3E0 作D7F7 供B9A9 保B1A3 信D0C5 個8280 傭82F2 傳82F7 傷82FB 僱836C 億837C 元D4AA
    兆D5D7 光B9E2 克BFCB 入C8EB 內83C8 公B9AB 六C1F9 兴D0CB 其C6E4 内C4DA 冊83D4 再D4D9 决BEF6 凭C6BE 出B3F6
    刑D0CC 判C5D0 別8465 别B1F0 力C1A6 办B0EC 加BCD3 务CEF1 动B6AF 務84D5 包B0FC 化BBAF 北B1B1 区C7F8 医D2BD
    區855E 千C7A7 升C9FD 华BBAA 单B5A5 南C4CF 卷BEED 原D4AD 厨B3F8 及BCB0 受CADC 变B1E4 可BFC9 台CCA8 号BAC5
    司CBBE 合BACF 同CDAC 名C3FB 否B7F1 吨B6D6 员D4B1 和BACD 員8654 商C9CC 問8696 單86CE 器C6F7 因D2F2 国B9FA
    國87F8 地B5D8 圳DBDA 圾BBF8 垃C0AC 型D0CD 培C5E0 基BBF9 墨C4AB 处B4A6 外CDE2 天CCEC 失CAA7 女C5AE 始CABC
    媒C3BD 字D7D6 存B4E6 安B0B2 完CDEA 宗D7DA 定B6A8 实CAB5 审C9F3 室CAD2 害BAA6 家BCD2 實8C8D 局BED6 层B2E3
    属CAF4 層8CD3 屬8CD9 山C9BD 州D6DD 工B9A4 帳8EA4 年C4EA 广B9E3 庆C7EC 库BFE2 应D3A6 废B7CF 度B6C8 廣8F56
    开BFAA 弃C6FA 式CABD 录C2BC 形D0CE 役D2DB 待B4FD 徒CDBD 态CCAC 急BCB1 性D0D4 恆9061 恒BAE3 息CFA2 惠BBDD
    態9142 憑917B 應91AA 成B3C9 戲91F2 戶91F4 户BBA7 技BCBC 振D5F1 捐BEE8 据BEDD 授CADA 排C5C5 接BDD3 援D4AE
    損9370 播B2A5 支D6A7 收CAD5 放B7C5 故B9CA 救BEC8 教BDCC 数CAFD 整D5FB 數94B5 文CEC4 料C1CF 新D0C2 方B7BD
    无CEDE 日C8D5 时CAB1 明C3F7 易D2D7 星D0C7 是CAC7 時9572 普C6D5 智D6C7 最D7EE 會95FE 月D4C2 有D3D0 服B7FE
    期C6DA 本B1BE 村B4E5 束CAF8 東967C 构B9B9 果B9FB 案B0B8 業9849 構988B 正D5FD 武CEE4 死CBC0 气C6F8 氣9AE2
    水CBAE 汉BABA 池B3D8 污CEDB 汽C6FB 河BAD3 油D3CD 法B7A8 泰CCA9 津BDF2 活BBEE 海BAA3 涉C9E6 深C9EE 渠C7FE
    港B8DB 源D4B4 澳B0C4 火BBF0 灭C3F0 点B5E3 然C8BB 煤C3BA 燃C8BC 物CEEF 状D7B4 狀A0EE 环BBB7 現AC46 理C0ED
    瓦CDDF 生C9FA 用D3C3 电B5E7 男C4D0 當AE94 疗C1C6 發B06C 的B5C4 盒BAD0 盘C5CC 目C4BF 直D6B1 石CAAF 码C2EB
    硒CEF8 硬D3B2 碳CCBC 磅B0F5 社C9E7 票C6B1 离C0EB 科BFC6 积BBFD 称B3C6 移D2C6 程B3CC 稱B751 立C1A2 站D5BE
    章D5C2 第B5DA 算CBE3 管B9DC 米C3D7 类C0E0 粪B7E0 系CFB5 純BC83 級BC89 結BD59 編BE8E 级BCB6 纯B4BF 纸D6BD
    线CFDF 组D7E9 结BDE1 统CDB3 绿C2CC 编B1E0 置D6C3 習C195 职D6B0 联C1AA 聯C293 職C29A 育D3FD 能C4DC 腐B8AF
    臺C55F 色C9AB 華C841 萬C866 蓄D0EE 虚D0E9 虛CC93 號CC96 行D0D0 装D7B0 解BDE2 訂D386 計D38B 訊D38D 註D45D
    話D492 認D54A 證D743 讀D778 计BCC6 订B6A9 训D1B5 记BCC7 许D0ED 证D6A4 读B6C1 调B5F7 費D94D 貿D951 資D959
    贈D99B 账D5CB 贪CCB0 购B9BA 贵B9F3 贸C3B3 费B7D1 资D7CA 车B3B5 转D7AA 辆C1BE 辞B4C7 达B4EF 过B9FD 近BDFC
    远D4B6 退CDCB 途CDBE 遊DF5B 道B5C0 達DF5F 遠DF68 都B6BC 酸CBE1 采B2C9 重D6D8 量C1BF 金BDF0 錶E56C 铅C7A6
    門E954 開E95F 问CECA 阳D1F4 际BCCA 限CFDE 際EB48 障D5CF 離EB78 雲EB85 電EB8A 非B7C7 面C3E6 額EE7E 類EE90
    顧EE99 项CFEE 顾B9CB 额B6EE 飲EF8B 餐B2CD 饮D2FB 香CFE3 验D1E9 點FC63 鼓B9C4 （A3A8 ）A3A9 ，A3AC ：A3BA
    """

  private static let big5Table = """
    一A440 万C945 三A454 上A457 不A4A3 与C94F 中A4A4 主A544 予A4A9 事A8C6 二A447 云A4AA 五A4AD 亡A460 交A5E6
    京A8CA 人A448 他A54C 付A549 代A54E 以A548 件A5F3 份A5F7 休A5F0 估A6F4 位A6EC 体CA5E 余A745 作A740 供A8D1
    保AB4F 信AB48 個ADD3 傭B6C4 傳B6C7 傷B6CB 僱B9B5 億BBF5 元A4B8 兆A5FC 光A5FA 克A74A 入A44A 內A4BA 公A4BD
    六A4BB 其A8E4 冊A555 再A641 出A558 刑A644 判A750 別A74F 力A44F 加A55B 務B0C8 包A55D 化A4C6 北A55F 區B0CF
    千A464 升A4C9 南AB6E 卷A8F7 原ADEC 及A4CE 受A8FC 可A569 台A578 司A571 合A658 同A650 名A657 否A75F 吨CAA4
    和A94D 員ADFB 商B0D3 問B0DD 單B3E6 器BEB9 因A65D 國B0EA 地A661 圳A660 圾A7A3 垃A955 型ABAC 培B0F6 基B0F2
    墨BEA5 外A57E 天A4D1 失A5A2 女A46B 始A96C 媒B443 字A672 存A673 安A677 完A7B9 宗A976 定A977 室ABC7 害AE60
    家AE61 實B9EA 局A7BD 層BC68 屬C4DD 山A473 州A67B 工A475 帳B162 年A67E 度ABD7 廣BC73 式A6A1 形A7CE 役A7D0
    待ABDD 徒AE7B 急ABE6 性A9CA 恆ABED 息AEA7 惠B466 態BA41 憑BECC 應C0B3 成A6A8 戲C0B8 戶A4E1 技A7DE 振AEB6
    捐AEBD 据D575 授B1C2 排B1C6 接B1B5 援B4A9 損B76C 播BCBD 支A4E4 收A6AC 放A9F1 故AC47 救B1CF 教B1D0 整BEE3
    數BCC6 文A4E5 料AEC6 新B773 方A4E8 日A4E9 明A9FA 易A9F6 星AC50 是AC4F 時AEC9 普B4B6 智B4BC 最B3CC 會B77C
    月A4EB 有A6B3 服AA41 期B4C1 本A5BB 村A7F8 束A7F4 東AA46 构CCDB 果AA47 案AED7 業B77E 構BA63 正A5BF 武AA5A
    死A6BA 气C961 氣AEF0 水A4F4 池A6C0 污A6C3 汽A854 河AA65 油AA6F 法AA6B 泰AEF5 津AC7A 活ACA1 海AEFC 涉AF41
    深B260 渠B4EB 港B4E4 源B7BD 澳BF44 火A4F5 然B54D 煤B7D1 燃BF55 物AAAB 狀AAAC 現B27B 理B27A 瓦A5CB 生A5CD
    用A5CE 男A86B 當B7ED 發B56F 的AABA 盒B2B0 目A5D8 直AABD 石A5DB 硒D6B4 硬B577 碳BAD2 磅BD53 社AAC0 票B2BC
    离D6C3 科ACEC 移B2BE 程B57B 稱BAD9 立A5DF 站AFB8 章B3B9 第B2C4 算BAE2 管BADE 米A6CC 系A874 純AFC2 級AFC5
    結B5B2 編BD73 置B86D 習B2DF 聯C170 職C2BE 育A87C 能AFE0 腐BB47 臺BB4F 色A6E2 華B5D8 萬B855 蓄BB57 虛B5EA
    號B8B9 行A6E6 解B8D1 訂AD71 計AD70 訊B054 註B5F9 話B8DC 認BB7B 證C3D2 讀C5AA 費B64F 貿B654 資B8EA 贈C3D8
    近AAF1 退B068 途B37E 遊B943 道B944 達B946 遠BBB7 都B3A3 酸BBC4 采AAF6 重ADAB 量B671 金AAF7 錶BFF6 門AAF9
    開B67D 限ADAD 際BBDA 障BBD9 離C2F7 雲B6B3 電B971 非AB44 面ADB1 額C342 類C3FE 顧C555 飲B6BC 餐C05C 香ADBB
    點C249 鼓B9AA （A15D ）A15E ，A141 ：A147
    """
}
