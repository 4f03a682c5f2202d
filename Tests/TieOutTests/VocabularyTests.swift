import Exact
import Testing

@testable import TieOut

@Suite("vocabulary")
struct VocabularyTests {
  @Test("the lists that come with the program are read")
  func standard() {
    let vocabulary = Vocabulary.standard
    #expect(vocabulary.standards.count > 30)
    #expect(vocabulary.codes["MW.h"]?.base == "kW.h")
    #expect(vocabulary.indexCodes.contains { $0.framework == "HKEX" && $0.code == "B6.5" })
    #expect(vocabulary.indexCodes.contains { $0.framework == "GRI" && $0.code == "403-10" })
  }

  @Test("a row that cannot be read is named")
  func refused() {
    let files = ["units": "# units\n噸\tt\tmany\tt\tamount\n"]
    #expect(throws: VocabularyError(file: "units", line: 2)) { try Vocabulary(files: files) }
    #expect(throws: VocabularyError(file: "nouns", line: 1)) {
      try Vocabulary(files: ["nouns": "學校\n"])
    }
  }

  @Test("folding keeps positions, and folds full width and script")
  func folding() {
    let folding = Vocabulary.standard.folding
    let folded = folding.fold("５０％億萬臺，")
    #expect(folded == "50%亿万台，".unicodeScalars.map(\.value))
  }

  @Test("a scale before a unit and one unit over another are brought to a base")
  func measures() {
    let measure = { (code: String) in Measure(code, .standard) }
    #expect(measure("10*8.{CNY}").factor.description == "100000000")
    #expect(measure("Mt{CO2e}") == measure("10*6.t"))
    #expect(measure("MW.h/(10*6.{CNY})").base == "kW.h/{CNY}")
    #expect(measure("{school}") == measure("{person}"))
    #expect(measure("{person-time}") != measure("{person}"))
  }
}
