import Exact
import Testing

@testable import TieOut

@Suite("Chinese numerals")
struct ChineseNumeralTests {
  /// The slow, obvious way: spell every number and read it back.
  private static func spelled(_ number: Int) -> String {
    let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
    let units = ["", "十", "百", "千"]
    var text = ""
    var gap = false
    for place in stride(from: 3, through: 0, by: -1) {
      let power = [1, 10, 100, 1000][place]
      let digit = number / power % 10
      if digit == 0 {
        gap = !text.isEmpty
      } else {
        if gap { text += "零" }
        gap = false
        text += digits[digit] + units[place]
      }
    }
    return text
  }

  @Test("every number up to 9,999 is read as it is spelled, alone and in ten thousands")
  func all() {
    for number in 1...9999 {
      let text = Self.spelled(number)
      let scalars = text.unicodeScalars.map(\.value)
      #expect(ChineseNumeral.read(scalars, at: 0)?.value == ExactDecimal(number), "\(text)")
      if number % 37 == 0 {
        let large = (text + "万").unicodeScalars.map(\.value)
        #expect(ChineseNumeral.read(large, at: 0)?.value == ExactDecimal(number * 10_000))
      }
    }
  }

  @Test("十五, 千億, 二零二一")
  func forms() {
    let read = { (text: String) in
      ChineseNumeral.read(text.unicodeScalars.map(\.value), at: 0)?.value.description
    }
    #expect(read("十五") == "15")
    #expect(read("千亿") == "100000000000")
    #expect(read("二零二一") == "2021")
    #expect(read("一亿二千万") == "120000000")
  }
}
