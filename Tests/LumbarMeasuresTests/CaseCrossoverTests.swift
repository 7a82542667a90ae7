import LumbarCore
import LumbarMeasures
import LumbarTestKit
import Testing

@Suite struct CaseCrossoverTests {
    private static let start = WallTime(unixSeconds: 1_790_000_000)

    private static func at(_ days: Double) -> WallTime { start + .hours(days * 24) }

    private static func episodes(_ days: [Double]) -> [PainEpisode] {
        PainEpisode.episodes(
            in: days.enumerated().map {
                DiaryEntry(
                    id: Int64($0.offset + 1), uniqueID: .none, wearer: .sole, time: at($0.element),
                    end: at($0.element + 0.25), offsetSeconds: 0, pain: 5, kind: .ache,
                    written: at($0.element))
            })
    }

    private static func exposure(_ value: Double, worn hours: Double = 14) -> WindowExposure {
        WindowExposure(wornSeconds: hours * 3600, values: [value, 0, value * 2, 100, nil])
    }

    /// The index of the day that a window of a day lies on, when all windows end at the same time of day.
    private static func day(_ window: Range<WallTime>) -> Int {
        Int(((window.upperBound - start).seconds / 86_400).rounded())
    }

    private static func finding(
        _ crossover: CaseCrossover, _ exposure: Exposure, _ span: CaseCrossover.Span = .day
    ) throws -> CaseCrossover.Finding {
        try #require(crossover.findings.first { $0.exposure == exposure && $0.span == span })
    }

    private static func compare(
        _ episodes: [PainEpisode], now: Double, _ exposure: @escaping (Range<WallTime>) -> WindowExposure
    ) -> CaseCrossover {
        CaseCrossover(episodes, now: at(now), zone: { _ in .utc }, exposure: exposure)
    }

    /// Random days that have nothing to do with the pain: 1 is in the interval as often as it says.
    @Test(
        .enabled(if: !Trials.areEmulated, "a share of few trials says nothing, and many take too long here"))
    func withoutALinkTheIntervalHoldsOneInNineteenOfTwenty() throws {
        let trials = 300
        var (holds, higher, all) = (0, 0, 0)
        var expected = 0.0
        for trial in 0..<trials {
            var random = SplitMix64(seed: UInt64(trial))
            let values = (0..<260).map { _ in Double(Int.random(in: 0...30, using: &random)) }
            let onsets = (0..<12).map { 60 + Double($0 * 16 + Int.random(in: 0...9, using: &random)) }
            let crossover = Self.compare(Self.episodes(onsets), now: 255) { window in
                Self.exposure(values[max(0, Self.day(window))])
            }
            let found = try Self.finding(crossover, .deepBends)
            let ratio = try #require(found.oddsRatio)
            if ratio.low <= 1, 1 <= ratio.high { holds += 1 }
            higher += found.comparisons.count { $0.set.isCaseHigher }
            all += found.comparisons.count
            for one in found.comparisons { expected += Double(one.set.higher) / Double(one.set.count) }
        }
        let share = Double(holds) / Double(trials)
        #expect(share > 0.925 && share < 0.998, "\(share)")
        // Nor does it lean to one side: a case is as often higher as any other window of its set.
        let excess = (Double(higher) - expected) / Double(all)
        #expect(abs(excess) < 0.02, "\(excess)")
    }

    @Test func aTriggerThatWasPlantedIsFound() throws {
        var found = 0
        let trials = Trials.count(60)
        for trial in 0..<trials {
            var random = SplitMix64(seed: UInt64(1000 + trial))
            var values = (0..<260).map { _ in Double(Int.random(in: 0...30, using: &random)) }
            let onsets = (0..<12).map { 60 + Double($0 * 16 + Int.random(in: 0...9, using: &random)) }
            for onset in onsets { values[Int(onset)] += 20 }
            let crossover = Self.compare(Self.episodes(onsets), now: 255) { window in
                Self.exposure(values[max(0, Self.day(window))])
            }
            let ratio = try #require(try Self.finding(crossover, .deepBends).oddsRatio)
            #expect(ratio.estimate > 1)
            if ratio.low > 1 { found += 1 }
            // What was not planted is not found: every day is alike.
            #expect(try Self.finding(crossover, .cumulativeMoment).oddsRatio == nil)
        }
        #expect(Double(found) > 0.95 * Double(trials), "\(found) of \(trials)")
    }

