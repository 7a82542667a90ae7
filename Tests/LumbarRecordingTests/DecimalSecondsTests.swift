import LumbarCore
import LumbarTestKit
import Testing

@Suite("Exact seconds from decimal text")
struct DecimalSecondsTests {
    @Test(
        "numbers",
        arguments: [
            ("0", 0), ("12.34", 12_340_000_000), ("-0.5", -500_000_000), ("+1", 1_000_000_000),
            (".25", 250_000_000),
            ("7.", 7_000_000_000), ("1e-05", 10_000), ("1.5E3", 1_500_000_000_000), ("0.0000000014", 1),
            ("0.0000000015", 2), ("-0.0000000015", -2), ("0.00000000149999999999999999", 1),
            ("1732180000.123456789", 1_732_180_000_123_456_789), (" 3 ", 3_000_000_000),
            ("0.000000000000000000000000000001", 0), ("000000000000000000000001", 1_000_000_000),
            ("9223372036.854775807", Int64.max), ("0e999999999999", 0), ("1e-999999999999", 0),
        ])
    func numbers(text: String, expected: Int64) {
        #expect(DecimalText.nanoseconds(fromSeconds: text) == expected)
    }

    @Test(
        "what is no number, or too large",
        arguments: [
            "", " ", "-", ".", "1.2.3", "1e", "1e+", "0x1", "nan", "inf", "1 2", "9223372036.854775808",
            "1e30",
        ])
    func refused(text: String) {
        #expect(DecimalText.nanoseconds(fromSeconds: text) == nil)
    }

    @Test("other units")
    func units() {
        let text = Array("1732180000123456789".utf8)
        #expect(
            text.withUnsafeBytes { DecimalText.nanoseconds(from: $0, unitExponent: 0) }
                == 1_732_180_000_123_456_789)
        let half = Array("1.5".utf8)
        #expect(half.withUnsafeBytes { DecimalText.nanoseconds(from: $0, unitExponent: 6) } == 1_500_000)
        #expect(half.withUnsafeBytes { DecimalText.nanoseconds(from: $0, unitExponent: 0) } == 2)
    }

    @Test("what is printed is read back", arguments: 0..<Trials.count(500))
    func roundTrip(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let value =
            Int64.random(in: .min + 1 ... .max, using: &random) >> Int64.random(in: 0...60, using: &random)
        #expect(DecimalText.nanoseconds(fromSeconds: DecimalText.seconds(nanoseconds: value)) == value)
    }
}
