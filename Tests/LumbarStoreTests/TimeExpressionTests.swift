import LumbarCore
import LumbarReport
import Testing

@Suite struct TimeExpressionTests {
    private func read(_ text: String) -> TimeExpression? {
        TimeExpression(text, now: Samples.noon, today: CivilDate(year: 2026, month: 3, day: 1))
    }

    private func day(_ month: Int, _ day: Int) -> CivilDate { CivilDate(year: 2026, month: month, day: day) }

    @Test func everyFormIsRead() {
        #expect(read("now") == .exact(Samples.noon))
        #expect(read("-2h") == .exact(Samples.noon + .hours(-2)))
        #expect(read("-90min") == .exact(Samples.noon + .minutes(-90)))
        #expect(read("-1d12h30s") == .exact(Samples.noon + .seconds(-129_630)))
        #expect(read("+2h") == .exact(Samples.noon + .hours(2)))
        #expect(read("2 hours 5 min ago") == .exact(Samples.noon + .minutes(-125)))
        #expect(read("3d ago") == .exact(Samples.noon + .hours(-72)))
        #expect(read("@1795255200") == .exact(Samples.noon))
        #expect(read("tomorrow") == .local(day(3, 2), second: 0))
        #expect(read("tomorrow 08:00") == .local(day(3, 2), second: 28_800))
        #expect(read("today") == .local(day(3, 1), second: 0))
        #expect(read("yesterday") == .local(day(2, 28), second: 0))
        #expect(read("yesterday 14:05") == .local(day(2, 28), second: 50_700))
        #expect(read("2026-11-01") == .local(day(11, 1), second: 0))
        #expect(read("2026-11-01 14:00:30") == .local(day(11, 1), second: 50_430))
        #expect(read("2026-11-01T14:00") == .local(day(11, 1), second: 50_400))
        #expect(read("14:00") == .local(day(3, 1), second: 50_400))
    }

    @Test func lengthsAreReadWithTheirUnits() {
        let lengths = [
            ("30m", 1800.0), ("90 min", 5400), ("1h30min", 5400), ("2 hours 30 minutes", 9000),
            ("1d", 86_400),
            ("1w 1s", 604_801), ("0s", 0),
        ]
        for (text, seconds) in lengths {
            #expect(TimeExpression.duration(text) == .seconds(seconds), "\(text)")
        }
        for text in ["", " ", "30", "m", "-5m", "1.5h", "5 apples", "5mm", "1h 30", "9999999h"] {
            #expect(TimeExpression.duration(text) == nil, "\(text)")
        }
    }

    @Test(arguments: [
        "", " ", "tomorrowish", "-", "-2", "-2y", "--2h", "2h", "2026-02-29", "2026-13-01", "2026-1-1",
        "26-01-01",
        "24:00", "12:60", "1:00", "12:00:00:00", "2026-11-01 ", "2026-11-01 noon", "2026-11-01T", "-9999999h",
        "+2", "+-2h", "2 ago", "ago", "-2h ago", "@", "@-5", "@1e3", "@999999999999", "tomorrow ago",
        "12:00 2026-11-01", "٢٠٢٦-١١-٠١", "today today", "2026-11-01 14:00 x",
    ])
    func otherTextsAreRefused(_ text: String) {
        // A date with a space after it is a date.
        #expect((read(text) == nil) == (text != "2026-11-01 "))
    }
}