    @Test func theOrderOfControlDaysDoesNotMatter() throws {
        var random = SplitMix64(seed: 77)
        let onset = 60.0
        let before = (0..<61).map { _ in Double(Int.random(in: 0...30, using: &random)) }
        var shuffled = before
        // The days that may serve as controls, among each other; and the others, which must not matter at all.
        let serving = stride(from: 4, through: 53, by: 7).map { $0 }
        for (index, day) in zip(serving, serving.shuffled(using: &random)) { shuffled[index] = before[day] }
        for day in 0..<60 where !serving.contains(day) { shuffled[day] = 1000 }
        let results = try [before, shuffled].map { values in
            let crossover = Self.compare(Self.episodes([onset]), now: 61) { window in
                Self.exposure(values[max(0, Self.day(window))])
            }
            return try #require(try Self.finding(crossover, .deepBends).comparisons.first)
        }
        #expect(results[0] == results[1])
        #expect(results[0].controls == 8)
    }

    @Test func aComparisonSaysWhatItRestsOn() throws {
        // Same weekday: days 53, 46, ... 4 before an episode of day 60.
        let values: [Int: Double] = [53: 3, 46: 9, 39: 5, 32: 5, 25: 1, 18: 2, 11: 8, 4: 7, 60: 5]
        let crossover = Self.compare(Self.episodes([60]), now: 61) { window in
            Self.exposure(values[Self.day(window)] ?? 99)
        }
        let windows = try #require(crossover.windows[.day]?.first)
        #expect(windows.isSameWeekday && windows.isCompared && windows.controls.count == 8)
        let found = try #require(try Self.finding(crossover, .deepBends).comparisons.first)
        #expect([found.value, found.median, found.smallest, found.largest] == [5, 5, 1, 9])
        #expect(found.shareAtOrBelow == 5.0 / 8)
        #expect(found.set == MatchedOddsRatio.MatchedSet(isCaseHigher: false, higher: 3, count: 9))
        // No rising in any window: that one cannot be compared.
        #expect(try Self.finding(crossover, .morningFlexion).comparisons.isEmpty)
        // One episode is no ground for an odds ratio.
        #expect(crossover.findings.allSatisfy { $0.oddsRatio == nil })
    }

    @Test func controlsKeepClearOfPainAndOfTheDayBeforeIt() throws {
        // An earlier episode on day 46, until 46.25: its day before, itself and the day after are no controls.
        let crossover = Self.compare(Self.episodes([46, 60]), now: 61) { window in
            Self.exposure(Double(Self.day(window)), worn: 50)
        }
        let last = try #require(crossover.windows[.day]?.last)
        #expect(last.controls.map { $0[.deepBends] ?? 0 } == [53, 39, 32, 25, 18, 11, 4])
        let long = try #require(crossover.windows[.threeDays]?.last)
        #expect(long.isSameWeekday && long.controls.count == 7)
        #expect(!last.controls.contains { $0[.deepBends] == 46 })
    }

