import LumbarTestKit
import Testing

@testable import LumbarSettings

@Suite struct SettingTests {
    private func minutes(_ text: String) -> Double? { quantity(text, .minutes) }

    @Test func enumeratesInDeclarationOrder() {
        #expect(
            BendSection().settings.map(\.key) == [
                "enter_angle", "leave_angle", "longest", "in_a_row", "enabled", "label", "mode", "steps",
            ])
        #expect(snakeCase("rateHZLimit") == "rate_hz_limit")
        #expect(snakeCase("over30Seconds") == "over30_seconds")
        #expect(snakeCase("URL") == "url")
    }

    @Test func copiesAreIndependentInCode() {
        let first = BendSection()
        var second = first
        second.enterAngle = 60
        #expect(first.enterAngle == 45)
        #expect(second.enterAngle == 60)
        #expect(second.settings[0].setting.defaultText == "45 deg")
    }

    @Test(
        arguments: [
            ("25", 25.0), ("25min", 25), ("25 min", 25), ("90s", 1.5), ("1h30min", 90), ("1h 30 min", 90),
            ("1.5h", 90),
            ("0.1 min", 0.1), ("6 s", 0.1), ("500ms", 0.5 / 60), ("-2 min", -2), ("1e1", 10), ("1 day", 1440),
            ("+3m", 3),
        ] as [(String, Double)]) func durationsConvert(text: String, expected: Double) throws
    {
        let value = try #require(minutes(text))
        #expect((value - expected).magnitude < 1e-12)
    }

    @Test(arguments: [
        "", "min", "1 30", "30 1h", "1h30", "nan", "inf", "0x10", "1..2", "5 deg", "--5", "- 5 5", "1e", "½",
        "٣", "1_000",
    ]) func othersDoNot(text: String) {
        #expect(minutes(text) == nil)
    }

    @Test func unitsOfOtherKinds() {
        #expect(quantity("45 deg", .degrees) == 45)
        #expect(quantity("45°", .degrees) == 45)
        #expect(quantity("45 deg 3 deg", .degrees) == nil)
        #expect(quantity("45 rad", .degrees) == nil)
        #expect(quantity("2 m", .metres) == 2)
        #expect(quantity("3 m/s", .metresPerSecond) == 3)
        #expect(quantity("1e3", .hertz) == 1000)
    }

    @Test func valuesReadBackAsTheyPrint() throws {
        var random = SplitMix64(seed: 7)
        for _ in 0..<Trials.count(2000) {
            let value = Double.random(in: -1e6...1e6, using: &random)
            let small = value * 1e-9
            for x in [value, small, value.rounded()] {
                let text = Double.text(x, unit: .degrees)
                #expect(try Double.parse(text, limits: -1e7...1e7, unit: .degrees) == x)
            }
        }
    }

    @Test func nearestKnownWord() {
        let words = ["enter_angle", "leave_angle", "enabled"]
        #expect(nearest(to: "enterangle", in: words) == "enter_angle")
        #expect(nearest(to: "Leave-Angle", in: words) == "leave_angle")
        #expect(nearest(to: "enalbed", in: words) == "enabled")
        #expect(nearest(to: "colour", in: words) == nil)
        #expect(nearest(to: "", in: words) == nil)
    }
}
