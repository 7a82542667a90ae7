import LumbarCore
import Testing

/// Zone changes are taken from the public zone database (tz), as UTC seconds.
@Suite struct WallClockTests {
    private static func rule(_ name: String, _ before: Int, _ change: Int64, _ after: Int) -> ZoneRule {
        ZoneRule(
            name: name, offsetSeconds: before, change: WallTime(unixSeconds: change),
            offsetAfterSeconds: after)
    }

    private static func date(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
        CivilDate(year: year, month: month, day: day)
    }

    private static func utc(_ date: CivilDate, _ hour: Int64, _ minute: Int64 = 0) -> Int64 {
        date.daysSinceEpoch * 86400 + hour * 3600 + minute * 60
    }

    private static let amsterdamSpring = rule("Europe/Amsterdam", 3600, utc(date(2026, 3, 29), 1), 7200)
    private static let amsterdamAutumn = rule("Europe/Amsterdam", 7200, utc(date(2026, 10, 25), 1), 3600)
    private static let saoPauloSpring = rule("America/Sao_Paulo", -10800, utc(date(2018, 11, 4), 3), -7200)
    private static let saoPauloAutumn = rule("America/Sao_Paulo", -7200, utc(date(2018, 2, 18), 2), -10800)
    private static let lordHowe = rule(
        "Australia/Lord_Howe", 37800, utc(date(2026, 10, 3), 15, 30), 39600)
    private static let apia = rule("Pacific/Apia", -36000, utc(date(2011, 12, 30), 10), 50400)

    @Test func civilDatesRoundTripOverFourHundredYears() {
        var expected = Self.date(1900, 1, 1)
        let first = expected.daysSinceEpoch
        for day in first...(first + 146_097) {
            let date = CivilDate(daysSinceEpoch: day)
            #expect(date == expected)
            #expect(date.daysSinceEpoch == day)
            expected = Self.dayAfter(expected)
        }
        #expect(expected == Self.date(2300, 1, 2))
    }

    /// The calendar as it is taught.
    private static func dayAfter(_ date: CivilDate) -> CivilDate {
        let isLeap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        if date.day < lengths[date.month - 1] { return Self.date(date.year, date.month, date.day + 1) }
        if date.month < 12 { return Self.date(date.year, date.month + 1, 1) }
        return Self.date(date.year + 1, 1, 1)
    }

    @Test func civilDatesKnowTheEpochPrintAndOrder() {
        #expect(CivilDate(daysSinceEpoch: 0) == Self.date(1970, 1, 1))
        #expect(CivilDate(daysSinceEpoch: -719_528) == Self.date(0, 1, 1))
        #expect(Self.date(2026, 3, 9).description == "2026-03-09")
        #expect(Self.date(2026, 3, 9) < Self.date(2026, 10, 1))
    }

    @Test func wallTimeRoundsDownAndSaturates() {
        #expect(WallTime(nanoseconds: -1).unixSeconds == -1)
        #expect(WallTime(nanoseconds: 1_999_999_999).unixSeconds == 1)
        #expect(WallTime(unixSeconds: .max).nanoseconds == .max)
        #expect(WallTime(unixSeconds: .min).nanoseconds == .min)
        #expect(WallTime(nanoseconds: .max) + .seconds(1) == WallTime(nanoseconds: .max))
        #expect(WallTime(nanoseconds: .min) - WallTime(nanoseconds: 1) == Elapsed(nanoseconds: .min))
    }

    /// Hours from the start of a day to the start of the next.
    private func hours(_ rule: ZoneRule, _ date: CivilDate) -> Double {
        let next = CivilDate(daysSinceEpoch: date.daysSinceEpoch + 1)
        return (rule.start(of: next) - rule.start(of: date)).seconds / 3600
    }

