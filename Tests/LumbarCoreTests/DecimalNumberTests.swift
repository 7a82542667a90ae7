import LumbarTestKit
import Testing

@testable import LumbarCore

@Suite struct DecimalNumberTests {
    private func number(_ text: String) -> DecimalNumber? {
        Array(text.utf8).withUnsafeBytes { bytes in
            var index = 0
            guard let number = DecimalNumber(bytes, from: &index), index == bytes.count else { return nil }
            return number
        }
    }

    @Test(arguments: ["0", "-0", "+1", "1.", ".5", "-.5e1", "1e5", "1E-5", "00012.500", "9007199254740993e0"])
    func acceptsNumbers(text: String) {
        #expect(number(text) != nil)
    }

    @Test(arguments: [
        "", "+", "-", ".", "e5", "1e", "1e+", "--1", "+-1", "nan", "inf", "0x10", "1,5", "1 2", "1_000",
    ])
    func refusesEverythingElse(text: String) {
        #expect(number(text) == nil)
    }

    @Test func exactDoubleEqualsTheStandardLibraryWhereverItAnswers() throws {
        var random = SplitMix64(seed: 21)
        var answered = 0
        for _ in 0..<Trials.count(20_000) {
            let digits = Int.random(in: 1...20, using: &random)
            var text = Bool.random(using: &random) ? "-" : ""
            let point = Int.random(in: 0...digits, using: &random)
            for position in 0..<digits {
                if position == point { text += "." }
                text += String(Int.random(in: 0...9, using: &random))
            }
            if Int.random(in: 0..<4, using: &random) == 0 {
                text += "e" + String(Int.random(in: -30...30, using: &random))
            }
            guard let value = number(text)?.exactDouble else { continue }
            answered += 1
            let expected = try #require(Double(text))
            #expect(value.bitPattern == expected.bitPattern, "\(text)")
        }
        #expect(answered > Trials.count(12_000))
    }

    @Test func leavesTheHardCasesToTheStandardLibrary() {
        #expect(number("9007199254740993")?.exactDouble == nil)
        #expect(number("0.12345678901234567890")?.exactDouble == nil)
        #expect(number("1e23")?.exactDouble == nil)
        // But trailing zeros are no hardship, and zero is zero whatever its exponent.
        #expect(number("1.000000000000000000e+00")?.exactDouble == 1)
        #expect(number("-0e99999999999999999999")?.exactDouble?.sign == .minus)
    }

    @Test func shiftsToIntegersExactly() {
        #expect(number("12.340")?.integer(shiftedBy: 9) == 12_340_000_000)
        #expect(number("0.000000001")?.integer(shiftedBy: 9) == 1)
        #expect(number("0.0000000015")?.integer(shiftedBy: 9) == 2)
        #expect(number("-0.0000000014")?.integer(shiftedBy: 9) == -1)
        // 0.1 + 0.2 and its like: a Double would be off by one here.
        #expect(number("1732183632.123456789")?.integer(shiftedBy: 9) == 1_732_183_632_123_456_789)
        #expect(number("1732183632.123456789987654321")?.integer(shiftedBy: 9) == 1_732_183_632_123_456_790)
        #expect(number("1.732183632123456789e9")?.integer(shiftedBy: 9) == 1_732_183_632_123_456_789)
        #expect(number("00000000000000000000000.5")?.integer(shiftedBy: 3) == 500)
        #expect(number("9223372036.854775807")?.integer(shiftedBy: 9) == .max)
        #expect(number("9223372036.854775808")?.integer(shiftedBy: 9) == nil)
        #expect(number("12345678901234567890123")?.integer(shiftedBy: 0) == nil)
        #expect(number("1e99999")?.integer(shiftedBy: 9) == nil)
        #expect(number("1e-99999")?.integer(shiftedBy: 9) == 0)
        #expect(number("0e99999")?.integer(shiftedBy: 9) == 0)
    }
}