    @Test func withoutFourOfAWeekdayOtherDaysServe() throws {
        // Worn from day 40 on only.
        let crossover = Self.compare(Self.episodes([60]), now: 61) { window in
            Self.exposure(
                Double(Self.day(window)),
                worn: Self.day(window) > 40
                    ? 14 * (window.upperBound - window.lowerBound).seconds / 86_400 : 0)
        }
        let day = try #require(crossover.windows[.day]?.first)
        #expect(!day.isSameWeekday)
        #expect(
            day.controls.map { $0[.deepBends] ?? 0 } == stride(from: 59.0, through: 41, by: -1).map { $0 })
        let long = try #require(crossover.windows[.threeDays]?.first)
        // No two of three days share time.
        #expect(long.controls.map { $0[.deepBends] ?? 0 } == [57, 54, 51, 48, 45, 42])
    }

    @Test func notEnoughDaysSaysHowManyMore() throws {
        for (worn, missing) in [(0, 4), (1, 3), (3, 1), (4, 0), (9, 0)] {
            let crossover = Self.compare([], now: 60) { window in
                Self.exposure(1, worn: Self.day(window) > 59 - worn && Self.day(window) < 60 ? 10 : 3)
            }
            #expect(crossover.missingDays[.day] == missing, "\(worn)")
        }
        let crossover = Self.compare(Self.episodes([60]), now: 61) { window in
            Self.exposure(1, worn: Self.day(window) == 60 || Self.day(window) > 56 ? 8 : 7.9)
        }
        let windows = try #require(crossover.windows[.day]?.first)
        #expect(windows.before != nil && windows.controls.count == 3 && !windows.isCompared)
        #expect(crossover.findings.allSatisfy { $0.comparisons.isEmpty })
        #expect(crossover.missingDays[.threeDays] == 12)
    }

    @Test func anEpisodeWithoutTheSensorBeforeItIsNotCompared() throws {
        let crossover = Self.compare(Self.episodes([60]), now: 61) { window in
            Self.exposure(1, worn: Self.day(window) == 60 ? 5 : 14)
        }
        let windows = try #require(crossover.windows[.day]?.first)
        #expect(windows.before == nil && windows.controls.count == 8 && !windows.isCompared)
        #expect(try Self.finding(crossover, .deepBends).comparisons.isEmpty)
    }

    @Test func windowsEndAtTheSameTimeByTheClockOnTheWall() {
        let change = Self.at(50.5)
        let zone = ZoneRule(name: "x", offsetSeconds: 7200, change: change, offsetAfterSeconds: 3600)
        var ends: Set<Double> = []
        _ = CaseCrossover(Self.episodes([60]), now: Self.at(60.5), zone: { _ in zone }) { window in
            if window.upperBound == Self.at(60) || window.upperBound < Self.at(59.9) {
                let local = Double(window.upperBound.unixSeconds) + Double(zone.offset(at: window.upperBound))
                ends.insert(local.truncatingRemainder(dividingBy: 86_400))
            }
            return Self.exposure(1, worn: 40)
        }
        // Those of the episode, and of the moment it is looked at.
        #expect(ends.count == 2, "\(ends)")
    }

    @Test func aHistoryAddsUpWhatAWindowHolds() {
        let base = Self.at(0)
        let minutes = (0..<2880).map { minute in
            ExposureHistory.Minute(
                time: base + .minutes(Double(minute)), wornSeconds: minute < 1440 ? 60 : 30, over30Seconds: 6,
                momentNewtonMetreHours: 0.5)
        }
        let history = ExposureHistory(
            minutes: minutes.reversed(), deepBends: [1, 5, 23.99, 24, 30].map { base + .hours($0) },
            liftsThenTwist: [base + .hours(3)],
            sittings: [
                .init(start: base + .hours(2), end: base + .hours(4), seatedSeconds: 6000),
                .init(start: base + .hours(23), end: base + .hours(26), seatedSeconds: 10_000),
            ],
            risings: [base + .hours(7), base + .hours(23)])
        let day = history.exposure(in: base..<(base + .hours(24)))
        #expect(day.wornSeconds == 86_400)
        #expect(day[.deepBends] == 3 && day[.liftsThenTwist] == 1)
        #expect(day[.longestSitting] == 100)
        #expect(day[.cumulativeMoment] == 720)
        // Two hours after the first rising, and the one hour of the second that is within.
        #expect(day[.morningFlexion].map { abs($0 - 18) < 1e-9 } == true)
        let second = history.exposure(in: (base + .hours(24))..<(base + .hours(48)))
        #expect(second[.longestSitting] == 120 && second[.deepBends] == 2)
        #expect(second[.morningFlexion] == nil)
        #expect(abs(second.wornSeconds - 43_200) < 1e-6)
        #expect(history.exposure(in: Self.at(9)..<Self.at(10)).wornSeconds == 0)
    }
}
