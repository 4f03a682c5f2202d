import Testing

@testable import samples

/// The generator's small parts against published values.
struct PartsTests {
  /// First outputs for seed 1234567, as listed for the C reference of SplitMix64.
  @Test func splitMix64() {
    var chance = Chance(seed: 1_234_567)
    #expect(chance.next() == 6_457_827_717_110_365_317)
    #expect(chance.next() == 3_203_168_211_198_807_973)
    #expect(chance.next() == 9_817_491_932_198_370_423)
  }

  /// The check value of CRC-32/ISO-HDLC.
  @Test func crc32() {
    #expect(StoredZip.crc32(Array("123456789".utf8)) == 0xCBF4_3926)
  }

  /// Serial numbers that spreadsheets show for these days.
  @Test func serials() {
    #expect(Date(year: 1900, month: 3, day: 1).serial == 61)
    #expect(Date(year: 2000, month: 1, day: 1).serial == 36526)
    #expect(Date(year: 2021, month: 1, day: 1).serial == 44197)
    #expect(Date(year: 2021, month: 12, day: 31).serial == 44561)
  }

  @Test func amounts() {
    #expect(Amount.text(1_234_500) == "1234.5")
    #expect(Amount.text(-58_200) == "-58.2")
    #expect(Amount.text(7) == "0.007")
    #expect(Amount.text(366_100, movedLeft: 4) == "0.03661")
    #expect(Amount.text(2_000) == "2")
  }
}