    @Test func daysLastTwentyThreeToTwentyFiveHoursAroundAChange() {
        #expect(hours(Self.amsterdamSpring, Self.date(2026, 3, 28)) == 24)
        #expect(hours(Self.amsterdamSpring, Self.date(2026, 3, 29)) == 23)
        #expect(hours(Self.amsterdamSpring, Self.date(2026, 3, 30)) == 24)
        #expect(hours(Self.amsterdamAutumn, Self.date(2026, 10, 25)) == 25)
        #expect(hours(Self.lordHowe, Self.date(2026, 10, 4)) == 23.5)
        #expect(hours(Self.saoPauloAutumn, Self.date(2018, 2, 17)) == 25)
        #expect(hours(.utc, Self.date(2026, 3, 29)) == 24)
    }

    @Test func aDayWhoseMidnightIsSkippedBeginsAtTheChange() {
        let day = Self.date(2018, 11, 4)
        #expect(Self.saoPauloSpring.start(of: day).unixSeconds == Self.utc(day, 3))
        #expect(hours(Self.saoPauloSpring, day) == 23)
        #expect(
            Self.saoPauloSpring.date(at: WallTime(unixSeconds: Self.utc(day, 3) - 1))
                == Self.date(2018, 11, 3))
        #expect(Self.saoPauloSpring.date(at: WallTime(unixSeconds: Self.utc(day, 3))) == day)
    }

    @Test func everyMomentLiesInTheDayThatStartedLast() {
        let rules = [
            Self.amsterdamSpring, Self.amsterdamAutumn, Self.saoPauloSpring, Self.saoPauloAutumn,
            Self.lordHowe, .utc,
        ]
        for rule in rules {
            let middle = rule.change?.unixSeconds ?? 1_700_000_000
            for minute in -4320...4320 as ClosedRange<Int64> {
                let time = WallTime(unixSeconds: middle + minute * 60)
                let date = rule.date(at: time)
                let next = CivilDate(daysSinceEpoch: date.daysSinceEpoch + 1)
                #expect(rule.start(of: date) <= time)
                #expect(rule.start(of: next) > time)
            }
        }
    }

    @Test func nextMidnightIsTheNextChangeOfDate() {
        let rules = [
            Self.amsterdamSpring, Self.amsterdamAutumn, Self.saoPauloSpring, Self.saoPauloAutumn,
            Self.lordHowe,
            Self.apia, .utc,
        ]
        for rule in rules {
            let middle = WallTime(unixSeconds: (rule.change?.unixSeconds ?? 1_700_000_000) - 100_000)
            let anchor = WallAnchor(instant: Instant(nanoseconds: 77_000_000_123), wall: middle, zone: rule)
            for step in 0..<400 as Range<Int64> {
                let now = anchor.instant + Elapsed.seconds(Double(step * 600))
                let midnight = anchor.nextMidnight(after: now)
                let oneBefore = midnight - Elapsed(nanoseconds: 1)
                #expect(midnight > now)
                #expect(anchor.date(at: oneBefore) == anchor.date(at: now))
                #expect(anchor.date(at: midnight) > anchor.date(at: now))
            }
        }
    }

    @Test func aClockSetBackAcrossMidnightNeverGivesAMidnightInThePast() {
        // America/St_Johns, 2010-11-07: at 00:01 the clock went back to 23:01 of the day before.
        let change = Self.utc(Self.date(2010, 11, 7), 2, 31)
        let rule = Self.rule("America/St_Johns", -9000, change, -12600)
        let anchor = WallAnchor(instant: .zero, wall: WallTime(unixSeconds: change - 3600), zone: rule)
        let midnights = [0, 3_590, 3_601, 7_000].map { anchor.nextMidnight(after: .zero + .seconds($0)) }
        let seconds: [Double] = [3_540, 7_140 + 86_400, 7_140, 7_140]
        #expect(midnights.map { ($0 - .zero).seconds } == seconds)
    }

    @Test func anchorsMapBothWays() {
        let anchor = WallAnchor(
            instant: Instant(nanoseconds: 1_000), wall: WallTime(unixSeconds: 1_700_000_000), zone: .utc)
        let later = Instant(nanoseconds: 5_000_000_001_000)
        #expect(anchor.wall(at: later).unixSeconds == 1_700_005_000)
        #expect(anchor.instant(at: anchor.wall(at: later)) == later)
        #expect(anchor.date(at: later) == Self.date(2023, 11, 14))
    }
}
